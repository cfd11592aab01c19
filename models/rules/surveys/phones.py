"""Telephone numbers: what is one, and how it may be shown (138****1234)."""

import re

from models.rules.calendar.days import half_width

_APART = re.compile(r"[\s\-()·.,、，_/－—–‐\u200b-\u200d\u2060\ufeff]+")
_MOBILE = re.compile("(?:\\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile("(0[1-9][0-9]{1,2})([2-8][0-9]{6,7})")
# Whatever might be one, however it is written: no line that speaks of a list of numbers shows it.
# A digit of any script or a Chinese figure; between two of them a few signs, but for those that part the
# members of a list, which must part groups as a number has them (138、0013、8000).
_FIGURE = "[\\d〇零一二三四五六七八九幺⓪①②③④⑤⑥⑦⑧⑨]"
_SIGNS = "(?:[^\\w,，、;；。:：%％‰℃]|_){0,3}"
_RUN = re.compile(f"{_FIGURE}(?:{_SIGNS}{_FIGURE}){{6,}}")
_GROUPS = re.compile(
    f"{_FIGURE}{{3,4}}(?:[,，、;；。:：]{{1,3}}\\s?{_FIGURE}{{3,4}}){{0,1}}"
    f"[,，、;；。:：]{{1,3}}\\s?{_FIGURE}{{4}}(?!{_FIGURE})"
)
_A_DAY = re.compile("(?<![0-9])20[0-9]{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])(?![0-9])")
_ONE_FIGURE = re.compile(_FIGURE)
WHOLE_NUMBER = 11  # digits; of fewer even less is shown, for what is hidden could be guessed


def phone_of(text: str) -> str:
    """Return a number as it is dialled: 11 digits, or a landline with its area code; empty for none.

    A landline without its area code is none: the same digits ring elsewhere.
    """
    digits = _APART.sub("", half_width(text))
    if found := _MOBILE.fullmatch(digits):
        return found[1]
    return digits if _LANDLINE.fullmatch(digits) else ""


def masked_phone(number: str) -> str:
    """Return a number with its middle hidden: 138****1234, 093****456."""
    ends = 4 if len(number) == 11 and number.startswith("1") else 3
    return number[:3] + "*" * max(0, len(number) - 3 - ends) + number[-ends:]


def masked_line(line: str) -> str:
    """Return ``line`` with all that may be a number masked, but for days: too much rather than too little."""
    plain = _A_DAY.sub(lambda day: "日" * len(day[0]), half_width(line))
    hidden: set[int] = set()
    for pattern in (_RUN, _GROUPS):
        for found in pattern.finditer(plain):
            places = [found.start() + one.start() for one in _ONE_FIGURE.finditer(found[0])]
            hidden.update(places[3:-4] if len(places) >= WHOLE_NUMBER else places[1:-2])
    return "".join("*" if n in hidden else mark for n, mark in enumerate(line))
