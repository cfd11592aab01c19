"""What is foreseen: chances that follow from the pace, days that can be, and nothing where too little is known."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.calendar.workdays import WorkCalendar
from models.rules.foresight.forecasting import FEWEST, forecast
from models.rules.foresight.values import Forecast, PacedItem, StageDays

WEEKDAYS = WorkCalendar()
TODAY = date(2025, 6, 2)  # a Monday
DAY = timedelta(days=1)
STAGES = [StageDays(1, TODAY - 60 * DAY, TODAY + 30 * DAY, TODAY - 60 * DAY)]


def item(id: int, due: int, done: int | None = None, unit: int = 1, **more: object) -> PacedItem:
    """An item that is due, and was done, so many days from today; begun thirty days before its day."""
    day = TODAY + due * DAY
    known = {"part": True, "kind": "indicator", "stage": 1, "begin": day - 30 * DAY, "due": day}
    finished = None if done is None else TODAY + done * DAY
    return PacedItem(id=id, unit=unit, done=finished, **(known | more))  # type: ignore[arg-type]


def past(unit: int, late: int, first: int = 100) -> list[PacedItem]:
    """Twenty items of a unit, each done so many days after its day."""
    return [item(first + n, -3 - n, min(-3 - n + late, -1), unit) for n in range(20)]


def foreseen(items: list[PacedItem], stages: list[StageDays] = STAGES) -> Forecast:
    return forecast(items, stages, TODAY, WEEKDAYS, draws=200)


@pytest.mark.parametrize(
    "items",
    [
        [],
        [item(1, 5)],
        past(1, 0)[: FEWEST - 1],
        [*past(1, 0)[: FEWEST - 1], item(1, 5), item(2, 9)],
        [*(item(n, -n) for n in range(1, 30)), item(99, 5)],  # of what nobody does there is no pace
    ],
)
def test_with_too_little_known_nothing_is_foreseen(items):
    found = foreseen(items)

    assert not found.enough
    assert not (found.items or found.stages or found.campaign or found.helps)


def test_where_everything_is_done_nothing_is_left_to_foresee():
    found = foreseen(past(1, 0))

    assert found.enough
    assert not found.items


def test_who_was_late_will_rather_be_late_than_who_was_not():
    items = [*past(1, -10), *past(2, 15, 200), item(1, 4, unit=1), item(2, 4, unit=2)]

    slow, quick = foreseen(items).items

    assert (slow.id, quick.id) == (2, 1)
    assert slow.late > 0.5 > quick.late


def test_a_unit_of_which_nothing_is_known_goes_at_the_pace_of_all():
    items = [*past(1, -10), *past(2, 15, 200), item(1, 4, unit=1), item(2, 4, unit=2)]
    unknown = item(3, 4, unit=3)

    late = {one.id: one.late for one in foreseen([*items, unknown]).items}

    assert late[1] < late[3] < late[2]


def test_more_time_is_never_a_greater_chance_to_be_late():
    items = past(1, -2)
    near, far = (
        foreseen([*items, replace(item(1, due), begin=TODAY - 9 * DAY)]) for due in (2, 20)
    )

    assert near.items[0].late > far.items[0].late


def test_what_is_overdue_is_late_already_and_stays_out_of_the_list():
    found = foreseen([*past(1, 0), item(1, -1), item(2, 5)])

    assert [one.id for one in found.items] == [2]
    assert [one.id for one in found.stages] == [1]


def test_an_item_without_a_day_counts_for_its_stage_alone():
    found = foreseen([*past(1, 0), replace(item(1, 5), due=None), item(2, 5)])

    assert [one.id for one in found.items] == [2]


def test_nothing_is_foreseen_for_before_today_or_before_its_stage_opens():
    later = StageDays(2, TODAY + 21 * DAY, TODAY + 60 * DAY)
    items = [*past(1, 0), item(1, 1), item(2, 40, stage=2, begin=TODAY - 9 * DAY)]

    found = foreseen(items, [*STAGES, later])

    spans = {one.id: (one.half, one.most) for one in found.items}
    assert all(span.first is None or span.first >= TODAY for span in spans[1])
    assert all(span.first is not None and span.first >= TODAY + 21 * DAY for span in spans[2])


def test_what_helps_most_is_what_alone_keeps_a_stage_from_its_end():
    ready = [item(n, 2, unit=1) for n in range(1, 4)]
    stuck = item(9, 2, unit=2)
    items = [*past(1, -12), *past(2, 20, 200), *ready, stuck]

    found = foreseen(items, [StageDays(1, TODAY - 60 * DAY, TODAY + 7 * DAY)])

    assert found.helps[0].id == 9
    assert found.helps[0].stage == 1
    assert 0 < found.helps[0].gain <= found.stages[0].late
    assert len(found.helps) <= 5


ITEMS = st.lists(
    st.builds(
        lambda due, took, unit, stage: (due, took, unit, stage),
        st.integers(-60, 90),
        st.one_of(st.none(), st.integers(-40, 40)),
        st.integers(0, 4),
        st.integers(0, 2),
    ),
    max_size=60,
)


def items_of(drawn: list[tuple[int, int | None, int, int]]) -> list[PacedItem]:
    found = []
    for n, (due, took, unit, stage) in enumerate(drawn):
        done = None if took is None or due + took > 0 else due + took
        found.append(item(n, due, done, unit, stage=stage, part=bool(n % 2)))
    return found


@settings(max_examples=40, deadline=None)
@given(ITEMS, st.randoms(use_true_random=False))
def test_the_same_facts_in_any_order_give_the_same_forecast(drawn, chance):
    items = items_of(drawn)
    other = list(items)
    chance.shuffle(other)

    assert foreseen(items) == foreseen(other)


@settings(max_examples=40, deadline=None)
@given(ITEMS)
def test_chances_are_chances_and_spans_hold_one_another(drawn):
    found = foreseen(items_of(drawn))

    every = [*found.items, *found.stages, *([found.campaign] if found.campaign else [])]
    for one in every:
        assert 0 <= one.late <= 1
        assert one.most.first is None or one.half.first is None or one.most.first <= one.half.first
        ends = (one.half.last or date.max, one.most.last or date.max)
        assert ends[0] <= ends[1]
    assert [one.late for one in found.items] == sorted((o.late for o in found.items), reverse=True)
