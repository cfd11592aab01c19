"""Menus and buttons around the text are left out by name where they are that for sure, else read."""

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import CONTENTS, FOOTER, MENU
from tasks.documents.web.pages import html_pages


def read(page):
    [(rows, left)] = html_pages(page.encode())
    assert MISSING not in [why for why, *_ in left]
    return [text for text, _, _ in rows], [(why, words) for why, words, *_ in left]


def links(*words, between="", wrap=""):
    each = [f"<a href='/{at}.html'>{word}</a>" for at, word in enumerate(words)]
    return between.join(f"<{wrap}>{one}</{wrap}>" if wrap else one for one in each)


MENU_WORDS = ("首页", "新闻中心", "政务公开", "办事服务")


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (f"<ul>{links(*MENU_WORDS, wrap='li')}</ul>", MENU),
        (f"<div>{links(*MENU_WORDS, between=' | ')}</div>", MENU),
        (f"<div><div>{links(*MENU_WORDS, wrap='span')}</div></div>", MENU),
        (f"<p>{links(*MENU_WORDS, between='&gt;&gt;')}</p>", MENU),
        (f"<table><tr>{links(*MENU_WORDS, wrap='td')}</tr></table>", MENU),
        (f"<table width=100%><tr><td>{links(*MENU_WORDS)}</td></tr></table>", MENU),
        ("<ul><li><a href='#a'>一、总体要求</a>1<li><a href='#b'>二、重点任务</a>2<li><a href='#c'>三、保障</a>9</ul>", CONTENTS),
        ("<p>当前位置：首页&gt;&gt;政府信息公开&gt;&gt;工作方案</p>", MENU),
        (f"<div>您所在的位置：{links(*MENU_WORDS, between=' > ')}</div>", MENU),
        ("<p>首页 &gt; 政务公开 &gt; 正文</p>", MENU),
        ("<p>【字号：大 中 小】【打印】【关闭】</p>", MENU),
        ("<p>打印本页 | 关闭窗口</p>", MENU),
        ("<p>分享到： 微信 微博</p>", MENU),
        ("<p>版权所有：某市人民政府办公室</p>", FOOTER),
        ("<p>技术支持：某某公司 某ICP备12345678号</p>", FOOTER),
        ("<p>主办单位：某市人民政府办公室　版权所有：某市</p>", FOOTER),
        ("<p>Copyright © 2026 某市人民政府 All Rights Reserved</p>", FOOTER),
        ("<p>某ICP备12345678号-1 网站标识码：1234567890</p>", FOOTER),
    ],
)  # fmt: skip
def test_a_frame_around_the_text_is_named(page, why):
    rows, left = read(f"{page}<p>正文。</p>")

    assert rows == ["正文。"]
    assert {reason for reason, _ in left} == {why}


@pytest.mark.parametrize(
    "page",
    [
        f"<ul>{links('某县司法局', '某县公安局')}</ul>",  # two links are no menu
        f"<p>由{links('司法局', '公安局', '财政局', between='、')}负责。</p>",
        f"<ul>{links('附件1：任务分解表', '附件2：责任清单', '附件3：进度表', wrap='li')}</ul>",
        "<div><a href=1.doc>任务表</a><a href=2.xls>清单</a><a href=3.pdf>方案</a></div>",
        f"<ul>{links('关于印发某县法治政府建设实施方案的通知', '关于开展专项督查的通知全文', '关于公布名单的通知', wrap='li')}</ul>",
        f"<div>{links('市司法局', '市公安局', '市财政局')}</div>",
        f"<p>{links('市司法局', '市教育局', '首页', '政务公开', '各县区', between=' ')}</p>",
        f"<ul>{links('某市司法局（牵头）', '某市公安局等', '某某街道', wrap='li')}</ul>",
        f"<ul>{links('牵头单位', '责任单位', '完成时限', wrap='li')}</ul>",
        "<ul><li><a href='#a'>市司法局</a><li><a href='#b'>市公安局</a><li><a href='#c'>市财政局</a></ul>",
        "<p>技术支持：市大数据局</p>",
        "<p>技术支持：市大数据局负责平台运维。</p>",
        "<p>主办单位：市司法局</p><p>承办单位：市普法办</p>",
        "<ul><li>首页<li>新闻<li>公开</ul>",  # no links: nobody can say
        "<p>首页信息公开率达到100%。</p>",
        "<p>项目位置：某县城东。</p>",
        "<p>打印机、复印机由办公室管理</p>",
        "<p>中 小 学</p>",
        "<p>版权所有人登记由县文旅局负责。</p>",
    ],
)
def test_what_may_be_text_is_read(page):
    rows, left = read(page)

    assert rows
    assert not left


