"""A web page is read as a browser shows it, and what is not its text is named."""

import time

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import (
    COMMENT,
    CONTENTS,
    CROSSED,
    FOOTER,
    HEADER,
    HIDDEN,
    MENU,
    RUBY,
    STRUCK,
    TITLE,
    PageRead,
    letters_of,
)
from tasks.documents.web.pages import decoded, html_pages, read_web


def read(page):
    """The lines and rows of a page, and why what is left out; nothing may be lost, nothing read twice."""
    content = page if isinstance(page, bytes) else page.encode()
    [(rows, left)] = html_pages(content)
    assert MISSING not in [why for why, *_ in left]
    return rows, {(why, words) for why, words, *_ in left}


def lines(page):
    """All lines of a page that has no table and leaves nothing out."""
    rows, left = read(page)
    assert not left
    assert not any(cells for _, cells, _ in rows)
    return [text for text, _, _ in rows]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        # line breaks of the source
        ("<p>加强\n行政\r\n执法</p>", ["加强行政执法"]),
        ("<p>加强\n    行政</p>", ["加强行政"]),
        ("<p>（牵头单位：\n市司法局）</p>", ["（牵头单位：市司法局）"]),
        ("<p>通知》\n，现将“\n一网通办”\n…—\n执行</p>", ["通知》，现将“一网通办”…—执行"]),
        ("<p>加强<b>\n行政</b>\n执法</p>", ["加强行政执法"]),
        ("<p>rule of\nlaw</p>", ["rule of law"]),
        ("<p>截至2026\n年</p>", ["截至2026 年"]),  # a browser shows a blank
        ("<p>𠮷\n𠮷</p>", ["𠮷𠮷"]),
        # blanks
        ("<p>姓 名</p>", ["姓 名"]),
        ("<p>姓   \t  名</p>", ["姓 名"]),
        ("<p>姓&nbsp;&nbsp;名</p>", ["姓  名"]),
        ("<p>&nbsp;&nbsp; 一、目标 &nbsp;</p>", ["一、目标"]),
        ("<p>　　现将</p>", ["　　现将"]),
        ("<p>a <b> b</b></p>", ["a b"]),
        ("<p> </p><p>&nbsp;</p><p>甲</p>", ["甲"]),
        # what breaks a line
        ("甲<br>乙<br/>丙</br>丁", ["甲", "乙", "丙", "丁"]),
        ("甲<p>乙</p>丙<div>丁</div>戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("甲<span>乙</span><b>丙</b><font>丁</font><a>戊</a><o:p>己</o:p>", ["甲乙丙丁戊己"]),
        ("<h1>题</h1><section>甲<article>乙</article></section>", ["题", "甲", "乙"]),
        ("<dl><dt>甲<dd>乙<dt>丙</dl>", ["甲", "乙", "丙"]),
        (
            "<span style='display:block'>甲</span><span style='display: block'>乙</span>",
            ["甲", "乙"],
        ),
        ("<div style='display:inline'>甲</div><div style='display:inline'>乙</div>", ["甲乙"]),
        ("甲<hr>乙<wbr>丙<img alt='图'>丁", ["甲", "乙丙丁"]),
        ("<pre>\n甲\n  乙</pre>", ["甲", "乙"]),
        ("<pre>甲 <b>乙\n丙</b></pre>", ["甲 乙", "丙"]),
        ("<div style='white-space:pre-wrap'>甲\n乙</div>丙\n丁", ["甲", "乙", "丙丁"]),
        # marks
        ("10<sup>4</sup>H<sub>2</sub>O<ins>新</ins><u>旧</u>", ["104H2O新旧"]),
        ("&lt;规定&gt;&amp;&ldquo;甲&rdquo;&#19968;&#x4E8C;&hellip;", ["<规定>&“甲”一二…"]),
        ("a < b 且 1<2<三", ["a < b 且 1<2<三"]),
        ("<details><summary>甲</summary>乙</details>", ["甲", "乙"]),
        ("<xmp><b>甲</b></xmp>", ["<b>甲</b>"]),
        ("<svg><text>甲</text></svg>乙", ["甲", "乙"]),
        ("甲<!-- 乙 -->丙<!---->丁<!-->戊<?php 己 ?>庚<!DOCTYPE html>", ["甲丙丁戊庚"]),
        ("甲<!--[if gte mso 9]><xml>乙</xml><![endif]-->丙<![if !mso]>丁<![endif]>", ["甲丙丁"]),
        ("<script>var a='一、<b>';</script>甲<style>.a{color:red}</style>", ["甲"]),
        ("<SCRIPT type=x>a</scripty>b</SCRIPT>甲", ["甲"]),
        ("<html><body>甲</body></html>乙<p>丙", ["甲乙", "丙"]),  # behind the end of the page
    ],
)
def test_lines_are_those_a_browser_shows(page, shown):
    assert lines(page) == shown


