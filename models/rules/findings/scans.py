"""Whether a sealed paper came from the office's scanner or from a phone, by what its pages are.

A scanner knows the size of its glass: a page is a sheet of paper, one picture lies on it from edge to edge, with as many
dots to the inch across as down. A phone knows no size: its picture has the shape of its camera or its screen, no
resolution but that of a screen, and what messengers strip of its EXIF keeps that shape. Between the two lies doubt, which
is said and never decided here (保密：盖章的文件不用手机拍照传送).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from models.rules.words import Worded

# Sheets that offices scan, short side first, in millimetres.
_PAPERS = (
    (210, 297), (297, 420), (148, 210),  # A4, A3, A5
    (182, 257), (257, 364), (176, 250),  # B5 and B4 as JIS has them, B5 as ISO has it
    (184, 260), (260, 368), (216, 279), (216, 356),  # 16开, 8开, Letter, Legal
)  # fmt: skip
_SLACK = 6.0  # mm by which a scanner's page differs from its sheet
_LEAST_DPI, _MOST_DPI = 100, 1300
_UNEVEN = 0.05  # share by which the dots across may differ from those down
_WHOLE = 0.97  # of a page that a scan covers
# Longer side by shorter of what phones take (4:3, 3:2, 16:9) and of their screens (18:9 to 20:9); no sheet is of these.
_OF_A_PHONE = (4 / 3, 3 / 2, 16 / 9, 2.0, 19.5 / 9, 20 / 9)
_NEAR = 0.004
# Programs that make a paper of what a phone took, by what they write into it.
_PHONE_PROGRAMS = (
    "camscanner",
    "intsig",
    "扫描全能王",
    "office lens",
    "microsoft lens",
    "adobe scan",
    "ios version",
    "夸克",
)
_PICTURES_OF_PHONES = frozenset({"heic", "heif", "webp", "avif"})
POINT = 25.4 / 72  # mm


class ScanKind(Worded):
    """What a file that came back looks like."""

    SCAN = "scan", "扫描件"
    DOUBT = "doubt", "看不出是不是扫描件"
    PHOTO = "photo", "手机拍的照片"


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """A page: its size in millimetres, the pixels of the picture on it, and which share of the page that covers.

    Without a picture there are no pixels. A picture that does not say how large it is has a size of 0.
    """

    width: float
    height: float
    across: int = 0
    down: int = 0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class ScanVerdict:
    """What a file looks like, and by what that is seen; no words for a scan."""

    kind: ScanKind
    words: str = ""


def scan_verdict(media: str, pages: Sequence[ScannedPage], made_with: str = "") -> ScanVerdict:
    """Return what a file of that kind (pdf, tif, jpg ...) looks like by its pages and the program that made it."""
    program = next((one for one in _PHONE_PROGRAMS if one in made_with.casefold()), "")
    if program:
        return ScanVerdict(ScanKind.PHOTO, f"是用手机软件（{program}）做成的")
    if media in _PICTURES_OF_PHONES:
        return ScanVerdict(ScanKind.PHOTO, f"是手机照片的格式（{media}）")
    if not pages:
        return ScanVerdict(ScanKind.DOUBT, "里面没有看到扫描的页面")
    found = [(n, page_verdict(page)) for n, page in enumerate(pages, start=1)]
    for kind in (ScanKind.PHOTO, ScanKind.DOUBT):
        for n, one in found:
            if one.kind is kind:
                return ScanVerdict(kind, f"第 {n} 页{one.words}" if len(pages) > 1 else one.words)
    return ScanVerdict(ScanKind.SCAN)


def page_verdict(page: ScannedPage) -> ScanVerdict:
    """Return what one page looks like."""
    if not page.across or not page.down:
        return ScanVerdict(ScanKind.DOUBT, "没有扫描的图像")
    if _is_of_a_phone(page):
        return ScanVerdict(
            ScanKind.PHOTO, f"图像是手机拍照或截屏的长宽（{page.across}×{page.down}）"
        )
    if not _is_sheet(page):
        return ScanVerdict(ScanKind.DOUBT, "不是纸张的尺寸")
    if page.share < _WHOLE:
        return ScanVerdict(ScanKind.DOUBT, "图像没有铺满整页")
    dots = sorted((page.across / page.width, page.down / page.height))
    dpi = round(dots[0] * 25.4)
    if not _LEAST_DPI <= dpi <= _MOST_DPI:
        return ScanVerdict(ScanKind.DOUBT, f"分辨率是 {dpi}，不是扫描的分辨率")
    if dots[1] > dots[0] * (1 + _UNEVEN):
        return ScanVerdict(ScanKind.DOUBT, "图像被拉伸过")
    return ScanVerdict(ScanKind.SCAN)


def _is_sheet(page: ScannedPage) -> bool:
    short, long = sorted((page.width, page.height))
    return any(abs(short - a) <= _SLACK and abs(long - b) <= _SLACK for a, b in _PAPERS)


def _is_of_a_phone(page: ScannedPage) -> bool:
    short, long = sorted((page.across, page.down))
    return any(abs(long / short - shape) <= _NEAR * shape for shape in _OF_A_PHONE)
