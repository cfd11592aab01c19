"""Telephone numbers: what is one, and how it may be shown (138****1234)."""

import re

from models.rules.calendar.days import half_width

_APART = re.compile(r"[\s\-()·.－—]+")
_MOBILE = re.compile("(?:\\+?86|0086)?(1[3-9][0-9]{9})")
_LANDLINE = re.compile("(0[1-9][0-9]{1,2})([2-8][0-9]{6,7})")
# Whatever might be one, however it is written: no line that speaks of a list of numbers shows it.
_RUN = re.compile(r"[0-9](?:[ \-()·.]?[0-9]){6,}")
_A_DAY = re.compile("20[0-9]{2}-[0-9]{2}-[0-9]{2}")
_DIGIT = re.compile("[0-9]")


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
    """Return ``line`` with every run of seven digits or more masked, but for days: too much rather than too little."""
    hidden: set[int] = set()
    for found in _RUN.finditer(half_width(line)):
        if _A_DAY.fullmatch(found[0]):
            continue
        places = [found.start() + one.start() for one in _DIGIT.finditer(found[0])]
        hidden.update(places[3:-4] or places[1:])
    return "".join("*" if n in hidden else mark for n, mark in enumerate(line))
