"""The ladder as a table: the example is the default, a wrong one lists every fault."""

import pytest
import yaml

from models.rules.notices.ladder_table import DEFAULT, parse_ladder, plain, rung_of
from models.rules.words import Level
from tests.places import ROOT

EXAMPLE = ROOT / "deployments" / "ladder.example.yaml"


def test_the_example_says_exactly_what_is_built_in():
    ladder, faults = parse_ladder(yaml.safe_load(EXAMPLE.read_text(encoding="utf-8")))

    assert faults == []
    assert ladder == DEFAULT


def test_what_a_table_leaves_out_stays_as_it_was():
    ladder, faults = parse_ladder({"acknowledge_within": 4, "duty": "组长"})

    assert faults == []
    assert (ladder.rungs, ladder.acknowledge_within, ladder.duty) == (
        DEFAULT.rungs,
        4,
        Level.GROUP_HEAD,
    )


def test_rungs_of_a_table_replace_the_built_in_ones_and_may_say_office_either_way():
    table = {
        "rungs": [
            {"workdays": -2, "tell": "联络员", "acknowledge": True},
            {"workdays": 4, "tell": ["办公室", "联络员"]},
        ]
    }
    ladder, faults = parse_ladder(table)

    assert faults == []
    assert [rung.rule for rung in ladder.rungs] == ["before_2", "overdue_4"]
    assert ladder.rungs[1].levels == (Level.LIAISON, Level.OFFICE)
    assert ladder.asking == ("before_2", "overdue_4")


def test_every_fault_is_listed_at_once():
    table = {
        "rungs": [
            {"workdays": "三天", "tell": ["联络员"]},
            {"workdays": 1, "tell": ["市长"], "acknowledge": "是"},
            {"workdays": 1, "tell": [], "whom": 1},
            "甲",
        ],
        "acknowledge_within": 0,
        "duty": "值班",
        "extra": 1,
    }
    ladder, faults = parse_ladder(table)

    assert ladder == DEFAULT
    for words in ("extra", "三天", "市长", "acknowledge", "whom", "重复", "甲", "值班"):
        assert any(words in fault for fault in faults), words
    assert len(faults) == 10


def test_a_ladder_that_goes_down_is_a_fault():
    table = {
        "rungs": [{"workdays": 1, "tell": ["组长"]}, {"workdays": 3, "tell": ["联络员"]}],
    }
    assert "逐级向上" in parse_ladder(table)[1][0]


@pytest.mark.parametrize("table", [[], "甲", 3])
def test_what_is_no_table_is_a_fault_and_no_crash(table):
    assert len(parse_ladder(table)[1]) == 1


@pytest.mark.parametrize(
    ("rule", "workdays"),
    [
        ("before_12", -12),
        ("due_today", 0),
        ("again:overdue_3", 3),
        ("unanswered:overdue_3", 3),
        ("again:unanswered:due_today", 0),
    ],
)
def test_a_rule_names_its_rung_whatever_became_of_the_notice(rule, workdays):
    assert rung_of(rule).workdays == workdays
    assert ":" not in plain(rule)


@pytest.mark.parametrize("rule", ["stage_opened", "overdue_", "overdue_²", "before_x", "overdue"])
def test_a_rule_that_is_no_rung_has_none(rule):
    assert rung_of(rule) is None
