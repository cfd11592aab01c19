"""Whether a row of a table is the rest of the row above, which a page broke, by what its cells hold."""

from models.plan.reading.text.cell_lines import NAME, REST
from models.plan.reading.text.patterns import pattern

PARTS = r"[、，,；;。\s]+"
_GOES_ON = r"(?:[、，,（(《“—~－和及与至]|[^\d]-)$"
_WENT_ON = r"[、，,；;。：:）)》”]"
# A name that begins at its beginning: 市公安局, 各镇街, 有关部门.
_BEGINS = r"[{县}各全属]|有关|相关|人民|公安|税务|气象"
# A date that lacks its end: 2024年9 | 月底前, 9月3 | 0日前, 至2026年6 | 月.
_OPEN_TIME = r"[年月]\d{1,2}$"
_OPEN_YEAR = r"(?<![\d.．/-])20\d\d$"
# The end of a date: 底前, 日前, 月底前 behind a digit.
_REST_OF_TIME = r"(?:底|前(?!.?季度)|末|内|月?[）)]|0?日(?!常))"


def text_breaks(above: str, below: str) -> bool:
    """Say whether a cell of text visibly goes on in the cell below: an open bracket, a comma."""
    if not above or not below:
        return False
    opened = any(above.count(a) > above.count(b) for a, b in ("（）", "《》", "“”"))
    return opened or bool(pattern(_GOES_ON).search(above) or pattern(_WENT_ON).match(below))


def names_break(above: str, below: str) -> bool:
    """Say whether a list of bodies visibly goes on below: 县文 / 旅局, 市发展和改革委 / 员会."""
    if not below:
        return False
    if len(below) < 2 or text_breaks(above, below):
        return True
    last, first = pattern(PARTS).split(above)[-1], pattern(PARTS).split(below)[0]
    if not last:
        return False
    if pattern(REST).fullmatch(first):
        return True
    if pattern(NAME).fullmatch(last) or pattern(_BEGINS).match(first):
        return False
    return bool(pattern(NAME).fullmatch(last + first))


def time_breaks(above: str, below: str) -> bool:
    """Say whether a date visibly goes on below: 2024年9月 / 底前, 2026年9 / 月底前."""
    if not below:
        return False
    if pattern(_REST_OF_TIME).match(below) or text_breaks(above, below):
        return True
    within = pattern(_OPEN_TIME).search(above) and pattern(r"[\d月日]").match(below)
    return bool(within or (pattern(_OPEN_YEAR).search(above) and below.startswith("年")))


def whole_time(above: str) -> bool:
    """Say whether a cell holds a date, and none that may go on below: not 2024年, nor nothing."""
    return bool(above) and not pattern(r"20\d\d年?$|\d$").search(above)
