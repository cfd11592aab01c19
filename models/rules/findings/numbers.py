"""The numbers of dispatches: the office's form, one after the other within a year, read from a file's name."""

import re

from models.rules.words import Worded

FORM = "督办〔{year}〕{number}号"
LONGEST_FORM = 40
_BETWEEN = "[^0-9]{0,6}"


class DispatchState(Worded):
    """Where a dispatch stands."""

    ISSUED = "issued", "已发出"
    RETURNED = "returned", "回件待确认"
    ANSWERED = "answered", "已办结"
    VOID = "void", "作废"


def number_in_words(form: str, year: int, number: int) -> str:
    """Return a number as the office writes it."""
    return (form or FORM).replace("{year}", str(year)).replace("{number}", str(number))


def form_fault(form: str) -> str:
    """Return what is wrong with an office's form of numbers; empty when it will do."""
    if len(form) > LONGEST_FORM or not form.isprintable():
        return f"编号样式应是一行、{LONGEST_FORM} 个字以内的文字"
    if form.count("{year}") != 1 or form.count("{number}") != 1:
        return f"编号样式里应各有一个 {{year}} 和 {{number}}，如 {FORM}"
    if form.index("{year}") > form.index("{number}"):
        return f"编号样式里年份在前、序号在后，如 {FORM}"
    return ""


def number_named(name: str, form: str = FORM) -> tuple[int, int] | None:
    """Return year and number that the name of a file holds (督办〔2026〕3号.pdf, 督办2026-3.pdf); None for none.

    What stands before the year in the office's form must stand before it there too.
    """
    head = re.escape(re.sub("[〔\\[（(【\\s]+$", "", (form or FORM).split("{year}")[0]))
    found = re.search(
        f"{head}{_BETWEEN}(20[0-9]{{2}}){_BETWEEN}?0*([1-9][0-9]{{0,4}})(?![0-9])", name
    )
    return (int(found[1]), int(found[2])) if found else None


def names_a_dispatch(name: str) -> bool:
    """Say whether the name of a file looks like that of a dispatch that came back: 督…2026…3."""
    return bool(re.search(f"督{_BETWEEN}20[0-9]{{2}}{_BETWEEN}[0-9]", name))
