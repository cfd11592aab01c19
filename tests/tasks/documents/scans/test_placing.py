"""Recognised lines are put on an upright page, each letter at its place."""

import math

import numpy
import pytest

from tasks.documents.scans.engine import Recognised, turns_to_stand
from tasks.documents.scans.placing import letters_of_line, tilt_of, turn_back, usual_height


def seen(text: str, x: float, y: float, degrees: float = 0.0, size: float = 40) -> Recognised:
    """Return a line of letters that are ``size`` wide and high, falling by ``degrees`` around (500, 700)."""
    angle = math.radians(degrees)

    def turned(px: float, py: float) -> tuple[float, float]:
        dx, dy = px - 500, py - 700
        return (
            500 + dx * math.cos(angle) - dy * math.sin(angle),
            700 + dx * math.sin(angle) + dy * math.cos(angle),
        )

    def box(left: float, right: float) -> numpy.ndarray:
        ends = ((left, y), (right, y), (right, y + size), (left, y + size))
        return numpy.array([turned(*end) for end in ends])

    letters = [(e, box(x + at * size, x + (at + 1) * size)) for at, e in enumerate(text)]
    return Recognised(text, 0.99, box(x, x + size * len(text)), letters)


@pytest.mark.parametrize("degrees", [-3.0, -1.0, 0.0, 1.0, 5.0])
def test_the_tilt_is_measured_and_taken_out(degrees):
    lines = [seen("完善行政执法监督机制", 300, 200 + 80 * at, degrees) for at in range(5)]

    tilt = tilt_of(lines)
    turn = turn_back(tilt, 1000, 1400)
    letters = letters_of_line(lines[0], turn, usual_height(lines), 1.0)

    assert tilt == pytest.approx(degrees, abs=0.01)
    assert [letter.text for letter in letters] == list("完善行政执法监督机制")
    assert [letter.x for letter in letters] == pytest.approx([300 + 40 * at for at in range(10)])
    assert {round(letter.base) for letter in letters} == {round(220 + 0.38 * 0.82 * 40)}


def test_a_page_of_a_few_short_words_has_no_tilt():
    assert tilt_of([seen("附件", 10, 10, 30.0)]) is None
    assert tilt_of([]) is None


def test_where_no_letter_has_a_place_of_its_own_the_line_is_shared_out():
    line = seen("达到95%", 100, 100)._replace(letters=[])

    letters = letters_of_line(line, turn_back(0.0, 1000, 1400), 40.0, 1.0)

    assert letters[0].wide > letters[-1].wide  # a Chinese letter takes more room than a sign
    assert letters[-1].x + letters[-1].wide == pytest.approx(300)


def test_a_page_on_its_side_is_told_by_its_lines():
    lying = seen("完善行政执法监督机制", 300, 200)
    standing = lying._replace(corners=lying.corners[:, ::-1])

    assert turns_to_stand([lying] * 3) == 0
    assert turns_to_stand([standing] * 3) == 1
