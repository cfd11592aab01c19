"""Campaigns that are patrolled together: each exactly as if it were patrolled alone, by no more statements."""

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlmodel import Session, SQLModel, col, select, update

from models.audit.chain import AuditEntry, NewEntry, record
from models.campaign.campaign import Campaign, Stage
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.cascade.handed import HandedItem
from models.database import engine_for, open_session
from models.decisions.decision import Decision, DecisionCode
from models.errors import PatrolError
from models.evidence.evidence import Evidence, EvidenceRevision, EvidenceUse
from models.findings.finding import RaisedFinding
from models.notices.acknowledgement import Acknowledgement
from models.notices.notice import Notice
from models.notices.silence import Silence
from models.rules.notices.rule_words import MORNING_LINE
from models.settings import moment_of, settings
from models.surveys.numbers import file_of
from models.units.unit import Post, Unit
from tasks.gates.outlook import all_outlooks
from tasks.office.reach import Reach
from tasks.patrol.patrol import patrol_all, patrol_together
from tasks.patrol.view import CampaignView, campaign_slugs, view_campaign, view_campaigns
from tests.conftest import CAMPAIGN
from tests.support.homes import kept
from tests.tools.campaigns import copy_campaign

MANY = 7
MONDAY = date(2025, 7, 21)
OWN_LADDER = {
    "rungs": [
        {"workdays": -5, "tell": ["联络员"]},
        {"workdays": 0, "tell": ["单位负责人"], "acknowledge": True},
        {"workdays": 4, "tell": ["联络员", "创建办"], "acknowledge": True},
    ],
    "acknowledge_within": 1,
    "duty": "创建办",
}
# Days in turn: the second patrol of a day, a day off, one on which the clock is not believed, a month later.
DAYS = (
    (date(2025, 6, 20), False),
    (MONDAY, False),
    (MONDAY, False),
    (date(2025, 7, 26), False),
    (date(2025, 7, 28), True),
    (date(2025, 8, 4), False),
    (date(2025, 11, 24), False),
)
# What differs by chance, or by the order in which campaigns are written of.
SALTED = {"salt", "hash", "previous", "id", "audit_id", "message_id"}
IN_ORDER = {"transition", "asked_post"}  # numbered in that order
REACH = Reach(lambda tag: sum(map(ord, tag)) % 4 > 0)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@pytest.fixture
def varied(campaign, request) -> list[str]:
    """Seven campaigns in which everything that a patrol tells of stands somewhere; by the seed of the test."""
    copy_campaign(MANY - 1)
    with open_session() as session:
        _vary(session, random.Random(getattr(request, "param", 0)))
    # The one above the others comes last: patrolled alone it sees them as they are after their own patrol.
    return sorted(campaign_slugs(), key=lambda slug: slug == CAMPAIGN)


def _vary(session: Session, chance: random.Random) -> None:
    rows = session.exec(select(Campaign).order_by(Campaign.id)).all()
    first, demo, own, broken_days, county, several, quiet = rows
    demo.is_demo = True
    _say(own, ladder=OWN_LADDER)
    county.parent_id = first.id
    skipped = {"skip": ["work-finished", "steps-done"]}
    _say(broken_days, gates=skipped | {"escalate_to": ["创建办"]})
    _say(several, gates={"deciders": ["组长", "分管领导"], "all_must_agree": True})
    for one in (own, county):
        _say(one, gates={"escalate_to": ["创建办"]})
    for part in session.exec(select(Assignment)):
        part.due = MONDAY + timedelta(days=chance.choice((-60, -30, -9, -3, 0, 2, 6, 30)))
        part.begin_by, part.state = part.due, chance.choice(("open", "open", "started", "done"))
        part.done_on = part.due if part.state == "done" or chance.random() < 0.1 else None
    for milestone in session.exec(select(Milestone)):
        if milestone.kind != "stage_end" and milestone.due and chance.random() < 0.4:
            milestone.due = MONDAY + timedelta(days=chance.choice((-40, -14, -1, 0, 1, 5)))
        milestone.state = chance.choice(("open", "open", "started", "done"))
    for stage in session.exec(select(Stage).where(Stage.ordinal < 4)):
        stage.planned_end = MONDAY + timedelta(days=chance.choice((-30, -2, 1, 9, 90)))
    for kind in (Assignment, Milestone):  # so that whoever is on duty there has nothing to hear of
        for item in session.exec(select(kind).where(kind.campaign_id == quiet.id)):
            item.state, item.done_on = "done", MONDAY - timedelta(days=60)
    for stage in session.exec(select(Stage).where(Stage.campaign_id == quiet.id)):
        stage.status = "closed"
    for post in session.exec(select(Post)):
        post.vacant = chance.random() < 0.15
    for unit in session.exec(select(Unit)):
        unit.retired = chance.random() < 0.1
    session.flush()
    for row in rows:
        _evidence(session, row.id, chance)
        _covers(session, row.id, chance)
    mine = session.exec(select(Milestone).where(Milestone.campaign_id == first.id)).all()
    theirs = session.exec(select(Milestone).where(Milestone.campaign_id == county.id)).all()
    for ours, below in zip(mine[3:9], theirs[3:9], strict=True):
        ends = {"child_id": county.id, "child_milestone_id": below.id, "handed_on": MONDAY}
        session.add(
            HandedItem(campaign_id=first.id, milestone_id=ours.id, made_by="创建办", **ends)
        )


