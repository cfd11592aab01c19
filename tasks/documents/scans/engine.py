"""rapidocr, where the office installed it; the only module that imports it.

Its models are in its wheel: nothing is fetched while it runs. About four seconds a page and 800 MB, so it
works in a process of its own.
"""

from functools import lru_cache
from importlib.util import find_spec
from typing import Any, NamedTuple

LEAST_SURE = 0.9  # of a line that stands on its head
LONG = 3.0  # times as long as wide: a box that shows which way its line runs


class Recognised(NamedTuple):
    """A line as it was recognised: its letters, each with its four corners, and how sure they are."""

    text: str
    score: float
    corners: Any  # 4 x 2, from the upper left one on
    letters: list[tuple[str, Any]]


def can_read_scans() -> bool:
    """Say whether words in pictures can be read here."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def recognise(picture: Any) -> list[Recognised]:
    """Return the lines in ``picture`` (numpy, BGR), whichever way up, in no order.

    A line of which the machine is not sure is returned too, with its score: by itself the library drops
    each below one half, and nobody would know.
    """
    found = engine()(picture, return_word_box=True, return_single_char_box=True)
    if found.txts is None:  # a blank page
        return []
    words = found.word_results or ()
    if len(words) != len(found.txts):
        words = [()] * len(found.txts)
    return [
        Recognised(text, float(score), box, [(letter, corners) for letter, _, corners in line])
        for text, score, box, line in zip(found.txts, found.scores, found.boxes, words, strict=True)
    ]


def turns_to_stand(lines: list[Recognised]) -> int:
    """Return how often a page must be turned by a right angle, against the clock, for its lines to run across.

    0 also where it stands on its head: `upside_down` says so.
    """
    tall = wide = 0
    for line in lines:
        (x0, y0), (x1, y1) = line.corners.min(axis=0), line.corners.max(axis=0)
        tall += len(line.text) * (y1 - y0 > LONG * (x1 - x0))
        wide += len(line.text) * (x1 - x0 > LONG * (y1 - y0))
    return int(tall > 2 * wide)


def upside_down() -> bool:
    """Say whether most lines of the picture recognised last stand on their heads."""
    labels = engine().turned
    return sum(labels) > 0.6 * len(labels) if labels else False


@lru_cache(maxsize=1)
def engine() -> Any:
    """Return the machine; it is loaded once in a process."""
    import logging

    logging.disable(logging.INFO)
    from rapidocr import RapidOCR

    class Watched(RapidOCR):
        """Says which lines stand on their heads, and turns none: one taken for such alone comes out as rubbish.

        The page is turned as a whole, else it would be read in reverse order.
        """

        turned: list[bool] = []

        def cls_and_rotate(self, img: Any) -> Any:
            _, said = super().cls_and_rotate(img)
            self.turned = [
                "180" in label and score > LEAST_SURE
                for each, (label, score) in zip(img, said.cls_res or (), strict=False)
                if each.shape[1] > LONG * each.shape[0]
            ]
            return img, said

    return Watched(params={"Global.log_level": "critical", "Global.text_score": 0.0})
