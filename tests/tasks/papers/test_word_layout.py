"""The numbers of GB/T 9704-2012 as they stand in the file."""

import re
import zipfile
from io import BytesIO

import docx
import pytest

from models.papers.quoted import Dated, Quoted
from notifications.paper_blocks import Draft, Grid, Kind, Line
from tasks.papers.word.title_lines import LONGEST, title_lines
from tests.support.papers import W, everything, lined, part, sourced_table, value, written_as_word

MM = 1440 / 25.4  # twips


def style(content, id_):
    found = part(content, "word/styles.xml").find(f".//{W}style[@{W}styleId='{id_}']")
    assert found is not None, id_
    return found


def test_the_margins_leave_156_by_225_millimetres_for_the_text():
    page = part(written_as_word(everything()), "word/document.xml").find(f".//{W}sectPr")

    size, edge = page.find(f"{W}pgSz"), page.find(f"{W}pgMar")
    of = {name: int(edge.get(W + name)) / MM for name in ("top", "bottom", "left", "right")}

    assert (of["top"], of["left"]) == (pytest.approx(37, abs=0.1), pytest.approx(28, abs=0.1))
    assert int(size.get(W + "w")) / MM - of["left"] - of["right"] == pytest.approx(156, abs=0.1)
    assert int(size.get(W + "h")) / MM - of["top"] - of["bottom"] == pytest.approx(225, abs=0.1)
    assert page.find(f"{W}docGrid") is None  # it makes 14 characters a line in LibreOffice


def test_the_text_is_16_points_a_quarter_point_closer_in_lines_of_28_95():
    normal = style(written_as_word(everything()), "Normal")

    assert value(normal, "w:rPr/w:sz") == "32"
    assert value(normal, "w:rPr/w:spacing") == "-5"
    assert value(normal, "w:rPr/w:rFonts", "eastAsia") == "仿宋_GB2312"
    assert value(normal, "w:pPr/w:spacing", "line") == "579"
    assert value(normal, "w:pPr/w:spacing", "lineRule") == "exact"
    assert 22 * 579 / 20 <= 225 / 25.4 * 72 < 23 * 579 / 20
    assert 28 * 15.75 <= 156 / 25.4 * 72 < 29 * 15.75


@pytest.mark.parametrize(
    ("id_", "font", "half_points"),
    [
        ("PaperTitle", "方正小标宋简体", "44"),
        ("Heading1", "黑体", None),
        ("Heading2", "楷体_GB2312", None),
        ("Heading3", "仿宋_GB2312", None),
        ("Heading4", "仿宋_GB2312", None),
        ("PaperPageNumber", "宋体", "28"),
    ],
)
def test_each_kind_of_line_has_its_font(id_, font, half_points):
    own = style(written_as_word(everything()), id_)

    assert value(own, "w:rPr/w:rFonts", "eastAsia") == font
    if half_points:
        assert value(own, "w:rPr/w:sz") == half_points


def test_the_page_number_stands_outside_one_character_in_between_two_dashes():
    content = written_as_word(everything())
    with zipfile.ZipFile(BytesIO(content)) as package:
        feet = [name for name in package.namelist() if name.startswith("word/footer")]
    found = {}
    for name in feet:
        foot = part(content, name)
        where = value(foot, ".//w:jc")
        words = "".join(one.text for one in foot.iter(f"{W}t"))
        found[where] = value(foot, ".//w:ind", where), words

    assert found == {"right": ("280", "— 1 —"), "left": ("280", "— 1 —")}
    assert part(content, "word/settings.xml").find(f"{W}evenAndOddHeaders") is not None


def test_fonts_are_named_with_a_second_choice_and_never_embedded():
    content = written_as_word(everything())
    fonts = part(content, "word/fontTable.xml")
    named = {one.get(W + "name"): value(one, "w:altName") for one in fonts if len(one) == 4}

    assert named["仿宋_GB2312"] == "仿宋"
    with zipfile.ZipFile(BytesIO(content)) as package:
        assert not [
            name for name in package.namelist() if "font" in name and "fontTable" not in name
        ]


def test_every_number_in_the_text_has_a_footnote_of_its_own():
    content = written_as_word(everything())
    notes = part(content, "word/footnotes.xml")
    told = {one.get(W + "id"): "".join(t.text for t in one.iter(f"{W}t")) for one in notes}
    referred = [
        one.get(W + "id")
        for one in part(content, "word/document.xml").iter(f"{W}footnoteReference")
    ]

    assert [told[id_] for id_ in referred] == [" 指标表，三级指标，共 104。"]


