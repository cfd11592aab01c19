"""A unit's page says the same as the board and as the first page of its ledger, at any size."""

from datetime import date

import pytest
from sqlalchemy import event
from sqlmodel import select

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaign_named
from models.campaign.lights import board
from models.campaign.progress import Report
from models.database import engine_for, open_session
from models.errors import NotFoundError
from models.evidence.deciding import SaidOfEvidence
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.words import EvidenceState
from models.rules.lights import light_days
from models.rules.words import Progress
from models.settings import settings
from models.units.unit import Unit
from tasks.campaign.progress import register_report
from tasks.campaign.succession import hand_over
from tasks.evidence.deciding import decide_pieces_of
from tasks.ledgers.exporting import export_ledgers, unit_facts
from tasks.ledgers.writing import lay_out
from tasks.window.unit import OFFICES_OWN, unit_shown, workdays_late
from tests.conftest import ON_BOTH, TODAY
from tests.support.evidence import NOON, first_item, handed, piece
from tests.support.fill import fill_indicators

LATER = date(2025, 8, 1)


def numbered(name: str) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(Unit.id).where(Unit.name == name)).one() or 0


@ON_BOTH
def test_every_unit_and_the_office_have_the_lights_that_the_board_counts(campaign):
    with open_session(read_only=True) as session:
        days = light_days(LATER, work_calendar(session))
        counted = board(session, 1, days)
    shown = {name: unit_shown("jc", numbered(name), LATER) for name in counted.units}

    assert {name: one.lights for name, one in shown.items()} == counted.units
    assert unit_shown("jc", OFFICES_OWN, LATER).lights == counted.office
    assert sum(len(one.whole) for one in shown.values()) == counted.whole.total
    assert all(len(one.todo) + len(one.done) == one.lights.total for one in shown.values())


def test_the_most_urgent_comes_first_and_what_is_over_stands_apart(campaign):
    item = first_item()
    register_report(
        "jc", Report(item.code, Progress.DONE, "创建办", item.unit, TODAY, "已办"), NOON
    )
    shown = unit_shown("jc", numbered(item.unit), date(2025, 12, 1))

    lights = [line.item.light for line in shown.todo]
    assert lights == sorted(lights, key=["red", "yellow", "blue", "green"].index)
    assert [(line.item.code, line.item.note) for line in shown.done] == [(item.code, "已办")]
    assert shown.done[0].workdays is None


def test_the_gaps_are_those_of_the_first_page_of_the_ledger(campaign, tmp_path):
    item = first_item()
    handed(piece(items=[item.code], provider=item.unit))
    decide_pieces_of(
        "jc", ["E0001"], EvidenceState.RETURNED, SaidOfEvidence("创建办审核岗", "没有盖章", NOON)
    )
    export_ledgers("jc", tmp_path, NOON, unit=item.unit)
    with open_session(read_only=True) as session:
        [facts] = unit_facts(session, campaign_named(session, "jc"), item.unit, LATER)
        missing = lay_out(facts, LATER).overview[3]
    gaps = unit_shown("jc", numbered(item.unit), LATER).gaps

    assert f"还没有证明材料的 {len(gaps.unproved)} 项" in missing
    assert f"退回待改的材料 {len(gaps.returned)} 份" in missing
    assert (f"逾期 {len(gaps.late)} 项" in missing) == bool(gaps.late)
    assert (f"还没有填的数据 {gaps.owed} 处" in missing) == bool(gaps.owed)
    lines = unit_shown("jc", numbered(item.unit), LATER).todo
    assert "按退回原因改好 E0001，再报一次" in [one.then for one in lines]


@pytest.mark.parametrize("indicators", [0, 40])
def test_a_page_takes_the_same_number_of_statements_at_any_size(campaign, indicators):
    with open_session() as session:
        if indicators:
            fill_indicators(session, 1, indicators, date(2025, 7, 15))
    unit = numbered(first_item().unit)
    asked: list[str] = []
    engine = engine_for(settings().database)

    def note(_conn, _cursor, statement, *_more):
        asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        shown = unit_shown("jc", unit, TODAY)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    assert len(shown.todo) >= indicators
    assert len(asked) <= 18


def test_a_unit_of_another_campaign_is_not_found(campaign):
    with pytest.raises(NotFoundError, match="没有这个单位"):
        unit_shown("jc", 100_000, TODAY)


@pytest.mark.parametrize(
    ("due", "today", "days"),
    [
        (None, date(2025, 7, 21), None),
        (date(2025, 7, 18), date(2025, 7, 21), 1),  # due on Friday, looked at on Monday
        (date(2025, 7, 19), date(2025, 7, 21), 1),  # due on Saturday
        (date(2025, 7, 19), date(2025, 7, 20), 0),  # Sunday: late, and no working day since
        (date(2025, 7, 21), date(2025, 7, 21), 0),
        (date(2025, 7, 22), date(2025, 7, 21), -1),
    ],
)
def test_late_is_counted_in_working_days(due, today, days):
    assert workdays_late(due, today, WorkCalendar()) == days


def test_who_took_over_and_from_whom_stands_on_both_pages(campaign):
    item = first_item()
    with open_session() as session:
        session.get_one(Unit, numbered(item.unit)).retired = True
    hand_over("jc", item.unit, item.other, "创建办", "机构改革", NOON)
    old, new = (unit_shown("jc", numbered(name), TODAY) for name in (item.unit, item.other))

    assert old.heir == (numbered(item.other), item.other) and not old.todo
    assert new.heirs == [item.unit] and item.code in [line.item.code for line in new.todo]
