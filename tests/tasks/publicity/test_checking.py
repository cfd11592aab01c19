"""A text is looked at before it is published; a person decides, and that is kept."""

from datetime import date

import pytest
from docx import Document

from models.database import open_session
from models.errors import CampaignError, NotFoundError, ProgressError
from models.publicity.wording import checks_kept
from models.rules.publicity.words import Remark
from tasks.publicity.checking import (
    TextDecision,
    check_file,
    check_pasted,
    checks_list,
    decide_text,
    write_remarks,
)
from tests.tasks.publicity.conftest import SLUG, on

pytestmark = pytest.mark.usefixtures("jiaozuo")
NOON = on(date(2023, 11, 22))
TEXT = "市公安局开展宣传。\n联系电话13812345678。"


def pasted(text=TEXT):
    return check_pasted(SLUG, "推文", text, "创建办", NOON)


def kept():
    with open_session(read_only=True) as session:
        return [one.model_copy() for one in checks_kept(session, 1)]


def test_a_text_is_kept_by_its_fingerprint_and_never_itself():
    found = pasted()

    assert [one.remark for one in found.remarks] == [Remark.PERSONAL]
    assert found.rows[0][0] == "第 2 段"
    assert pasted().number == found.number
    [row] = kept()
    assert "13812345678" not in row.found + row.title
    assert "开展宣传" not in row.found


def test_a_word_file_is_looked_at_paragraph_by_paragraph(tmp_path):
    document = Document()
    for line in TEXT.splitlines():
        document.add_paragraph(line)
    path = tmp_path / "稿件.docx"
    document.save(str(path))

    found = check_file(SLUG, path, "创建办", NOON)

    assert [(one.line, one.found) for one in found.remarks] == [(2, "138****5678")]
    write_remarks(found, tmp_path / "意见.xlsx")
    assert (tmp_path / "意见.xlsx").exists()


def test_of_a_secret_nothing_is_kept():
    found = pasted("机密★1年\n关于某事的通知")

    assert found.number is None
    assert "不要发布" in found.line
    assert kept() == []


def test_a_person_decides_with_a_reason_where_something_was_found():
    pasted()
    with pytest.raises(ProgressError, match="理由"):
        decide_text(SLUG, TextDecision(1, "可以发布", "宣传组审核岗"), NOON)
    said = TextDecision(1, "可以发布", "宣传组审核岗", "是公开的举报电话")

    assert "可以发布" in decide_text(SLUG, said, NOON)
    assert "没有变化" in decide_text(SLUG, said, NOON)
    assert checks_list(SLUG)[0][4:6] == ("可以发布", "宣传组审核岗")
    assert pasted().number == 2  # looked at again after the decision


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (TextDecision(9, "不发布", "创建办"), NotFoundError),
        (TextDecision(1, "好", "创建办"), ProgressError),
        (TextDecision(1, "不发布", "王伟"), CampaignError),
    ],
)
def test_a_decision_that_cannot_stand_is_refused(said, error):
    pasted()
    with pytest.raises(error):
        decide_text(SLUG, said, NOON)


def test_nothing_is_no_text():
    with pytest.raises(CampaignError, match="没有要核对"):
        pasted("  \n")
