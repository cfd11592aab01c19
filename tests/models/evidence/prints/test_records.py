"""The index follows the table: grown, deleted, cut, brought back, several at once; a full disk is no hindrance."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert
from sqlmodel import col, select

from models.database import open_session
from models.evidence.evidence import EvidenceRevision
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.index import PrintIndex
from models.evidence.prints.records import stored_parts
from models.evidence.prints.searching import TEXTS
from models.evidence.vault.keeping import vault
from tests.conftest import ON_BOTH
from tests.models.evidence.prints.test_searching import print_of
from tests.support.evidence import first_item, handed, piece


@pytest.fixture
def revisions(campaign):
    """Thirty revisions, none of which has a print."""
    code = first_item().code
    handed(*(piece(f"第 {n} 份", [code], content=b"notice %d" % n) for n in range(30)))
    with open_session(read_only=True) as session:
        return session.exec(select(EvidenceRevision.id).order_by(EvidenceRevision.id)).all()


def add(revisions, *numbers, made=lambda n: print_of(TEXTS, n)):
    rows = [{"revision_id": revisions[n], "scheme": TEXTS.name, "print": made(n)} for n in numbers]
    with open_session() as session:
        session.connection().execute(insert(Fingerprint), rows)


def path():
    return vault() / "index" / f"{TEXTS.name}.prints"


def stored():
    """Return the heads in order, and whether the index was made anew."""
    before = path().stat().st_ino if path().exists() else None
    with open_session(read_only=True) as session:
        parts = stored_parts(session, TEXTS)
        heads = [part.columns[:, n].tobytes() for part in parts for n in range(len(part.ids))]
    return heads, path().stat().st_ino != before


def heads(*numbers):
    return [print_of(TEXTS, n)[: TEXTS.head] for n in numbers]


@ON_BOTH
def test_the_index_grows_with_the_table_and_is_made_anew_when_it_is_gone_or_cut(revisions):
    assert stored() == ([], True)
    add(revisions, 0, 1, 2)
    assert stored() == (heads(0, 1, 2), False)
    add(revisions, 3)
    assert stored() == (heads(0, 1, 2, 3), False)
    assert stored() == (heads(0, 1, 2, 3), False)
    path().unlink()
    assert stored() == (heads(0, 1, 2, 3), True)
    path().write_bytes(path().read_bytes()[:5000])
    assert stored() == (heads(0, 1, 2, 3), True)


def test_a_database_brought_back_and_gone_on_with_makes_it_anew(revisions):
    add(revisions, *range(6))
    stored()
    with open_session() as session:
        session.connection().execute(delete(Fingerprint).where(col(Fingerprint.id) > 4))
    add(revisions, 7, 8)

    assert stored() == (heads(0, 1, 2, 3, 7, 8), True)
    with open_session() as session:
        session.connection().execute(delete(Fingerprint).where(col(Fingerprint.id) == 2))
    assert stored() == (heads(0, 2, 3, 7, 8), True)


@ON_BOTH
def test_several_at_once_wait_for_one_another(revisions):
    add(revisions, *range(20))

    with ThreadPoolExecutor(6) as pool:
        found = [f.result() for f in [pool.submit(stored) for _ in range(12)]]

    assert all(one == heads(*range(20)) for one, _ in found)


def test_where_no_file_can_be_written_the_table_is_read(revisions, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    add(revisions, 0, 1)
    monkeypatch.setattr(PrintIndex, "add", full)
    with open_session(read_only=True) as session:
        [part] = stored_parts(session, TEXTS)

    assert part.ids.size == 2 and not path().exists()
    assert [one.name for one in path().parent.iterdir()] == ["lock"]
