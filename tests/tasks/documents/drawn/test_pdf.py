"""Letters and rules with their places become a PDF that reads as they stood."""

from tasks.documents.apart import parse_apart
from tasks.documents.drawn.page import DrawnLetter, DrawnPage, DrawnRule
from tasks.documents.drawn.pdf import drawn_pdf

WIDE, HIGH = 595.0, 842.0


def line(text: str, x: float, y: float, size: float = 16) -> list[DrawnLetter]:
    return [DrawnLetter(letter, x + at * size, y, size, size) for at, letter in enumerate(text)]


def grid(xs: list[float], ys: list[float]) -> list[DrawnRule]:
    lying = [DrawnRule(xs[0], y, xs[-1], y) for y in ys]
    return [*lying, *(DrawnRule(x, ys[0], x, ys[-1]) for x in xs)]


def read(*pages: DrawnPage):
    return parse_apart(drawn_pdf(pages), "pdf", "方案.pdf")


def test_lines_are_read_from_above_whatever_order_they_come_in():
    letters = line("一、总体要求", 90, 150) + line("某县法治建设实施方案〔2025〕5号ABC…", 60, 100)

    document = read(DrawnPage(WIDE, HIGH, letters, []))

    assert [each.text for each in document.lines] == [
        "某县法治建设实施方案〔2025〕5号ABC…",
        "一、总体要求",
    ]
    assert not document.not_read


def test_what_stands_between_rules_is_a_table():
    letters = [
        letter
        for row in range(3)
        for at, x in enumerate((85, 205, 355))
        for letter in line(f"单元{row}{at}", x, 220 + 30 * row, 12)
    ]
    rules = grid([80, 200, 350, 500], [200, 230, 260, 290])

    [first, *_] = read(DrawnPage(WIDE, HIGH, letters, rules)).lines

    assert first.cells == ("单元00", "单元01", "单元02")


def test_pages_keep_their_numbers_and_a_letter_beyond_the_plane_its_text():
    found = read(
        *(
            DrawnPage(WIDE, HIGH, line(f"第𠮷{at}号文件里的一句话很长", 90, 100), [])
            for at in (1, 2)
        )
    )

    assert [(each.page, each.text[1]) for each in found.lines] == [(1, "𠮷"), (2, "𠮷")]