def grid_of(*notes, codes=("1.1.1", "1.1.2")):
    rows = tuple(
        (
            (code,),
            *((Quoted(f"{code}/{n}", "7", note.format(code)),) for n, note in enumerate(notes)),
        )
        for code in codes
    )
    return Grid(("编号", *"甲乙丙"[: len(notes)]), rows, (1,) * (len(notes) + 1))


def listed(*blocks):
    """Return where each number of the tables leads to, and what stands there, in reading order."""
    body = part(written_as_word(Draft("t", blocks)), "word/document.xml")
    there = {one.get(W + "name"): one for one in body.iter(f"{W}bookmarkStart")}
    assert len({one.get(W + "id") for one in there.values()}) == len(there)
    marks = [one for cell in body.iter(f"{W}tc") for one in cell.iter(f"{W}hyperlink")]
    places = [there[one.get(W + "anchor")] for one in marks]
    return ["".join(t.text for t in one.getnext().iter(f"{W}t")) for one in places]


def test_numbers_of_a_table_point_to_a_list_of_sources_under_it_which_equal_ones_share():
    grid = grid_of("评分表，{} 的分值。", "{} 的自评分，创建办登记。")
    other = grid_of("另一张表的来源。")

    assert listed(grid, other) == [
        "[1] 评分表，本行的分值。",
        "[2] 本行的自评分，创建办登记。",
        "[1] 评分表，本行的分值。",
        "[2] 本行的自评分，创建办登记。",
        "[1] 另一张表的来源。",
        "[1] 另一张表的来源。",
    ]


@pytest.mark.parametrize(
    ("code", "note", "said"),
    [
        ("1.1.1", "要求 1.1.1#1 的原文。", "[1] 要求 1.1.1#1 的原文。"),  # one demand of several
        ("1.1.1", "11.1.1.1 和 1.1.1。", "[1] 11.1.1.1 和 本行。"),
        ("1", "共 1 条。", "[1] 共 1 条。"),  # the number of the row, no code
        ("—", "一—二", "[1] 一—二"),
        ("", "什么", "[1] 什么"),
    ],
)
def test_only_the_code_of_its_row_is_left_out_of_a_source(code, note, said):
    assert listed(grid_of(note, codes=(code,))) == [said]


def kept_in(*blocks):
    """Return the words of the paragraphs that stand on the page of what follows them, but those within tables."""
    body = part(written_as_word(Draft("t", blocks)), "word/document.xml").find(f"{W}body")
    kept = [one for one in body.findall(f"{W}p") if one.find(f"{W}pPr/{W}keepNext") is not None]
    return ["".join(t.text or "" for t in one.iter(f"{W}t")) for one in kept]


def test_no_signature_and_no_table_begins_a_page_without_the_words_before_it():
    grid = Grid(("编号",), ((("1",),),), (1,))
    text = [Line(Kind.BODY, (words,)) for words in ("先说的话", "最后的话")]
    end = [Line(Kind.SIGNED, ("创建办",)), Line(Kind.SIGNED_ON, ("2025年7月1日",))]

    assert kept_in(*text, Line(Kind.BLANK), Line(Kind.BLANK), *end) == [
        "最后的话",
        "",
        "",
        "创建办",
    ]
    assert kept_in(*text, grid) == ["最后的话", ""]  # and the low line above the table
    assert kept_in(*text) == []


@pytest.mark.parametrize(
    "text", ["2025-06-15", "2025-06-15 至 2025-07-01", "A-1，1-2-3", "负-1", "-"]
)
def test_no_line_ends_within_a_day(text):
    body = part(written_as_word(lined(Line(Kind.BODY, (text,)))), "word/document.xml")
    plain = "".join(one.text or "" for one in body.iter(f"{W}t"))

    assert not re.search("[0-9]-[0-9]", plain)
    assert (
        docx.Document(BytesIO(written_as_word(lined(Line(Kind.BODY, (text,)))))).paragraphs[0].text
        == text
    )


def test_a_briefing_names_who_issues_it_and_the_day_at_the_two_ends_of_a_line():
    line = Line(Kind.ISSUE, ("创建办 ", Dated("2025年7月1日")))
    [one] = docx.Document(BytesIO(written_as_word(lined(line)))).paragraphs

    assert one.text == "创建办\t2025年7月1日"
    assert len(one.paragraph_format.tab_stops) == 1


def test_a_table_without_sources_has_no_list_under_it():
    content = written_as_word(lined(Line(Kind.BODY, ("正文",))))

    assert "资料来源" not in _text(content)


def test_what_is_missing_is_marked_where_it_belongs():
    document = docx.Document(BytesIO(written_as_word(everything())))
    [line] = [one for one in document.paragraphs if "待补" in one.text]

    assert line.text.endswith("【待补：会议情况】")
    assert line.runs[-1].style.name == "待补"


