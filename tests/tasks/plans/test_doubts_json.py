"""What `plan compile --json` prints: the plan, the doubts with their places, the mentions with their kinds."""

import json

import pytest

from models.plan.proposals import value_after, value_at
from models.plan.schema import Plan
from tasks.plans.compiling import compile_file
from tasks.plans.loading import read_plan
from tasks.plans.mention_words import KINDS
from tests.models.plan.reading.test_corpus import SAMPLES


@pytest.fixture(scope="module")
def printed():
    return {path: json.loads(compile_file(path).as_json()) for path in SAMPLES}


def test_the_keys_of_the_plan_stay_and_two_stand_beside_them(printed):
    for path, values in printed.items():
        assert list(values) == [*Plan.model_fields, "doubts", "mentions"], path.name


def test_a_doubt_says_where_why_and_in_which_words(printed):
    for path, values in printed.items():
        for doubt in values["doubts"]:
            assert list(doubt) == ["where", "line", "text", "reason", "proposal"], path.name
            assert doubt["reason"] and isinstance(doubt["text"], str)
            assert doubt["line"] is None or doubt["line"] >= 1


def test_every_place_of_a_doubt_is_in_the_plan_and_its_proposal_can_stand_there(printed):
    places = proposals = 0
    for path, values in printed.items():
        plan = Plan.model_validate({key: values[key] for key in Plan.model_fields})
        for doubt in values["doubts"]:
            if doubt["where"]:
                value_at(plan, doubt["where"])  # raises for no place
                places += 1
            if doubt["proposal"] is not None:
                stands = value_after(plan, doubt["where"], doubt["proposal"])
                assert stands not in ("", [], None), (path.name, doubt)
                proposals += 1

    assert places > proposals > 0


def test_doubts_and_mentions_stand_in_the_order_of_the_text(printed):
    for path, values in printed.items():
        lines = [doubt["line"] or 0 for doubt in values["doubts"]]
        assert lines == sorted(lines), path.name


def test_a_mention_says_of_which_kind_it_is(printed):
    for path, values in printed.items():
        for mention in values["mentions"]:
            assert list(mention) == ["line", "text", "kind"], path.name
            assert mention["text"] and mention["kind"] in KINDS


def test_what_is_printed_can_be_loaded_as_a_plan(printed, tmp_path):
    path = SAMPLES[0]
    (tmp_path / "方案.json").write_text(json.dumps(printed[path], ensure_ascii=False))

    loaded = read_plan(tmp_path / "方案.json")

    assert [task.title for task in loaded.tasks] == [
        task["title"] for task in printed[path]["tasks"]
    ]
    assert loaded.tasks
