"""What the style sheets of a page hide is not read; what they may show is."""

import time

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import HIDDEN
from tasks.documents.web.pages import html_pages

NONE = "{display:none}"


def hidden_of(page):
    """The letters that are left out of a page as hidden; none may be lost."""
    [(_, left)] = html_pages(page.encode())
    assert {why for why, *_ in left} <= {HIDDEN}
    return "".join(words.replace(" ", "") for _, words, *_ in left)


@pytest.mark.parametrize(
    ("sheet", "hidden"),
    [
        # of <p class=a>甲 <div class="a b">乙 <span id=k>丙 <p>丁
        (f".a{NONE}", "甲乙"),
        (f"p.a{NONE}", "甲"),
        (f"P.a{NONE}", "甲"),
        (f"div.a{NONE}", "乙"),
        (f"span.a{NONE}", ""),
        (f".a.b{NONE}", "乙"),
        (f".a#k{NONE}", ""),
        (f"#k{NONE}", "丙"),
        (f"span#k{NONE}", "丙"),
        (f"p{NONE}", "甲丁"),
        (f"p, #k{NONE}", "甲丙丁"),
        (f"*.b{NONE}", "乙"),
        (f".A{NONE}", ""),
        (f"table,.b{NONE}", "乙"),
        # what another rule says afterwards, or more exactly
        (f"p{NONE} p.a{{display:block}}", "丁"),
        (f"p.a{NONE} p{{display:block}}", "甲"),
        (f".a{{display:block}} .a{NONE}", "甲乙"),
        (f".a{NONE} .a{{display:block}}", ""),
        (".a{display:none !important} p.a{display:block}", "甲乙"),
        (f"#k{NONE} span{{display:inline}}", "丙"),
        (".a{display:block;display:none}", "甲乙"),
        (".a{display:none;color:red;display:block}", ""),
        # a script may choose
        (f".a{NONE} .a.on{{display:block}}", ""),
        (f".a{NONE} .x:target .a{{display:block}}", ""),
        (f".a{NONE} .a:after{{display:block}}", "甲乙"),
        # rules of other kinds hide nothing
        (f"div .a{NONE} p>.a{NONE} .a:hover{NONE} .a::before{NONE} p[class]{NONE} *{NONE}", ""),
        # media
        (f"@media print{{.a{NONE}}}", ""),
        (f"@media screen{{.a{NONE}}}", "甲乙"),
        (f"@media Screen, print{{ .b{NONE} .x{{color:red}} }} #k{NONE}", "乙丙"),
        (f"@media only all{{.b{NONE}}}", "乙"),
        (f"@media (max-width:700px){{.a{NONE}}} #k{NONE}", "丙"),
        (f"@media screen and (max-width:700px){{.a{NONE}}}", ""),
        (f"@media print{{.a{{color:red}} p{NONE}}} #k{NONE}", "丙"),
        (f"@supports (x:y){{.a{NONE}}} @page{{size:a4}} #k{NONE}", "丙"),
        (f"@import url(x;y.css); @font-face{{src:url(y)}} .b{NONE}", "乙"),
        (f"@media screen{{@media print{{.a{NONE}}} .b{NONE}}}", "乙"),
        # what looks like a rule
        (f"/* p{NONE} */ #k{NONE}", "丙"),
        (".a{content:'} p{display:none'} #k{display:none}", "丙"),
        (".a{background:url(x;display:none);color:red}", ""),
        (f"<!-- .b{NONE} -->", "乙"),
        (".b{display:none", "乙"),
        ("/* p{display:none}", ""),
        ("#k{visibility:hidden} .b{visibility:collapse} .a{mso-hide:all}", "甲乙丙"),
        (".b{visibility:visible} .b{display:none}", "乙"),
        (".b{display:inline;visibility:hidden}", "乙"),
        (".b{non-display:none;color:none}", ""),
    ],
)
def test_a_rule_hides_what_it_names_and_nothing_else(sheet, hidden):
    body = "<p class=a>甲</p><div class='a b'>乙</div><span id=k>丙</span><p>丁</p><h1>正文</h1>"

    assert hidden_of(f"<style>{sheet}</style>{body}") == hidden


@pytest.mark.parametrize(
    ("page", "hidden"),
    [
        ("<style media=print>p{display:none}</style><p>甲</p>", ""),
        ("<style media='screen, print'>p{display:none}</style><p>甲</p>乙", "甲"),
        ("<style>p{display:none}</style><p style='display:block'>甲</p>", ""),
        ("<style>p{display:none!important}</style><p style='display:block'>甲</p>乙", "甲"),
        ("<p hidden style='display:block'>甲</p>", ""),
        ("<p hidden style='color:red'>甲</p>乙", "甲"),
        ("<p style='display:none;display:inline'>甲</p>", ""),
        ("<p style='color:red;display:none !important'>甲</p>乙", "甲"),
        ("<p style='-x-display:none'>甲</p>", ""),
        # all that the page has is shown by a script
        (f"<div style='visibility:hidden'>{'甲' * 201}</div>乙", ""),
        (f"<div style='visibility:hidden'>{'甲' * 20}</div>乙", "甲" * 20),
        (f"<div hidden>{'甲' * 250}</div>{'乙' * 100}", "甲" * 40),  # as many letters as are told
        (f"<template>{'甲' * 250}</template>乙", "甲" * 40),
    ],
)
def test_an_element_has_the_last_word(page, hidden):
    assert hidden_of(page) == hidden


