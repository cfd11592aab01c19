"""The sets of characters of an .rtf, where LibreOffice would take another one than Word."""

import pytest

from tasks.documents.converted.rich_letters import rich_lines
from tasks.documents.converted.rich_sets import with_known_sets

CHINESE = "".join(f"\\'{byte:02x}" for byte in "某县法治方案是和".encode("gb18030"))
FRENCH = r"d\'e9cision du conseil g\'e9n\'e9ral, \'e0 l\'92\'e9t\'e9"


def made(page, font, text):
    head = r"{\rtf1\ansi" + page + r"\deff0{\fonttbl{\f0\fnil" + font + r" A;}}\f0 "
    return with_known_sets((head + text + "}").encode())


@pytest.mark.parametrize(
    ("page", "font", "text", "found"),
    [
        (r"\ansicpg936", r"\fcharset1", "a", rb"\fcharset134"),
        (r"\ansicpg950", r"\fcharset1", "a", rb"\fcharset136"),
        (r"\ansicpg1251", r"\fcharset1", "a", rb"\fcharset204"),
        (r"\ansicpg1252", r"\fcharset1", FRENCH, rb"\fcharset0"),
        ("", r"\fcharset1", FRENCH, rb"\fcharset0"),
        (r"\ansicpg1252", r"\fcharset0", FRENCH, rb"\fcharset0"),
        (r"\ansicpg1252", r"\fcharset0", CHINESE, rb"\fcharset134"),
        (r"\ansicpg936", r"\fcharset0", CHINESE, rb"\fcharset134"),
        ("", r"\fcharset1", CHINESE, rb"\fcharset134"),
        ("", "", CHINESE, rb"\ansicpg936"),
        (r"\ansicpg1252", "", CHINESE, rb"\ansicpg936"),
        (r"\ansicpg1252", r"\fcharset136", CHINESE, rb"\fcharset136"),  # it says what it is
        (r"\ansicpg1252", r"\fcharset161", "a", rb"\fcharset161"),
    ],
)
def test_a_set_is_named_that_both_read_alike(page, font, text, found):
    assert found in made(page, font, text)


@pytest.mark.parametrize("page", [r"\ansicpg936", r"\ansicpg1252", ""])
@pytest.mark.parametrize("font", ["", r"\fcharset0", r"\fcharset1", r"\fcharset134", r"\cpg936"])
def test_chinese_is_chinese_whatever_the_head_says(page, font):
    [line] = rich_lines(made(page, font, CHINESE))

    assert line.text == "某县法治方案是和"


def test_a_file_that_says_what_it_is_stays_as_it_is():
    content = rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 A;}{\f1\fcharset0 B;}}\f0 a}"

    assert with_known_sets(content) == content
