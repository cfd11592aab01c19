"""Notes of pages that Word and LibreOffice save are lines of their own, with their marks."""

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import APART, FOOTER, HEADER, NOTE_MARK
from tasks.documents.web.pages import html_pages

WORD = (
    '<p>各县区<a style=\'mso-footnote-id:ftn1\' href="#_ftn1" name="_ftnref1"><span>[1]</span></a>负责。</p>'
    "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1>"
    "<p><a style='mso-footnote-id:ftn1' href='#_ftnref1'>[1]</a> 各县区：指甲县、乙县。</p></div></div>"
)
FILTERED = (
    '<p>各县区<a href="#_ftn1" name="_ftnref1" title="">[1]</a>负责。</p>'
    '<div><hr><div id=ftn1><p><a href="#_ftnref1" name="_ftn1">[1]</a> 各县区：指甲县、乙县。</p></div></div>'
)
OFFICE = (
    '<p>各县区<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a>负责。</p>'
    '<div id="sdfootnote1"><p><a class="sdfootnotesym" href="#sdfootnote1anc">1</a>各县区：指甲县、乙县。</p></div>'
)


def read(page):
    [(rows, left)] = html_pages(page.encode())
    assert MISSING not in [why for why, *_ in left]
    return [(text, table) for text, _, table in rows], [(why, words) for why, words, *_ in left]


@pytest.mark.parametrize("page", [WORD, FILTERED, OFFICE])
def test_a_footnote_is_a_line_of_its_own(page):
    rows, left = read(page)

    assert rows == [("各县区负责。", 0), ("注1：各县区：指甲县、乙县。", APART)]
    assert {why for why, _ in left} == {NOTE_MARK}


def test_notes_are_counted_by_their_kind_and_may_have_several_lines():
    page = (
        "<p>甲</p><div style='mso-element:endnote' id=edn1><p>乙</p></div>"
        "<div style='mso-element:footnote'><p>丙</p><p>丁</p></div>"
        "<div style='mso-element:footnote'><p>戊</p></div>"
    )

    assert read(page) == (
        [("甲", 0), ("尾注1：乙", APART), ("注1：丙", APART), ("丁", APART), ("注2：戊", APART)],
        [],
    )


def test_a_link_that_only_looks_like_the_mark_of_a_note_is_text():
    page = "<p>见<a href='#_ftn1'>关于各县区范围的说明</a>和<a href='x.html'>[1]</a>。</p>"

    assert read(page) == ([("见关于各县区范围的说明和[1]。", 0)], [])


def test_heads_and_feet_of_paper_are_named():
    page = (
        "<p>甲</p><div style='mso-element:header' id=h1><p>内部资料</p></div>"
        "<div style='mso-element:footer' id=f1><p>第1页</p></div>"
    )

    assert read(page) == ([("甲", 0)], [(HEADER, "内部资料"), (FOOTER, "第1页")])


@pytest.mark.parametrize(
    ("inner", "line", "mark"),
    [
        ("各县区<sup>1</sup>、市司法局", "各县区、市司法局", "1"),
        ("各县区<sup>[12]</sup>、市司法局", "各县区、市司法局", "[12]"),
        ("各县区<sup><a href=#n1>①</a></sup>落实", "各县区落实", "①"),
        ("各县区<b><sup>*</sup></b>落实", "各县区落实", "*"),
        ("<b>各县区</b><sup>1,2</sup>落实", "各县区落实", "1,2"),
        ("各县区<span style='vertical-align:super;font-size:8pt'>1</span>落实", "各县区落实", "1"),
        ("落实到位。<sup>注1</sup>", "落实到位。", "注1"),
        # what is raised and no mark
        ("面积5m<sup>2</sup>", "面积5m2", ""),
        ("面积5平方米、5千米<sup>2</sup>", "面积5平方米、5千米2", ""),
        ("10<sup>3</sup>份", "103份", ""),
        ("<sup>1</sup>各县区，指县。", "1各县区，指县。", ""),  # the note itself
        ("市司法局<sup>牵头</sup>", "市司法局牵头", ""),
        ("各县区<sub>1</sub>", "各县区1", ""),
    ],
)
def test_a_raised_number_behind_a_name_is_no_part_of_it(inner, line, mark):
    for page in (f"<p>{inner}</p>", f"<table border=1><tr><td>{inner}<td>乙</table>"):
        [(rows, left)] = html_pages(page.encode())

        assert (rows[0][1] or [rows[0][0]])[0] == line
        assert [(why, words) for why, words, *_ in left] == ([(NOTE_MARK, mark)] if mark else [])
