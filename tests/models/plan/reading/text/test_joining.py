"""Whether a line goes on with the line before it: what is sure, and what is a near thing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan.reading.text.choice import choose, evidence
from models.plan.reading.text.document import Document
from models.plan.reading.text.joining import CLOSE, EVIDENCE, NEW, OPENED, REST, Seam, joined
from models.plan.reading.text.passages import join_lines


@pytest.mark.parametrize(
    ("before", "text", "taken"),
    [
        ("…全面推进。", "各单位要抓好落实。", NEW),
        ("…加强检查，", "（二）规范执法", NEW),  # a number opens even behind a comma
        ("…加强检查，", "督促整改。", REST),
        ("…加强检查", "，督促整改。", REST),
        ("某市创建工作方案", "为深入推进创建工作", NEW),
        ("附件1", "任务分解表", NEW),
        ("（牵头单位：市司法局，市公", "安局配合）", REST),
        ("（牵头单位：市司法局；", "完成时限：长期坚持）", REST),  # a label within a bracket
        ("牵头单位：市司法局", "责任单位：市公安局", NEW),  # …and outside of one
        ("（一）加强检查。（牵头单位：市司法局）", "以上任务由各单位落实", NEW),
        ("违法行为占比达到", "1、2项之和的一半", REST),  # a number that a line cuts
        ("11.", "法治护航发展，诚信赢得未来", REST),
        ("二、行动范围", "生产源头", NEW),
        ("（2）距离居民住宅不少于9米的", "申请办理手续。", REST),
        ("第三阶段总结表彰阶段2026年6月", "评选先进集体10个。", NEW),
        ("各镇人民政府，各责任单位：", "经同意，现印发给你们", REST),
        ("▲环境提升行动；牵头：市城管局", "路口守法率不低于98%", NEW),
        ("1.开展检查。各单位要按照职责", "抓好落实", REST),
        ("总体要求", "坚持依法行政", NEW),
        ("（三）交叉互查（6月11日—30日）", "各镇之间开展互查。", NEW),
        ("一、活动主题", "人人讲安全", NEW),
        ("一、审计目的", "摸清底数，揭示问题。", NEW),  # 目的 does not end in a 的 that goes on
        ("责任单位：市林业局、市人力资源和社会保障", "局", REST),
    ],
)
def test_what_is_surely_the_rest_of_a_line_or_a_paragraph(before, text, taken):
    choice = joined(Seam(before, before, text))

    assert choice.taken == taken
    assert not choice.is_close(CLOSE)


@pytest.mark.parametrize(
    ("before", "text", "taken"),
    [
        ("（一）加强行政", "执法监督", REST),  # a heading that a line breaks, or its text
        ("（三）交叉互查三月份", "各镇之间开展互查。", REST),
        ("责任单位：市司法局、市公安局", "以上任务由排在首位的牵头。", REST),
        ("一、认清形势，增强责任感", "去年以来，我们投入1.3亿元。", REST),
    ],
)
def test_what_may_be_either_is_a_near_thing(before, text, taken):
    choice = joined(Seam(before, before, text))

    assert choice.taken == taken
    assert choice.is_close(CLOSE)


def test_a_number_opens_an_item_even_where_all_else_goes_on_but_barely():
    above = "开展检查。（含以下各项内容，"  # wide as the page, a comma, an open bracket
    choice = joined(Seam(above, above, "（二）规范执法", width=len(above)))

    assert (choice.taken, choice.is_close(CLOSE)) == (NEW, True)


@pytest.mark.parametrize(
    ("letters", "taken", "close"),
    [
        (14, NEW, False),  # of 20: short for this page
        (15, NEW, True),
        (16, NEW, True),
        (17, REST, False),
    ],
)
def test_a_line_as_wide_as_the_page_goes_on(letters, taken, close):
    line = "深入学习贯彻精神加快建设宜居宜业和美乡村全面推进"[:letters]
    choice = joined(Seam(line, line, "振兴乡村", width=20))

    assert (choice.taken, choice.is_close(CLOSE)) == (taken, close)


@pytest.mark.parametrize(
    ("text", "below", "taken"),
    [
        ("某市司法局", "2026年3月6日", NEW),
        ("某市司法局", "二〇二六年三月六日", NEW),
        ("某市司法局", "抓好落实。", REST),
    ],
)
def test_a_body_with_a_date_below_it_signs(text, below, taken):
    before = "一、加强检查。请各单位认真贯彻（见附件"  # the bracket is never closed
    assert joined(Seam(before, before, text, below=below)).taken == taken


def test_near_things_are_kept_with_their_lines():
    near = []
    text = "某市创建工作方案\n一、主要任务\n（一）加强行政\n执法监督\n全面推进。"
    passages = join_lines(Document.from_text(text).lines, near)

    assert [passage.text for passage in passages][2:] == ["（一）加强行政执法监督全面推进。"]
    assert [(each.line, each.choice.taken) for each in near] == [(4, REST), (5, REST)]


@given(
    st.text("一二（）《》、，。：；市局1.20加强 ", max_size=40),
    st.text("一（）、。1.市局", max_size=12),
)
def test_every_seam_has_a_reading_and_a_margin(before, text):
    choice = joined(Seam(before, before, text, width=20))

    assert {choice.taken, choice.other} == {NEW, REST}
    assert choice.margin >= 0


@pytest.mark.parametrize(
    "before", ["1.", "加强检查，", "责任单位：市司法局、市", "各责任单位：", "一、加强的"]
)
@pytest.mark.parametrize("text", ["（二）规范执法", "2.加强培训", "牵头单位：市司法局"])
def test_outside_of_brackets_a_number_weighs_more_than_all_else(before, text):
    seam = Seam(before, before, text, width=len(before))
    weighed = choose((NEW, REST), evidence(EVIDENCE, seam))

    assert joined(seam) == OPENED
    assert weighed.taken == NEW
    assert not weighed.is_close(CLOSE)


def test_every_row_of_evidence_says_where_its_lines_meet():
    assert all(" / " in row.example and row.weight > 0 for row in EVIDENCE)
