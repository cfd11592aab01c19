"""Read how many a text says, in digits or in characters: 12, 1,200, 1.2万, 三百余件, 百分之九十.

Days, years, articles, numbers of papers, codes and set phrases (三项制度) are no figures. A lone 一 (一项重要工作) is
read, and marked as one that may be no count.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}
_CHARACTERS = "".join((*_DIGITS, *_TENS, *_MYRIADS))
# What is counted; without one of these characters are words (一是, 统一, 十四五) and no number.
_MEASURES = "个(?!月|季度|工作日|小时|星期|百分点)|人次|场次|课时|[条件份项期次人名场起宗处家批篇部例户支所本册幅块台套组万亿]"
_SET_PHRASES = (
    "[一二两三四五六七八九十]{1,3}(?:项制度|重一大|个(?:维护|确立|意识|自信|全面|规定|坚持|统一|一律|必须|不准|严禁|方面|层面"
    "|环节|结合|转变|务必|到位))|一件事|一次性|一份子|一部分|一家人|一条龙|一条心"
)
# Every run has an end, so that a text takes no longer than its length.
# What has digits and is no figure: days, years, spans, numbers of papers, articles, codes, marks of sources.
_NO_FIGURE = re.compile(
    r"【[^】]*】?|\d{4}\s*年(?:度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?|\d{1,2}\s*月(?:\s*\d{1,2}\s*日|份|底|初)?"
    r"|\d{1,9}\s{0,3}个?(?:月|季度|工作日|小时|星期|年)|〔\d{4}〕\s*\d*\s*号?|第\s*\d+\s*(?:条|期|号|次|批|届|章|款|季度)"
    r"|\d{4}-\d{1,2}(?:-\d{1,2})?"
    r"|[A-Za-z]{1,20}\d[\w.#-]*|\d{1,9}(?:\.\d{1,9}){2,9}(?:#\d{1,9})?|\d{1,9}(?:\.\d{1,9}){1,9}#\d{1,9}|\[\d{1,9}\]"
    r"|附表\s{0,3}\d{1,9}|\d{1,9}[·•]\d{1,9}|^\s*\d{1,9}[.、．](?!\d)"
    rf"|[〇零一二三四五六七八九十]{{1,8}}年|第\s{{0,3}}[{_CHARACTERS}]{{1,20}}\s{{0,3}}\w|{_SET_PHRASES}"
)
_NUMBER = re.compile(
    rf"百分之(?P<percent>[{_CHARACTERS}点]{{1,20}})"
    r"|(?P<figures>\d{1,3}(?:[,，]\d{3}){1,5}(?!\d)(?:\.\d{1,9})?|\d{1,18}(?:\.\d{1,9})?)\s{0,3}(?P<scale>[万亿]?)(?P<more>[余多]?)(?P<after>[万亿]?)"
    rf"|(?P<written>[几数]?[{_CHARACTERS}]{{1,20}})(?P<some>[余多几]?)(?P<great>[万亿]?)(?={_MEASURES})"
)
_OVER = re.compile("(?:超过|超出|突破|超|逾|上|不少于|不低于|至少)$")
_UNDER = re.compile("(?:不超过|不到|少于|低于|不足)$")
_NEARLY = re.compile("(?:将近|接近|(?<![最附])近)$")
_ABOUT = re.compile("(?:大约|(?<![节预合])约)$")
_OR_MORE, _OR_SO = re.compile("^[^，。；]{0,3}?以上"), re.compile("^[^，。；]{0,3}?左右")
_WORDS_OF_SIZE = re.compile("[百千万亿]")  # 千家万户; 上百件 says how many, if not exactly
_NEAR = 8  # characters in which words about a number stand
_A_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between what a number may lie, both counted; ``high`` is None where it has no end."""

    low: Decimal
    high: Decimal | None

    def hold(self, value: Decimal) -> bool:
        """Say whether ``value`` is what the text says."""
        return self.low <= value and (self.high is None or value <= self.high)


@dataclass(frozen=True, slots=True)
class CountSaid:
    """A number of a text: as it is written, from where to where, and what it may mean.

    ``bounds`` are None for one that says no number (数十件). ``measure`` is what it is counted in where its
    own words say so (百分之 is %). A ``lone`` one may be no count.
    """

    text: str
    start: int
    end: int
    bounds: Bounds | None
    measure: str = ""
    lone: bool = False


