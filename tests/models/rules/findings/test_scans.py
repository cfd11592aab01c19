"""A scanner knows the size of its glass, a phone the shape of its camera; between them lies doubt."""

import pytest

from models.rules.findings.scans import ScanKind, ScannedPage, scan_verdict

SCAN, DOUBT, PHOTO = ScanKind.SCAN, ScanKind.DOUBT, ScanKind.PHOTO
A4 = ScannedPage(210, 297, 1654, 2339)  # at 200 dots


@pytest.mark.parametrize(
    ("page", "kind", "words"),
    [
        (A4, SCAN, ""),
        (ScannedPage(297, 210, 2339, 1654), SCAN, ""),  # laid on its side
        (ScannedPage(204.5, 291.5, 1610, 2295), SCAN, ""),  # cut at the edges
        (ScannedPage(203.9, 297, 1606, 2339), DOUBT, "不是纸张的尺寸"),  # a tenth too narrow
        (ScannedPage(184, 260, 1449, 2047), SCAN, ""),  # 16开
        (ScannedPage(210, 297, 827, 1169), SCAN, ""),  # at 100
        (ScannedPage(210, 297, 790, 1117), DOUBT, "分辨率是 96"),
        (ScannedPage(210, 297, 1654, 2000), DOUBT, "被拉伸过"),
        (ScannedPage(210, 297, 1654, 2339, 0.9), DOUBT, "没有铺满整页"),
        (ScannedPage(210, 297, 3024, 4032, 0.943), PHOTO, "3024×4032"),  # 4:3 put on a sheet
        (ScannedPage(210, 297), DOUBT, "没有扫描的图像"),  # printed by a word processor
        (ScannedPage(381, 508, 1080, 1440), PHOTO, "1080×1440"),  # 72 dots, as messengers write
        (ScannedPage(0, 0, 1440, 1080), PHOTO, "1440×1080"),
        (ScannedPage(0, 0, 3000, 2000), PHOTO, "拍照或截屏"),
        (ScannedPage(0, 0, 1080, 2340), PHOTO, "拍照或截屏"),
        (ScannedPage(0, 0, 1654, 2339), DOUBT, "不是纸张的尺寸"),  # a scan that lost its resolution
        (ScannedPage(210, 280, 1654, 2205), PHOTO, "长宽"),  # no sheet is 4:3
    ],
)
def test_a_page_is_told_by_its_sheet_its_dots_and_its_shape(page, kind, words):
    found = scan_verdict("pdf", [page])

    assert found.kind is kind
    assert words in found.words


@pytest.mark.parametrize(
    ("media", "pages", "program", "kind", "words"),
    [
        ("pdf", [A4], "Canon iR-ADV C3530", SCAN, ""),
        ("pdf", [A4], "intsig.com pdf producer", PHOTO, "手机软件"),
        ("pdf", [A4], "iOS Version 17.1 Quartz PDFContext", PHOTO, "手机软件"),
        ("heic", [], "", PHOTO, "heic"),
        ("docx", [], "", DOUBT, "没有看到扫描的页面"),
        ("pdf", [A4, ScannedPage(0, 0, 1440, 1080), ScannedPage(1, 1)], "", PHOTO, "第 2 页"),
        ("tif", [A4, A4, ScannedPage(210, 297)], "", DOUBT, "第 3 页没有扫描的图像"),
    ],
)
def test_a_file_is_what_its_most_telling_page_is(media, pages, program, kind, words):
    found = scan_verdict(media, pages, program)

    assert found.kind is kind
    assert words in found.words
