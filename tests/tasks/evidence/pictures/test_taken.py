"""The day in a picture, wherever its kind writes it; where it was taken is nowhere kept."""

import struct
from dataclasses import fields
from datetime import date
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from models.rules.evidence.checking import findings_of
from models.rules.evidence.examined import PictureLook
from tasks.evidence.examining.examine import examine

PICTURE = Image.radial_gradient("L").resize((900, 700)).convert("RGB")
DAY = date(2025, 6, 1)
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description %s/></rdf:RDF></x:xmpmeta>'
TAKEN = XMP % b'exif:DateTimeOriginal="2025-06-01T23:50:00+08:00"'
TAKEN_ABROAD = XMP % b'exif:DateTimeOriginal="2025-05-31T18:00:00Z"'
MADE = XMP % b'xmp:CreateDate="2025-06-01T08:00:00"'
SAVED = XMP % b'xmp:ModifyDate="2025-06-01T08:00:00"'


def exif(tag: int = 0x9003, said: str = "2025:06:01 23:50:00") -> Image.Exif:
    made = Image.Exif()
    made[0x010F] = "camera"  # without a tag of its own Pillow writes none
    made.get_ifd(0x8769)[tag] = said
    made.get_ifd(0x8825).update({1: "N", 2: (34.0, 33.0, 0.0), 3: "E", 4: (105.0, 43.0, 0.0)})
    return made


def saved(kind: str, **more) -> bytes:
    out = BytesIO()
    PICTURE.save(out, kind, **more)
    return out.getvalue()


def png(*words: tuple[str, str], xmp: bytes = b"", **more) -> bytes:
    info = PngImagePlugin.PngInfo()
    for key, text in words:
        info.add_text(key, text)
    if xmp:
        info.add_itxt("XML:com.adobe.xmp", xmp.decode())
    return saved("PNG", pnginfo=info, **more)


def heic(day: str = "2025:06:01 10:00:00") -> bytes:
    """Return a .heic as far as its EXIF; its dots are nothing."""
    said = day.encode() + b"\0"
    inner = struct.pack(">HHHLL", 1, 0x9003, 2, 20, 44) + bytes(4)
    outer = struct.pack(">HHHLL", 1, 0x8769, 4, 1, 26) + bytes(4)
    tiff = b"MM\0*" + struct.pack(">L", 8) + outer + inner + said
    return b"\0\0\0\x18ftypheic" + bytes(12) + b"meta" + bytes(300) + b"Exif\0\0" + tiff


def look(name: str, content: bytes):
    [seen] = examine([(name, content)], read_scans=False)
    return seen


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jpg", saved("JPEG", exif=exif())),
        ("a.jpg", saved("JPEG", xmp=TAKEN)),
        ("a.jpg", saved("JPEG", xmp=TAKEN_ABROAD)),  # two in the morning of the first, in China
        ("a.png", png(exif=exif())),
        ("a.png", png(xmp=TAKEN)),
        ("a.webp", saved("WEBP", exif=exif())),
        ("a.webp", saved("WEBP", xmp=TAKEN)),
        ("a.avif", saved("AVIF", exif=exif())),
        ("a.avif", saved("AVIF", xmp=TAKEN)),
        ("a.heic", heic()),
    ],
)
def test_the_day_a_camera_wrote_is_read_from_every_kind(name, content):
    seen = look(name, content)

    assert seen.suffix_fits
    assert seen.taken_on == DAY


def test_where_a_picture_was_taken_is_nowhere_kept():
    seen = look("a.jpg", saved("JPEG", exif=exif()))

    assert (seen.text, seen.notes, seen.pictures, seen.personal) == ("", (), (), ())
    known = {"width", "height", "prints", "blur", "of_screen", "taken_on", "place", "made_on"}
    assert {field.name for field in fields(PictureLook)} == known
    assert seen.picture and seen.picture.place == ""


@pytest.mark.parametrize(
    "content",
    [
        png(("Creation Time", "Sun, 01 Jun 2025 09:00:00 +0800")),
        png(("Creation Time", "2025:06:01 09:00:00")),
        png(("Creation Time", "2025-06-01T09:00:00+08:00")),
        png(xmp=MADE),
        saved("JPEG", xmp=MADE),
        saved("JPEG", exif=exif(0x9004)),
        saved("WEBP", xmp=MADE),
    ],
)
def test_the_day_a_program_wrote_is_that_of_its_making(content):
    seen = look("a", content)

    assert (seen.made_on, seen.taken_on) == (DAY, None)


@pytest.mark.parametrize(
    "content",
    [
        saved("JPEG", xmp=SAVED),
        png(("date:create", "2025-06-01T09:00:00+08:00")),  # the file's own, set when it is copied
        png(("Creation Time", "never"), ("Date", "")),
        png(("Creation Time", "2025-13-41")),
        saved("JPEG", xmp=XMP % b'xmp:CreateDate="0000-00-00T00:00:00"'),
        saved("JPEG", xmp=XMP % b'xmp:CreateDate="1970-01-01T00:00:00Z"'),
        saved("JPEG", xmp=b"\xff" * 5000),
        heic("2025:06:41 10:00:00")[:-30],
    ],
)
def test_a_last_saving_or_nonsense_is_no_day(content):
    seen = look("a", content)

    assert (seen.made_on, seen.taken_on) == (None, None)


@pytest.mark.parametrize(
    ("content", "fact", "says"),
    [
        (saved("WEBP", exif=exif()), date(2025, 5, 1), "照片拍摄于 2025-06-01，比事实发生日期"),
        (saved("JPEG", xmp=TAKEN), date(2025, 6, 20), "请核对是不是当次活动的照片"),
        (png(xmp=MADE), date(2024, 5, 1), "文件属性里的创建日期是 2025-06-01"),
        (heic(), date(2025, 5, 1), "照片拍摄于 2025-06-01"),
    ],
)
def test_a_picture_of_another_day_is_marked_with_what_to_do(content, fact, says):
    found = findings_of(look("a", content), fact, (None, None), False)

    [detail] = [one.detail for one in found if one.check in ("made-later", "other-day")]
    assert says in detail and "请" in detail


def test_a_picture_that_a_program_made_within_a_year_is_not_marked():
    found = findings_of(look("a", png(xmp=MADE)), date(2024, 6, 10), (None, None), False)

    assert "made-later" not in [one.check for one in found]
