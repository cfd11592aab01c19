"""Clean lines: one form for look-alike characters, for numbers, labels and lists of names."""

import re
import unicodedata

from models.plan.reading.outline.markers import SPACED
from models.plan.reading.text.cell_lines import names_apart
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern


def _look_alikes() -> dict[int, str]:
    """Map full width letters and digits, radicals, enclosed numbers and invisible marks."""
    table: dict[int, str] = {}
    ranges = (
        (0xFF10, 0xFF19),  # ０-９
        (0xFF21, 0xFF3A),  # Ａ-Ｚ
        (0xFF41, 0xFF5A),  # ａ-ｚ
        (0x2E80, 0x2FDF),  # radicals that a PDF prints in place of characters
        (0xF900, 0xFAFF),  # compatibility characters
        (0x3220, 0x3229),  # ㈠
        (0x2474, 0x249B),  # ⑴ ⒈
        (0x2160, 0x216B),  # Ⅰ
    )
    for first, last in ranges:
        for code in range(first, last + 1):
            table[code] = unicodedata.normalize("NFKC", chr(code))
    for code in (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD, *range(9), *range(14, 32), 127):
        table[code] = ""
    table.update({0x3000: " ", 0xA0: " ", ord("％"): "%", ord("．"): ".", ord("﹪"): "%"})
    table.update({0xFE5D: "〔", 0xFE5E: "〕"})  # ﹝2024﹞
    table.update({ord("﹒"): ".", ord("㎡"): "平方米", ord("℅"): "%"})
    return table


LOOK_ALIKES = _look_alikes()

# White space that alone parts a label from what stands before it: 提升行动　牵头：市城管局　责任：市住建局.
BEFORE_A_LABEL = r"(?<=[\u4e00-\u9fff）])[ \t]+(?={角色}(?:{单位}|{领导})?[：])"

# A label that stands in brackets before its list: 【牵头单位】市司法局【责任单位】市财政局.
LABEL_IN_BRACKETS = r"【({角色}(?:{单位}|{领导})|{时限})】[：]?"

# White space alone between the names of a list: 牵头单位：市司法局 市财政局 各县（市、区）.
LISTED = r"{角色}{单位}?[：][^。；：\n]{4,600}"
BETWEEN_NAMES = r"(?<=[{局}镇乡）])\s+(?=[{县}各团有相]{H}{2})"

# The marks of Markdown that a page leaves in a text: ## 一、总体要求, **1.加强领导。**
MARKDOWN = r"^\s{0,3}(?:#{1,6}\s*(?=\S)|>\s+)|\*\*|__"

# 一 in place of a dash between two days: 5月30日一6月4日.
ONE_FOR_A_DASH = r"(?<=[年月日号旬底初])[ \t]*一[ \t]*(?={某年}?(?!{一})(?:{某月}|{某日}))"

# A point at the end of a Chinese sentence stands for 。: 自查率100%.使用单位… But not in 一.总体要求.
POINT = (
    r"(?P<head>^\s*(?:第?{N}|{括号})[.])"
    r"|(?<=[\u4e00-\u9fff）%”])[.](?=[\u4e00-\u9fff“（]|{项号}|\s*$)"
)


def clean(line: Line) -> Line:
    """Return the line with look-alike characters in one form; white space and marks stay."""
    cells = tuple(_names_apart(cell.translate(LOOK_ALIKES)) for cell in line.cells)
    text = pattern(MARKDOWN).sub("", line.text.translate(LOOK_ALIKES))
    if "." in text:
        text = pattern(POINT).sub(lambda found: found["head"] or "。", text)
    if "一" in text:
        text = pattern(ONE_FOR_A_DASH).sub("—", text)
        cells = tuple(pattern(ONE_FOR_A_DASH).sub("—", cell) for cell in cells)
    spaced = not line.cells and len(text.split(maxsplit=1)) > 1
    if spaced:
        text = pattern(SPACED).sub(_stopped, text)
    if not line.cells:
        text = pattern(LABEL_IN_BRACKETS).sub(r"；\1：", text).removeprefix("；")
    if spaced:
        text = pattern(BEFORE_A_LABEL).sub("；", text)
        text = pattern(LISTED).sub(lambda found: pattern(BETWEEN_NAMES).sub("、", found[0]), text)
    return Line(text, line.number, line.page, cells, line.table, line.apart)


def _stopped(found: re.Match[str]) -> str:
    return f"{found['digits']}." if found["digits"] else f"{found['named']}："


def _names_apart(cell: str) -> str:
    """Put 、 between the names of a cell that stand on lines of their own."""
    if "。" in cell:
        return cell
    if "\n" in cell:
        cell = names_apart(cell)
    return cell if len(cell) > 160 else pattern(BETWEEN_NAMES).sub("、", cell)
