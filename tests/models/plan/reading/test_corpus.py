"""The reader against documents whose truth is known, scored as the conventions say."""

import json
from pathlib import Path

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS, REAL_DOCUMENTS
from tests.tools import score

FORMATS = {".txt", ".md", ".html", ".docx", ".pdf"}
SAMPLES = sorted(p for p in DOCUMENTS.iterdir() if p.suffix in FORMATS and p.stem[0].isdigit())


def compiled(path: Path) -> dict:
    return json.loads(compile_plan(read_document(path)).model_dump_json())


def truth(path: Path) -> dict:
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def scored(paths: list[Path]) -> list[dict]:
    return [score.score(truth(path), compiled(path)) for path in paths]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_document_is_read_as_its_truth_says(path):
    [result] = scored([path])

    assert result["diff"] == []
    assert all(result["meta"].values()), result["meta"]


@pytest.mark.skipif(not REAL_DOCUMENTS.is_dir(), reason="the real documents are not here")
def test_the_real_documents_are_read_as_their_truth_says():
    paths = sorted(REAL_DOCUMENTS.glob("*.txt"))
    results = scored(paths)

    categories, micro = score.total(results)
    assert score.prf(micro)[2] >= 0.99
    assert min(score.prf(counts)[2] for counts in categories.values()) >= 0.97
    assert all(result["meta"]["is_plan"] and result["meta"]["kind"] for result in results)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("某市法治政府建设实施方案", "implementation_plan"),
        ("某市餐饮油烟专项整治行动方案", "work_plan"),
        ("某市法治督察工作方案", "work_plan"),
        ("某市“八五”普法宣传工作方案", "publicity_plan"),
        ("某市2025年法治政府建设工作要点", "work_plan"),
        ("某市法治建设规划（2021—2025年）", "implementation_plan"),
        ("某市法治政府建设示范创建工作简报", "briefing"),
        ("某市法治建设工作信息", "briefing"),
        ("关于某市实施方案落实情况的报告", "report"),  # the last noun decides
        ("某市2024年法治建设工作总结及2025年工作计划", "report"),
        ("某市市长在示范创建动员会上的讲话", "report"),
        ("《某市法治政府建设实施方案》政策解读", "report"),
        ("某市法治建设考核办法", "report"),
        ("关于召开全市示范创建推进会的通知", "report"),
        ("关于成立某市示范创建工作领导小组的通知", "report"),
    ],
)
def test_the_last_noun_of_a_title_says_what_a_document_is(title, kind):
    text = f"{title}\n一、主要任务\n1.加强执法。合格率95%以上。（牵头单位：市司法局）\n二、实施步骤\n（一）启动（3月）。"

    plan = compile_plan(Document.from_text(text))

    assert plan.kind == kind
    assert bool(plan.tasks) == bool(plan.stages) == plan.is_plan
