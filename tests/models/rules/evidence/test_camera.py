"""A camera is known by what it says of the exposure; a scanner is not one."""

import io

import pytest
from PIL import Image

from models.rules.evidence.camera import taken_by_camera


def picture(kind="JPEG", **exif):
    tags = Image.Exif()
    own = tags.get_ifd(0x8769)
    for name, value in exif.items():
        {"make": tags, "made": tags}.get(name, own)[
            {"make": 0x010F, "made": 0x0132, "f": 0x829D, "focal": 0x920A, "taken": 0x9003}[name]
        ] = value
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, kind, exif=tags)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photograph_is_known_by_its_aperture(kind):
    assert taken_by_camera(picture(kind, make="某牌手机", f=1.8, focal=4.2))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_scan_is_none_though_it_names_its_maker_and_day(kind):
    scan = picture(kind, make="某牌扫描仪", made="2026:05:20 08:30:00", taken="2026:05:20 08:30:00")

    assert not taken_by_camera(scan)


def test_a_photograph_in_a_pdf_is_one():
    out = io.BytesIO()
    Image.open(io.BytesIO(picture(f=1.8))).save(out, "PDF")
    assert not taken_by_camera(
        out.getvalue()
    )  # a program that makes the picture anew drops what it said
    assert taken_by_camera(b"%PDF-1.7\n1 0 obj\nstream\n" + picture(f=1.8) + b"\nendstream")


@pytest.mark.parametrize(
    "content", [b"", b"Exif\0\0MM\0*", b"Exif\0\0II*\0" + b"\xff" * 40, b"%PDF"]
)
def test_what_is_broken_is_no_camera(content):
    assert not taken_by_camera(content)
