"""The letters of an .rtf are counted as its paper shows them, whoever wrote it."""

import time
from contextlib import suppress

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.converted.rich_letters import rich_lines
from tasks.documents.pages import COMMENT, HEADER, HIDDEN, STRUCK

FONTS = (
    r"{\fonttbl{\f0\fnil\fcharset0 Times;}{\f1\fnil\fcharset134{\*\falt SimSun}\'cb\'ce\'cc\'e5;}"
    r"{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset136 Ming;}{\f4\fnil\cpg936 Song;}{\f5\fnil Old;}}"
)


def lines(body, head=r"\ansi\ansicpg1252\deff0"):
    """The pieces of an .rtf with these words in its body."""
    raw = body if isinstance(body, bytes) else body.encode()
    return list(rich_lines(rb"{\rtf1" + head.encode() + FONTS.encode() + rb"\pard " + raw + b"}"))


def texts(body, head=r"\ansi\ansicpg1252\deff0"):
    return [each.text for each in lines(body, head)]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (r"abc\par d\cell e\row", ["abc", "d", "e"]),
        ("a\\\nb", ["ab"]),
        (r"\u19968?\u12289\'3f{\uc2\u20108 ab}\uc0\u-248 x", ["一、二（x"]),
        (r"\u-10179?\u-8704?", ["\U0001f600"]),  # two halves of one letter
        (r"\uc1\u8212\'97x", ["—x"]),
        (r"\u61623?a", ["a"]),  # a drawing
        (r"{\f1 \'c4\'b3\'cf\'d8}\'e9", ["某县é"]),
        (r"\f1 \'b5Z\plain \'e9", ["礪é"]),  # half of a letter as it is; and the usual font again
        (b"\\f1 \xc4\xb3\xcf\xd8", ["某县"]),
        (r"\f1\'c4{\b\'b3}", ["�" * 2]),  # nobody parts the halves of a letter
        (r"\f3 \'a4\'a4\f4\'c4\'b3", ["中某"]),
        (r"{\f2 \'b7\tab}a", ["a"]),
        (r"\lquote a\rquote\emdash\endash\ldblquote b\rdblquote\~\_\-\{\}\\", ["‘a’—–“b”{}\\"]),
        (r"{\*\bkmkstart a}b{\*\unheard c{d}}{\info{\title e}}{\pict\bin3 }}}}f", ["bf"]),
        (r"{\pict 010203}a{\bin4 {{{{}b", ["ab"]),
        (r"{\upr{old}{\*\ud{\u19968?}}}a", ["一a"]),
        (r"{\*\unheard{\upr{old}{\*\ud{new}}}}a", ["a"]),
        (r"{\field{\*\fldinst{HYPERLINK x}}{\fldrslt{a}}}", ["a"]),
        (r"{\shp{\*\shpinst\shpleft1{\sp{\sn b}{\sv c}}{\shptxt a\par}}{\shprslt a}}", ["a"]),
        (r"{\*\do\dobxpage{\dptxbxtext a\par}}", ["a"]),
        (r"{\mmath{\*\moMath{\mf{\mfPr{\mtype lin}}{\mnum{\mr a}}}}}", ["a"]),
        (r"a{\b\*\cs7 b}", ["ab"]),  # where it begins no group it means nothing
        (r"a{\nonesttables\par}b{\*\nesttableprops\trowd}\nestcell", ["ab"]),
        ("a}b", ["a"]),  # behind the end
        (r"a{\b b", ["ab"]),  # cut off
        (r"\zzz a\zzz-5 b", ["ab"]),
    ],
)
def test_what_stands_on_the_paper_is_counted(body, shown):
    assert [text for text in texts(body) if text.strip()] == shown


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        (r"\ansi\ansicpg936", "某"),
        (r"\ansi\ansicpg1252", "Ä³"),
        (r"\ansi", "Ä³"),
        (r"\mac", "ƒ≥"),
        (r"\pc", "─│"),
        (r"\ansi\ansicpg99999", "Ä³"),
        (r"\ansi\ansicpg1252\deff1", "某"),
    ],
)
def test_a_font_without_a_set_has_the_one_of_the_file(head, shown):
    named = r"\'c4\'b3" if "deff1" in head else r"\f5\'c4\'b3"

    assert texts(named, head) == [shown]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (r"{\header a\par}b", [(HEADER, "a"), (MISSING, "b")]),
        (r"{\footerf a}b", [(HEADER, "a"), (MISSING, "b")]),
        (r"a{\*\annotation b}c", [(MISSING, "a"), (COMMENT, "b"), (MISSING, "c")]),
        (r"a{\footnote b}c", [(MISSING, "abc")]),
        (r"a{\v b}c", [(MISSING, "a"), (HIDDEN, "b"), (MISSING, "c")]),
        (r"\v b\v0 c", [(HIDDEN, "b"), (MISSING, "c")]),
        (r"\v b\plain c", [(HIDDEN, "b"), (MISSING, "c")]),
        (r"a{\deleted b}{\revised c}", [(MISSING, "a"), (STRUCK, "b"), (MISSING, "c")]),
        (r"{\header{\v a}}", [(HEADER, "a")]),
    ],
)
def test_why_letters_may_be_missing_is_told(body, found):
    assert [(each.why, each.text) for each in lines(body)] == found


@pytest.mark.parametrize(
    ("body", "number"),
    [
        (r"{\listtext\pard\plain 1.\tab}a", "1."),
        (r"{\pntext\pard\plain\f2\'b7\tab}a", ""),
        (r"{\listtext\pard\f1 \'d2\'bb\'a1\'a2\tab}a", "一、"),
        (r"{\listtext 1.\tab}{\v x}a", "1."),
        (r"{\listtext 1.\tab}a\par b", "1."),
        (r"{\*\unheard{\listtext 1.}}a", ""),
    ],
)
def test_a_number_stands_apart_from_its_text(body, number):
    said = [each for each in lines(body) if each.why == MISSING]

    assert (said[0].number, said[0].text) == (number, "a")
    assert not any(each.number for each in said[1:])


def test_groups_without_end_are_not_counted():
    with pytest.raises(ValueError, match="groups"):
        lines("{" * 5000)


@pytest.mark.parametrize(
    "piece", ["{", "}", "\\", "\\'", "\\u1", "{\\*\\x", "{\\upr{", "\\bin-1", "\\f99999"]
)
def test_a_long_one_takes_its_length_in_time(piece):
    start = time.process_time()
    with suppress(ValueError):
        lines(piece * 100_000)

    assert time.process_time() - start < 5
