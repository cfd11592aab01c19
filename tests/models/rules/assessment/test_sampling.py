"""A sample is the same for whoever draws it, and leaves nobody out where it has room."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.assessment.areas import area_of
from models.rules.assessment.sampling import STRATA, SampleItem, drawn

NAMES = st.sampled_from("甲乙丙丁戊")
POPULATIONS = st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=40).map(
    lambda rows: [SampleItem(f"K{n}", *row) for n, row in enumerate(rows)]
)
SIZES = st.integers(0, 45)


@given(POPULATIONS, SIZES, st.text(max_size=8))
def test_a_sample_has_its_size_and_nothing_twice(population, size, seed):
    found = drawn(population, size, seed)

    assert len(found.items) == min(size, len(population))
    assert len({one.key for one in found.items}) == len(found.items)


@given(POPULATIONS, SIZES, st.randoms())
def test_whoever_draws_again_draws_the_same_in_whatever_order_the_list_stands(
    population, size, dice
):
    shuffled = dice.sample(population, len(population))

    again = drawn(shuffled, size, "2023-04-01")

    assert set(again.items) == set(drawn(population, size, "2023-04-01").items)


@given(POPULATIONS, SIZES)
def test_nothing_is_left_out_where_there_is_room_for_each(population, size):
    values = {(name, getattr(one, name)) for one in population for name, _ in STRATA}
    found = drawn(population, size, "甲")
    inside = {(name, getattr(one, name)) for one in found.items for name, _ in STRATA}

    if size >= len(values):
        assert inside == values
        assert not found.left_out
    named = sum(len(names) for _, names in found.left_out)
    assert named == len(values - inside)


def test_the_rest_goes_to_the_units_by_their_share():
    population = [SampleItem(f"A{n}", "大局") for n in range(90)]
    population += [SampleItem(f"B{n}", "小局") for n in range(10)]

    units = [one.unit for one in drawn(population, 20, "甲").items]

    assert (units.count("大局"), units.count("小局")) == (18, 2)


def test_what_has_no_room_is_named():
    population = [SampleItem(name, name, f"{name}县") for name in "甲乙丙"]

    found = drawn(population, 2, "甲")

    [left] = {one.unit for one in population} - {one.unit for one in found.items}
    assert found.words == f"地域：{left}县；部门：{left}"


def test_the_order_is_one_that_any_tool_can_compute():
    population = [SampleItem(f"K{n}") for n in range(20)]
    by_hand = sorted(population, key=lambda one: sha256(f"7:{one.key}".encode()).hexdigest())

    assert set(drawn(population, 5, "7").items) == set(by_hand[:5])


@pytest.mark.parametrize(
    ("unit", "area"),
    [
        ("永昌县政府", "永昌县"),
        ("金川区人民政府", "金川区"),
        ("永昌县", "永昌县"),
        ("东城街道办事处", "东城街道"),
        ("市司法局", "本级"),
        ("市政府办公室", "本级"),
        ("", ""),
    ],
)
def test_a_body_belongs_to_the_area_it_governs(unit, area):
    assert area_of(unit) == area
