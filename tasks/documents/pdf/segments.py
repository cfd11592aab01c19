"""Parts of a line that wide gaps set apart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tasks.documents.pdf.lines import Strip, strip_text


class Segment(NamedTuple):
    """A part of a line that is set apart by a wide gap."""

    left: float
    right: float


Line = tuple[Strip, list[Segment]]
Spot = tuple[Strip, Segment]


def segments_of(strip: Strip, wide: float) -> list[Segment]:
    """Return the parts of a line; a blank fills no gap."""
    found: list[Segment] = []
    left, end = strip.left, strip.left
    if strip.right - strip.left > wide:
        for text, x0, x1, _, _, _, _ in strip.letters:
            if x0 - end > wide and not text.isspace():
                if end > left:  # else nothing but a blank stands there
                    found.append(Segment(left, end))
                left = x0
            if x1 > end and not text.isspace():
                end = x1
    found.append(Segment(left, max(end, left)))
    return found


def wider(segments: list[Segment], wide: float) -> list[Segment]:
    """Return ``segments`` with those as one that no gap parts which is so ``wide``."""
    if len(segments) < 2 or all(b.left - a.right > wide for a, b in pairwise(segments)):
        return segments
    found = segments[:1]
    for each in segments[1:]:
        if each.left - found[-1].right > wide:
            found.append(each)
        else:
            found[-1] = Segment(found[-1].left, each.right)
    return found


def part_text(strip: Strip, segment: Segment) -> str:
    """Return what a part of a line says."""
    letters = [each for each in strip.letters if segment.left <= each.x0 <= segment.right]
    return strip_text(strip._replace(letters=letters)) if letters else ""


def often(values: Sequence[float], least: int, near: float) -> list[float]:
    """Return the middle of each group of ``values`` that lie as ``near`` to each other, if it has ``least``."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= near:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [group[len(group) // 2] for group in groups if len(group) >= least]
