"""The rules of tables are found on a picture, and the strokes of letters are none."""

import pytest

numpy = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2", reason="text recognition is not installed")

from tasks.documents.scans.ruling import rules_on, tilt_of_rules  # noqa: E402


def page() -> "numpy.ndarray":
    noise = numpy.random.default_rng(1).normal(0, 8, (1400, 1000))
    return numpy.clip(235 + noise, 0, 255).astype("uint8")


def test_a_grid_is_found_though_words_stand_in_its_cells():
    grey = page()
    for y in (300, 400, 500):
        cv2.line(grey, (100, y), (900, y), 60, 2)
    for x in (100, 400, 900):
        cv2.line(grey, (x, 300), (x, 500), 60, 2)
    cv2.putText(grey, "|||| HHHH", (120, 360), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 20, 3)

    across, down = rules_on(grey, [(115, 325, 320, 370)])

    assert [round(rule.at / 10) for rule in across] == [30, 40, 50]
    assert [round(rule.at / 10) for rule in down] == [10, 40, 90]
    assert all(rule.start < 110 and rule.end > 890 for rule in across)


def test_a_rule_that_crosses_no_other_is_no_table():
    grey = page()
    cv2.line(grey, (100, 200), (900, 200), 60, 3)

    assert rules_on(grey, []) == ([], [])


@pytest.mark.parametrize("fall", [-20, 0, 14])
def test_rules_show_the_tilt_of_a_page_of_short_words(fall):
    grey = page()
    for y in (300, 400, 500):
        cv2.line(grey, (100, y), (900, y + fall), 60, 2)

    assert tilt_of_rules(grey) == pytest.approx(numpy.degrees(numpy.arctan2(fall, 800)), abs=0.15)
    assert tilt_of_rules(page()) == 0.0