def test_libreoffice_breaks_its_lines_only_where_a_blank_stood():
    page = "<html><head>{}</head><body><p>市司法局 市教育局\n市民政局</p></body></html>"
    generator = '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>'

    assert lines(page.format(generator)) == ["市司法局 市教育局 市民政局"]
    assert lines(page.format("")) == ["市司法局 市教育局市民政局"]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<p>甲<p>乙<div>丙<p>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<b>乙<p>丙</b>丁", ["甲乙", "丙丁"]),
        ("<b><p>甲</b>乙</p>丙", ["甲乙", "丙"]),
        ("<span><p>甲</span>乙</p>丙", ["甲乙", "丙"]),
        ("<ul><li>甲<li>乙<ul><li>丙</ul><li>丁</ul>戊", ["甲", "乙", "丙", "丁", "戊"]),
        ("甲</p>乙</div></td></b>丙", ["甲", "乙丙"]),
        ("<h2>甲</h3>乙", ["甲", "乙"]),
        ("<td>甲</td><td>乙</td>", ["甲 乙"]),  # a cell of no table
        ("<p title='a>b'>甲</p><p class=a\"b>乙</p><p width='50%'''>丙</p>", ["甲", "乙", "丙"]),
        ("甲<p", ["甲<p"]),  # a tag that never ends
        ('甲<b title="乙>丙', ["甲丙"]),  # a quote that never ends
        ("甲</ >乙</", ["甲乙</"]),
        ("<form><p>甲</form>乙", ["甲", "乙"]),
        ("<li>甲<div><li>乙", ["甲", "乙"]),
        (
            "<title>甲<p>乙",
            ["甲", "乙"],
        ),  # a browser shows nothing here, but nothing is hidden on purpose
        ("<textarea><p>甲", ["甲"]),
        ("<script src='a.js'/><p>甲", ["甲"]),
        ("甲<![CDATA[乙]]>丙", ["甲丙"]),  # a comment, for a browser
        ("<?xml version='1.0'?><p>甲<![CDATA[乙<b>&amp;]]>丙</p>", ["甲乙<b>&amp;丙"]),
        ("<?xml version='1.0'?><p>甲<![CDATA[乙", ["甲乙"]),
        ("<?xml version='1.0'?><html><title/><p/>甲<script src='a'/>乙<b/>丙</html>", ["甲乙丙"]),
    ],
)
def test_broken_marks_are_mended_as_browsers_do(page, shown):
    assert lines(page) == shown


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p hidden>暗</p>", HIDDEN),
        ("<p style='DISPLAY: none'>暗</p>", HIDDEN),
        ("<span style='color:red;visibility:hidden'>暗</span>", HIDDEN),
        ("<span style='mso-hide:all'>暗</span>", HIDDEN),
        ("<template><p>暗</p></template>", HIDDEN),
        ("<noscript>暗</noscript>", HIDDEN),
        ("<iframe src=x>暗</iframe>", HIDDEN),
        ("<dialog>暗</dialog>", HIDDEN),
        ("<style>.a, p.b { display:none } .c{display:none}.c.on{display:block}</style><p class='x b'>暗</p>", HIDDEN),
        ("<style>/* .x */ #k{visibility:hidden}</style><p id=k>暗</p>", HIDDEN),
        ("<!-- 甲\n<p>暗", HIDDEN),  # a comment without an end
        ("<script>var a; 暗", HIDDEN),  # code without an end
        ("<style>暗<p>", HIDDEN),
        ("<del>暗</del>", STRUCK),
        ("<s>暗</s>", CROSSED),  # by a line that somebody has drawn
        ("<p>明<strike>暗</strike></p>", CROSSED),
        ("<span style='text-decoration: Line-Through'>暗</span>", CROSSED),
        ("<style>.x{text-decoration-line:underline line-through}</style><b class=x>暗</b>", CROSSED),
        ("<title>暗</title>", TITLE),
        ("<nav>暗</nav>", MENU),
        ("<div role=navigation>暗</div>", MENU),
        ("<aside>另见：<a href=x>暗的链接</a></aside>", MENU),
        ("<button>暗</button>", MENU),
        ("<select><option>暗<option></select>", MENU),
        ("<textarea>请输入暗号</textarea>", MENU),
        ("<input value='请输入暗号'>", MENU),
        ("<input type=Submit value=暗>", MENU),
        ("<select><option>暗<option selected>明</select>", MENU),
        ("<select><option selected>请选择暗</select>", MENU),
        ("<footer>暗<a href=x>明</a></footer>", FOOTER),
        ("<footer>暗 版权所有：明</footer>", FOOTER),
        ("<div style='mso-element:header' id=h1><p>暗</p></div>", HEADER),
        ("<div style='mso-element: Footer' id=f1><p>暗</p></div>", FOOTER),
        ("<math><semantics><mi>明</mi><annotation encoding=x>暗</annotation></semantics></math>", HIDDEN),
        ("<ruby>字<rt>暗</rt></ruby>", RUBY),
        ("<div style='mso-element:comment-list'><p>暗</p></div>", COMMENT),
        ("<p class=MsoToc1>暗</p>", CONTENTS),
        ("<table><tr><td>甲</td><td>乙</td></tr><tr hidden><td>暗</td></tr></table>", HIDDEN),
        ("<table><tr><td>甲</td><td style='display:none'>暗</td></tr></table>", HIDDEN),
    ],
)  # fmt: skip
def test_what_is_not_the_text_of_the_page_is_named(page, left):
    rows, named = read("<p>正文。</p>" + page)

    assert [why for why, words in named if "暗" in words] == [left]
    assert "暗" not in "".join(text for text, _, _ in rows)
    assert rows[0][0] == "正文。"


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        (
            "<p>单位：<input value='市司法局'>，<input type=text value=三月>",
            ["单位：市司法局，三月"],
        ),
        ("<p>单位<input type=hidden value=x><input type=file value=y><input>甲", ["单位甲"]),
        ("<p><input type=checkbox checked value=y>是<input type=CHECKBOX>否", ["☑是□否"]),
        ("<p><input type=radio checked>是 <input type=radio>否", ["●是 ○否"]),
        (
            "<p>单位：<textarea>\n 市司法局\n市公安局</textarea>。",
            ["单位：", "市司法局", "市公安局。"],
        ),
        (
            "<p>单位：<select><option selected>市司法局</select>。",
            ["单位：市司法局。"],
        ),
        (
            "甲<iframe srcdoc='<p>乙&lt;/p>丙<iframe srcdoc=&quot;<b>丁&quot;>'></iframe>戊",
            ["甲", "乙", "丙", "丁", "戊"],
        ),
        ("<option>甲<option>乙", ["甲", "乙"]),
    ],
)
def test_what_stands_in_fields_and_frames_is_read_in_its_place(page, shown):
    assert lines(page) == shown


