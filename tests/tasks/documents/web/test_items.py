"""The items of a web page's lists have the numbers that a browser counts."""

import pytest

from models.plan.reading.text.marks import MISSING
from tasks.documents.web.pages import html_pages


def lines(page):
    [(rows, left)] = html_pages(page.encode())
    assert not left
    return [text for text, _, _ in rows]


def items(count, attributes=""):
    return f"<ol {attributes}>" + "<li>事" * count + "</ol>"


@pytest.mark.parametrize(
    ("attributes", "numbers"),
    [
        ("", ["1. ", "2. ", "3. "]),
        ("start=5", ["5. ", "6. ", "7. "]),
        ("start=0", ["0. ", "1. ", "2. "]),
        ("start=-1", ["-1. ", "0. ", "1. "]),
        ("start=x", ["1. ", "2. ", "3. "]),
        ("start=99999999999999", ["999999999. ", "1000000000. ", "1000000001. "]),
        ("reversed", ["3. ", "2. ", "1. "]),
        ("reversed start=10", ["10. ", "9. ", "8. "]),
        ("type=a", ["a. ", "b. ", "c. "]),
        ("type=A start=26", ["Z. ", "AA. ", "AB. "]),
        ("type=i", ["i. ", "ii. ", "iii. "]),
        ("type=I start=9", ["IX. ", "X. ", "XI. "]),
        ("type=I start=3999", ["MMMCMXCIX. ", "4000. ", "4001. "]),
        ("type=disc", ["1. ", "2. ", "3. "]),  # no type of this list: browsers count on
        ("style='list-style-type: cjk-ideographic'", ["一、", "二、", "三、"]),
        ("style='list-style:simp-chinese-informal inside' start=10", ["十、", "十一、", "十二、"]),
        ("style='list-style-type:simp-chinese-formal'", ["壹、", "贰、", "叁、"]),
        ("style='list-style-type:cjk-heavenly-stem' start=9", ["壬、", "癸、", "一一、"]),
        ("style='list-style-type:cjk-earthly-branch'", ["子、", "丑、", "寅、"]),
        ("style='list-style-type:cjk-decimal' start=10", ["一〇、", "一一、", "一二、"]),
        ("style='list-style-type:decimal-leading-zero'", ["01. ", "02. ", "03. "]),
        ("style='list-style-type:lower-latin' type=1", ["a. ", "b. ", "c. "]),
        ("style='list-style:none'", ["", "", ""]),
        ("style='list-style-type:ethiopic-numeric'", ["1. ", "2. ", "3. "]),
        ("type=a style='list-style-type:no-such-style'", ["1. ", "2. ", "3. "]),
        ("type=a style='list-style:inside'", ["a. ", "b. ", "c. "]),
        ("style='list-style-type:\"、\"'", ["", "", ""]),
        ("style='list-style:url(a.gif)'", ["", "", ""]),
        ("style='list-style-type:cjk-ideographic' start=-1", ["-一、", "〇、", "一、"]),
    ],
)
def test_a_list_counts_as_it_says(attributes, numbers):
    assert lines(items(3, attributes)) == [f"{number}事" for number in numbers]


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ul style='list-style-type:decimal'><li>甲</ul>", ["1. 甲"]),
        ("<li>甲</li>", ["甲"]),
        ("<ol><li value=4>甲<li>乙<li value=甲>丙</ol>", ["4. 甲", "5. 乙", "6. 丙"]),
        ("<ol reversed><li value=4>甲<li>乙</ol>", ["4. 甲", "3. 乙"]),
        ("<ol><li type=A>甲<li>乙</ol>", ["A. 甲", "2. 乙"]),
        ("<ol><li>甲<ol type=a><li>乙<li>丙</ol><li>丁</ol>", ["1. 甲", "a. 乙", "b. 丙", "2. 丁"]),
        ("<ol><li>甲</ol><ol><li>乙</ol>", ["1. 甲", "1. 乙"]),
        ("<ol><li>甲<ul><li>乙</ul><li>丙</ol>", ["1. 甲", "乙", "2. 丙"]),
        ("<ol><li><p>甲</p><p>乙</p></li><li>丙</li></ol>", ["1. 甲", "乙", "2. 丙"]),
        ("<ol><li><b>甲</b><br>乙</ol>", ["1. 甲", "乙"]),
        ("<ol><li></li><li>甲</li></ol>乙", ["2. 甲", "乙"]),  # the number of nothing is not shown
        ("<ol><li><ol><li>甲</ol></ol>", ["1. 1. 甲"]),  # on one line, as browsers show it
        ("<ol><p>甲</p><div><li>乙</div><li>丙</ol>", ["甲", "1. 乙", "2. 丙"]),
        ("<ol><li>甲<p>乙</ol>丙", ["1. 甲", "乙", "丙"]),
        ("</ol><ol><li>甲", ["1. 甲"]),
        ("<ul type=a><li>甲<li type=1>乙</ul>", ["甲", "2. 乙"]),
        (
            "<ol><li style='display:block'>甲<li>乙<li style='display:list-item'>丙</ol>",
            ["甲", "1. 乙", "2. 丙"],
        ),
        ("<ol reversed><li>甲<li style='display:block'>乙<li>丙</ol>", ["2. 甲", "乙", "1. 丙"]),
        ("<dd><section><ol><li>甲<label>乙</dd>丙", ["1. 甲乙", "丙"]),
        ("<style>ol{list-style:none}</style><ol><li>甲<li>乙</ol>", ["甲", "乙"]),
        ("<style>li.x{list-style-type:none}</style><ol><li>甲<li class=x>乙</ol>", ["1. 甲", "乙"]),
        (
            "<style>ol{list-style:none} #k{list-style:upper-roman}</style><ol id=k><li>甲</ol>",
            ["I. 甲"],
        ),
        ("<style>ol{list-style:none}</style><ol style='list-style:decimal'><li>甲</ol>", ["1. 甲"]),
        ("<style>div ol{list-style:none}</style><ol><li>甲</ol>", ["1. 甲"]),
        # numbers are none where one may be taken away and the text has its own
        (
            "<style>.x li{list-style-type:none}</style><ol><li>一、甲<li>（二）乙</ol>",
            ["一、甲", "（二）乙"],
        ),
        (
            "<style>.x li{list-style:none}</style><ol><li><b>1.</b>甲<li>1.5倍</ol>",
            ["1.甲", "2. 1.5倍"],
        ),
        ("<style>.x li{color:red}</style><ol><li>一、甲</ol>", ["1. 一、甲"]),
    ],
)
def test_lists_in_lists_and_broken_ones(page, shown):
    assert lines(page) == shown


def test_an_item_that_is_left_out_is_not_counted():
    [(rows, [(why, words, *_)])] = html_pages("<ol><li>甲<li hidden>乙<li>丙</ol>".encode())

    assert [text for text, _, _ in rows] == ["1. 甲", "2. 丙"]
    assert (why, words) == ("隐藏文字", "乙")


def test_items_in_a_cell_have_their_numbers():
    page = "<table border=1><tr><td>甲<td><ol><li>乙<li>丙</ol></table><ol><li><table><tr><td>丁</table></ol>"
    [(rows, left)] = html_pages(page.encode())

    assert rows[0][1] == ["甲", "1. 乙\n2. 丙"]
    assert [text for text, cells, _ in rows if not cells] == ["1. ", "丁"]
    assert MISSING not in [why for why, *_ in left]
