"""Columns of bodies and persons at once: the bodies are units, the persons are kept nowhere."""

import pytest

from models.plan.reading.roles.roles import Grammar
from models.plan.reading.tables.heads import meaning_of
from models.plan.vocabulary import default_vocabulary
from tests.models.plan.reading.tables.test_odd_tables import HEADS, TITLES, plan_of


@pytest.mark.parametrize(
    ("head", "meaning"),
    [
        ("牵头单位及责任人", "lead"),
        ("牵头单位和负责人", "lead"),
        ("牵头单位、联系人", "lead"),
        ("牵头单位（责任人）", "lead"),
        ("责任单位及其负责人", "responsible"),
        ("责任单位/责任人", "responsible"),
        ("责任领导和责任单位", "responsible"),
        ("牵头领导、单位", "lead"),
        ("配合单位及联系人", "cooperating"),
        ("单位及联系人", "responsible"),
        # Persons only, or bodies only.
        ("牵头单位负责人", "post"),
        ("牵头领导", "post"),
        ("责任人", "post"),
        ("牵头单位", "lead"),
    ],
)
def test_a_head_of_bodies_and_persons_is_that_of_the_bodies(head, meaning):
    assert meaning_of(head, Grammar.of(default_vocabulary())) == meaning


@pytest.mark.parametrize(
    ("cell", "units"),
    [
        ("市司法局 张某某", ["市司法局"]),
        ("市司法局张某某", ["市司法局"]),
        ("市司法局（张某某）", ["市司法局"]),
        ("市司法局（张某某，00000000）", ["市司法局"]),
        ("市司法局：张某某", ["市司法局"]),
        ("市司法局局长张某某", ["市司法局"]),
        ("市司法局 副局长 张某某", ["市司法局"]),
        ("张某某（市司法局）", ["市司法局"]),
        ("市司法局 张某某、市公安局 李某某", ["市司法局", "市公安局"]),
        ("市司法局、张某某", ["市司法局"]),
        ("市司法局\n张某某", ["市司法局"]),
        ("市司法局（市委依法治市办）", ["市司法局（市委依法治市办）"]),
        ("市司法局、市公安局", ["市司法局", "市公安局"]),
    ],
)
def test_the_bodies_of_such_a_column_are_units_without_the_persons(cell, units):
    heads = [*HEADS[:2], "牵头单位及责任人", HEADS[4]]

    plan = plan_of([heads, ["1", TITLES[0], cell, "2024年9月底前"]])

    [task] = plan.tasks
    assert task.lead_units == units
    assert "张某某" not in plan.model_dump_json()
    assert "李某某" not in plan.model_dump_json()
