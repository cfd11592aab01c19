"""The demands in an indicator's text: each sentence and each negative half is one that can be proved.

An indicator of the national system is one to four sentences, a duty, often with a negative half
(不存在…); evidence and targets hang on the demand, not on the indicator.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Protocol

from models.rules.bounds import shown

STOPS = "。；;！"
COMMAS = "，,"
OPENING, CLOSING = "“《（(【〔「『", "”》）)】〕」』"
# Begins what must not be: behind a comma it is a demand of its own, proved otherwise than what stands before.
_AND = "且|并且|但|同时|坚决|切实|有效"
_NOT = "不存在|不发生|未发生|没有发生|没有出现|不出现|未出现|杜绝|严禁|禁止"
_MAY_NOT, _BOUNDS = "不得", "低于|少于|超过|高于"  # a bound on a number is no negative half
_NONE, _NAMES = "无", "论|偿|障碍|缝|纸|证明|线"  # 无偿, 无障碍 are names
NEGATIVE = re.compile(f"(?:{_AND})?(?:{_NOT}|{_MAY_NOT}(?!{_BOUNDS})|{_NONE}(?!{_NAMES}))")
# Opens a part of a list within a text: （1） 1. ① 一是
LISTED = re.compile(
    "[①-⑳]|（[0-9一二三四五六七八九十]{1,3}）|[0-9]{1,2}(?:[.、)）])(?![0-9])|[一二三四五六]是"
)
SHORTEST = 4  # characters; less is no demand but the tail of one
MOST = 30  # of one item; the rest of the text stays with the last
LONGEST_DEMAND = 200  # characters; a person should look whether it is one


def split_demands(text: str, numbers: Sequence[tuple[int, int]] = ()) -> list[str]:
    """Return the demands of a text in its order; together they are the text, nothing is left out.

    A text is parted at the ends of sentences, where a list goes on, before a negative half, and at the
    last comma between two of ``numbers`` (where targets stand in it). What stands in quotes, titles or
    brackets is never parted. A text of blanks has none.
    """
    cuts = [0, *sorted(set(_cuts(text, numbers))), len(text)]
    pieces = [text[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    found: list[str] = []
    for piece in pieces:
        short = len(piece.strip(STOPS + COMMAS + " \n\t")) < SHORTEST
        if found and (short or len(found) >= MOST):
            found[-1] += piece
        else:
            found.append(piece)
    if len(found) > 1 and len(found[0].strip(STOPS + COMMAS + " \n\t")) < SHORTEST:
        found[:2] = [found[0] + found[1]]
    said = [one.strip().strip(COMMAS).strip() for one in found]
    return [one for one in said if one]


def _cuts(text: str, numbers: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Yield the offsets at which a demand begins, in no order."""
    depth, commas = 0, []
    for at, char in enumerate(text):
        if char in OPENING and not LISTED.match(text, at):
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        if depth:
            continue
        if char in STOPS or char == "\n":
            yield at + 1
        elif char in COMMAS:
            commas.append(at + 1)
            if NEGATIVE.match(text, at + 1):
                yield at + 1
        if at and LISTED.match(text, at) and text[at - 1] in STOPS + COMMAS + "：: \n":
            yield at
    for (_, end), (start, _) in zip(numbers, numbers[1:], strict=False):
        if between := [comma for comma in commas if end < comma <= start]:
            yield between[-1]


class Number(Protocol):
    """A number that must be reached, and the words it stands in."""

    @property
    def text(self) -> str: ...
    @property
    def op(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def unit_of_value(self) -> str: ...


IN_COMMON = 4  # characters in a row that two demands of one number share


def same_number(one: Number, other: Number) -> bool:
    """Say whether two demands ask for the same number: as much, of what has `IN_COMMON` characters in common."""
    if one.value is None or (one.op, one.value, one.unit_of_value) != (
        other.op,
        other.value,
        other.unit_of_value,
    ):
        return False
    first, second = ("".join(re.findall(_WORDS, of.text)) for of in (one, other))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.find_longest_match().size >= IN_COMMON


def period_of(text: str) -> str:
    """Return for which period a demand is measured: year, quarter, month; empty where it says none."""
    for period, words in _PERIODS:
        if re.search(words, text):
            return period
    return ""


_PERIODS = (
    ("month", "每月|每个月|月均|按月"),
    ("quarter", "每季|每个季度|季均|按季"),
    ("year", "每年|每个年度|每年度|年均|一年|年度内|本年度|按年|每人每年"),
)


def shares_of(text: str, unit: str) -> tuple[str, str]:
    """Return what is counted and out of what, as a demand says it; empty where it does not.

    法律顾问占执法人员总数的比例 -> 法律顾问, 执法人员总数; 人均不少于40学时 -> 学时, 人数.
    """
    if found := _SHARE.search(text):
        return found["part"].strip(), found["whole"].strip()
    if found := _OF.search(text):
        return "", found["whole"].strip()
    if re.search("人均|每人|每名|每位", text) and unit not in ("%", "‰"):
        return unit, "人数"
    if found := _RATE.search(text):
        return f"{found['what']}数", ""
    return "", ""


_WORDS = "[\u4e00-\u9fff]"
_PEOPLE, _OF_THEM, _TAKES = "人数|数量", "的", "占"
_RATIO = "比例|比重|百分比|[0-9百]"
_SHARE = re.compile(
    f"(?P<part>{_WORDS}{{2,20}}?)(?:{_PEOPLE})?{_TAKES}"
    f"(?P<whole>{_WORDS}{{2,20}}?)(?:{_OF_THEM})?(?:{_RATIO})"
)
_AT_LEAST, _TOTALS = "不低于|不少于|不高于|不超过|达到", "总数|总人数|总量|人数|数量"
_OF = re.compile(f"(?:{_AT_LEAST})(?P<whole>{_WORDS}{{2,20}}?(?:{_TOTALS})){_OF_THEM}")
_SO_MANY = "率"
_RATE = re.compile(f"(?P<what>{_WORDS}{{2,16}}?){_SO_MANY}")


_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?[%‰]?")
# Numbers that count nothing: of a part of a list, of a year, in a title, of a document, an article.
_COUNTS_NOTHING = re.compile(
    f"^(?:{LISTED.pattern})|[12][0-9]{{3}}年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?"
    "|《[^》]{1,80}》|〔[0-9]{4}〕[0-9]{1,5}号|第[0-9]{1,4}[条款项章届次批期]"
)


def _without_names(text: str) -> str:
    return _COUNTS_NOTHING.sub("", text)


def demand_doubts(text: str, targets: int, *, has_target: bool, compared: bool) -> list[str]:
    """Return what a person should look at in a demand as it was read, a line each.

    ``targets`` is how many numbers stand in it that must be reached, ``has_target`` whether one is
    registered, ``compared`` whether one of them is measured against an earlier period.
    """
    found = []
    if targets > 1:
        found.append(f"有 {targets} 个目标值，只登记了第一个；请拆成几项要求")
    if compared:
        found.append("目标值是与以前相比，请核对怎样计算")
    if not targets and not has_target and (number := _NUMBER.search(_without_names(text))):
        found.append(f"里面的数字“{shown(number[0])}”没有当作目标值，请核对")
    if len(text) > LONGEST_DEMAND:
        found.append(f"有 {len(text)} 个字，可能不止一项要求")
    return found
