"""The list of what units sent: out, edited, and back; what is printed stays, what is wrong is named with its place."""

import pytest

from models.errors import PlanError
from tasks.papers.briefings.issuing import issue_rows
from tasks.papers.briefings.items_list import export_items, load_items
from tests.support.sheets import columns, edited, place
from tests.tasks.papers.briefings.test_issuing import MOMENT, confirmed, drafted, sent

SHEET = "简报投稿"


@pytest.fixture
def out(campaign, tmp_path):
    """Two items, and the list of them as it goes out."""
    sent(tmp_path, "第一篇")
    sent(tmp_path, "第二篇")
    return tmp_path / "投稿表.xlsx"


def back(path, edit):
    path.unlink(missing_ok=True)
    export_items(None, path, MOMENT)
    return edited(path, lambda book: edit(book[SHEET]))


def load(path):
    return load_items(None, path, "创建办", moment=MOMENT)


def titles():
    [draft] = [one for one in issue_rows(None)[1] if one.number is None]
    return [article.title for article in draft.content.articles]


def written(page, row, **cells):
    for name, value in cells.items():
        page.cell(row, columns(page)[name]).value = value


def test_words_places_and_what_waits_are_the_offices(out, tmp_path):
    def edit(page):
        place(page, "标题", 编号=2).value = "第二篇（改）"
        place(page, "次序", 编号=2).value = 1
        place(page, "采用", 编号=1).value = "下期"

    found = load(back(out, edit))
    drafted(tmp_path)

    assert "改了 2 条，新收 0 条" in found.line
    assert titles() == ["第二篇（改）"]


def test_a_list_that_says_nothing_new_changes_nothing(out):
    same = back(out, lambda page: None)

    assert [load(same).changes for _ in range(2)] == [0, 0]


def test_a_new_row_is_a_new_item_and_comes_in_once(out, tmp_path):
    path = back(
        out, lambda page: written(page, 6, 单位="市司法局", 标题="第三篇", 正文="一段\n二段")
    )

    assert [load(path).changes for _ in range(2)] == [1, 0]
    drafted(tmp_path)
    assert titles() == ["第一篇", "第二篇", "第三篇"]


def test_what_stands_in_an_issue_is_changed_no_more(out, tmp_path):
    confirmed(tmp_path, drafted(tmp_path).draft)

    def edit(page):
        place(page, "标题", 编号=1).value = "另一个标题"

    with pytest.raises(PlanError, match="已登在第 1 期，不能再改"):
        load(back(out, edit))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"编号": 99, "标题": "题", "正文": "文"}, "没有编号为 99 的投稿"),
        ({"编号": 1, "标题": "题", "正文": "文"}, "重复"),
        ({"编号": 1.5, "标题": "题", "正文": "文"}, "应为整数"),
        ({"编号": 2, "标题": "题", "正文": "文", "单位": "市公安局"}, "不能改单位"),
        ({"标题": "题"}, "正文”列：没有填写"),
        ({"标题": "题", "正文": "文", "单位": "不存在局"}, "不存在局"),
        ({"标题": "题", "正文": "文", "次序": 1000}, "应为 1 到 999 的整数"),
        ({"标题": "题", "正文": "文", "次序": 1.5}, "应为 1 到 999 的整数"),
        ({"标题": "题", "正文": "文", "采用": "也许"}, "应为"),
        ({"标题": "题", "正文": "文", "采用": "下期"}, "编了号再改"),
        ({"标题": "题" * 81, "正文": "文"}, "标题"),
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_taken(out, cells, fault):
    def edit(page):
        place(page, "标题", 编号=2).value = "改过的"
        written(page, 6, **cells)

    path = back(out, edit)
    with pytest.raises(PlanError, match=fault):
        load(path)

    assert load(back(out, lambda page: None)).changes == 0  # nothing was written
