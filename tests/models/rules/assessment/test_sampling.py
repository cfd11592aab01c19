"""A sample is the same for whoever draws it, and leaves nobody out where it has room."""

from hashlib import sha256
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.assessment.areas import area_of
from models.rules.assessment.covering import brought
from models.rules.assessment.sample_item import STRATA, SampleItem
from models.rules.assessment.sampling import drawn

NAMES = st.sampled_from("甲乙丙丁戊")
POPULATIONS = st.lists(st.tuples(NAMES, NAMES, NAMES), max_size=16).map(
    lambda rows: [SampleItem(f"K{n}", *row) for n, row in enumerate(rows)]
)
SIZES = st.integers(0, 20)


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


@given(POPULATIONS.filter(lambda rows: len(rows) <= 9), st.integers(0, 6), st.text(max_size=3))
def test_nothing_is_left_out_where_any_sample_of_that_size_leaves_nothing_out(
    population, size, seed
):
    found = brought(drawn(population, size, seed).items)

    for strata in (3, 2, 1):  # areas, trades and units; areas and trades; areas
        names = {name for name, _ in STRATA[:strata]}
        wanted = {one for one in brought(population) if one[0] in names}
        samples = combinations(population, min(size, len(population)))
        if any(wanted <= brought(sample) for sample in samples):
            assert wanted <= found
            break


def test_what_taking_the_most_first_would_leave_out_is_sought():
    population = [
        SampleItem("多", "甲局", "东", "水利"),  # brings three new ones at once, and leads astray
        SampleItem("一", "甲局", "东", "交通"),
        SampleItem("二", "乙局", "西", "水利"),
    ]

    for seed in "一二三四五六七八":
        found = drawn(population, 2, seed)
        assert ([one.key for one in found.items], found.words) == (["一", "二"], "")


def test_a_long_list_with_many_units_is_covered_in_no_time():
    population = [
        SampleItem(f"案{n}", f"单位{n % 60}", f"地{n * 7 % 12}", f"类{n * 5 % 11}")
        for n in range(600)
    ]

    assert drawn(population, 60, "甲").left_out == ()
    assert [word for word, _ in drawn(population, 59, "甲").left_out] == ["部门"]


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
