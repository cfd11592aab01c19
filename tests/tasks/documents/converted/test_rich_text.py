"""The numbers of an .rtf are those that its paper shows."""

import time

import pytest

from tasks.documents.converted.rich_text import with_shown_numbers

FRAME = (
    r"{\rtf1\ansi{\*\listtable{\list\listtemplateid1%s{\listname ;}\listid-5}}"
    r"{\listoverridetable{\listoverride\listid-5\listoverridecount0\ls3}}%s}"
)


def level(text: str) -> str:
    return r"{\listlevel\levelnfc39{\leveltext@;}{\levelnumbers\'01;}\fi0}".replace("@", text)


def paragraph(number: str, level: int = 0) -> str:
    its = r"\tab}\ilvl@\ls3 \li0 {x}\par ".replace("@", str(level))
    return r"{\listtext\pard\plain  " + number + its


def made(levels: str, paragraphs: str) -> str:
    return with_shown_numbers((FRAME % (levels, paragraphs)).encode()).decode()


@pytest.mark.parametrize(
    ("text", "shown", "says"),
    [
        (r" \'02\'00\'3f", r"\u19968\'3f\u12289\'3f", r"\'02\'00\u12289\'3f"),  # 一? for 一、
        (r" \'03\'28\'00\'29", r"\u-248\'28\u19968\'3f\u-247\'29", r"\'03\u-248\'3f\'00\u-247\'3f"),
        (r"\leveltemplateid9\'02\'00?", r"\u19968 ?\u12289 ?", r"\'02\'00\u12289\'3f"),
        (r" \'03\'3f\'00\'3f", r"\u31532?\u19968?\u31456?", r"\'03\u31532\'3f\'00\u31456\'3f"),
        (r" \'02\'00\'3f", r"\u21313\'3f\u19968\'3f\u12289\'3f", r"\'02\'00\u12289\'3f"),  # 十一、
    ],
)
def test_what_stands_around_a_number_is_what_is_shown(text, shown, says):
    assert says in made(level(text), paragraph(shown))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (r"\'02\'00.", "1."),
        (r"\'02\'00\'a1\'a2", r"\'d2\'bb\'a1\'a2"),  # another set of characters, which is read well
        (r"\'01\u61623 ?", r"\u61623 ?"),
        (r"\'04\'00.\'01.", "1.1."),
        (r"\'07\'00\'3f", r"\u19968\'3f\u12289\'3f"),  # a length that is not its own
        (r"\'00", ""),
        (r"\'02\'00\'3f", ""),
    ],
)
def test_a_level_that_says_what_is_shown_stays(text, shown):
    before = FRAME % (level(text), paragraph(shown))

    assert made(level(text), paragraph(shown)).replace(r"\pard\plain\par}", "}") == before


def test_each_level_has_its_own():
    levels = level(r" \'02\'00\'3f") + level(r" \'03\'28\'01\'29")
    shown = paragraph(r"\u19968\'3f\u12289\'3f") + paragraph(
        r"\u65288\'28\u19968\'3f\u65289\'29", 1
    )

    assert r"\'02\'00\u12289\'3f;" in made(levels, shown)
    assert r"\'03\u-248\'3f\'01\u-247\'3f;" in made(levels, shown)


@pytest.mark.parametrize("text", [r"{\rtf1 x}", "{\\rtf1\\listtable", "}{\\rtf1 \\listtable"])
def test_one_without_lists_stays_as_it_is(text):
    assert with_shown_numbers(text.encode()).decode() == text


@pytest.mark.parametrize(
    "piece", [r"{\leveltext", r"{\listtext", r"\listoverride\listid1", "{\\listtext}\\ls"]
)
def test_a_long_one_takes_its_length_in_time(piece):
    content = (r"{\rtf1\listtable" + piece * 100_000 + "}").encode()
    start = time.process_time()

    with_shown_numbers(content)

    assert time.process_time() - start < 5
