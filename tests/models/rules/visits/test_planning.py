"""A round of visits: every unit once, evenly, areas together, nobody by his own people."""

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.visits.planning import planned
from tests.models.rules.visits.rounds import day, frame, slots, team, unit

AREAS = [f"片{letter}" for letter in "甲乙丙丁戊己庚辛"]


def city(days=20, most=2):
    """60 units in eight areas, 4 teams of three bodies each, as 曾都 and 鲁山 have them."""
    units = [unit(n, AREAS[n % 8]) for n in range(1, 61)]
    teams = [
        team(t, barred=range(3 * t - 2, 3 * t + 1), areas=[AREAS[t], AREAS[t + 3]])
        for t in range(1, 5)
    ]
    return frame(units, teams, days, most)


def spread(counts):
    return max(counts) - min(counts)


def counted(one, found):
    """Return how many visits each team makes, and how many there are on each day."""
    teams = Counter(slot.team for slot in found.values())
    days = Counter(slot.day for slot in found.values())
    return [teams[t.id] for t in one.teams], [days[d] for d in one.days]


def test_every_unit_is_visited_once_and_by_no_team_it_has_somebody_in():
    one = city()
    found = planned(one).slots

    assert sorted(found) == [u.id for u in one.units]
    barred = {t.id: t.barred for t in one.teams}
    assert not [u for u, slot in found.items() if u in barred[slot.team]]
    assert max(Counter(found.values()).values()) <= one.most


@pytest.mark.parametrize("days", [8, 11, 20, 30])
def test_visits_are_even_over_teams_and_over_days(days):
    one = city(days)
    teams, dates = counted(one, planned(one).slots)

    assert (spread(teams), spread(dates)) == (0, 0 if 60 % days == 0 else 1)


def test_an_area_goes_by_one_team_and_on_as_few_days_as_there_can_be():
    one = city(days=10)
    found = planned(one).slots

    trips = defaultdict(set)
    for each in one.units:
        trips[each.area].add(found[each.id])
    assert sum(len({slot.team for slot in t}) for t in trips.values()) == 8  # no area is split
    assert sum(map(len, trips.values())) == 32  # 4 of 8 units and 4 of 7, two a day: no fewer


def test_a_team_gets_the_areas_it_prefers_where_it_can():
    units = [unit(n, "东" if n % 2 else "西") for n in range(1, 9)]
    found = planned(frame(units, [team(1, areas=["西"]), team(2, areas=["东"])], 4)).slots

    assert {found[n].team for n in (1, 3, 5, 7)} == {2}


def test_a_plan_is_the_same_each_time():
    assert planned(city()) == planned(city())


def test_a_plan_that_stands_is_left_alone():
    first = planned(city()).slots
    one = city()
    again = planned(type(one)(one.units, one.teams, one.days, one.most, before=first))

    assert (again.slots, again.changed) == (first, ())


def test_what_is_fixed_stays_and_counts():
    """Two visits of the first team are settled: it gets two fewer of the others, the days too."""
    fixed = slots(u1=(1, 0), u2=(1, 0))
    one = frame([unit(n) for n in range(1, 9)], [team(1), team(2)], 4, fixed=fixed)
    found = planned(one).slots

    assert found[1] == fixed[1] and found[2] == fixed[2]
    assert counted(one, found) == ([4, 4], [2, 2, 2, 2])


def test_a_visit_that_was_held_on_a_day_gone_by_takes_no_seat():
    one = frame([unit(1), unit(2)], [team(1)], 1, most=1, fixed=slots(u1=(1, -3)))
    assert planned(one).slots == slots(u1=(1, -3), u2=(1, 0))


TEAMS = st.lists(
    st.tuples(st.sets(st.integers(1, 8), max_size=3), st.sets(st.integers(0, 3), max_size=2)),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 8), TEAMS, st.integers(1, 4), st.integers(1, 2))
def test_there_is_a_plan_that_keeps_every_rule_or_a_reason(count, made, days, most):
    units = [unit(n, AREAS[n % 3]) for n in range(1, count + 1)]
    teams = [team(n, barred, away=away) for n, (barred, away) in enumerate(made, 1)]
    one = frame(units, teams, days, most)
    found = planned(one)

    assert bool(found.slots) != bool(found.why)
    if found.slots:
        by_id = {each.id: each for each in teams}
        assert sorted(found.slots) == [each.id for each in units]
        assert max(Counter(found.slots.values()).values()) <= most
        for which, slot in found.slots.items():
            assert which not in by_id[slot.team].barred
            assert slot.day not in by_id[slot.team].away
            assert day(0) <= slot.day < day(days)
