"""Words crossed out by hand and white words are named; what can be read on the paper is read."""

import pytest

from tasks.documents.pages import CROSSED, HIDDEN
from tests.support.word_packages import cell, old_box, para, row, run, table
from tests.tasks.documents.word.conftest import lines_of, named

WHITE = '<w:color w:val="FFFFFF"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'
LIGHT = '<w:shd w:val="clear" w:color="auto" w:fill="auto"/>'


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("<w:strike/>", CROSSED),
        ('<w:strike w:val="1"/>', CROSSED),
        ("<w:dstrike/>", CROSSED),
        (WHITE, HIDDEN),
        ('<w:color w:val="ffffff" w:themeColor="background1"/>', HIDDEN),
        (WHITE + LIGHT, HIDDEN),
        ("<w:vanish/><w:strike/>", HIDDEN),
    ],
)
def test_words_that_nobody_shall_read_are_named(read, said, why):
    document = read(para("完成时限：", run("9月底前", said), "10月底前"))

    assert lines_of(document) == ["完成时限：10月底前"]
    assert named(document) == [(why, "9月底前")]


@pytest.mark.parametrize(
    "said",
    [
        '<w:strike w:val="0"/>',
        '<w:dstrike w:val="false"/>',
        '<w:color w:val="FFFFFE"/>',
        '<w:color w:val="auto"/>',
        WHITE + DARK,
        WHITE + '<w:highlight w:val="blue"/>',
        WHITE + '<w:rStyle w:val="c"/>',
        WHITE + '<w14:glow xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>',
    ],
)
def test_words_that_the_paper_shows_are_read(read, said):
    document = read(para("完成时限：", run("9月底前", said)))

    assert lines_of(document) == ["完成时限：9月底前"]
    assert named(document) == []


LIT = para(run("甲乙", WHITE))


@pytest.mark.parametrize(
    "body",
    [
        para(run("甲乙", WHITE), said=DARK),
        para(run("甲乙", WHITE), said='<w:pStyle w:val="x"/>'),
        table(row(cell(LIT, said=DARK))),
        table(row(cell(LIT))).replace("<w:tblPr/>", '<w:tblPr><w:tblStyle w:val="t"/></w:tblPr>'),
        para(old_box(LIT)),
    ],
)
def test_white_words_on_a_ground_of_their_own_are_read(read, body):
    document = read(body)

    assert lines_of(document) == ["甲乙"]
    assert named(document) == []


def test_white_words_in_a_plain_table_are_named(read):
    document = read(table(row("丙", cell(LIT))))

    assert lines_of(document) == ["丙|"]
    assert named(document) == [(HIDDEN, "甲乙")]


STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{above}"/>{said}</w:style>'
    for name, above, said in (
        ("plain", "", ""),
        ("dark", "plain", f"<w:pPr>{DARK}</w:pPr>"),
        ("under", "dark", ""),
        ("marked", "plain", '<w:rPr><w:highlight w:val="blue"/></w:rPr>'),
        ("round", "round", ""),
    )
)


@pytest.mark.parametrize(
    ("style", "why"),
    [("plain", [HIDDEN]), ("dark", []), ("under", []), ("marked", []), ("round", []), ("none", [])],
)
@pytest.mark.parametrize("place", ["pStyle", "rStyle", "tblStyle"])
def test_a_style_that_shades_may_be_a_ground(read, style, why, place):
    named_style = f'<w:{place} w:val="{style}"/>'
    white = run("甲乙", WHITE + (named_style if place == "rStyle" else ""))
    body = para("题", white, said=named_style if place == "pStyle" else "")
    if place == "tblStyle":
        body = table(row(cell(body), "丙")).replace(
            "<w:tblPr/>", f"<w:tblPr>{named_style}</w:tblPr>"
        )

    document = read(body, parts={"styles.xml": STYLES})

    assert [each for each, _ in named(document)] == why


CROSSING_STYLES = "".join(
    f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>'
    f'<w:basedOn w:val="{base}"/><w:rPr>{said}</w:rPr></w:style>'
    for kind, name, base, said in [
        ("character", "划", "", "<w:strike/>"),
        ("character", "双划", "", "<w:dstrike/>"),
        ("character", "承", "划", ""),
        ("character", "不划", "划", '<w:strike w:val="0"/>'),
        ("paragraph", "废", "", "<w:strike/>"),
        ("paragraph", "常", "", ""),
    ]
)


@pytest.mark.parametrize(
    ("style", "said", "crossed"),
    [
        ("常", '<w:rStyle w:val="划"/>', True),
        ("常", '<w:rStyle w:val="双划"/>', True),
        ("常", '<w:rStyle w:val="承"/>', True),
        ("常", '<w:rStyle w:val="不划"/>', False),
        ("常", '<w:rStyle w:val="无此"/>', False),
        ("常", '<w:rStyle w:val="划"/><w:strike w:val="0"/>', False),
        ("常", "", False),
        ("废", "", True),
        ("废", '<w:rStyle w:val="划"/>', False),  # one undoes the other
        ("废", '<w:strike w:val="0"/>', False),
    ],
)
def test_a_style_may_cross_words_out(read, style, said, crossed):
    body = para(run("作废条款", said), said=f'<w:pStyle w:val="{style}"/>') + para("正文。")

    document = read(body, parts={"styles.xml": CROSSING_STYLES})

    assert lines_of(document) == (["正文。"] if crossed else ["作废条款", "正文。"])
    assert named(document) == ([(CROSSED, "作废条款")] if crossed else [])
