"""Every field of every form is bounded, whatever it is called and wherever it stands."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from prefect.input import RunInput

import flows.decide_transition
import flows.object_to_decision
from deployments.service.schedules import all_deployments
from flows.running.forms import ONE_LINE, day_in
from models.errors import ProgressError
from models.rules.bounds import LARGEST_NUMBER, LONGEST_TYPED, text_fault
from models.rules.decisions.answers import Answer
from tests.support.odd_values import TEXTS

MOST_LISTED = 1_000
HUGE = 10**26


def schemas() -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every schema that somebody's typing is checked against."""
    for one in all_deployments("Asia/Shanghai"):
        yield str(one.name), one._parameter_openapi_schema.model_dump()
    for module in (flows.decide_transition, flows.object_to_decision):
        for name, form in vars(module).items():
            if isinstance(form, type) and issubclass(form, RunInput) and form is not RunInput:
                yield name, form.model_json_schema()


SCHEMAS = dict(schemas())


def fields(schema: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every field in ``schema``, those of its parts and of its alternatives too."""
    if "type" in schema or "enum" in schema or "const" in schema:
        yield name, schema
    for inner, field in schema.get("properties", {}).items():
        yield from fields(field, f"{name}.{inner}")
    for part in ("definitions", "$defs"):
        for inner, field in schema.get(part, {}).items():
            yield from fields(field, f"{name}.{inner}")
    for alternatives in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for field in schema.get(alternatives, []):
            yield from fields(field, name)
    for inside in ("items", "additionalProperties"):
        if isinstance(schema.get(inside), dict):
            yield from fields(schema[inside], f"{name}[]")


FIELDS = [
    (f"{form} {name}", field) for form, schema in SCHEMAS.items() for name, field in fields(schema)
]


def unbounded(field: dict[str, Any]) -> str:
    """Return which bound a field lacks; empty when it has all."""
    if "enum" in field or "const" in field:
        return ""
    match field.get("type"):
        case "integer" | "number":
            low, high = field.get("minimum"), field.get("maximum")
            held = low is not None and high is not None and -LARGEST_NUMBER <= low <= high
            return "" if held and high <= LARGEST_NUMBER else "minimum, maximum"
        case "string":
            known = field.get("maxLength", HUGE) <= LONGEST_TYPED and "pattern" in field
            return "" if known else "maxLength, pattern"
        case "array":
            return "" if field.get("maxItems", HUGE) <= MOST_LISTED else "maxItems"
        case "object":
            more = field.get("additionalProperties", True)
            closed = more is False or (isinstance(more, dict) and "maxProperties" in field)
            return "" if closed else "additionalProperties"
        case "boolean" | "null":
            return ""
        case _:
            return "a type"


@pytest.mark.parametrize(("name", "field"), FIELDS, ids=[name for name, _ in FIELDS])
def test_every_field_of_every_form_is_bounded(name, field):
    assert unbounded(field) == "", name


def test_the_walk_sees_the_fields_there_are_and_what_they_lack():
    names = " ".join(name for name, _ in FIELDS)

    for word in ("每日巡查 .campaign", ".today", "ProgressForm.note", "阶段审批 .decision_id"):
        assert word in names
    assert "DecisionForm .new_date" in names
    loose = {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "null"}]}
    assert [unbounded(field) for _, field in fields(loose)] == ["minimum, maximum", ""]
    assert unbounded({"type": "integer", "ge": 1, "le": 2}) == "minimum, maximum"
    assert unbounded({"type": "string", "format": "date"}) == "maxLength, pattern"
    assert unbounded({"type": "array", "items": {}}) == "maxItems"
    assert unbounded({}) == "a type"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_form_takes_nothing_it_does_not_ask_for(name):
    found = list(Draft202012Validator(SCHEMAS[name]).iter_errors({"x": HUGE}))

    assert [f for f in found if f.validator == "additionalProperties" or list(f.path) == ["x"]]


@pytest.mark.parametrize("odd", TEXTS.values(), ids=TEXTS)
def test_a_form_takes_the_lines_that_a_command_takes(odd):
    for ending in ("", "\n", "乙"):
        taken = re.search(ONE_LINE.pattern, odd + ending)

        assert bool(taken) is (text_fault(odd + ending, 10**6) == "")
        if taken:
            (odd + ending).encode("utf-8")  # holds no half characters


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", None),
        ("  ", None),
        ("2026-06-05", date(2026, 6, 5)),
        ("2026年6月5日", date(2026, 6, 5)),
    ],
)
def test_a_day_is_read_and_an_empty_one_is_none(typed, found):
    assert day_in(typed) == found


def test_a_deciders_impossible_day_is_a_fault_of_the_answer_and_not_the_end_of_the_run():
    form = flows.decide_transition.DecisionForm(decision="延期", new_date="2026-02-30")
    said = flows.decide_transition._said(form)

    assert (said.answer, said.new_end) == (Answer.POSTPONE, None)
    assert said.unread.startswith("日期写的是“2026-02-30”")


@pytest.mark.parametrize("typed", ["2026-02-30", "9999-12-31", "0001-01-01", "2026-6-31"])
def test_a_day_that_the_form_lets_through_is_refused_in_one_line(typed):
    assert re.search(SCHEMAS["每日巡查"]["properties"]["today"]["pattern"], typed)
    with pytest.raises(ProgressError, match=f"日期写的是“{typed}”，应为 2025-07-21 这样的日期"):
        day_in(typed)