def test_the_red_head_is_there_only_where_it_is_asked_for():
    plain = written_as_word(lined(Line(Kind.BODY, ("正文",))))

    assert b"FF0000" not in BytesIO(plain).getvalue()
    assert "FF0000" not in _text(plain)
    assert "FF0000" in _text(written_as_word(everything()))


def _text(content):
    with zipfile.ZipFile(BytesIO(content)) as package:
        return package.read("word/document.xml").decode()


def test_the_same_draft_and_moment_give_the_same_bytes():
    assert written_as_word(everything()) == written_as_word(everything())


def test_the_file_says_that_it_was_made_when_it_was():
    own = docx.Document(BytesIO(written_as_word(everything()))).core_properties

    assert (own.created.isoformat(), own.modified) == ("2025-07-01T01:00:00+00:00", own.created)
    assert own.author == "创建办"


def test_what_was_typed_cannot_break_the_file():
    odd = "<w:p>&amp; ]]> {{ x }} \u200b 〔2025〕 😀"
    document = docx.Document(BytesIO(written_as_word(lined(Line(Kind.BODY, (odd,))))))

    assert document.paragraphs[0].text == odd


@pytest.mark.parametrize(
    "title",
    [
        "关于法治政府建设的报告",
        "金昌市人民政府关于创建全国法治政府建设示范市自评情况的报告",
        "金昌市全面依法治市委员会办公室关于法治政府建设示范创建第三批重点任务进展情况和下一步工作安排的通报",
        "国" * 61,
    ],
)
def test_a_title_is_broken_into_lines_that_fit_and_loses_nothing(title):
    lines = title_lines(title)

    assert "".join(lines) == title
    assert all(0 < len(line) <= LONGEST for line in lines)


@pytest.mark.parametrize(
    ("sources", "note", "rows", "listed_"),
    [
        (4, "来源第{}号的说明。", ["R4", "R5"], 3),  # all but the last, which nothing follows
        (1, "只有一处来源。", ["R4", "R5"], 0),
        (6, "来源第{}号的说明，" + "很长" * 120, ["R4", "R5"], 1),  # too long: only its beginning
        (6, "", ["R4", "R5"], 0),
    ],
)
def test_the_last_rows_of_a_table_stand_on_the_page_of_its_sources(sources, note, rows, listed_):
    content = written_as_word(sourced_table(1, sources, note))
    body = part(content, "word/document.xml").find(f"{W}body")
    kept = [
        "".join(t.text for t in row.find(f"{W}tc").iter(f"{W}t"))
        for row in body.iter(f"{W}tr")
        if all(one.find(f"{W}pPr/{W}keepNext") is not None for one in row.iter(f"{W}p"))
    ]
    under = [
        one.find(f"{W}pPr/{W}keepNext") is not None
        for one in body.findall(f"{W}p")
        if value(one, "w:pPr/w:pStyle") == "PaperSources"
    ]

    assert kept == rows
    assert under == [True] * listed_ + [False] * (len(under) - listed_)


def test_only_a_row_that_would_leave_half_a_page_empty_is_divided():
    grid = Grid(("编号", "事项"), ((("R1",), ("字" * 100,)), (("R2",), ("字" * 600,))), (1, 9))
    rows = list(part(written_as_word(Draft("t", [grid])), "word/document.xml").iter(f"{W}tr"))

    assert [one.find(f"{W}trPr/{W}cantSplit") is not None for one in rows] == [True, True, False]


def test_rows_without_sources_are_not_kept():
    grid = Grid(("编号",), tuple(((f"R{n}",),) for n in range(6)), (1,))
    body = part(written_as_word(Draft("t", [grid])), "word/document.xml")

    assert not [one for cell in body.iter(f"{W}tc") for one in cell.iter(f"{W}keepNext")]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        (
            "金昌市人民政府关于创建全国法治政府建设示范市自评情况的报告",
            ["金昌市人民政府关于", "创建全国法治政府建设示范市自评情况的报告"],
        ),
        (
            "创建全国法治政府建设示范市工作清单（市司法局）",
            ["创建全国法治政府建设示范市", "工作清单（市司法局）"],
        ),
        (
            "关于创建全国法治政府建设示范市工作进展情况的通报",
            ["关于创建全国法治政府建设示范市", "工作进展情况的通报"],
        ),
        (  # in two lines a word would be cut
            "金昌市人民政府关于金昌市创建全国法治政府建设示范市综合考核自评情况的报告",
            ["金昌市人民政府关于金昌市", "创建全国法治政府建设示范市", "综合考核自评情况的报告"],
        ),
    ],
)
def test_no_line_of_a_title_ends_within_the_name_of_what_is_striven_for(title, lines):
    assert title_lines(title) == lines
