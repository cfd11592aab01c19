"""The words that no table knows: supplied once, kept in later versions, refused with every fault."""

import pytest

from models.errors import PlanError
from models.settings import moment_of
from tasks.papers.keeping import PaperOrder
from tasks.papers.texts import texts_in
from tasks.papers.writing import write_report
from tests.conftest import NOW, TODAY
from tests.tasks.papers.test_report import text_of

MOMENT = moment_of(NOW, TODAY)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "补充.txt"


def test_words_supplied_once_stand_in_every_later_version(campaign, tmp_path, file):
    out = tmp_path / "报告.docx"
    before = write_report("jc", PaperOrder(out), MOMENT).version
    file.write_text("【组织领导】\n成立专班。\n| 压实责任 {{ x }}。\n", encoding="utf-8")
    given = write_report("jc", PaperOrder(out), MOMENT, file).version
    kept = write_report("jc", PaperOrder(out, to="省委依法治省办"), MOMENT).version

    assert before.blanks - given.blanks == 1
    assert (kept.number, kept.blanks) == (3, given.blanks - 1)
    assert "成立专班。\n| 压实责任 {{ x }}。\n" in text_of(out)
    assert "组织领导的做法和成效" not in text_of(out)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "没有内容"),
        ("成立专班".encode(), "第 1 行：前面没有"),
        ("【组织】\n成立".encode(), "第 1 行：没有“组织”这一部分"),
        ("【组织领导】\n\n【组织领导】\n一".encode(), "第 3 行：【组织领导】 写了两次"),
        ("【组织领导】\n【下一步打算】\n一".encode(), "【组织领导】下面没有文字"),
        ("【组织领导】\n一\x07".encode(), "第 2 行：里有不能显示的字符"),
        ("【组织领导】\n一".encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_a_file_of_words_that_is_wrong_says_where(file, content, words):
    file.write_bytes(content)

    with pytest.raises(PlanError, match=words):
        texts_in(file, "创建办")
