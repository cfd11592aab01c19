"""A forecast is made from the facts, kept whole, and says nothing that is not so any more."""

from datetime import date, timedelta

import pytest
from sqlmodel import col, func, select

from models.audit.chain import AuditEntry
from models.campaign.work import Assignment, Indicator
from models.database import open_session
from models.errors import EndedError, NotFoundError
from models.foresight.forecast import ForecastLine, ForecastMade, ForecastSaid, keep_forecast
from models.foresight.record import forecast_record
from models.foresight.shown import stages_and_forecast
from models.foresight.spoken import spoken_forecasts
from models.rules.foresight.values import Forecast
from models.settings import moment_of
from tasks.campaign.life import close_campaign
from tasks.foresight.making import keep_all_foreseen, keep_foreseen
from tasks.foresight.saying import said_of, spoken_of
from tests.conftest import ON_BOTH
from tests.support.alerts import at
from tests.tasks.foresight.paced import DAY, MOMENT, pace
from tests.tools.bench_patrol import asked, recorded


def count(table) -> int:
    with open_session(read_only=True) as session:
        return session.exec(select(func.count()).select_from(table)).one()


def shown(campaign_id: int, day: date = DAY):
    with open_session(read_only=True) as session:
        return stages_and_forecast(session, campaign_id, day)[1]


@ON_BOTH
def test_a_forecast_is_made_from_the_facts_and_kept(campaign, campaign_id):
    pace(campaign_id)

    made = keep_foreseen("jc", MOMENT)

    found = shown(campaign_id)
    assert made.found.enough
    assert found.day == DAY
    assert found.known == made.found.known
    assert {one.late for one in found.items} <= {one.late for one in made.found.items}
    assert [one.late for one in found.items] == sorted(
        (one.late for one in found.items), reverse=True
    )
    assert [one.ordinal for one in found.stages] == [one.id for one in made.found.stages]


