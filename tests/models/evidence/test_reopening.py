"""An item reported as done is done as long as its evidence stands; otherwise its light is that of work."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import campaign_named
from models.campaign.milestone import milestone_coded
from models.campaign.progress import Report, register
from models.campaign.work import Assignment
from models.database import engine_for, open_session
from models.evidence.deciding import SaidOfEvidence
from models.evidence.demands.demand import Demand
from models.evidence.ledgers.issues import standing_parts
from models.evidence.reopening import Followed, follow_evidence
from models.loading.progress import part_lines
from models.notices.notice import Notice
from models.rules.evidence.words import EvidenceState
from models.rules.words import Progress
from models.settings import moment_of, settings
from models.units.unit import Unit
from tasks.evidence.deciding import decide_pieces_of, withdraw_pieces
from tasks.patrol.patrol import patrol_campaign
from tasks.patrol.view import view_campaign
from tests.conftest import NOW, ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.packs import load_pack

DAY = timedelta(days=1)
LONG_PAST = date(2025, 6, 10)
NEW_DUE = date(2025, 7, 8)  # five working days after the 1st


@pytest.fixture
def item(campaign):
    """The first item: its unit reported it as done long ago, when it was due."""
    item = first_item()
    with open_session() as session:
        for part in session.exec(select(Assignment)):
            part.due = part.begin_by = None
        mine = part_of(session, item)
        mine.due = LONG_PAST
        report = Report(item.code, Progress.DONE, "创建办", unit=item.unit, done_on=LONG_PAST)
        register(session, mine.campaign_id, report, moment=NOON)
    return item


def part_of(session, item, campaign_id=1) -> Assignment:
    query = (
        select(Assignment)
        .join(Unit, col(Unit.id) == Assignment.unit_id)
        .where(Unit.name == item.unit, Assignment.campaign_id == campaign_id)
    )
    return session.exec(query.order_by(col(Assignment.id))).first()


def stands(item) -> tuple[str, date | None, date | None]:
    with open_session(read_only=True) as session:
        part = part_of(session, item)
        return part.state, part.due, part.done_on


def decide(to, *codes, why="没有盖章", moment=NOON):
    decide_pieces_of("jc", codes or ["E0001"], to, SaidOfEvidence("创建办审核岗", why, moment))


def returned(*codes, moment=NOON):
    decide(EvidenceState.RETURNED, *codes, moment=moment)


def entries(what) -> list[dict]:
    with open_session(read_only=True) as session:
        found = session.exec(select(AuditEntry).where(AuditEntry.what == what))
        return [{"who": one.who, "of": one.subject} | json.loads(one.facts) for one in found]


def reds(day) -> int:
    return view_campaign("jc", day).board.assignments.red


DONE = (Progress.DONE, LONG_PAST, LONG_PAST)
OPEN_AGAIN = (Progress.STARTED, NEW_DUE, LONG_PAST)


@ON_BOTH
def test_what_was_returned_takes_done_back_and_begins_a_working_week(item):
    handed(piece(items=[item.code], provider=item.unit))
    assert stands(item) == DONE and reds(TODAY) == 0

    returned()

    assert stands(item) == OPEN_AGAIN
    assert reds(TODAY) == reds(NEW_DUE) == 0
    assert reds(NEW_DUE + DAY) == 1
    [said] = entries("proof-lost")
    assert (said["who"], said["of"]) == ("创建办审核岗", f"{item.code}/{item.unit}")
    assert said["reason"] == "E0001 退回"
    assert said["old"]["state"] == "done" and said["new"]["due"] == NEW_DUE.isoformat()


@ON_BOTH
def test_a_new_version_or_a_changed_mind_gives_done_back_with_its_day(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    handed(piece(items=[item.code], provider=item.unit, content=b"stamped", code="E0001"))

    assert stands(item) == (Progress.DONE, NEW_DUE, LONG_PAST)
    assert [one["of"] for one in entries("proof-stands")] == [f"{item.code}/{item.unit}"]

    returned()
    assert stands(item)[0] == Progress.STARTED
    decide(EvidenceState.ACCEPTED)
    assert stands(item)[0] == Progress.DONE


@ON_BOTH
def test_a_proof_that_runs_out_is_lost_on_the_morning_after(item):
    last = date(2025, 7, 3)
    handed(piece(items=[item.code], provider=item.unit, expires_on=last))
    patrol_campaign("jc", moment_of(NOW + 2 * DAY, last))
    assert stands(item) == DONE

    patrol_campaign("jc", moment_of(NOW + 3 * DAY, last + DAY))

    assert stands(item) == (Progress.STARTED, date(2025, 7, 10), LONG_PAST)
    assert [(one["who"], one["reason"]) for one in entries("proof-lost")] == [
        ("按材料有效期", "E0001 到期")
    ]
    view = view_campaign("jc", last + DAY)
    assert view.evidence.all.reopened == view.evidence.all.expired == 1
    assert "报过完成、因材料退回或到期改回进行中 1 项" in view.evidence.lines[0]


@ON_BOTH
def test_a_patrol_again_or_weeks_late_comes_to_the_same(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    for later in (0, 1, 20):
        patrol_campaign("jc", moment_of(NOW + later * DAY, TODAY + later * DAY))
        assert stands(item) == OPEN_AGAIN
    assert len(entries("proof-lost")) == 1


@ON_BOTH
def test_registered_as_done_again_without_a_proof_it_wins_no_new_week(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    later = moment_of(NOW + 10 * DAY, TODAY + 10 * DAY)
    with open_session() as session:
        register(
            session, 1, Report(item.code, Progress.DONE, "创建办", unit=item.unit), moment=later
        )
    assert stands(item)[0] == Progress.DONE

    patrol_campaign("jc", later)

    assert stands(item) == (Progress.STARTED, NEW_DUE, TODAY + 10 * DAY)
    assert reds(TODAY + 10 * DAY) == 1


def test_what_somebody_registers_meanwhile_is_the_last_word(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    with open_session() as session:
        report = Report(item.code, Progress.STARTED, "创建办", unit=item.unit, note="还在办")
        register(session, 1, report, moment=NOON)
    decide(EvidenceState.ACCEPTED)

    assert stands(item) == (Progress.STARTED, NEW_DUE, None)


@ON_BOTH
def test_another_piece_that_stands_keeps_it_done(item):
    handed(piece(items=[item.code], provider=item.unit))
    handed(piece("签到表", [item.code], content=b"list", provider=item.unit))
    returned("E0001")
    assert stands(item) == DONE

    returned("E0002")
    assert stands(item) == OPEN_AGAIN


@ON_BOTH
def test_a_demand_that_lost_its_own_piece_takes_the_whole_part_with_it(item):
    with open_session(read_only=True) as session:
        work = part_of(session, item).work_item_id
    handed(piece(items=[f"{item.code}#1"], provider=item.unit))
    with open_session() as session:
        first = session.exec(select(Demand).where(Demand.work_item_id == work)).first()
        last = session.exec(
            select(Demand.ordinal)
            .where(Demand.work_item_id == work)
            .order_by(col(Demand.ordinal).desc())
        ).first()
        session.add(
            Demand(
                campaign_id=1,
                work_item_id=work,
                ordinal=last + 1,
                text="另一条",
                needs_evidence=True,
            )
        )
        assert first is not None
    handed(piece("另一条", [f"{item.code}#{last + 1}"], content=b"two", provider=item.unit))
    returned("E0002")
    assert stands(item) == OPEN_AGAIN

    with open_session() as session:
        for one in session.exec(select(Demand).where(Demand.work_item_id == work)):
            one.needs_evidence = False
    patrol_campaign("jc", moment_of(NOW, TODAY))
    assert stands(item)[0] == Progress.DONE  # nothing is to be shown any more


def test_another_units_or_a_withdrawn_piece_takes_nothing_back(item):
    handed(piece(items=[f"{item.code}#1"], provider=item.other))
    handed(piece("撤回的", [item.code], content=b"gone", provider=item.unit))
    withdraw_pieces("jc", ["E0002"], SaidOfEvidence("创建办审核岗", "报错了", NOON))
    returned("E0001")

    assert stands(item) == DONE


@ON_BOTH
def test_the_whole_item_goes_with_the_part_of_the_unit_that_leads_it(item):
    with open_session() as session:
        part = part_of(session, item)
        register(session, 1, Report(item.code, Progress.DONE, "创建办"), moment=NOON)
        whole = milestone_coded(session, 1, item.code)
        whole.unit_id, whole.due = part.unit_id, LONG_PAST
    handed(piece(items=[item.code], provider=item.unit))
    returned()

    def of_whole():
        with open_session(read_only=True) as session:
            whole = milestone_coded(session, 1, item.code)
            return whole.state, whole.due, whole.done_on

    assert of_whole() == (Progress.STARTED, NEW_DUE, TODAY)
    decide(EvidenceState.ACCEPTED)
    assert of_whole() == (Progress.DONE, NEW_DUE, TODAY)


@ON_BOTH
def test_whoever_is_told_of_it_reads_why(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned()
    patrol_campaign("jc", moment_of(NOW, TODAY))

    with open_session(read_only=True) as session:
        part = part_of(session, item).id
        notices = session.exec(
            select(Notice).where(Notice.subject_kind == "assignment", Notice.subject_id == part)
        ).all()
        details = {one.detail for one in notices}
    said = f"{LONG_PAST} 报过完成，E0001《执法人员培训通知》退回了：没有盖章。请补正后再报"
    assert details == {said}


def test_a_list_that_goes_out_meanwhile_says_under_way_and_no_day(item):
    handed(piece(items=[item.code], provider=item.unit))
    returned()

    with open_session(read_only=True) as session:
        [line] = [one for one in part_lines(session, 1) if (one.code, one.unit) == item[:2]]
        parts = standing_parts(session, 1)
        [part] = [one for one in parts if (one.code, one.unit) == item[:2]]
    assert line.said == (Progress.STARTED, None, "")
    assert (part.answer.state, part.answer.done_on) == (Progress.STARTED, None)


def test_of_two_campaigns_only_the_one_that_was_decided_about_changes(item):
    load_pack(moment_of(NOW, TODAY), "other")
    handed(piece(items=[item.code], provider=item.unit))
    with open_session() as session:
        other = campaign_named(session, "other").id
        register(session, other, Report(item.code, Progress.DONE, "创建办"), moment=NOON)
    handed(piece(items=[item.code], provider=item.unit), campaign="other")
    returned()

    with open_session(read_only=True) as session:
        assert part_of(session, item, other).state == Progress.DONE
    assert stands(item) == OPEN_AGAIN


def test_the_statements_are_as_many_for_all_parts_as_for_one(item):
    said: list[str] = []

    def keep(_connection, _cursor, statement, *_rest):
        said.append(statement)

    def counted(moment) -> tuple[Followed, int]:
        with open_session() as session:
            said.clear()
            found = follow_evidence(session, 1, "创建办", moment)
            return found, len(said)

    with open_session(read_only=True) as session:
        codes = sorted({f"W{one}" for one in range(1, 20)})
        assert session.exec(select(Assignment)).first()
    engine = engine_for(settings().database)
    event.listen(engine, "before_cursor_execute", keep)
    try:
        assert counted(NOON)[0] == Followed()
        handed(piece(items=[item.code], provider=item.unit, expires_on=TODAY))
        one, few = counted(moment_of(NOW + DAY, TODAY + DAY))
        handed(
            *(
                piece(f"第{n}份", [c], content=c.encode(), expires_on=TODAY)
                for n, c in enumerate(codes)
            )
        )
        with open_session() as session:
            for part in session.exec(select(Assignment)):
                part.state, part.done_on = Progress.DONE, LONG_PAST
        many, same = counted(moment_of(NOW + DAY, TODAY + DAY))
    finally:
        event.remove(engine, "before_cursor_execute", keep)
    assert one.reopened == 1 and many.reopened > 19
    assert same == few