@pytest.mark.parametrize(
    ("sheet", "lines"),
    [
        ("", ["甲乙", "丙 丁"]),
        ("span{display:block}", ["甲", "乙", "丙 丁"]),
        (".x{display:block}", ["甲", "乙", "丙 丁"]),
        ("span.y{display:block}", ["甲乙", "丙 丁"]),
        ("div{display:inline}", ["甲乙丙 丁"]),
        ("div{display:table-cell}", ["甲乙", "丙 丁"]),
        ("div{white-space:pre-wrap}", ["甲乙", "丙", "丁"]),
        ("div{white-space:nowrap}", ["甲乙", "丙 丁"]),
    ],
)
def test_a_rule_says_what_breaks_a_line(sheet, lines):
    page = f"<style>{sheet}</style><span class=x>甲</span>乙<div>丙\n 丁</div>".replace("丁", "a")
    [(rows, _)] = html_pages(page.encode())

    assert [text.replace("a", "丁") for text, _, _ in rows] == lines


@pytest.mark.parametrize(
    ("style", "is_hidden"),
    [
        ("font-size:0", True),
        ("font-size: 0px", True),
        ("font-size:0.0em", True),
        ("font-size:.5em", False),
        ("font-size:0.5em", False),
        ("font-size:10px", False),
        ("color:#fff", True),
        ("color:#FFFFFF", True),
        ("color:white", True),
        ("color:rgb(255, 255, 255)", True),
        ("color:rgba(0,0,0,0)", True),
        ("color:rgba(0,0,0,0.5)", False),
        ("color:transparent", True),
        ("color:#fffffe", False),
        ("color:red", False),
        ("color:#fff;background:#036", False),
        ("color:#fff;background-color:white", True),
        ("color:#fff;background:url(a.gif)", False),
        ("position:absolute;left:-9999px", True),
        ("position:fixed;top:-999em", True),
        ("left:-9999px", False),
        ("position:absolute;left:-20px", False),
        ("text-indent:-9999px", True),
        ("text-indent:-2em", False),
        ("margin-left:-32px", False),
        ("opacity:0", True),
        ("opacity:0.9", False),
        ("position:absolute;clip:rect(0 0 0 0)", True),
        ("user-select:none", False),
    ],
)
def test_text_that_nobody_can_see_is_named(style, is_hidden):
    hidden = "噪字" if is_hidden else ""

    assert (
        hidden_of(f"<div class=w><p>完成时限：<span style='{style}'>噪字</span>六月</p></div>")
        == hidden
    )
    assert (
        hidden_of(f"<style>.z{{{style}}}</style><p>完成时限<i class=z>噪字</i>六月</p>") == hidden
    )


@pytest.mark.parametrize(
    ("page", "hidden"),
    [
        ("<div style='background:#c00'><p style='color:#fff'>标题</p></div><p>正文</p>", ""),
        ("<table bgcolor=#003366><tr><td><font color=white>标题</font></table>", ""),
        (
            "<div class=banner><b style='color:#fff'>标题</b></div><p>正文</p>",
            "",
        ),  # a sheet elsewhere
        ("<div class=text>正文正文<b style='color:#fff'>噪字</b></div>", "噪字"),
        ("<p>正文<font color=#ffffff>噪字</font></p>", "噪字"),
        ("<p>正文<font color=red>红字</font></p>", ""),
        ("<p style='color:#fff'>正文<b style='color:#000'>标题</b></p>", ""),
        ("<div style='font-size:0'><p style='font-size:16px'>正文</p></div>", ""),
        ("<div style='font-size:0'><p class=t>正文</p></div>", ""),  # a sheet elsewhere
        ("<div style='font-size:0'><p><b>噪字</b></p></div>正文", "噪字"),
        ("<style>.z{font-size:0}.w .z{font-size:14px}</style><b class=z>正文</b>", ""),
        ("<style>.z{display:none}.w .z{color:red}</style><b class=z>噪字</b>正文", "噪字"),
    ],
)
def test_white_and_small_text_is_judged_by_what_stands_around_it(page, hidden):
    assert hidden_of(page) == hidden


MANY = 30_000
HOSTILE = {
    "blocks within blocks": "@media screen{" * MANY,
    "no blocks": "@media " * MANY,
    "a long word": "@" + "a" * MANY * 10,
    "blanks": ".a{" + " " * MANY * 10 + "display" + " " * MANY * 10,
    "strings": "'" * MANY + '"\\' * MANY,
    "comments": "/*" * MANY,
    "addresses": "url(" * MANY,
    "one class": ".a{display:none}.b{display:block}" * MANY,
    "many classes": "".join(f".a.b{at}" + NONE for at in range(MANY)),
    "many selectors": ".a," * MANY + NONE,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_takes_time_by_its_size(name):
    start = time.process_time()

    page = f"<style>{HOSTILE[name]}</style>" + "<p class=a>甲</p>" * 3_000
    [(rows, left)] = html_pages(page.encode())

    assert rows or left
    assert MISSING not in [why for why, *_ in left]
    assert time.process_time() - start < 5
