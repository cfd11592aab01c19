"""The index follows the table: grown, deleted, cut, brought back, several at once; a full disk is no hindrance."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, insert
from sqlmodel import col, select

from models.database import open_session
from models.evidence.evidence import EvidenceRevision
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.index import PrintIndex
from models.evidence.prints.packing import packed, print_number, unpacked
from models.evidence.prints.records import parts_behind, stored_parts
from models.evidence.prints.searching import PICTURES, TEXTS
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


@ON_BOTH
def test_the_prints_of_a_row_are_each_in_the_index_however_it_was_made(revisions):
    def made(n):
        many = [print_of(PICTURES, 100 * n + at) for at in range(n % 4 + 1)]
        return packed([(f"第 {at} 张图片" if n % 2 else "", one) for at, one in enumerate(many)])

    def all_of(*numbers):
        return [
            (print_number(n + 1, at), one[: PICTURES.head])
            for n in numbers
            for at, (_, one) in enumerate(unpacked(made(n)))
        ]

    def there():
        with open_session(read_only=True) as session:
            return [
                (int(part.ids[n]), part.columns[:, n].tobytes())
                for part in stored_parts(session, PICTURES)
                for n in range(len(part.ids))
            ]

    def store(*numbers):
        rows = [
            {"revision_id": revisions[n], "scheme": PICTURES.name, "print": made(n)}
            for n in numbers
        ]
        with open_session() as session:
            session.connection().execute(insert(Fingerprint), rows)

    index = path().with_name(f"{PICTURES.name}.prints")
    store(0, 1, 2)
    assert there() == all_of(0, 1, 2)
    before = index.stat().st_ino
    store(3, 4)
    assert there() == there() == all_of(0, 1, 2, 3, 4)
    assert index.stat().st_ino == before
    index.unlink()
    assert there() == all_of(0, 1, 2, 3, 4)
    with open_session(read_only=True) as session:
        [later] = parts_behind(session, PICTURES, print_number(4, 3))
        assert later.ids.tolist() == [number for number, _ in all_of(4)]
