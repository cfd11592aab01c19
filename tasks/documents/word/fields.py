"""Fields of Word: text between marks, which the paper shows, or only the code that makes it (17.16)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from models.plan.reading.text.marks import MISSING
from tasks.documents.pages import CONTENTS, FIELD_CODE
from tasks.documents.word.auto_numbers import (
    NumberField,
    auto_numbers,
    kind_of_number,
    numbers_paragraphs,
)
from tasks.documents.word.drawn_codes import Drawn, drawn_by
from tasks.documents.word.names import (
    BOX,
    DRAWN_TEXT,
    FORMULA_TEXT,
    OBJECT,
    STRUCK_TAGS,
    TEXT,
    WORD_ART,
    P,
    W,
)
from tasks.documents.word.styles import Styles

MARK, CODE, SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_RESULTS = (TEXT, FORMULA_TEXT, DRAWN_TEXT)
# A result may be drawn: a sign, a picture, letters along a path.
_DRAWN_RESULTS = (f"{W}sym", f"{W}drawing", f"{W}pict", OBJECT, WORD_ART)
_TYPE = f"{W}fldCharType"
# What only keeps its result for others to show (17.16.5.3, 17.16.5.58).
_KEEPS = re.compile(r"\s*(?:SET|ASK)\b", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:TOC|TOA|INDEX)\b", re.IGNORECASE)
# What shows words of another place. Where nobody has worked it out yet, some program will when it is opened.
_WORKED_OUT = re.compile(
    r"\s*(REF|STYLEREF|MERGEFIELD|DOCPROPERTY|DOCVARIABLE|INCLUDETEXT|IF|DATE|CREATEDATE|SAVEDATE|TIME)\b|\s*(=)",
    re.IGNORECASE,
)


class _Step(NamedTuple):
    """What a mark does: a field opens, its result begins, it closes."""

    kind: str
    why: str = ""  # why the result of an opening field is no text
    drawn: Drawn = Drawn()  # what a closing field shows


def why_result_is_none(code: str) -> str:
    """Return why the result of a field is no text of the document: a list of what stands elsewhere, kept for others."""
    return CONTENTS if _LIST.match(code) else FIELD_CODE if _KEEPS.match(code) else ""


class Fields:
    """Follows the marks of one part in order; a mark without its like is as if it were not there."""

    def __init__(self, root: Any, styles: Styles) -> None:
        """Take the part; every mark of it is then met once, in order."""
        self._steps = _steps(root, styles)
        self._open: list[
            tuple[str, str]
        ] = []  # why its result is no text; why all around it is none
        self.why = ""  # why text that stands here is none of the document's

    @contextmanager
    def apart(self) -> Iterator[None]:
        """Read what stands apart from the text around it, whose fields say nothing of it."""
        around, self.why = self.why, ""
        yield
        self.why = around

    def meet(self, mark: Any) -> Drawn:
        """Pass a mark; return what the field that ends with it shows and holds nowhere as text."""
        step = self._steps.get(mark)
        if step is None or step.kind not in {"begin", "whole"} and not self._open:
            return Drawn()
        if step.kind == "begin":
            self._open.append((step.why, self.why))
            self.why = self.why or FIELD_CODE
        elif step.kind == "separate":
            own, around = self._open[-1]
            self.why = around or own
        elif step.kind == "end":
            self.why = self._open.pop()[1]
        return step.drawn


def _steps(root: Any, styles: Styles) -> dict[Any, _Step]:
    steps: dict[Any, _Step] = {}
    stories: dict[Any, list[tuple[Any, list[Any], list[str]]]] = {}  # begin, separate if met, code
    numbers: list[NumberField] = []
    if next(root.iter(MARK, SIMPLE), None) is None:  # as in most files
        return steps
    shows = _with_results(root)
    for each in root.iter(MARK, CODE, SIMPLE):
        kind = each.get(_TYPE)
        if each.tag == SIMPLE:
            if each not in shows:
                code = each.get(f"{W}instr") or ""
                steps[each] = _Step("whole", drawn=_of_simple(code, each))
                numbers += _numbers(each, code)
            continue
        # A box is read behind its paragraph: no field reaches over its edge.
        fields = stories.setdefault(next(each.iterancestors(BOX), None), [])
        if each.tag == CODE:
            if fields and not fields[-1][1]:
                fields[-1][2].append(each.text or "")
        elif kind == "begin":
            fields.append((each, [], []))
        elif kind == "separate" and fields and not fields[-1][1]:
            fields[-1][1].append(each)
        elif kind == "end" and fields:
            begin, middle, pieces = fields.pop()
            code = "".join(pieces)
            steps[begin] = _Step("begin", why_result_is_none(code))
            steps.update((each, _Step("separate")) for each in middle)
            steps[each] = _Step("end")
            if each not in shows:  # though many write the mark that begins a result: a box to tick
                drawn = drawn_by(code, begin)
                steps[each] = _Step("end", drawn=drawn if drawn.text or middle else _open(code))
                numbers += _numbers(each, code)
    if numbers:
        shown_by = auto_numbers(numbers, root, styles) if numbers else {}
        for each in numbers:
            unsure = Drawn(f"自动编号（{kind_of_number(each.code)}）", MISSING)
            drawn = Drawn(shown_by[each.key]) if shown_by[each.key] else unsure
            steps[each.key] = _Step("end" if each.key.tag == MARK else "whole", drawn=drawn)
    return steps


def _of_simple(code: str, field: Any) -> Drawn:
    drawn = drawn_by(code, field)
    return drawn if drawn.text else _open(code)


def _open(code: str) -> Drawn:
    """Say that nobody has worked out what a field shows."""
    found = _WORKED_OUT.match(code)
    return Drawn(f"没有更新的域（{(found[1] or found[2]).upper()}）", MISSING) if found else Drawn()


def _numbers(key: Any, code: str) -> list[NumberField]:
    """Return a field that numbers a paragraph, none that is struck."""
    if not numbers_paragraphs(code):
        return []
    paragraph = None
    for each in key.iterancestors():
        if each.tag in STRUCK_TAGS:
            return []
        if each.tag == P:
            paragraph = each
            break
    return [] if paragraph is None else [NumberField(key, code, paragraph)]


def _with_results(root: Any) -> set[Any]:
    """Return the fields that hold a result: the marks of their ends, or what is a field by itself."""
    found: set[Any] = set()
    begun: list[int] = []
    results = 0
    for each in root.iter(MARK, SIMPLE, *_RESULTS, *_DRAWN_RESULTS):
        kind = each.get(_TYPE)
        if each.tag in _DRAWN_RESULTS:
            results += 1
        elif each.tag in _RESULTS:
            results += bool((each.text or "").strip())
        elif each.tag == SIMPLE:
            if _shows(each):
                found.add(each)
        elif kind == "separate" and begun:
            begun[-1] = results  # what stands before is of its code
        elif kind == "begin":
            begun.append(results)
        elif kind == "end" and begun and begun.pop() < results:
            found.add(each)
    return found


def _shows(field: Any) -> bool:
    return next(field.iter(*_DRAWN_RESULTS), None) is not None or any(
        (each.text or "").strip() for each in field.iter(*_RESULTS)
    )
