"""Files as scanners, phones and word processors really leave them, looked at in the guarded process."""

import docx
import pytest
from PIL import Image

from models.rules.findings.scans import ScanKind
from tasks.findings.scan_looks import looked_at_scans
from tests.support.scans import A4_AT_100, phoned, scanned


@pytest.fixture(scope="module")
def looks(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scans")
    pages = [Image.new("L", A4_AT_100, 255) for _ in range(3)]
    pages[0].save(folder / "两页.tif", save_all=True, append_images=pages[1:2], dpi=(100, 100))
    pages[0].save(folder / "三页.pdf", save_all=True, append_images=pages[1:], resolution=100)
    sheet = [pages[0], Image.new("L", (1440, 1080), 200)]
    sheet[0].save(folder / "夹照片.pdf", save_all=True, append_images=sheet[1:], resolution=100)
    for suffix in (".pdf", ".tif", ".jpg", ".png"):
        scanned(folder / f"扫描{suffix}")
    for suffix in (".jpg", ".png", ".pdf"):
        phoned(folder / f"照片{suffix}")
    phoned(folder / "去掉分辨率.jpg", (1240, 1754))
    document = docx.Document()
    document.add_paragraph("回执")
    document.save(str(folder / "文字.docx"))
    (folder / "坏的.pdf").write_bytes(b"%PDF-1.4\n% nothing\n")
    (folder / "坏的.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing")
    paths = sorted(folder.iterdir())
    found = looked_at_scans((path.name, path.read_bytes()) for path in paths)
    return {path.name: one for path, one in zip(paths, found, strict=True)}


@pytest.mark.parametrize(
    "name", ["扫描.pdf", "扫描.tif", "扫描.jpg", "扫描.png", "两页.tif", "三页.pdf"]
)
def test_what_a_scanner_leaves_is_a_scan(looks, name):
    assert looks[name].kind is ScanKind.SCAN, looks[name]


@pytest.mark.parametrize("name", ["照片.jpg", "照片.png", "照片.pdf", "夹照片.pdf"])
def test_what_a_phone_leaves_without_its_exif_is_known_by_its_shape(looks, name):
    assert looks[name].kind is ScanKind.PHOTO, looks[name]


@pytest.mark.parametrize("name", ["去掉分辨率.jpg", "文字.docx", "坏的.pdf", "坏的.jpg"])
def test_of_all_else_the_doubt_is_said(looks, name):
    assert looks[name].kind is ScanKind.DOUBT, looks[name]
    assert looks[name].words