@pytest.mark.parametrize(
    "page",
    [
        "<style>@media print{.a{display:none}}</style><p class=a>明</p>",
        "<style>.a{display:none}.a:target{display:block}</style><p class=a>明</p>",
        "<style>.a .b{display:none}</style><p class=b>明</p>",
        "<p style='display:inline'>明</p>",
        "<p style='visibility:visible'>明</p>",
        "<dialog open>明</dialog>",
        "<details><p>明</p></details>",
        "<header>明</header>",
        "<footer>明</footer>",  # the end of a plan, as likely
        "<aside><p>明</p></aside>",
        "<button>一、明确目标</button>",  # chapters that fold
        "<div class=nav>明</div>",  # only what the standard calls a menu is one for sure
        "<span style='text-decoration:underline'>明</span>",
        f"<nav>明{'第一章　总则。' * 60}",  # a menu that is most of the page is the page
    ],
)
def test_what_may_be_text_is_read(page):
    assert "明" in lines(page)[0]


def test_left_out_text_is_named_where_it_stood():
    page = "<title>题</title><p>甲</p><p>乙</p><p hidden>暗的话</p><p>丙</p>"
    [(_, left)] = html_pages(page.encode())

    assert left == [(TITLE, "题", 1, 0), (HIDDEN, "暗的话", 3, 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_the_encoding_of_a_page_is_found(encoding):
    said = {"gb18030": "gb2312", "utf-8-sig": "utf-8"}.get(encoding, encoding)
    page = (
        f'<meta http-equiv="Content-Type" content="text/html; charset={said}"><p>行政機關的規定</p>'
    )

    assert lines(page.encode(encoding)) == ["行政機關的規定"]


@pytest.mark.parametrize(
    "said",
    ["gb2312", "utf-16", "x-unknown", "rot13", "undefined", "", "iso-8859-1", "windows-1252"],
)
def test_a_page_that_names_a_wrong_encoding_is_read_all_the_same(said):
    page = f"<meta charset={said}><p>加强行政执法，规范的是程序。</p>".encode()

    assert lines(page) == ["加强行政执法，规范的是程序。"]
    assert "程序" in decoded(page.decode().encode("gb18030"))


BIG5, NATIONAL = "<meta charset=big5>", "<meta charset=gb2312>"
TRADITIONAL, SIMPLE = "的行政機關是規定在前", "的行政机关是规定在前"


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ((BIG5 + NATIONAL + TRADITIONAL).encode("big5"), TRADITIONAL),  # the first one holds
        ((NATIONAL + BIG5 + SIMPLE).encode("gb18030"), SIMPLE),
        ((f"<meta charset=utf-8>{BIG5}{TRADITIONAL}").encode("big5"), TRADITIONAL),  # the first cannot be
        ((f"<!-- {NATIONAL} -->{BIG5}{TRADITIONAL}").encode("big5"), TRADITIONAL),
        ((f"<meta http-equiv=x content='text/html; charset = \"Big5\"'>{TRADITIONAL}").encode("big5"), TRADITIONAL),
        ((f"<meta content='text/html;charset=big5' charset=gbk>{SIMPLE}").encode("gbk"), SIMPLE),
        ((f"<meta name=k content=x><META CHARSET='BIG5' />{TRADITIONAL}").encode("big5"), TRADITIONAL),
        ((f"<?xml version='1.0' encoding='big5'?>{TRADITIONAL}").encode("big5"), TRADITIONAL),
        ((f"<meta charset=euc-kr>{SIMPLE}").encode("gb2312"), SIMPLE),  # reads as Korean, without a fault
        ((f"<meta charset=undefined>{SIMPLE}").encode("gb2312"), SIMPLE),
        ((f"{NATIONAL}{SIMPLE}").encode("utf-8-sig"), SIMPLE),  # a mark at the head decides
        ((f"{NATIONAL}{SIMPLE}").encode("utf-8-sig") + b"\xff", SIMPLE + "\ufffd"),
        ((f"{BIG5}{TRADITIONAL}").encode("big5") + b"\xff" + "規定".encode("big5"), f"{TRADITIONAL}\ufffd規定"),
        ((f"{BIG5}{SIMPLE}").encode("utf-16"), SIMPLE),
        ((f"{BIG5}{SIMPLE}").encode("utf-16-le"), SIMPLE),
        (f"{BIG5}乙".encode("big5"), "乙"),  # too short to tell: as it says
    ],
)  # fmt: skip
def test_the_first_encoding_that_can_be_is_taken(page, text):
    [(rows, _)] = html_pages(page)

    assert [row[0] for row in rows] == [text]


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>旧的标题</title>
<!--[if gte mso 9]><xml><o:Author>某</o:Author></xml><![endif]-->
<style><!-- p.MsoNormal {mso-style-name:正文} @page WordSection1 {size:595.3pt} --></style></head>
<body lang=ZH-CN><div class=WordSection1>
<p class=MsoListParagraph style='margin-left:36.0pt'><![if !supportLists]><span lang=EN-US><span
style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>加强
行政执法<span lang=EN-US><o:p></o:p></span></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoNormal>（牵头单位：<del cite="mailto:x" datetime="2026">甲局</del><ins cite="mailto:x">乙
局</ins>）</p></div></body></html>"""


def test_a_page_saved_by_word_has_its_numbers_once():
    rows, left = read(WORD)

    assert ["".join(text.split()) for text, _, _ in rows] == [
        "一、加强行政执法",
        "（牵头单位：乙局）",
    ]
    assert left == {(TITLE, "旧的标题"), (STRUCK, "甲局")}


def test_a_page_within_another_file_counts_its_tables_on():
    page = PageRead()
    table = "<table border=1><tr><td>甲</td><td>乙</td></tr></table>"

    held, last = read_web(f"{table}<p>丙</p>{table}", page, 3)

    assert [number for _, _, number in page.rows] == [4, 0, 5]
    assert last == 5
    assert letters_of("".join(held)) == "甲乙丙甲乙"


MANY = 30_000
HOSTILE = {
    "tags within tags": "<div>" * MANY + "甲",
    "marks within marks": "<b>" * MANY + "甲",
    "tables within tables": "<table><tr><td>" * MANY + "甲",
    "text between cells": "<table>甲<tr>" * MANY,
    "lists within lists": "<ol><li>" * MANY + "甲",
    "ends of nothing": "甲" + "</p></b></table>" * MANY,
    "tags that never end": "甲<a " * MANY,
    "quotes that never end": '甲<a b="' * MANY,
    "comments that never end": "甲<!--" * MANY,
    "comments that end oddly": "甲<!-- --" * MANY,
    "declarations": "甲<!" * MANY,
    "titles": "<title>甲" * MANY,
    "blanks": "甲" + " \n" * MANY * 10 + "乙",
    "wide cells": "<table><tr>" + "<td colspan=65535 rowspan=0>甲<td>乙<tr>" * 3000,
    "attributes": "<p " + "a=1 " * MANY + ">甲",
    "styles": "<style>" + ".a{" * MANY + "/*" * MANY + "@media" * MANY + "</style>甲",
    "references": "甲&#99999999;&amp" * MANY,
    "selects": "<select><option>甲" * MANY,
    "nulls": "甲\0" * MANY,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_time_by_its_size(name):
    start = time.process_time()

    for rows, left in html_pages(HOSTILE[name].encode()):
        assert "甲" in "".join([*(row[0] for row in rows), *(words for _, words, *_ in left)])

    assert time.process_time() - start < 5
