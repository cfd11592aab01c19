"""The numbers at the heads of items: 一、（一）1.（1）①, 第一部分, 行动一."""

from dataclasses import dataclass, replace

from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import HAN, pattern, squeeze
from models.plan.vocabulary import default_vocabulary

CN = "[{一}百]{1,4}"
_NO_COUNT = "(?![年月日个家名人次项件条时天周期场处])"
# Kinds of numbers from the outermost to the innermost, as documents usually nest them, with examples.
# A document that nests them otherwise is understood by the order in which its kinds appear.
MARKERS = (
    ("part", rf"第({CN})(?:部分|编|篇|章)[：、.]?"),  # 第一部分
    ("subpart", rf"第({CN})节[：、.]?"),  # 第一节
    ("roman", r"({罗马})[、.](?=[\u4e00-\u9fff“《])"),  # Ⅰ、 which lines have as I、
    ("stem", r"({甲})[、.：](?!{甲})(?=[\u4e00-\u9fff“《])"),  # 甲、
    ("chapter", rf"({CN})[、.](?![、.])|({CN})：(?={{H}}{{2}})"),  # 一、
    (
        "stage",
        rf"第({CN}|\d{{1,2}})(?:阶段|步)(?=[：:、.（(，,—]|{{H}}|$)[：、，—]{{0,2}}",
    ),  # 第一阶段：
    ("stage", rf"(?:阶段|步骤)({CN}|\d{{1,2}})[：、.]"),  # 阶段一：
    (
        "action",
        rf"(?:专项行动|{{编号词}}|{{条目词}})({CN}|\d{{1,2}})[：、.]",
    ),  # 行动一：
    ("ordinal", rf"第({CN})[，、](?=[\u4e00-\u9fff]{{2,12}}[。：])"),  # 第一，总体目标。
    ("section", rf"（({CN})）[、.：]?"),  # （一）
    ("article", rf"第({CN})条[：、.]?"),  # 第一条
    (
        "number",
        r"(\d{1,2})(?=[\u4e00-\u9fff]{2,14}$)" + _NO_COUNT,
    ),  # 1 总体目标
    ("decimal3", r"\d{1,2}\.\d{1,2}\.(\d{1,2})[.、]?(?=[\u4e00-\u9fff“《])"),  # 1.2.3
    (
        "decimal2",
        r"(?!{日名}(?:全国|国家|国际|世界|{宣传日}))\d{1,2}\.(\d{1,2})[.、]?(?=[\u4e00-\u9fff“《])(?!{数后})",
    ),  # 1.2
    # of four digits no year: 1000.
    (
        "item",
        r"(\d{1,3}|1[0-8]\d\d|[3-9]\d{3})[.、](?!\d)|(\d{4})[.](?={H}{3})|(\d{1,2})[.、](?=20\d\d年|\d{1,2}月)",
    ),  # 1.  1、  1.2025年3月
    ("sub", r"（(\d{1,2})）[、.]?"),  # (1)
    ("half", r"(\d{1,2})）[、.]?"),  # 1)
    ("circle", r"({①})[、.]?"),  # ①
    ("letter", r"([A-Za-z])[.、）](?=[\u4e00-\u9fff“《])"),  # A.
)
# All of them, the first that fits; a kind that has two forms is told by _ behind its name.
_ANY = "|".join(
    f"(?P<{kind}{'_' * [name for name, _ in MARKERS[:at]].count(kind)}>{expression})"
    for at, (kind, expression) in enumerate(MARKERS)
)
# A number with nothing but white space behind it: 1 加强培训。  任务一 加强培训
SPACED = (
    rf"^\s*(?:(?P<digits>0[1-9]|[1-9]\d?)[ \t](?=[“{HAN}][^，；：\s]{{3,24}}(?:。|$)){_NO_COUNT}"
    rf"|(?P<named>{{编号词}}[{{一}}\d]{{1,2}})[ \t]+(?=[“{HAN}]))"
)
BULLET = r"[-—{记号}*]{1,2}"
_BULLETED = rf"{BULLET}(?=\d|（|附)"
_IN_ORDER = {"stem": "甲", "circle": "①"}  # numbers whose value is their place in their list
_ROMAN = {"I": 1, "V": 5, "X": 10}
BARE = "bare"  # a number alone in its cell or on its line
KINDS = ("heading", *dict.fromkeys(kind for kind, _ in MARKERS), BARE)
# A number without a mark behind it, which only a list of many has: 1按时办结率.
PLAIN = r"(\d{1,3})[.．、]?(?=[\u4e00-\u9fff“《])(?!{数后}|{可疑量词}|{周期}|分|级)"
RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the head of a passage: its kind, its value, and how it is printed."""

    kind: str
    number: int
    printed: str
    length: int


def read_marker(text: str, at: int = 0) -> Marker | None:
    """Return the number that stands in ``text`` at ``at``, None when there is none."""
    bullet = pattern(_BULLETED).match(text, at)
    found = pattern(_ANY).match(text, bullet.end() if bullet else at)
    if found is None or found.lastgroup is None or found.lastindex is None:
        return None
    kind = found.lastgroup.rstrip("_")
    value = next(group for group in found.groups()[found.lastindex :] if group)
    return Marker(kind, _value(kind, value), found[0], found.end() - at)


def numbered(text: str) -> tuple[Marker | None, str]:
    """Return the number at the head of ``text``, be it one without a mark, and the words behind it."""
    said = squeeze(text)
    marker = read_marker(said)
    if marker is None and (found := pattern(PLAIN).match(said)):
        marker = Marker("item", int(found[1]), found[1], found.end())
    return marker, said[marker.length :] if marker else said


def number_alone(text: str) -> Marker | None:
    """Return the number that ``text`` is and nothing else, as a cell or a line of its own has it: 12, 三, （二）."""
    printed = squeeze(text).rstrip(".、")
    found = pattern(r"\d{1,4}|（?[{一}]{1,3}）?").fullmatch(printed)
    return Marker(BARE, count_of(printed), printed, 0) if found else None


def count_of(printed: str) -> int:
    """Return what a printed number counts: 三 -> 3, （二） -> 2, 1.1.4 -> 4; 0 for no number."""
    if marker := read_marker(printed + "、") or read_marker(printed):
        return marker.number
    if found := pattern(r"(\d{1,4})$").search(printed):
        return int(found[1])
    return read_integer(pattern(r"[^{一}百]").sub("", printed)) or 0


def code_of(text: str) -> str:
    """Return a printed code with points between its numbers: 1.1.2, 1-1-2 -> 1.1.2; "" for any other text."""
    found = pattern(r"\d{1,3}(?:[.．-]\d{1,3})*[.．]?").fullmatch(text)
    return pattern("[．-]").sub(".", text).rstrip(".") if found else ""


def with_letters(markers: list[Marker | None]) -> None:
    """Take I behind H for a letter: alone it is the first Roman number."""
    last = 0
    for at, marker in enumerate(markers):
        if marker and marker.kind == "roman" and marker.printed[:1] == chr(ord("A") + last):
            marker = markers[at] = replace(marker, kind="letter", number=last + 1)
        if marker and marker.kind == "letter":
            last = marker.number


def _value(kind: str, text: str) -> int:
    if kind in _IN_ORDER:
        return default_vocabulary().words(_IN_ORDER[kind]).index(text) + 1
    if kind == "roman":
        values = [_ROMAN[letter] for letter in text]
        return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))
    if kind == "letter":
        return ord(text.lower()) - ord("a") + 1
    return read_integer(text) or 0
