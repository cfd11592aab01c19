"""A picture is looked at under bounds: copies are near, other days are not, broken ones say so."""

from io import BytesIO
from random import Random

import numpy as np
import pytest
from PIL import Image

from models.evidence.prints.laying import likeness
from models.evidence.prints.pictures import SKETCH, hashes_of
from models.evidence.prints.searching import PICTURES
from models.rules.evidence.checking import BLURRED, SCREEN
from tasks.evidence.pictures.decoding import UnreadPicture
from tasks.evidence.pictures.looking import look_at_picture, print_of
from tests.tools.evidence_plain import PLAIN
from tests.tools.evidence_scenes import (
    CHANGES,
    blurred,
    from_a_screen,
    grainy,
    hall,
    page,
    saved,
)

SEEN = hall(71, 1)
# The first hashes of a drawn picture, and the sum of its sketch.
HASHES = "34924c34cf15ef952c34cc0cebaf438fac34cf0ceb8f430ebdcbcd33eb10c3101c344d4cebef028f2cb4cf6ceb4d0287"
SUM = 582_626


@pytest.mark.parametrize("change", CHANGES)
def test_a_changed_copy_is_near_and_the_same_hall_on_another_day_is_not(change):
    copy = look_at_picture(saved(CHANGES[change](SEEN, Random(3)))).prints
    prints = look_at_picture(saved(SEEN)).prints

    assert likeness(prints, copy) > 0.86
    assert likeness(prints, look_at_picture(saved(hall(71, 2))).prints) < 0.82


def test_the_print_of_a_picture_is_what_it_was_when_others_were_stored():
    rings = np.hypot(*np.mgrid[-300:300, -400:400])
    grey = 128 + 60 * np.sin(rings / 23) + 50 * np.sin(np.arange(800) / 41)
    made = print_of(Image.fromarray(grey.astype(np.uint8)))
    stored = np.frombuffer(bytes.fromhex(HASHES), "<u8")

    assert int(np.bitwise_count(hashes_of(made)[: len(stored)] ^ stored).max()) <= 2
    assert sum(made[-SKETCH * SKETCH // 2 :]) == pytest.approx(SUM, rel=0.001)


def test_blur_and_a_screen_are_seen_and_a_plain_picture_has_no_print():
    sharp = look_at_picture(saved(SEEN))

    assert sharp.blur < 0.4 <= look_at_picture(saved(blurred(SEEN, 6))).blur
    assert sharp.of_screen < 0.7 <= look_at_picture(saved(from_a_screen(SEEN, Random(2)))).of_screen
    assert look_at_picture(saved(Image.new("RGB", (900, 700), "white"))).prints == b""


def test_a_page_a_little_out_of_focus_is_blurred_and_a_clear_one_is_not():
    page_seen = page(1007, 1)
    dice = Random("one page 1007")
    soft = look_at_picture(saved(blurred(page_seen, 4.2)))

    assert soft.blur >= BLURRED > look_at_picture(saved(page_seen)).blur
    assert look_at_picture(saved(grainy(blurred(page_seen, 5), dice))).blur >= BLURRED


SMALL = {1002: (277, 274), 1004: (324, 320), 1006: (266, 263)}


@pytest.mark.parametrize("seed", SMALL)
def test_small_type_is_no_grid_of_a_screen(seed):
    small = page(seed, 1).resize(SMALL[seed])

    assert look_at_picture(saved(small)).of_screen < SCREEN / 2
    assert look_at_picture(saved(from_a_screen(page(seed, 1), Random(3)))).of_screen >= SCREEN


@pytest.mark.parametrize("draw", PLAIN.values())
def test_what_has_little_of_its_own_is_neither_blurred_nor_a_screen_nor_another_one(draw):
    one, other = (look_at_picture(saved(draw(1003, day))) for day in (1, 2))

    assert max(one.blur, other.blur) < BLURRED and max(one.of_screen, other.of_screen) < SCREEN
    both = one.prints and other.prints
    assert not both or PICTURES.near(one.prints, other.prints) is None


def test_a_photograph_held_upright_tells_its_own_day_and_size():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif.get_ifd(0x8769)[0x9003] = "2025:06:01 23:50:00"
    found = look_at_picture(saved(SEEN, exif=exif))

    assert (found.width, found.height) == (SEEN.height, SEEN.width)
    assert str(found.taken_on) == "2025-06-01"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (saved(SEEN)[:9000], "不完整"),
        (b"\0\0\0\x18ftypheic" + bytes(40), "HEIC"),
        (b"nothing", "认不出来|能认出来"),
    ],
)
def test_what_cannot_be_decoded_says_why(content, words):
    with pytest.raises(UnreadPicture, match=words):
        look_at_picture(content)


@pytest.mark.parametrize("mode", ["CMYK", "L", "I;16", "P", "RGBA", "1"])
def test_pictures_of_every_depth_are_looked_at(mode):
    out = BytesIO()
    plain = Image.new("I;16", (300, 200)) if mode == "I;16" else SEEN.convert(mode)
    plain.save(out, "TIFF")

    assert look_at_picture(out.getvalue()).width == plain.width
