"""The head of the audit chain in the leaders' messages, and how a rewritten chain shows by it."""

import re

import pytest
from sqlalchemy import text
from sqlmodel import select

from deployments.cli import run
from models.audit.chain import AuditEntry
from models.audit.heads_file import HEADS_FILE
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.settings import moment_of
from models.units.unit import Post
from tasks.audit.chain import verify
from tasks.patrol.patrol import patrol_campaign
from tests.support.alerts import MONDAY, at, every_tag, morning, only
from tests.support.registers import unprotect

HEAD = re.compile(r"记录链 (\d+) 条，末条指纹 ((?:[0-9a-f]{4} ){4}[0-9a-f]{4})")
OWN = ("创建办", "分管领导", "组长")


@pytest.fixture
def wired(any_database, wired):
    """Every post has a robot, on either database."""
    return wired


def texts_to(provider, tag: str) -> list[str]:
    key = f"key-{every_tag().index(tag):04d}-0000"
    return [taken.text for taken in provider.accepted if taken.key == key]


def quiet() -> None:
    with open_session() as session:
        for table in (Milestone, Assignment):
            for row in session.exec(select(table)):
                row.withdrawn, row.due = False, MONDAY.replace(year=2026)


def entry(number: int) -> AuditEntry:
    with open_session(read_only=True) as session:
        found = session.exec(select(AuditEntry).order_by(AuditEntry.id)).all()[number - 1]
        session.expunge(found)
        return found


def test_a_quiet_morning_says_how_the_chain_stands(wired, provider):
    only("S2.1", MONDAY)
    quiet()
    morning(wired, MONDAY)

    [line] = texts_to(provider, "分管领导")
    assert "今日无预警" in line
    number, start = HEAD.search(line).groups()
    assert entry(int(number)).hash.startswith(start.replace(" ", ""))


def test_the_alerts_of_the_day_say_it_too_to_the_campaigns_own_posts_alone(wired, provider):
    morning(wired, MONDAY)

    said = {tag: texts_to(provider, tag) for tag in OWN}
    assert "今日无" not in str(said)
    heads = {HEAD.search(one).groups() for texts in said.values() for one in texts}
    [(number, start)] = heads
    assert said["分管领导"]
    assert entry(int(number)).hash.startswith(start.replace(" ", ""))
    with open_session(read_only=True) as session:
        units = [p.tag for p in session.exec(select(Post)) if p.unit_id is not None]
    assert not any(HEAD.search(one) for tag in units for one in texts_to(provider, tag))


def test_the_patrols_own_line_names_the_same_head(wired, provider):
    seen = patrol_campaign(wired, moment_of(at(MONDAY), MONDAY))

    number, start = HEAD.search(seen.chain).groups()
    assert entry(int(number)).hash.startswith(start.replace(" ", ""))


@pytest.fixture
def sent(wired, provider) -> str:
    """The line as the leader on duty has it."""
    morning(wired, MONDAY)
    return HEAD.search(texts_to(provider, "分管领导")[0])[0]


# How it is typed is no question to the database; what stands there is read on both below.
@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize("typed", ["{0}", "{1} {2}", "第 {1} 条 {2}", "{2}"])
def test_a_line_of_a_message_is_checked_by_typing_it_in(sent, capsys, typed):
    words = typed.format(sent, *HEAD.search(sent).groups())
    patrol_campaign("jc", moment_of(at(MONDAY.replace(day=22)), MONDAY.replace(day=22)))  # it grows
    assert run(["audit", "verify", "--sent", words]) == 0

    assert "消息里的链头属实" in capsys.readouterr().out


def test_a_chain_written_anew_shows_by_the_line_alone(sent, capsys):
    from models.audit.heads import audit_key, keep_head
    from models.settings import settings

    with open_session() as session:  # by somebody who has everything on this machine, the key too
        unprotect(session.connection())
        session.exec(select(AuditEntry).order_by(AuditEntry.id)).first().who = "改写者"
        session.flush()
        session.connection().execute(text("DELETE FROM audit_head"))
        rows = list(session.exec(select(AuditEntry).order_by(AuditEntry.id)))
        _seal_again(session, rows)
        keep_head(session, audit_key(), moment_of(at(MONDAY), MONDAY))
    (settings().home / HEADS_FILE).unlink()

    assert verify().broken is None  # nothing on this machine shows it
    assert run(["audit", "verify", "--sent", sent]) == 1
    assert "整条链被重新写过" in capsys.readouterr().err
    assert run(["audit", "verify", "--sent", HEAD.search(sent)[2].replace(" ", "-")]) == 1
    assert "没有一条记录的指纹以" in capsys.readouterr().err


def _seal_again(session, rows) -> None:
    from models.audit.chain import GENESIS, seal

    for row in rows:  # out of the way of the unique columns
        row.previous, row.hash = f"p{row.id}", f"h{row.id}"
    session.flush()
    previous = GENESIS
    for row in rows:
        row.previous = previous
        row.hash = previous = seal(row)
        session.flush()


# Words about what was typed: no question to the database.
@pytest.mark.parametrize("any_database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("128", "不是消息里的链头"),
        ("", "不是消息里的链头"),
        ("abc", "不是消息里的链头"),
        ("99999 abcdef123456", "现在只有"),
        ("1 abcdef123456", "与消息里的 abcd ef12 3456 不符"),
        ("abcdef123456", "没有一条记录"),
    ],
)
def test_a_line_that_does_not_fit_is_one_line_of_error(wired, capsys, typed, line):
    assert run(["audit", "verify", "--sent", typed]) == 1
    said = capsys.readouterr().err

    assert line in said
    assert said.count("\n") == 1
