"""Visits that are laid again: as few change as can be, whatever made them move."""

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.visits.moving import changed, laid_again
from models.rules.visits.planning import planned
from models.rules.visits.round_frame import RoundFrame, Slot
from tests.models.rules.visits.rounds import day, frame, slots, team, unit, wish


def fewest(one: RoundFrame) -> int | None:
    """Return the fewest visits that must change, over every plan there is; None without one."""
    free, slots = one.free_units, list(one.seats())

    @cache
    def least(placed: int, left: tuple[int, ...]) -> int | None:
        if placed == len(free):
            return 0
        unit_, before = free[placed], one.before.get(free[placed].id)
        moved = [
            (before not in (None, slot)) + rest
            for n, slot in enumerate(slots)
            if left[n] and one.fits(unit_, slot)
            if (rest := least(placed + 1, (*left[:n], left[n] - 1, *left[n + 1 :]))) is not None
        ]
        return min(moved, default=None)

    return least(0, tuple(one.seats().values()))


SLOTS = st.builds(lambda t, n: Slot(t, day(n)), st.integers(1, 2), st.integers(0, 2))


@settings(max_examples=120, deadline=None)
@given(
    before=st.dictionaries(st.integers(1, 4), SLOTS, min_size=1),
    barred=st.sets(st.integers(1, 4), max_size=1),
    away=st.sets(st.integers(0, 2), max_size=2),
    asked=st.one_of(st.none(), st.tuples(st.integers(1, 4), st.integers(0, 2))),
    settled=st.sets(st.integers(1, 4), max_size=1),
    most=st.integers(1, 2),
)
def test_no_plan_changes_fewer_visits(before, barred, away, asked, settled, most):
    fixed = {one: before[one] for one in settled if one in before}
    loose = {one: slot for one, slot in before.items() if one not in fixed}
    wishes = {asked[0]: wish(asked[1])} if asked and asked[0] not in fixed else {}
    one = frame(
        [unit(n) for n in range(1, 5)],
        [team(1, barred, away=away), team(2)],
        3,
        most,
        before=loose,
        fixed=fixed,
        wishes=wishes,
    )
    found = laid_again(one)
    least = fewest(one)

    assert (found is None) == (least is None)
    if found is not None:
        assert len(changed(loose, found)) == least
        assert all(found[kept] == slot for kept, slot in fixed.items())


def test_a_unit_that_asks_for_a_full_day_moves_one_other_at_most():
    before = slots(u1=(1, 0), u2=(1, 1), u3=(1, 2))
    one = frame([unit(n) for n in (1, 2, 3)], [team(1)], 4, 1, before=before, wishes={1: wish(1)})
    found = planned(one)

    assert found.slots[1].day == day(1)
    assert found.changed == (1, 2)
    assert found.slots[3] == before[3]


def test_a_team_that_is_away_gives_up_that_day_alone():
    before = slots(u1=(1, 0), u2=(1, 1), u3=(2, 0), u4=(2, 1))
    one = frame([unit(n) for n in range(1, 5)], [team(1, away=[0]), team(2)], 2, before=before)
    assert planned(one).changed == (1,)


def test_a_visit_that_must_move_keeps_its_team_where_that_costs_no_other():
    before = slots(u1=(1, 0), u2=(2, 0))
    one = frame([unit(1), unit(2)], [team(1, away=[0]), team(2)], 2, 1, before=before)
    assert planned(one).slots[1] == Slot(1, day(1))


def test_a_day_that_is_no_working_day_any_more_moves_its_own_visits():
    before = slots(u1=(1, 0), u2=(1, 5))
    assert planned(frame([unit(1), unit(2)], [team(1)], 3, before=before)).changed == (2,)


def test_a_new_unit_finds_a_place_and_nobody_moves_for_it():
    before = slots(u1=(1, 0), u2=(1, 1))
    found = planned(frame([unit(1), unit(2), unit(3)], [team(1)], 3, 1, before=before))
    assert (found.slots[3], found.changed) == (Slot(1, day(2)), ())
