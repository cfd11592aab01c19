"""A plan that writes one body in two ways makes one unit of it, or is asked about; never two unasked."""

import pytest
from sqlmodel import select

from models.database import open_session
from models.errors import PlanError
from models.loading.units import add_units
from models.plan.schema import Plan
from models.settings import moment_of
from models.units.unit import Unit, UnitAlias
from tasks.plans.loading import load_plan, sound
from tests.conftest import NOW, TODAY

pytestmark = pytest.mark.usefixtures("database")


def plan(*units: str, **more) -> Plan:
    return sound(
        Plan.model_validate(
            {
                "title": "某市创建方案",
                "kind": "implementation_plan",
                "stages": [{"ordinal": 1, "name": "部署启动", "start": "2025-06-01"}],
                "tasks": [
                    {"ordinal": n, "title": f"任务{n}", "lead_units": [unit]}
                    for n, unit in enumerate(units, 1)
                ],
                **more,
            }
        ),
        "方案",
    )


def load(*units: str, **more):
    return load_plan(plan(*units, **more), slug="jc", start=None, moment=moment_of(NOW, TODAY))


def units() -> list[str]:
    with open_session(read_only=True) as session:
        return sorted(session.exec(select(Unit.name)))


def aliases() -> list[str]:
    with open_session(read_only=True) as session:
        return sorted(session.exec(select(UnitAlias.name)))


def test_long_and_short_words_make_one_unit_with_an_alias():
    first = load("市委办", "市委办公室", "区委办公室", "区委办")
    again = load("市委办", "市委办公室", "区委办公室", "区委办")

    assert units() == ["区委办公室", "市委办公室"]
    assert aliases() == ["区委办", "市委办"]
    assert (first.assignments, again.changes) == (4, 0)


def test_one_task_that_names_both_gives_one_part():
    both = {"ordinal": 1, "title": "任务", "lead_units": ["市委办"]}
    stored = load(tasks=[both | {"responsible_units": ["市委办公室"]}])

    assert (units(), stored.assignments) == (["市委办公室"], 1)


def test_what_may_be_one_stops_with_both_names_and_the_way_to_answer():
    with pytest.raises(PlanError) as raised:
        load("市编办", "市委编办", "市卫健委", "市卫健局")

    lines = raised.value.faults
    assert "“市委编办”与“市编办”像是同一个单位" in lines
    assert "“市卫健局”与“市卫健委”像是同一个单位" in lines
    assert "distinct_units" in lines[-1]
    assert "确是不同单位" in lines[-1]
    assert units() == []


def test_who_says_that_they_are_two_gets_two():
    load("市编办", "市委编办", distinct_units=["市编办", "市委编办"])

    assert units() == ["市委编办", "市编办"]


def test_who_says_that_even_long_and_short_are_two_gets_two():
    load("市委办", "市委办公室", distinct_units=["市委办"])

    assert units() == ["市委办", "市委办公室"]


def test_who_says_that_they_are_one_gets_one():
    one = {"canonical": "市委编办", "variants": ["市委编办", "市编办"]}
    load("市编办", "市委编办", unit_aliases=[one])

    assert (units(), aliases()) == (["市委编办"], ["市编办"])


def test_a_later_plan_is_held_against_the_units_that_are_there():
    load("市委办", "市编办")

    load("市委办公室", "市编办")  # the same, written out
    assert (units(), aliases()) == (["市委办", "市编办"], ["市委办公室"])
    with pytest.raises(PlanError, match="“市委编办”与名册里的“市编办”像是同一个单位"):
        load("市委办", "市委编办")
    assert load("市委办公室", "市编办").changes == 0


def test_what_is_there_as_two_stays_two():
    load("市编办")
    with open_session() as session:
        add_units(session, 1, ["市委编办"])  # as an operator answered

    load("市编办", "市委编办")

    assert units() == ["市委编办", "市编办"]
