"""The numbers of the official layout, GB/T 9704-2012 党政机关公文格式; lengths in millimetres, type in points.

Many pages still give the values of 1999: they are not these. 22 lines of 28 characters do not come by
themselves: 28 characters of 16 pt are wider than 156 mm, and a character grid makes 14 of them in
LibreOffice. Without a grid, with each character a quarter of a point closer and lines of exactly
28.95 pt, Word, WPS and LibreOffice agree.
"""

PAGE = (210, 297)  # A4, 5.1
HEAD_MARGIN, BINDING_MARGIN = 37, 28  # 天头、订口, 5.2.1
TEXT_AREA = (156, 225)  # 版心, 5.2.1
LINES, CHARACTERS = 22, 28  # 5.2.3

TYPE = 16.0  # 3号, 5.2.2
TITLE = 22.0  # 2号, 7.3.1
PAGE_NUMBER = 14.0  # 4号, 7.5
TABLE = 12.0  # 小4号; the standard leaves tables free
FOOTNOTE = 9.0  # 小5号
LINE = 28.95  # exact
CLOSER = -5  # twentieths of a point between two characters
CHARACTER = TYPE + CLOSER / 20
PAGE_NUMBER_BELOW = 7  # from the text area to the line of the page number, 7.5
PAGE_NUMBER_LINE = 16.0  # exact

MARK_BELOW = 35  # from the top of the text area to 发文机关标志, 7.2.4
RED_LINE_BELOW = 4  # from 发文字号 to the line, 7.2.7
LARGEST_MARK = 62.0  # smaller than the heads of the highest bodies, which are 22 mm
RED = "FF0000"

BODY_FONT, TITLE_FONT = "仿宋_GB2312", "方正小标宋简体"
HEAD_FONT, SECOND_FONT, NUMBER_FONT = "黑体", "楷体_GB2312", "宋体"
LATIN_FONT = "Times New Roman"
# Named for machines that lack the first: by Word and WPS from the table of fonts, by typst as a list.
OTHERWISE = {
    BODY_FONT: ("仿宋", "FangSong", "STFangsong"),
    TITLE_FONT: ("小标宋体", "方正小标宋_GBK", "华文中宋", "宋体"),
    SECOND_FONT: ("楷体", "KaiTi", "STKaiti"),
    HEAD_FONT: ("SimHei", "STHeiti"),
    NUMBER_FONT: ("SimSun", "STSong"),
}


def twips(points: float) -> int:
    """Return points in twentieths, as Word has them."""
    return round(points * 20)


def mm_twips(millimetres: float) -> int:
    """Return millimetres in twentieths of a point."""
    return round(millimetres * 1440 / 25.4)


def margins(*, wide: bool = False) -> tuple[float, float, float, float]:
    """Return top, right, bottom and left; a page that lies across is turned to the left (7.6)."""
    top, left = HEAD_MARGIN, BINDING_MARGIN
    right = PAGE[0] - left - TEXT_AREA[0]
    bottom = PAGE[1] - top - TEXT_AREA[1]
    return (left, top, right, bottom) if wide else (top, right, bottom, left)
