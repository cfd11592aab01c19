"""A plan holds nothing that the tables, the messages or the calendar cannot."""

import pytest

from models.errors import PlanError
from models.plan.limits import excesses, place
from models.plan.schema import Plan
from tasks.plans.loading import find_plan, pack_names, read_plan, sound

GOOD = {
    "title": "甲市方案",
    "kind": "work_plan",
    "stages": [{"ordinal": 1, "name": "启动", "start": "2025-06-13"}],
    "tasks": [{"ordinal": 1, "title": "甲"}],
}
LAST = 'stages:\n- ordinal: 1\n  name: "启动"\n  '
HEAD = 'title: "甲市方案"\nkind: work_plan\n'


@pytest.mark.parametrize(
    ("change", "where", "told"),
    [
        ({"issued_on": "0001-01-01"}, "issued_on", "应为 2025-07-21 这样的日期"),
        ({"published_on": "9999-12-31"}, "published_on", "应为 2025-07-21 这样的日期"),
        ({"title": "甲" * 60_000}, "title", "有 60000 个字，最多 500 个字"),
        ({"notes": ["好", "甲" * 60_000]}, "notes[2]", "最多 30000 个字"),
        ({"issue_number": 10**26}, "issue_number", "应为 -2147483647 到 2147483647"),
        (
            {"stages": [{"ordinal": 10**26, "name": "启动"}]},
            "stages[1].ordinal",
            "应为 -2147483647 到 2147483647",
        ),
        (
            {"tasks": [{"ordinal": 1, "title": "甲", "lead_units": ["甲" * 101]}]},
            "tasks[1].lead_units[1]",
            "有 101 个字，最多 100 个字",
        ),
        (
            {"other_targets": [{"raw": "甲", "op": ">=", "value": float("inf")}]},
            "other_targets[1].value",
            "应为 -999999999999 到 999999999999",
        ),
        ({"issuer": "甲\x1b乙"}, "issuer", "不能显示的字符"),
        ({"ladder": {"甲" * 60_000: 1}}, None, None),  # refused by the schema
    ],
)
def test_each_field_of_a_plan_is_bounded(change, where, told):
    if where is None:
        with pytest.raises(ValueError):
            Plan.model_validate(GOOD | change)
        return
    plan = Plan.model_validate(GOOD | change)

    assert [place(at) for at, _ in excesses(plan)] == [where]
    with pytest.raises(PlanError, match=told):
        sound(plan, "甲.yaml")


def test_names_of_ninety_characters_and_every_day_of_the_century_are_taken():
    stage = {"ordinal": 1, "name": "甲" * 90, "start": "1990-01-01", "end": "2099-12-31"}

    assert list(excesses(Plan.model_validate(GOOD | {"stages": [stage]}))) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (HEAD + LAST + "start: 9999-12-31\n", "第 6 行：写的是“9999-12-31”"),
        (HEAD + "issue_number: 99999999999999999999999999\n", "第 3 行 期号（issue_number）："),
        (HEAD + 'slogans: "甲"\nnotes: ["\\ud800"]\n', "第 4 行：有看不见的控制字符"),
        (HEAD + 'issuer: "\\uFFFF"\n', "第 3 行：有看不见的控制字符"),
    ],
)
def test_what_a_file_says_too_much_is_told_with_its_line(tmp_path, text, told):
    file = tmp_path / "甲.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(PlanError) as caught:
        read_plan(file)

    assert told in str(caught.value)


@pytest.mark.parametrize("pack", pack_names())
def test_the_packs_are_within_every_bound(pack):
    assert list(excesses(read_plan(find_plan(pack)))) == []
