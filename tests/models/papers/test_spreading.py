"""Which of many things a paper names: no unit fills it alone."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from models.papers.spreading import over_units


@dataclass(frozen=True, slots=True)
class Thing:
    unit: str
    code: str


THINGS = st.lists(st.builds(Thing, st.sampled_from("甲乙丙"), st.sampled_from("WXYZ")), max_size=12)


@given(THINGS, st.integers(1, 6))
def test_each_unit_is_named_once_before_any_is_named_twice(things, most):
    found = over_units(things, most)

    units = [one.unit for one in found]
    assert len(found) == min(most, len(things))
    every = {one.unit for one in things}
    assert set(units) == every or len(set(units)) == len(units)


def test_what_is_named_stays_in_its_order():
    things = [Thing("甲", "W1"), Thing("甲", "W2"), Thing("乙", "W1"), Thing("甲", "W3")]

    assert over_units(things, 3) == [Thing("甲", "W1"), Thing("甲", "W2"), Thing("乙", "W1")]