def _say(campaign: Campaign, **more: Any) -> None:
    campaign.plan_json = json.dumps(json.loads(campaign.plan_json) | more)


def _evidence(session: Session, campaign_id: int, chance: random.Random) -> None:
    parts = session.exec(select(Assignment).where(Assignment.campaign_id == campaign_id)).all()
    for number, part in enumerate(chance.sample(parts, chance.choice((0, 4, 8))), 1):
        piece = Evidence(
            campaign_id=campaign_id,
            number=number,
            kind="file",
            title="通知",
            provider_id=part.unit_id,
            expires_on=chance.choice((None, MONDAY - timedelta(days=4), date(2025, 8, 20))),
        )
        session.add(piece)
        session.flush()
        session.add(
            EvidenceRevision(
                evidence_id=piece.id,
                number=1,
                received_at=noon(date(2025, 6, 2)),
                via="command",
                state=chance.choice(("submitted", "accepted", "returned")),
                state_at=noon(date(2025, 6, 30)),
                reason="没有盖章",
            )
        )
        session.add(EvidenceUse(evidence_id=piece.id, assignment_id=part.id))


def _covers(session: Session, campaign_id: int, chance: random.Random) -> None:
    """Let something be silenced, something be acknowledged, and a problem wait."""
    session.add(
        Silence(
            campaign_id=campaign_id,
            scope="某单位",
            unit_id=session.exec(select(Unit.id).where(Unit.campaign_id == campaign_id)).first(),
            author="组长",
            author_tag="组长",
            reason="另有安排",
            begins=date(2025, 7, 1),
            until=MONDAY + timedelta(days=chance.choice((1, 200))),
            made_at=noon(date(2025, 7, 1)),
        )
    )
    parts = session.exec(select(Assignment).where(Assignment.campaign_id == campaign_id)).all()
    for part in chance.sample(parts, 5):
        session.add(
            Acknowledgement(
                campaign_id=campaign_id,
                subject_kind="assignment",
                subject_id=part.id,
                by_post="联络员",
                at=noon(date(2025, 7, 18)),
                day=date(2025, 7, 18),
                runs_out=MONDAY + timedelta(days=chance.choice((-3, -1, 30, 200))),
                stood=chance.choice(("", "open|")),
            )
        )
    if chance.random() < 0.5:
        session.add(
            RaisedFinding(
                campaign_id=campaign_id,
                code="P1",
                problem="台账不全",
                source="self-check",
                found_on=MONDAY,
                raised_at=noon(MONDAY),
            )
        )


def _deliver(day: date) -> None:
    """Let a third of what waits be told, so that later days have what nobody acknowledged."""
    third = (col(Notice.subject_id) + col(Notice.post_id)) % 3 == 0
    with open_session() as session:
        waits = (col(Notice.state) == "waiting", third)
        session.connection().execute(update(Notice).where(*waits).values(state="sent", told_on=day))


def _answer_some() -> None:
    """Let a third of the open questions be returned, and the stage of another third be closed by hand."""
    with open_session() as session:
        record(session, None, moment_of(noon(MONDAY), MONDAY), NewEntry("创建办", "x", "", {}))
        query = select(Decision, Stage).join(Stage, col(Stage.id) == Decision.stage_id)
        open_ = query.where(Decision.status == "asked").order_by(col(Stage.id))
        for n, (question, stage) in enumerate(session.exec(open_).all()):
            if n % 3 == 1:
                question.status, question.answer, question.closed_on = "answered", "return", MONDAY
                stage.status = "active"
            if n % 3 == 2:
                stage.status = "closed"


