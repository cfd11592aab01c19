"""Every place in a plan has words that a clerk knows."""

import re
import typing

import pytest
from pydantic import BaseModel

from models.plan.field_words import in_words
from models.plan.limits import spelled_out
from models.plan.schema import Plan


def models_within(model: type[BaseModel], known: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """Return ``model`` and every model that a field of it holds."""
    if model not in known:
        known.add(model)
        for field in model.model_fields.values():
            for part in re.findall(r"\w+", str(field.annotation)):
                inner = PARTS.get(part)
                if inner is not None:
                    models_within(inner, known)
    return known


def _subclasses(model: type[BaseModel]) -> typing.Iterator[type[BaseModel]]:
    for each in model.__subclasses__():
        yield each
        yield from _subclasses(each)


PARTS = {each.__name__: each for each in _subclasses(BaseModel) if "models." in each.__module__}


def test_no_field_of_a_plan_is_shown_by_its_key():
    without = {
        f"{model.__name__}.{name}"
        for model in models_within(Plan, set())
        for name in model.model_fields
        if re.search("[A-Za-z_]", in_words((name,)))
    }

    assert without == set()


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "开头"),
        (("title",), "标题"),
        (("kind",), "文种"),
        (("stages", 0, "kind"), "第 1 个阶段的类型"),
        (("tasks", 2, "title"), "第 3 项任务的名称"),
        (("tasks", 2, "lead_units", 0), "第 3 项任务的第 1 个牵头单位"),
        (("tasks", 0, "deadline", "date"), "第 1 项任务的时限的日期"),
        (("recurring", 1, "day"), "第 2 项周期工作的日"),
        (("tasks", 0, "lead_unit"), "第 1 项任务的“lead_unit”"),  # a typing error
        ((3,), "第 4 个"),
    ],
)
def test_a_place_is_told_in_words(steps, words):
    assert in_words(steps) == words


def test_the_author_of_a_file_finds_the_field_beside_the_words():
    assert spelled_out(("tasks", 2, "title")) == "第 3 项任务的名称（tasks[3].title）"