SENTENCE = "<p>为加强行政执法，制定本方案。</p>"


@pytest.mark.parametrize(
    ("before", "behind", "is_menu"),
    [
        ("", SENTENCE, True),  # above the title
        ("<h1>某市实施方案</h1>", SENTENCE, True),
        ("<p>当前位置：</p>", SENTENCE, True),
        (SENTENCE, "", True),  # behind the end
        (SENTENCE, "<p>主办：某市。推荐使用IE浏览器。版权所有</p>", True),
        (SENTENCE, "<p>版权所有：某市人民政府办公室。某ICP备12345678号。</p>", True),
        (SENTENCE, f"<div style='display:none'>{SENTENCE}</div>", True),
        (SENTENCE, SENTENCE, False),  # within the text
        (SENTENCE, "<p><b>推进</b><i>执法</i>规范化<b>建设</b>工作<i>。</i></p>", False),
        (SENTENCE + "<p>二、重点工作</p>", "", False),  # below a heading, with colon or number
        (SENTENCE + "<p>报送范围：</p>", "", False),
    ],
)
def test_links_are_a_menu_only_around_the_text(before, behind, is_menu):
    menu = f"<div>{links('执法清单', '案卷评查', '普法宣传')}</div>"

    rows, left = read(before + menu + behind)

    assert ("执法清单案卷评查普法宣传" in rows) is not is_menu
    assert ((MENU, "执法清单 案卷评查 普法宣传") in left) is is_menu


SITE, FURTHER = "网站标识码：1234567890", "某ICP备12345678号"
OFFERED = ("主办：某市人民政府办公室", "技术支持：某公司")


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (["正文。", *OFFERED, SITE], ["正文。"]),
        (["正文。", SITE, *OFFERED], ["正文。"]),
        (["正文。", SITE, OFFERED[0], FURTHER, OFFERED[1]], ["正文。"]),
        (["正文。", *OFFERED], ["正文。", *OFFERED]),
        (["正文。", *OFFERED, "尾声。", SITE], ["正文。", *OFFERED, "尾声。"]),
        ([SITE, "正文。", *OFFERED], ["正文。", *OFFERED]),
    ],
)
def test_who_runs_a_site_is_named_beside_a_surer_sign_alone(page, shown):
    for tag in ("p", "tr><td"):
        wrap = "<table>{}</table>" if tag != "p" else "{}"
        rows, left = read(wrap.format("".join(f"<{tag}>{line}" for line in page)))

        assert rows == shown
        assert {why for why, _ in left} <= {FOOTER}


def test_a_menu_may_have_a_heading_and_a_frame():
    rows = "".join(f"<tr><td><a href='{at}'>{word}</a>" for at, word in enumerate(MENU_WORDS))
    menu = f"<table border=1><tr><td>栏目导航</td></tr>{rows}</table>"

    assert read(f"{menu}<h1>某市方案</h1>")[0] == ["某市方案"]


def test_units_that_are_links_stay_in_their_table():
    row = f"<tr><td>整治</td><td>{links('司法局', '公安局', '财政局', between='<br>')}</td></tr>"
    [(rows, left)] = html_pages(f"<table border=1><tr><td>任务<td>单位</tr>{row}</table>".encode())

    assert rows[1][1] == ["整治", "司法局\n公安局\n财政局"]
    assert not left


def test_a_page_within_a_table_loses_its_menu_alone():
    text = "<p>一、总则</p><p>为加强行政执法，制定本方案。</p>" * 12
    page = f"<table><tr><td>{links(*MENU_WORDS, between='<br>')}</td><td>{text}</td></tr></table>"

    rows, left = read(page)

    assert rows == ["一、总则", "为加强行政执法，制定本方案。"] * 12
    assert left == [(MENU, "首页 新闻中心 政务公开 办事服务")]


def test_many_links_within_many_tags_take_time_by_their_number():
    page = "<div>" * 300 + links(*["很长的一个不是菜单的链接文字"] * 299) * 40

    rows, left = read(page)

    assert rows
    assert not left
