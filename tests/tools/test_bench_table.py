"""A row of the figures says truly whether its goal was reached, and by how much not."""

import pytest

from tests.places import ROOT
from tests.tools.bench_table import HEADER, Figure, at_least, at_most, floor, rival


# (figure, ratio, goal, verdict)
@pytest.mark.parametrize(
    ("figure", "ratio", "goal", "verdict"),
    [
        (Figure("1", "a", 0.15, at_most(0.2)), "", "≤ 200 ms", "达到，余 25%"),
        (
            Figure("1", "a", 0.2, at_most(0.2)),
            "",
            "≤ 200 ms",
            "达到，余 0%",
        ),  # the limit itself is in
        (Figure("1", "a", 0.25, at_most(0.2)), "", "≤ 200 ms", "没达到，超出 25%"),
        # A floor: three times what it takes is too much when one and a half is allowed.
        (
            Figure("2", "a", 0.03, floor(1.5), "b", 0.01),
            "3.00 倍",
            "≤ 对照的 1.5 倍",
            "没达到，超出 100%",
        ),
        (
            Figure("2", "a", 0.012, floor(1.5), "b", 0.01),
            "1.20 倍",
            "≤ 对照的 1.5 倍",
            "达到，余 20%",
        ),
        # A rival: twenty times as fast is too little when 25 is asked.
        (
            Figure("2", "a", 0.01, rival(25), "b", 0.2),
            "快 20.0 倍",
            "快 25 倍以上",
            "没达到，还差 20%",
        ),
        (Figure("2", "a", 0.01, rival(25), "b", 0.3), "快 30.0 倍", "快 25 倍以上", "达到，余 20%"),
        (Figure("4", "a", 46, at_most(40), unit="条"), "", "≤ 40 条", "没达到，超出 15%"),
        (Figure("13", "a", 0.995, at_least(0.99), unit="分"), "", "≥ 0.99 分", "达到，余 1%"),
    ],
)
def test_a_row_says_what_it_is_held_against_and_how_far_off_it_is(figure, ratio, goal, verdict):
    cells = [cell.strip() for cell in str(figure).strip("|").split("|")]

    assert cells[4:] == [ratio, goal, verdict]
    assert len(cells) == HEADER.splitlines()[0].count("|") - 1


# Seconds as people read them.
@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.00274, "2.74 ms"),
        (0.0281, "28.1 ms"),
        (0.66, "660 ms"),
        (0.9996, "1 s"),
        (1512.0, "1,512 s"),
    ],
)
def test_figures_have_three_digits(seconds, words):
    assert f"| {words} |" in str(Figure("1", "a", seconds, at_most(1)))


def test_the_figures_of_readme_are_rows_that_were_printed():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = readme.partition(HEADER)[2].partition("\n\n")[0].splitlines()

    assert len(rows) > 20
    for row in rows:
        cells = row.split(" | ")
        assert len(cells) == 7
        assert cells[-1].startswith(("达到，余 ", "没达到，超出 ", "没达到，还差 ")), row
