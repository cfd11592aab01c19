"""Whatever somebody typed shows as typed: no link, no image, no mark, for any text anywhere."""

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it.token import Token

from notifications.markdown import (
    PARTED,
    one_line,
    outward,
    shielded,
    typed,
    typed_in_html,
    unshielded,
)
from notifications.saying.message import Message
from tests.support.seen import READER, flat

ORDINARY = [
    "市司法局（负责人）",
    "市司法局（负责人）",
    "1.",
    "3-5",
    "W5_1",
    "S2.1",
    "2025-07-21",
    "文号[2025]12号",
    "一、二；三！",
    "A & B",
    "3 < 5 > 2",
    "成效明显！",
    "张　三",
    "#1楼",
    "-",
    "a_b_c",
]
ACTIVE = [
    "![x](http://a.cn/1.png)",
    "[x](http://a.cn)",
    "[x][y]",
    "[x]: http://a.cn",
    "<img src=x>",
    "<http://a.cn>",
    "</details>",
    "<!-- x",
    "**粗** _斜_ `码` ~~删~~",
    "3~5、6~8",
    "&lt;b&gt; &#91;",
    "a|b",
    "\\",
    "\\[x](y)",
    "见 www.a.cn 或 https://a.cn/b_c 或 zhang@a.cn",
    "# 题",
    "> 引",
    "- 一",
    "+ 一",
    "1. 一",
    "12) 一",
    "---",
    "===",
    ":-:",
    "[x] 完成",
    "急！[",
    "甲\n\n乙",
    "甲\r\n# 乙",
    "    甲",
    "```",
    "~~~",
    "题 ##",
]
ADDRESSES = ["http://a.cn", "https://a.cn/b_c", "www.a.cn", "zhang@a.cn"]
AROUND = [
    ("", ""),
    ("甲 ", " 乙"),
    ("甲", "乙"),
    ("- ", ""),
    ("- [ ] ", "（时限）"),
    ("1. ", ""),
    ("> ", ""),
    ("> - ", ""),
    ("## ", ""),
    ("**甲** ", "\n责任"),
    ("前一行\n", "\n后一行"),
    ("见", "[登记](http://o.cn/1)"),
    ("甲[", "](http://o.cn/1)"),  # there a bracket is said full-width
]
FULL_WIDTH = str.maketrans("[]", "［］")

texts = (
    st.text(max_size=40)
    | st.text("\\`*_[]()<>|~!&#;:/.-+=@ \t\n0x1aw甲。", max_size=30)
    | st.lists(st.sampled_from(ACTIVE + ORDINARY), max_size=4).map("".join)
)


def shown(markdown: str) -> str:
    """Return the words a reader of ``markdown`` sees; HTML but our comment that shows nothing fails."""
    return words(READER.parse(markdown))


def words(tokens: list[Token]) -> str:
    read = flat(tokens)
    tags = {t.content for t in read if t.type.startswith("html")}
    assert tags <= {PARTED}
    return "".join(
        "\n" if t.type == "softbreak" else t.content for t in read if t.type not in ("html_inline",)
    )


def kinds(markdown: str) -> list[str]:
    return [t.type for t in flat(READER.parse(markdown)) if t.type not in ("text", "html_inline")]


@settings(max_examples=600, deadline=None)
@given(texts, st.sampled_from(AROUND))
def test_any_text_shows_as_typed_wherever_it_stands(text, around):
    before, after = around
    line, rest = before.rpartition("\n")[2], after.partition("\n")[0] + "\n"

    whole = before + typed(text, line, rest) + after
    empty = before + "甲" + after

    assert kinds(whole) == kinds(empty) or not one_line(text).strip()
    said = one_line(text).translate(FULL_WIDTH if before.endswith("[") else {})
    expected = shown(before + "§" + after).replace("§", said)
    assert "".join(shown(whole).split()) == "".join(expected.split())


@settings(max_examples=400, deadline=None)
@given(texts, texts)
def test_any_text_stays_in_its_cell_of_a_table(one, other):
    cells = [typed(text, "| ", " | 乙 |\n") or "-" for text in (one, other)]

    read = READER.parse(f"| 一 | 二 |\n| --- | --- |\n| {cells[0]} | {cells[1]} |\n")
    found = [words([token]) for token in read if token.type == "inline"]

    assert len(found) == 4
    for text, cell in zip((one, other), found[2:], strict=True):
        assert "".join(cell.split()) in ("".join(one_line(text).split()), "-")


@settings(max_examples=400, deadline=None)
@given(texts)
def test_in_a_line_of_html_any_text_is_text(text):
    read = READER.parse(f"<details><summary>{typed_in_html(text)}</summary>\n\n甲\n\n</details>\n")

    assert [t.type for t in read][:1] == ["html_block"]
    inside = read[0].content.removeprefix("<details><summary>").partition("</summary>")[0]
    assert not set("<>\"'*_`[]\\|~!") & set(inside)
    assert html.unescape(inside) == html.unescape(html.escape(one_line(text)))


@pytest.mark.parametrize("name", ORDINARY)
@pytest.mark.parametrize("before, after", [("甲 ", " 乙"), ("| ", " |\n"), ("**W1** ", "\n")])
def test_an_ordinary_name_is_not_touched(name, before, after):
    assert typed(name, before, after) == name


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "piece", [" ", "\n", "=", "= ", "#", " #", "`", "[", "](", "a@", "&a", "www."]
)
@pytest.mark.parametrize("end", ["", "x"])
def test_a_very_long_text_takes_no_longer_than_its_length(piece, end):
    text = "=" + piece * 60_000 + end

    assert len(typed(text)) <= len(text) * 9 + 1
    assert len(outward(typed(text))) <= len(text) + 1


@pytest.mark.parametrize("text", ACTIVE)
def test_what_is_escaped_comes_back_as_it_was_for_plain_text(text):
    for address in ADDRESSES:  # but for these: a phone would make a link of them
        text = text.replace(address, outward(typed(address, "甲")))

    assert unshielded(shielded(typed(text, "甲 ", " 乙"))).strip() == one_line(text).strip()
    assert Message("s", f"见 {typed(text, '见 ', '。')}。").plain() == f"见 {one_line(text)}。"


def test_an_address_that_somebody_typed_leads_nowhere_in_a_text_message():
    said = Message("s", f"见 {typed(' 或 '.join(ADDRESSES), '见 ')}").plain()

    assert said == "见 http：//a.cn 或 https：//a.cn/b_c 或 www．a.cn 或 zhang＠a.cn"
