"""Pictures are examined with the others: their day, their size, how clear they are."""

from datetime import date
from io import BytesIO

import numpy
import pytest
from PIL import Image, ImageFilter

from models.rules.evidence.checking import findings_of
from models.rules.evidence.examined import Hindrance
from tasks.evidence.examining.examine import examine

FACT = date(2025, 6, 15)


def photograph(size=(1200, 900), day="2025:06:15 09:30:00", blur=0, kind="JPEG"):
    """A scene of many edges, with the day a camera writes."""
    grid = numpy.random.default_rng(5).integers(0, 255, (45, 60), dtype=numpy.uint8)
    picture = Image.fromarray(grid).resize(size, Image.Resampling.NEAREST).convert("RGB")
    if blur:
        picture = picture.filter(ImageFilter.GaussianBlur(blur))
    exif = Image.Exif()
    if day:
        exif.get_ifd(0x8769)[0x9003] = day
    buffer = BytesIO()
    picture.save(buffer, kind, exif=exif)
    return buffer.getvalue()


def found(content, name="现场.jpg"):
    [seen] = examine([(name, content)], read_scans=False)
    return seen, [one.check for one in findings_of(seen, FACT, (None, None), False)]


@pytest.mark.parametrize(
    ("made", "checks"),
    [
        ({}, []),
        ({"day": ""}, []),  # no camera's day: nothing is said
        ({"day": "2025:06:16 09:30:00"}, []),  # the day after
        ({"day": "2025:06:17 09:30:00"}, ["made-later"]),
        ({"day": "2025:06:12 09:30:00"}, []),  # three days before
        ({"day": "2025:06:11 09:30:00"}, ["other-day"]),
        ({"size": (600, 450)}, []),
        ({"size": (599, 450)}, ["too-small"]),
        ({"blur": 4}, ["blurred"]),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_photograph_is_found(made, checks):
    assert found(photograph(**made))[1] == checks


def test_a_picture_bears_its_look_and_its_print():
    seen, _ = found(photograph())

    assert (seen.picture.width, seen.picture.height) == (1200, 900)
    assert seen.taken_on == FACT
    assert seen.picture.prints


@pytest.mark.parametrize(
    "content",
    [photograph()[:3000], b"\0\0\0\x18ftypheic" + bytes(400)],
    ids=["cut", "of a telephone that nobody here reads"],
)
def test_a_picture_nobody_can_open_is_said_to_be_so_and_the_next_is_looked_at(content):
    first, second = examine([("坏.jpg", content), ("好.jpg", photograph())], read_scans=False)

    assert first.fault in (Hindrance.UNREADABLE, Hindrance.NOT_EXAMINED)
    assert first.fault_words
    assert second.picture is not None