@ON_BOTH
def test_the_second_of_a_day_takes_the_place_of_the_first(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    lines, said = count(ForecastLine), count(ForecastSaid)

    keep_foreseen("jc", moment_of(at(DAY, 9), DAY))

    assert (count(ForecastMade), count(ForecastLine), count(ForecastSaid)) == (1, lines, said)


def test_only_the_last_forecast_has_lines_and_every_day_stays(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    next_day = DAY + timedelta(days=1)
    keep_foreseen("jc", moment_of(at(next_day, 8), next_day))

    with open_session(read_only=True) as session:
        of = set(session.exec(select(ForecastLine.forecast_id)))
        last = session.exec(select(ForecastMade.id).order_by(col(ForecastMade.day).desc())).first()
    assert of == {last}
    assert count(ForecastMade) == 2


def test_a_forecast_of_an_earlier_day_leaves_the_last_one_as_it_is(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    before = shown(campaign_id)
    with open_session() as session:
        early = Forecast(DAY - timedelta(days=3), False, 0)
        keep_forecast(session, campaign_id, early, {}, at(DAY, 9))

    assert shown(campaign_id) == before


@ON_BOTH
def test_with_too_little_known_nothing_is_said_but_that(campaign, campaign_id):
    keep_foreseen("jc", moment_of(at(date(2025, 6, 10)), date(2025, 6, 10)))

    found = shown(campaign_id, date(2025, 6, 10))
    assert not found.enough
    assert (found.items, found.stages, found.helps) == ([], [], [])
    assert "样本不足" in said_of("jc", date(2025, 6, 10))


@ON_BOTH
def test_what_is_done_moved_dropped_or_withdrawn_since_is_left_out(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    before = spoken_of(["jc"], DAY)["jc"]
    with open_session() as session:
        likely = session.exec(
            select(ForecastLine)
            .where(ForecastLine.what == "assignment", ForecastLine.due == DAY + timedelta(days=9))
            .order_by(col(ForecastLine.late).desc())
        ).all()
        parts = [session.get_one(Assignment, one.subject_id) for one in likely[:4]]
        parts[0].state, parts[0].done_on = "done", DAY
        parts[1].due = DAY + timedelta(days=90)
        parts[2].state = "dropped"
        parts[3].withdrawn = True

    assert before.likely >= 4
    assert spoken_of(["jc"], DAY)["jc"].likely == before.likely - 4


def test_what_is_overdue_since_is_a_fact_and_no_forecast_any_more(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    later = DAY + timedelta(days=7)
    with open_session() as session:
        for part in session.exec(
            select(Assignment).where(Assignment.due == DAY + timedelta(days=9))
        ):
            part.due = DAY + timedelta(days=2)
        for line in session.exec(select(ForecastLine).where(ForecastLine.what == "assignment")):
            line.due = DAY + timedelta(days=2)

    assert spoken_of(["jc"], DAY)["jc"].likely > 0
    assert [one.unit for one in shown(campaign_id, later).items if one.code.startswith("I")] == []


@pytest.mark.parametrize(("days", "is_shown"), [(0, True), (7, True), (8, False), (-1, False)])
def test_a_forecast_older_than_a_week_is_not_shown(campaign, campaign_id, days, is_shown):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)

    assert (shown(campaign_id, DAY + timedelta(days=days)) is not None) is is_shown


def test_what_was_likely_late_is_held_to_what_came(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    month_on = DAY + timedelta(days=30)
    with open_session() as session:
        said = session.exec(
            select(ForecastSaid).where(ForecastSaid.due <= DAY + timedelta(days=9))
        ).all()
        done = session.get_one(
            Assignment, next(one.subject_id for one in said if one.what == "assignment")
        )
        done.state, done.done_on = "done", done.due
        late = session.exec(
            select(Assignment).where(Assignment.due == done.due, Assignment.id != done.id)
        ).first()
        assert late
    with open_session(read_only=True) as session:
        before = forecast_record(session, campaign_id, DAY + timedelta(days=9))
        found = forecast_record(session, campaign_id, month_on)

    assert before.said == before.late == 0  # its day has not passed
    assert found.said >= 2
    assert found.late == found.said - 1


def test_making_and_keeping_takes_as_many_statements_at_any_size(campaign, campaign_id):
    def statements() -> int:
        with recorded() as said:
            keep_foreseen("jc", MOMENT)
        return len(asked(said))

    pace(campaign_id)
    small = statements()
    with open_session() as session:
        fill_more(session, campaign_id)

    assert statements() == small <= 16


def fill_more(session, campaign_id: int) -> None:
    """Give one unit forty more parts."""
    [unit, *_] = session.exec(
        select(Assignment.unit_id).where(Assignment.campaign_id == campaign_id)
    )
    for n in range(40):
        one = Indicator(campaign_id=campaign_id, code=f"M{n}", level=3, title="另一项")
        session.add(one)
        session.flush()
        due = DAY + timedelta(days=12)
        part = {"campaign_id": campaign_id, "unit_id": unit, "role": "responsible"}
        session.add(Assignment(indicator_id=one.id, due=due, original_due=due, **part))


def test_all_campaigns_have_theirs_and_a_day_off_has_none(campaign, campaign_id):
    pace(campaign_id)

    [line] = keep_all_foreseen(None, MOMENT)

    saturday = date(2025, 9, 13)
    assert line.startswith("jc：预计本月有")
    assert keep_all_foreseen(None, moment_of(at(saturday), saturday)) == []
    assert keep_all_foreseen("jc", moment_of(at(saturday), saturday)) != []


def test_nothing_is_foreseen_of_what_has_ended_or_is_not_there(campaign):
    with pytest.raises(NotFoundError):
        keep_foreseen("没有", MOMENT)
    close_campaign("jc", "创建办", "换届", moment=MOMENT)
    with pytest.raises(EndedError):
        keep_foreseen("jc", MOMENT)


def test_no_entry_of_the_chain_is_made_of_a_forecast(campaign, campaign_id):
    pace(campaign_id)
    before = count(AuditEntry)
    keep_foreseen("jc", MOMENT)

    assert count(AuditEntry) == before


@ON_BOTH
def test_many_campaigns_are_asked_by_one_statement(campaign, campaign_id):
    pace(campaign_id)
    keep_foreseen("jc", MOMENT)
    with recorded() as said, open_session(read_only=True) as session:
        found = spoken_forecasts(session, [campaign_id, 999], DAY, DAY)

    assert len(asked(said)) == 1
    assert list(found) == [campaign_id]
    assert sum(found[campaign_id].of_units.values()) == found[campaign_id].likely