def counts_in(sentence: str) -> Iterator[CountSaid]:
    """Yield every number of ``sentence`` that may be a figure, in its order."""
    plain = _NO_FIGURE.sub(lambda one: "\0" * len(one[0]), sentence)
    for found in _NUMBER.finditer(plain):
        text = found[0].strip()
        value, unit = _value(found)
        bounds = None if value is None else _bounds(plain, found, value, unit)
        if (
            value is None
            and _WORDS_OF_SIZE.match(found[0])
            and not _OVER.search(_before(plain, found))
        ):
            continue
        yield CountSaid(
            text,
            found.start(),
            found.end(),
            bounds,
            "%" if found["percent"] else "",
            lone=found["written"] == "一",
        )


def _before(plain: str, found: re.Match[str]) -> str:
    return plain[max(0, found.start() - _NEAR) : found.start()].rstrip()


def _value(found: re.Match[str]) -> tuple[Decimal | None, Decimal]:
    """Return what is written, and how much 余 behind it may add."""
    if found["percent"]:
        return _with_point(found["percent"]), Decimal(1)
    if found["figures"]:
        value = Decimal(re.sub("[,，]", "", found["figures"]))
        scale = Decimal(_MYRIADS.get(found["scale"] or found["after"], 1))
        return value * scale, _last_place(value) * scale
    value_or_none = written_number(found["written"], more=bool(found["some"]))
    if value_or_none is None:
        return None, Decimal(1)
    scale = Decimal(_MYRIADS.get(found["great"], 1))
    return Decimal(value_or_none) * scale, _last_place(Decimal(value_or_none)) * scale


def _with_point(text: str) -> Decimal | None:
    whole, _, part = text.partition("点")
    number = written_number(whole, more=True)
    if number is None or any(c not in _DIGITS for c in part):
        return None
    return Decimal(number) + Decimal("0." + "".join(str(_DIGITS[c]) for c in part or "零"))


def _last_place(value: Decimal) -> Decimal:
    """Return the place of the last figure that is not nought: 100 of 300, 10 of 120."""
    return Decimal(10) ** int(value.normalize().as_tuple().exponent)


def _bounds(plain: str, found: re.Match[str], value: Decimal, unit: Decimal) -> Bounds:
    before, behind = _before(plain, found), plain[found.end() : found.end() + _NEAR]
    if found["more"] or found["some"]:
        return Bounds(value + min(unit, Decimal(1)), value + unit)
    if _UNDER.search(before):
        return Bounds(Decimal(0), value)
    if _OVER.search(before) or _OR_MORE.search(behind):
        return Bounds(value, None)
    off = value * _A_TENTH
    if _NEARLY.search(before):
        return Bounds(value - off, value)
    if _ABOUT.search(before) or _OR_SO.search(behind):
        return Bounds(value - off, value + off)
    return Bounds(value, value)


def written_number(text: str, *, more: bool = False) -> int | None:
    """Return a number written in characters: 312 of 三百一十二, 12000 of 一万二千, 120 of 一百二.

    None for one that says none: 三五件, 数十, and 百 alone without ``more`` (百余) behind it.
    """
    if not text or text[0] in "几数" or (not more and text[0] in "百千万亿"):
        return None
    if all(c in _DIGITS for c in text):
        numbers = [str(_DIGITS[c]) for c in text]
        return int("".join(numbers)) if len(numbers) == 1 or "〇" in text else None
    total = part = digit = 0
    last = 1  # the size before, by which 一百二 is 120
    for n, c in enumerate(text):
        if c in _DIGITS:
            if digit and c not in "零〇":
                return None
            digit = _DIGITS[c]
            last = 1 if c in "零〇" else last
        elif c in _TENS:
            part += (digit or (0 if n and text[n - 1] not in "零〇" else 1)) * _TENS[c]
            digit, last = 0, _TENS[c]
        else:
            total += (part + digit or 1) * _MYRIADS[c]
            part, digit, last = 0, 0, _MYRIADS[c]
    return total + part + digit * (last // 10 if last > 10 else 1)
