"""Whatever a workbook holds and whoever wrote into it: a plan comes of it, or clear lines."""

import json

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.errors import CampaignError
from models.plan.doubt import Doubt
from models.plan.reading.compile import read_plan
from models.plan.reading.text.document import Document
from models.plan.schema import Plan
from tasks.plans.review_reading import take_review
from tests.support.reviews import write_review
from tests.tasks.plans.test_doubt_answers import SHEET, TARGET, TEXT

READ = read_plan(Document.from_text(TEXT, "方案.txt"))
ODD = [None, -1, 1e308, True, "", "市司法局", ["市司法局", 3], {}, TARGET, [TARGET, TARGET], {"date": "2026-06-30"}, [[[]]], "x" * 40_000, "2026-02-30", "=1+1"]  # fmt: skip
FIELDS = ["", "lead_units", "deadline", "deadline.date", "end", "targets", "title", "nobody", "other_targets", "..", "[3]", "kind"]  # fmt: skip
WORDS = [None, "", "市民政局", "各县区", "长期", "2026-06-30", "指标达到95%", "每周五报送", "任务2 责任单位：市城管局", "任务：", "：", "牵头单位：\n\n", "=1+1", "无", "任务", "阶段9 结束：2026-01-01", "x" * 31_000, 3, 0.95, True]  # fmt: skip


@st.composite
def doubts_and_answers(draw):
    count = draw(st.integers(1, 6))
    doubts = [
        Doubt(
            draw(st.sampled_from(["stage", "task", "duty", "target", "group", "plan", "text"])),
            draw(st.integers(0, 3)),
            f"疑{at}",
            draw(st.sampled_from(["", "加强普法。", "没有这一句"])),
            draw(st.sampled_from([None, 1, 5, 99])),
            draw(st.sampled_from(FIELDS)),
            draw(st.sampled_from(ODD)),
            draw(st.booleans()),
        )
        for at in range(count)
    ]
    choices = st.sampled_from([None, "采纳", "改为", "不是任务", "好"])
    answers = [(draw(choices), draw(st.sampled_from(WORDS))) for _ in range(count)]
    return doubts, answers


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(doubts_and_answers())
def test_any_answer_to_any_doubt_is_taken_or_told(tmp_path, drawn):
    doubts, answers = drawn
    path = tmp_path / "r.xlsx"
    write_review(path, READ.plan, doubts)
    assert take_review(path) == (READ.plan, [])
    book = openpyxl.load_workbook(path)
    for row, answer in enumerate(answers, 2):
        book[SHEET].cell(row, 6).value, book[SHEET].cell(row, 7).value = answer
    book.save(path)

    try:
        plan, notes = take_review(path)
    except CampaignError as told:
        assert "Traceback" not in str(told)
        return
    assert Plan.model_validate_json(plan.model_dump_json()) == plan
    assert (plan, notes) == take_review(path)


@pytest.mark.parametrize(
    "doubts",
    [3, "x", [3], [{"where": 3}], [{"where": "tasks[0].lead_units", "line": "x"}], {"a": 1}, None],
)
def test_what_is_kept_out_of_sight_is_taken_or_told_to_be_broken(tmp_path, doubts):
    path = tmp_path / "r.xlsx"
    write_review(path, READ.plan, [Doubt("task", 1, "疑")])
    book = openpyxl.load_workbook(path)
    kept = json.loads(READ.plan.model_dump_json()) | {"doubts": doubts}
    book["原始数据"]["A1"] = json.dumps(kept)
    book[SHEET]["F2"] = "不是任务"
    book.save(path)

    try:
        assert take_review(path)[0] == READ.plan
    except CampaignError as told:
        assert "原始数据已损坏" in str(told)
