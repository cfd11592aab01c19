"""A box that recognition lost leaves its line unsure; letters with a frame are none."""

import pytest

numpy = pytest.importorskip("numpy")
cv2 = pytest.importorskip("cv2", reason="text recognition is not installed")

from tasks.documents.scans.boxes import has_lost_box  # noqa: E402

LINE = (0.0, 0.0, 500.0, 50.0)


def drawn(*lefts: int) -> "numpy.ndarray":
    """Return a line with a box to be ticked at each of these places, and strokes between them."""
    noise = numpy.random.default_rng(1).normal(0, 8, (50, 500))
    grey = numpy.clip(235 + noise, 0, 255).astype("uint8")
    for left in lefts:
        cv2.rectangle(grey, (left, 10), (left + 32, 42), 40, 2)
        cv2.line(grey, (left + 60, 10), (left + 75, 42), 40, 3)
    return grey


@pytest.mark.parametrize(
    ("lefts", "text", "lost"),
    [
        ((20, 200), "是否", True),
        ((20, 200), "□是否", True),
        ((20, 200), "□是☑否", False),
        ((20,), "国家", False),  # a letter with a frame
        ((), "是否", False),
    ],
)
def test_a_box_that_the_text_lacks_is_seen(lefts, text, lost):
    assert has_lost_box(drawn(*lefts), LINE, text) is lost


def test_a_line_over_the_edge_of_the_page_has_none():
    assert has_lost_box(drawn(20), (600.0, 0.0, 700.0, 50.0), "是") is False
