"""The amounts of a text: its numbers, printed or written, with their measures; found once per text."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from models.plan.reading.text.numerals import read_number, read_share
from models.plan.reading.text.patterns import pattern
from models.plan.vocabulary import Vocabulary

# A number: 95, 1,200, 99.9, 5万, 二十; a share in words: 九成, 三分之二, 百分之五, 半数.
DIGITS = r"\d{1,3}(?:[,，]\d{3})+|\d{1,12}(?:\.\d{1,6})?|[零{一}两百千]{1,7}"
NUMBER = rf"(?P<number>{DIGITS})(?P<scale>[万亿千百]{{0,2}})(?!伏)(?:余|多)?"
PER_CENT = rf"百分之(?P<percent>{DIGITS})"
SHARE = r"(?P<share>(?:\d|[{一}两])成[半{一}]?|{一}{1,2}分之{一}{1,2}|半数|(?<!通)过半(?![年月个天小])|一半)"
# The lower of two that a measure goes with: 3至5名, 80%—85%.
LOW = r"(?P<low>\d{1,6}(?:\.\d{1,3})?)(?:%(?=[至—到]\d{1,3}(?:\.\d{1,3})?%))?[至—到]"
KEPT = 4096  # texts whose amounts are remembered


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its measure, which may be empty."""

    start: int
    end: int
    value: float
    unit: str
    written: str  # the number as printed, empty for a share in words
    low: float | None = None  # of 3至5名


@lru_cache(maxsize=KEPT)
def amounts_in(text: str, words: Vocabulary) -> tuple[Amount, ...]:
    """Return the amounts of ``text`` in their order: 3至5名 is one, 2026年 is one as well."""
    return tuple(_read(pattern(rf"(?:{LOW})?{_one(words)}").finditer(text)))


def amount_at(text: str, at: int, words: Vocabulary) -> Amount | None:
    """Return the amount that begins at ``at``; of 3至5名 at either number that one."""
    found = pattern(_one(words)).match(text, at)
    return next(_read([found] if found else ()), None)


@cache
def _one(words: Vocabulary) -> str:
    measures = "|".join(words.measures)
    each = "(?:/{每份}|每(?:立方米|平方米|升|公顷))?"  # 万吨/日
    unit = rf"(?P<unit>(?:万|亿)?(?:%|‰|{measures})(?:（[\u4e00-\u9fff]）)?{each})?"  # 台（套）
    return rf"(?:{PER_CENT}|{SHARE}|{NUMBER}{unit})"


def _read(matches: Iterable[re.Match[str]]) -> Iterator[Amount]:
    for found in matches:
        groups = found.groupdict()
        written, unit = groups["number"] or "", (groups["scale"] or "") + (groups["unit"] or "")
        if groups["percent"]:
            value, unit = read_number(groups["percent"]), "%"
        elif groups["share"]:
            value, unit = read_share(groups["share"]), "%"
        else:
            value = read_number(written)
        low = read_number(groups["low"]) if groups.get("low") else None
        if value is not None:
            yield Amount(*found.span(), value, unit, written, low)
