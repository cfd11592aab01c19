"""Writers of papers at once, and killed between any two steps: versions are whole, and none is there twice."""

import json
import os
import signal

import docx
import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import select

from models.audit.chain import entries
from models.audit.check import check_chain
from models.audit.heads import audit_key
from models.database import open_session
from models.evidence.vault.keeping import is_kept
from models.papers.paper import Paper
from models.settings import moment_of
from tasks.papers import keeping
from tasks.papers.keeping import PaperOrder
from tasks.papers.writing import write_report
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.forked import begun

POINTS = [
    ("keep", 1),
    ("statement", 1),
    ("statement", 2),
    ("statement", 3),
    ("commit", 1),
    ("commit", 2),
    ("file", 1),
]


def child(out, tos, what="", at=0):
    """Begin to write a report for each addressee; it is killed at the ``at``th of ``what``."""
    return begun(lambda: written(out, tos, what, at))


def written(out, tos, what, at):
    seen, keep = 0, keeping.keep

    def count(*_):
        nonlocal seen
        seen += 1
        if seen == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def of_facts(connection, cursor, statement, *_):
        if statement.lstrip()[:6].upper() in ("INSERT", "UPDATE"):
            count()

    def kept(content):
        place = keep(content)
        count()
        return place

    if what == "statement":
        event.listen(Engine, "before_cursor_execute", of_facts)
    elif what == "commit":
        event.listen(Engine, "commit", count)
    elif what == "keep":
        keeping.keep = kept
    elif what == "file":
        keeping.write_whole = count
    for to in tos:
        write_report("jc", PaperOrder(out, to=to), moment_of(NOW, TODAY))


def rows():
    """Return the versions and the exports, once the chain and each of them is found whole."""
    with open_session(read_only=True) as session:
        assert check_chain(session, audit_key()).lines == []
        found = list(session.exec(select(Paper).order_by(Paper.version)))
        said = [one.subject for one in entries(session) if one.what == "paper-written"]
        exported = [one.subject for one in entries(session) if one.what == "exported"]
        assert [one.version for one in found] == list(range(1, len(found) + 1))
        assert all(is_kept(one.sha256) and json.loads(one.facts) for one in found)
        assert len(said) == len(found) == len(set(said))
    return found, exported


@ON_BOTH
def test_the_same_report_three_times_at_once_is_one_version(campaign, tmp_path):
    files = [tmp_path / f"{n}.docx" for n in range(3)]
    running = [child(file, ["甲"]) for file in files]
    assert [one.wait() for one in running] == [0, 0, 0]

    found, exported = rows()
    assert (len(found), len(exported)) == (1, 3)
    assert len({file.read_bytes() for file in files}) == 1


@ON_BOTH
def test_two_writers_at_once_share_the_numbers_and_no_version_is_lost(campaign, tmp_path):
    running = [child(tmp_path / f"{n}.docx", [f"{n}办{i}" for i in range(4)]) for n in range(2)]
    assert [one.wait() for one in running] == [0, 0]

    found, exported = rows()
    assert (len(found), len(exported)) == (8, 8)


@ON_BOTH
@pytest.mark.parametrize(("what", "at"), POINTS)
def test_a_writer_killed_anywhere_is_gone_on_with(campaign, tmp_path, what, at):
    out = tmp_path / "报告.docx"

    assert child(out, ["甲"], what, at).wait() == -signal.SIGKILL
    assert not out.exists()
    rows()  # whole, whatever was done of it
    for _ in range(2):
        assert child(out, ["甲"]).wait() == 0

    found, _ = rows()
    assert len(found) == 1
    assert docx.Document(str(out)).paragraphs