def _live_through(slugs: list[str], *, together: bool) -> list[list[CampaignView]]:
    """Patrol on each of `DAYS`, and look a week ahead before; return what was seen."""
    sets = [slugs] if together else [[slug] for slug in slugs]
    ahead = moment_of(noon(DAYS[0][0]), MONDAY)
    seen = [[v for some in sets for v in patrol_together(some, ahead, REACH, preview=True)]]
    # A preview is taken back: what is below is seen as it is, alone, and as it will be, together.
    seen[0] = [replace(view, children=()) for view in seen[0]]
    for n, (day, held) in enumerate(DAYS):
        moment = moment_of(noon(day) + timedelta(minutes=n), day)
        views = [v for some in sets for v in patrol_together(some, moment, REACH, held=held)]
        seen.append([replace(view, chain="") for view in views])
        _deliver(day)
        if n == 2:
            _answer_some()
    return seen


def _rows() -> dict[str, Counter[str]]:
    """Return every row of every table as text, without what differs by chance or by the order."""
    found = {}
    with open_session(read_only=True) as session:
        for table in SQLModel.metadata.sorted_tables:
            if table.name not in ("audit_head", "audit_entry", "database_state"):
                kept = [column for column in table.c if column.name not in SALTED]
                found[table.name] = Counter(map(str, session.connection().execute(select(*kept))))
        said = "SELECT campaign_id, at, day, who, what, subject, facts FROM audit_entry"
        entries = session.connection().execute(text(said)).all()
        found["audit_entry"] = Counter(str((*row[:6], _facts(row.facts))) for row in entries)
        sent = """SELECT c.decision_id, c.post_id, c.holder_id, c.state, m.subject, m.body, d.target
            FROM decision_code c JOIN message m ON m.id = c.message_id
            JOIN delivery d ON d.message_id = m.id"""
        found["codes sent"] = Counter(map(str, session.connection().execute(text(sent))))
    return found


def _facts(said: str) -> Any:
    """Return the facts of an entry; of rows that were sealed each by its columns, without what `SALTED` names.

    A server hands on the rows of one statement in whatever order it found them.
    """
    facts = json.loads(said)
    if "kept" not in facts:
        return facts
    return [sorted(_sealed(piece)) for piece in facts["kept"]]


def _sealed(piece: dict[str, Any]) -> Iterator[str]:
    for id_, *values in piece.get("rows", ()):
        row = dict(zip(piece["columns"], values, strict=True)) | piece.get("same", {})
        named = {name: value for name, value in sorted(row.items()) if name not in SALTED}
        yield f"{piece['table']} {'' if piece['table'] in IN_ORDER else id_} {named}"


@pytest.mark.parametrize("varied", [1, 2], indirect=True)
def test_campaigns_together_come_to_what_each_comes_to_alone(
    varied, request, tmp_path, monkeypatch
):
    monkeypatch.setenv("SHIFAN_CHANNELS", str(_robots(tmp_path / "channels.yaml")))
    put_back = kept(request, tmp_path / "before.db")
    alone = _live_through(varied, together=False), _rows()
    put_back()
    together = _live_through(varied, together=True), _rows()

    for before, after in zip(alone[0], together[0], strict=True):
        for one, other in zip(before, after, strict=True):
            assert asdict(other) == asdict(one)
    assert together[1].keys() == alone[1].keys()
    for table, rows in alone[1].items():
        assert together[1][table] == rows, table
    assert missing(varied) == set()


def _robots(path: Path) -> Path:
    """Give each leader a robot, for the codes."""
    tags = enumerate(("组长", "分管领导", "创建办"))
    robots = [{f"wecomrobot://leader-{n:04d}": {"tag": tag}} for n, tag in tags]
    path.write_text(json.dumps({"urls": robots}, ensure_ascii=False))
    path.chmod(0o600)
    return path


def missing(slugs: list[str]) -> set[str]:
    """Return what of all that a patrol does happened nowhere, or to whom nothing happened."""
    with open_session(read_only=True) as session:
        rules = set(session.exec(select(Notice.rule)))
        states = set(session.exec(select(Notice.state)))
        deeds = set(session.exec(select(AuditEntry.what)))
        told = set(session.exec(select(Campaign.slug).join(Notice)))
        codes = set(session.exec(select(DecisionCode.state)))
    kinds = {rule.partition(":")[0] for rule in rules}
    wanted = {
        "again",
        "unanswered",
        MORNING_LINE,
        "stage_opened",
        "evidence_returned",
        "decision_asked",
    }
    wanted |= {"silence_stands", "findings_wait", "handed_moved", "decision_reminder", "overdue_4"}
    wanted |= {"decision_escalated", "decision_unanswered"}
    quiet = {"silenced", "acknowledged", "inhibited"}
    done = {"stage-opened", "proof-lost", "decision-asked", "facts-kept"}
    done |= {"decision-escalated", "decision-expired", "decision-overtaken"}
    lacking = (wanted - kinds) | (quiet - states) | (done - deeds) | (set(slugs) - told)
    return lacking | ({"open", "void"} - codes)


