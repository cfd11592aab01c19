"""Numbers that a field draws before its paragraph and that stand nowhere as text (AUTONUM, LISTNUM).

ECMA-376 part 1, 17.16.5.4 to 17.16.5.6 and 17.16.5.34. Word counts them anew whenever it opens a file.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from tasks.documents.counters import written
from tasks.documents.word.lists import LEVELS, W, whole
from tasks.documents.word.styles import Styles

_KIND = re.compile(r"\s*(AUTONUM|AUTONUMLGL|AUTONUMOUT|LISTNUM|SEQ)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"\s*SEQ\b.*\\h\b", re.IGNORECASE | re.DOTALL)  # counts on and shows nothing
_NAME = re.compile(r'\s*LISTNUM\s+"?(\w+)"?', re.IGNORECASE)
_FORMAT = re.compile(r'\\\*\s*"?(\w+)')
_SEPARATOR = re.compile(r'\\s\s*"?([^\s"])')
_NUMBER = {key: re.compile(rf'\\{key}\s*"?(\d{{1,5}})') for key in "ls"}
_BARE = re.compile(r"\\e\b", re.IGNORECASE)
# What a switch writes (17.16.4.3.1), as far as all programs agree.
_FORMATS = {
    "Arabic": "decimal", "alphabetic": "lowerLetter", "ALPHABETIC": "upperLetter", "roman": "lowerRoman",
    "ROMAN": "upperRoman", "CHINESENUM2": "chineseLegalSimplified", "CHINESENUM3": "chineseCountingThousand",
    "CIRCLENUM": "decimalEnclosedCircle", "GB1": "decimalEnclosedFullstop", "GB2": "decimalEnclosedParen",
    "GB3": "decimalEnclosedCircleChinese",
}  # fmt: skip
_NO_FORMATS = {"mergeformat", "charformat"}
_D, _A, _I = "decimal", "lowerLetter", "lowerRoman"
# The lists that every file has (17.16.5.34): the format of each level and what stands around it.
_NUMBERS = [(_D, "{})"), (_A, "{})"), (_I, "{})"), (_D, "({})"), (_A, "({})"), (_I, "({})")]
_NUMBERS += [(_D, "{}."), (_A, "{}."), (_I, "{}.")]
_OUTLINE = [("upperRoman", "{}."), ("upperLetter", "{}."), (_D, "{}."), (_A, "{})"), (_D, "({})")]
_OUTLINE += [(_A, "({})"), (_I, "({})"), (_A, "({})"), (_I, "({})")]
_LISTS = {"": _NUMBERS, "numberdefault": _NUMBERS, "outlinedefault": _OUTLINE, "legaldefault": []}


class NumberField(NamedTuple):
    """A field that may number its paragraph: what the answer is kept by, its code, where it stands."""

    key: Any
    code: str
    paragraph: Any


def numbers_paragraphs(code: str) -> bool:
    """Say whether a field numbers the paragraph that it stands in."""
    return bool(_KIND.match(code)) and not _UNSEEN.match(code)


def kind_of_number(code: str) -> str:
    """Return the name of such a field."""
    found = _KIND.match(code)
    return found[1].upper() if found else ""


def auto_numbers(fields: Sequence[NumberField], root: Any, styles: Styles) -> dict[Any, str]:
    """Return what each field shows, in the order of the part; "" where nobody can say for sure.

    So it is with a sequence (SEQ): others of its name may hold the numbers that they had.
    """
    sequences = [each for each in fields if kind_of_number(each.code) == "SEQ"]
    fields = [each for each in fields if kind_of_number(each.code) != "SEQ"]
    listed = [each for each in fields if kind_of_number(each.code) == "LISTNUM"]
    counted = [each for each in fields if kind_of_number(each.code) != "LISTNUM"]
    found = {each.key: "" for each in sequences}
    return found | dict(_of_lists(listed)) | dict(_of_headings(counted, root, styles))


def _of_headings(
    fields: Sequence[NumberField], root: Any, styles: Styles
) -> Iterable[tuple[Any, str]]:
    """Yield numbers that begin anew below each heading; those between headings nobody can tell."""
    levels = [styles.heading_of(each.paragraph) for each in fields]
    kinds = {kind_of_number(each.code) for each in fields}
    sure = len(kinds) == 1 and (not any(levels) or all(levels))
    if not sure or _other_headings(fields, root, styles):
        yield from ((each.key, "") for each in fields)
        return
    counts = [0] * (LEVELS + 1)
    for field, level in zip(fields, levels, strict=True):
        at = max(level, 1)
        counts[at:] = [counts[at] + 1] + [0] * (LEVELS - at)
        yield field.key, _shown(field.code, counts[1 : at + 1])


def _other_headings(fields: Sequence[NumberField], root: Any, styles: Styles) -> bool:
    """Say whether a heading without such a number stands between the first and the last."""
    own, between = {each.paragraph for each in fields}, False
    last = fields[-1].paragraph
    for paragraph in root.iter(f"{W}p"):
        if paragraph in own:
            between = paragraph is not last
        elif between and styles.heading_of(paragraph):
            return True
        if paragraph is last:
            break
    return False


def _shown(code: str, numbers: Sequence[int]) -> str:
    kind = kind_of_number(code)
    if kind == "AUTONUMOUT":
        form, around = _OUTLINE[len(numbers) - 1]
        return around.format(written(numbers[-1], form))
    named = [each for each in _FORMAT.findall(code) if each.lower() not in _NO_FORMATS]
    forms = [_FORMATS.get(each, "") for each in named] or [_D]
    if len(forms) > 1 or not forms[0] or not all(numbers):
        return ""
    said = _SEPARATOR.search(code)
    mark = said[1] if said else "."
    if kind == "AUTONUM":
        return written(numbers[-1], forms[0]) + mark
    bare = "" if _BARE.search(code) else mark
    return mark.join(written(each, forms[0]) for each in numbers) + bare


def _of_lists(fields: Sequence[NumberField]) -> Iterable[tuple[Any, str]]:
    """Yield numbers of lists, whose level is the first where the field does not say another."""
    several = Counter(each.paragraph for each in fields)
    counts: dict[str, list[int]] = {}
    for field in fields:
        named, level = _NAME.match(field.code), _said(field.code, "l")
        name = named[1].lower() if named else ""
        mixed = several[field.paragraph] > 1 or field.paragraph.find(f"{W}pPr/{W}numPr") is not None
        at = level or 1
        if name not in _LISTS or at > LEVELS or not level and mixed:
            yield field.key, ""
            continue
        own = counts.setdefault(name or "numberdefault", [0] * (LEVELS + 1))
        start = _said(field.code, "s")
        own[at:] = [own[at] + 1 if start is None else start] + [0] * (LEVELS - at)
        if name == "legaldefault":
            yield field.key, "".join(f"{max(1, each)}." for each in own[1 : at + 1])
        else:
            form, around = _LISTS[name][at - 1]
            yield field.key, around.format(written(own[at], form))


def _said(code: str, key: str) -> int | None:
    found = _NUMBER[key].search(code)
    return whole(found[1], 0) if found else None
