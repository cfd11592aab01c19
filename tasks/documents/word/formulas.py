"""Formulas as one line of text: what is drawn by their form, a bracket or a power, is written (22.1)."""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, NamedTuple

from tasks.documents.word.names import FORMULA_TEXT, TEXT, VALUE, W

M = FORMULA_TEXT.removesuffix("t")
_VALUE = f"{M}val"
SUMS, ANY = re.compile(r"[+＋\-−–±=＝]"), re.compile(r"[+＋\-−–±=＝×·*/／÷]")
_SUMS_BEHIND = re.compile(rf"(?<=.){SUMS.pattern}")  # the first of all is the sign of a number
_DIGIT, _POWER = re.compile(r"[\d)）\]]\s*\Z"), re.compile(r"\s*[-−–+]?\s*\d")
_AROUND = {"begChr": "(", "endChr": ")", "sepChr": "|"}


class FormPart(NamedTuple):
    """A part of a formula, or a sign that its form draws."""

    element: Any = None
    sign: str = ""


def _fraction(fraction: Any) -> Iterator[FormPart]:
    above, below = fraction.find(f"{M}num"), fraction.find(f"{M}den")
    bar = _said(fraction, "fPr", "type") != "noBar"
    yield from _kept_whole(above, SUMS)
    yield FormPart(sign="/" if bar else " ")
    yield from _kept_whole(below, ANY, f"{M}f")


def _brackets(brackets: Any) -> Iterator[FormPart]:
    begin, end, between = (_said(brackets, "dPr", name, usual) for name, usual in _AROUND.items())
    yield FormPart(sign=begin)
    for at, each in enumerate(brackets.iterchildren(f"{M}e")):
        yield FormPart(sign=between if at else "")
        yield FormPart(each)
    yield FormPart(sign=end)


def _raised(power: Any) -> Iterator[FormPart]:
    yield from (FormPart(power.find(f"{M}{name}")) for name in ("e", "sub"))
    yield FormPart(sign="^")
    yield from _kept_whole(power.find(f"{M}sup"), _SUMS_BEHIND)


def _root(root: Any) -> Iterator[FormPart]:
    inner = root.find(f"{M}e")
    yield FormPart(root.find(f"{M}deg"))
    yield FormPart(sign="√")
    yield from _kept_whole(inner, ANY, f"{M}f")


def _sum(total: Any) -> Iterator[FormPart]:
    yield FormPart(sign=_said(total, "naryPr", "chr", "∫"))
    yield from (FormPart(total.find(f"{M}{name}")) for name in ("sub", "sup", "e"))


FORMS: dict[str, Callable[[Any], Iterator[FormPart]]] = {
    f"{M}f": _fraction,
    f"{M}d": _brackets,
    f"{M}sSup": _raised,
    f"{M}sSubSup": _raised,
    f"{M}rad": _root,
    f"{M}nary": _sum,
}


def is_power(below: str, above: str) -> bool:
    """Say whether a raised number stands behind a number: 10 and 4 are not 104."""
    return _DIGIT.search(below) is not None and _POWER.match(above) is not None


def is_raised(said: Any) -> bool:
    """Say whether words with the properties ``said`` (rPr or None) stand above the line (17.3.2.42)."""
    mark = None if said is None else said.find(f"{W}vertAlign")
    return mark is not None and mark.get(VALUE) == "superscript"


def formula_words(part: Any) -> str:
    """Return the letters of a part of a formula or of a run, "" of none."""
    return (
        "" if part is None else "".join(each.text or "" for each in part.iter(FORMULA_TEXT, TEXT))
    )


def _said(form: Any, properties: str, name: str, usual: str = "") -> str:
    found = form.find(f"{M}{properties}/{M}{name}")
    return usual if found is None else found.get(_VALUE) or ""


def _kept_whole(part: Any, signs: re.Pattern[str], within: str = "") -> Iterator[FormPart]:
    """Yield a part, in brackets where its ``signs`` would be taken for those of the line around it."""
    several = signs.search(formula_words(part)) is not None and not _is_bracketed(part)
    several = several or bool(within) and part is not None and part.find(within) is not None
    yield FormPart(sign="(" if several else "")
    yield FormPart(part)
    yield FormPart(sign=")" if several else "")


def _is_bracketed(part: Any) -> bool:
    with suppress(ValueError):
        [form] = (each for each in part if each.tag != f"{M}ctrlPr")
        return bool(form.tag == f"{M}d")
    return False
