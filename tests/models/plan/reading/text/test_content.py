"""What of a document is no content: dropped and named; what only looks like that stays."""

import pytest

from models.plan.reading.compile import read_plan
from models.plan.reading.text.content import without_noise
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.noise import is_noise


def dropped(*texts, page=None):
    lines = [Line(text, at, page) for at, text in enumerate(texts, start=1)]
    return [(each.why, each.words) for each in without_noise(lines)[1]]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("首页 > 政务公开 > 规范性文件", "网页栏目"),
        ("【字体：大 中 小】【打印】【关闭窗口】", "网页栏目"),
        ("打印本页 关闭窗口", "网页栏目"),
        ("来源：市司法局 发布时间：2026-03-06", "网页栏目"),
        ("责任编辑：某某 审核：某某", "网页栏目"),
        ("技术支持：某某科技公司", "网页栏目"),
        ("抄送：市委办公室，市人大常委会办公室。", "版记"),
        ("某市人民政府办公室 2026年3月6日印发", "版记"),
        ("（此件公开发布）", "版记"),
        ("一、总体要求……………………1", "目录"),
    ],
)
def test_what_a_website_and_a_printer_add_is_dropped_by_name(text, why):
    (told,) = dropped("坚持依法行政。", text, "坚持依法行政，全面推进。")

    assert told == (why, "".join(text.split()))


@pytest.mark.parametrize("text", ["— 2 —", "第 2 页 共 5 页", "12", "————"])
def test_the_number_of_a_page_is_dropped_without_a_word(text):
    assert is_noise("".join(text.split()))
    assert dropped(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "审核：由市司法局负责合法性审核，市公安局配合，2026年6月底前完成。",
        "技术支持：市大数据局，2026年6月底前完成",
        "来源：各单位开展自查。",
        "关闭违规网站。",
        "打印机统一采购。",
        "字体统一规范，全市标识标牌更换",
        "收藏品市场专项整治",
        "中小",  # that a page breaks off 企业
        "大",
        "《某市行政执法办法》已于2026年3月6日印发。",
        "方案于2026年3月6日印发",
    ],
)
def test_content_that_begins_or_ends_like_that_stays(text):
    assert not is_noise(text)


MEMBER = "市司法局局长"


@pytest.mark.parametrize("times", [2, 3, 6])
def test_a_line_that_comes_back_within_a_page_is_no_running_head(times):
    for page in (None, 1):
        assert dropped(*[MEMBER, "市公安局局长：组员"] * times, page=page) == []


@pytest.mark.parametrize(
    "place", [(0, "first of its page"), (2, "last of its page")], ids=lambda p: p[1]
)
def test_a_line_that_stands_at_the_edge_of_three_pages_is_one(place):
    lines = []
    for page in range(1, 4):
        texts = [f"第{page}项工作由市司法局牵头。", f"第{page}项工作由市公安局配合。"]
        texts.insert(place[0], "某市人民政府公告")
        lines += [Line(text, len(lines) + at, page) for at, text in enumerate(texts, start=1)]

    kept, told = without_noise(lines)

    assert [each.page for each in told] == [2, 3]
    assert [line.text for line in kept].count("某市人民政府公告") == 1


@pytest.mark.parametrize(
    "behind",
    ["领导小组名单", "附件1 任务清单", "组长：市长", "一、总体要求", "任务分解表"],
)
def test_what_begins_something_else_ends_the_list_of_copies(behind):
    told = dropped("抄送：市委各部门", "市政协办公室", behind, "市司法局局长")

    assert [words for _, words in told] == ["抄送：市委各部门", "市政协办公室"]


def test_members_of_every_group_are_read_though_they_come_back():
    lists = [
        f"附件{at}\n{name}\n组长：市长\n成员：\n市司法局局长\n市公安局局长\n"
        for at, name in enumerate(["第一工作组名单", "第二工作组名单", "第三工作组名单"], start=2)
    ]

    plan = read_plan(
        Document.from_text("某市创建工作方案\n二、重点任务\n（一）规范执法。\n" + "".join(lists))
    ).plan

    assert [len(group.member_posts) + len(group.member_units) for group in plan.groups] == [2, 2, 2]