def test_a_preview_of_many_finds_what_that_of_each_finds(varied, any_database):
    moment = moment_of(noon(MONDAY), MONDAY)
    together = patrol_together(varied, moment, REACH, preview=True)
    alone = [patrol_together([one], moment, REACH, preview=True)[0] for one in varied]

    assert [replace(one, children=()) for one in together] == [
        replace(one, children=()) for one in alone
    ]
    assert sum(view.notices_created for view in alone) > 100


def test_many_are_seen_as_each_is_seen_alone(varied, any_database):
    patrol_all(None, MONDAY, noon(MONDAY))

    together = view_campaigns(varied, MONDAY, noon(MONDAY))

    assert together == [view_campaign(slug, MONDAY, noon(MONDAY)) for slug in varied]


@pytest.fixture
def statements(one_database) -> Iterator[list[str]]:
    """The texts of all statements of a test, without those that begin or end a transaction."""
    said: list[str] = []

    def listen(_c: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if not sql.startswith(("BEGIN", "SAVEPOINT", "SELECT pg_advisory", "ANALYZE")):
            said.append(sql)

    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", listen)
    yield said
    event.remove(engine, "before_cursor_execute", listen)


def test_a_morning_of_twenty_campaigns_asks_as_often_as_that_of_one(
    campaign, any_database, statements
):
    copy_campaign(19)
    slugs = campaign_slugs()
    patrol_all(None, MONDAY, noon(MONDAY))
    asked = {}
    for size in (1, 2, 20):
        statements.clear()
        patrol_together(slugs[:size], moment_of(noon(MONDAY), MONDAY), REACH)
        asked[size] = len(statements)
        patrol_together(slugs, moment_of(noon(MONDAY), MONDAY), REACH)

    assert asked[20] == asked[2] <= asked[1] + 2
    assert asked[1] <= 40
    statements.clear()
    view_campaigns(slugs, MONDAY)
    assert len(statements) <= 12


@pytest.mark.parametrize("later", [0, 7, 42])
def test_questions_of_six_campaigns_take_as_many_statements_as_those_of_three(
    campaign, any_database, statements, later
):
    """On the first morning they are put, a week later chased, in another month closed and put again."""
    copy_campaign(5)
    slugs, day = campaign_slugs(), MONDAY + timedelta(days=later)
    if later:
        patrol_together(slugs, moment_of(noon(MONDAY), MONDAY), REACH)
    asked = {}
    for size in (3, 6):
        statements.clear()
        views = patrol_together(slugs[:size], moment_of(noon(day), day), REACH, preview=True)
        asked[size] = len(statements)
        assert all(view.decisions for view in views)

    assert asked[6] == asked[3] <= 100


def test_the_outlooks_of_six_campaigns_take_two_statements_more_than_that_of_one(
    campaign, any_database, statements
):
    copy_campaign(5)
    asked = []
    for slug in (campaign, None):
        statements.clear()
        found = all_outlooks(slug, MONDAY)
        asked.append(len(statements))

    one, all_of_them = asked
    assert len({tuple(map(str, each.stages)) for each in found}) == 1
    assert len(found) == 6
    assert all_of_them <= one + 2


def test_a_server_that_returns_nothing_of_a_key_taken_once_comes_to_the_same(
    campaign, any_database, statements, monkeypatch
):
    copy_campaign(1)
    dialect, moment = engine_for(settings().database).dialect, moment_of(noon(MONDAY), MONDAY)
    seen = {}
    for returns in (True, False):
        monkeypatch.setattr(dialect, "returns_once", returns, raising=False)
        statements.clear()
        seen[returns] = patrol_together(campaign_slugs(), moment, REACH, preview=True)
        once = [sql for sql in statements if "DO NOTHING" in sql]
        assert any("RETURNING" in sql for sql in once) is returns

    assert seen[False] == seen[True]
    assert all(view.notices_created for view in seen[True])


def test_a_campaign_with_a_fault_keeps_no_other_from_its_patrol(varied):
    broken = varied[2]
    with open_session() as session:
        row = session.exec(select(Campaign).where(Campaign.slug == broken)).one()
        row.plan_json = '{"gates": {"skip": 5}}'
    numbers = file_of("a" * 64, MONDAY - timedelta(days=1))
    numbers.parent.mkdir()
    numbers.write_text("13800000000")

    with pytest.raises(PatrolError, match=f"有 1 个没有巡查成：{broken}（.*其余 6 个已巡查"):
        patrol_all(None, MONDAY, noon(MONDAY))

    seen = {view.slug: view.patrolled for view in view_campaigns(varied, MONDAY)}
    assert [slug for slug, patrolled in seen.items() if not patrolled] == [broken]
    assert not numbers.exists()  # their day has passed whatever became of a campaign
