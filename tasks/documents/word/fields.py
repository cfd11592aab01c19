"""Fields of Word: text between marks, which the paper shows, or only the code that makes it (17.16)."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from models.plan.marks import MISSING
from tasks.documents.pages import CONTENTS, FIELD_CODE
from tasks.documents.word.auto_numbers import (
    NumberField,
    auto_numbers,
    kind_of_number,
    numbers_paragraphs,
)
from tasks.documents.word.drawn_codes import Drawn, drawn_by
from tasks.documents.word.names import BOX, STRUCK_TAGS, TEXT, P, W
from tasks.documents.word.styles import Styles

MARK, CODE, SIMPLE = f"{W}fldChar", f"{W}instrText", f"{W}fldSimple"
_TYPE = f"{W}fldCharType"
# What only keeps its result for others to show (17.16.5.3, 17.16.5.58).
_KEEPS = re.compile(r"\s*(?:SET|ASK)\b", re.IGNORECASE)
_LIST = re.compile(r"\s*(?:TOC|TOA|INDEX)\b", re.IGNORECASE)


class _Step(NamedTuple):
    """What a mark does: a field opens, its result begins, it closes."""

    kind: str
    why: str = ""  # why the result of an opening field is no text
    drawn: Drawn = Drawn()  # what a closing field shows


def instruction_lists(code: str) -> bool:
    """Say whether a field makes a list of what stands elsewhere: of contents, of an index."""
    return bool(_LIST.match(code))


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
    for each in root.iter(MARK, CODE, SIMPLE):
        kind = each.get(_TYPE)
        if each.tag == SIMPLE:
            if _is_empty(each):
                numbers += _numbers(each, each.get(f"{W}instr") or "")
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
            why = CONTENTS if instruction_lists(code) else FIELD_CODE if _KEEPS.match(code) else ""
            steps[begin] = _Step("begin", why)
            steps.update((each, _Step("separate")) for each in middle)
            steps[each] = _Step("end", drawn=Drawn() if middle else drawn_by(code, begin))
            numbers += _numbers(each, code)
    if numbers:
        said = _with_results(root)
        numbers = [each for each in numbers if each.key not in said]
        shown_by = auto_numbers(numbers, root, styles) if numbers else {}
        for each in numbers:
            unsure = Drawn(f"自动编号（{kind_of_number(each.code)}）", MISSING)
            drawn = Drawn(shown_by[each.key]) if shown_by[each.key] else unsure
            steps[each.key] = _Step("end" if each.key.tag == MARK else "whole", drawn=drawn)
    return steps


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


def _is_empty(field: Any) -> bool:
    return not "".join(each.text or "" for each in field.iter(TEXT)).strip()


def _with_results(root: Any) -> set[Any]:
    """Return the marks of the ends of fields that hold a result as text."""
    found: set[Any] = set()
    begun: list[int] = []
    texts = 0
    for each in root.iter(MARK, TEXT):
        kind = each.get(_TYPE)
        if each.tag == TEXT:
            texts += bool((each.text or "").strip())
        elif kind == "begin":
            begun.append(texts)
        elif kind == "end" and begun and begun.pop() < texts:
            found.add(each)
    return found
