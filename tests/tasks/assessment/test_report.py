"""The report of a drill, the gate that it opens, and what the way to acceptance says of it."""

import pytest

from models.rules.assessment.words import Method
from tasks.assessment.arranging import close_drill
from tasks.assessment.records import load_record
from tasks.assessment.report import write_drill_report
from tasks.assessment.writing_down import PaperWords, review, write_workpaper
from tasks.gates.outlook import outlook, outlook_page
from tasks.papers.keeping import PaperOrder
from tests.conftest import ON_BOTH, TODAY
from tests.tasks.assessment.conftest import AT, BY, OTHER

FILES = Method.CASE_FILES


@pytest.fixture
def reviewed(filled):
    load_record(None, filled(), "评查一组", moment=AT)
    write_workpaper(None, "M1", FILES, PaperWords(BY, conclusion="总体规范。"), AT)
    review(None, "M1", FILES, OTHER, AT)


def in_the_way():
    return {one.rule for _, one in outlook(None, TODAY, 5).obstacles}


@ON_BOTH
def test_a_finished_drill_opens_the_gate_of_its_methods_and_no_other(reviewed):
    before = in_the_way()
    assert outlook(None, TODAY).rehearsal is None

    close_drill(None, "M1", BY, AT)

    assert before - in_the_way() == {"rehearsed-case-files"}
    left = [one.text for _, one in outlook(None, TODAY, 5).obstacles if one.rule == "steps-done"]
    assert any(
        "配合案卷评查尚未完成" in text for text in left
    )  # the plan's own step is still to be taken
    said = outlook(None, TODAY)
    assert "有结果的部分共 20 分，得 20.00 分" in said.rehearsal.whole
    page = outlook_page([said])
    assert "最近一次模拟评估 M1 第一次模拟评估" in page
    assert "没有低于 80 分的环节" in page
    assert said.as_json()["rehearsal"]["parts"][0].startswith("书面已得 20.00 分")


def test_the_report_tells_each_workpaper_and_is_the_same_twice(reviewed, tmp_path):
    from docx import Document

    path = tmp_path / "报告.docx"
    first = write_drill_report(None, "M1", PaperOrder(path, BY), AT)
    again = write_drill_report(None, "M1", PaperOrder(path, BY), AT)

    assert first.version.number == again.version.number == 1
    text = "\n".join(one.text for one in Document(str(path)).paragraphs)
    assert "模拟评估报告" in text
    assert "种子" in text
    assert "结论：总体规范。" in text
    assert f"由{BY}编制，{OTHER}复核" in text
    assert "没有计入，也没有折算" in text
