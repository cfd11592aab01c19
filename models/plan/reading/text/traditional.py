"""Traditional characters (繁體): read in the simplified ones, quoted as they are written."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Any

from models.plan.doubt import Doubt
from models.plan.reading.text.document import Document, Line
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import Plan, Source

LEAST_SHARE = 0.03  # of a text in simplified characters hardly one in a thousand is in the table
LEAST = 3


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    """Return the table; it is loaded where a text needs it."""
    from models.plan.reading.text.traditional_table import SIMPLIFIED, TRADITIONAL

    return {ord(a): b for a, b in zip(TRADITIONAL, SIMPLIFIED, strict=True)}


@lru_cache(maxsize=1)
def _only_traditional() -> frozenset[str]:
    """Return those that GB2312 lacks: a text in simplified characters has none of them."""

    def is_simplified(letter: str) -> bool:
        try:
            return bool(letter.encode("gb2312"))
        except UnicodeEncodeError:
            return False

    return frozenset(chr(code) for code in _table() if not is_simplified(chr(code)))


def simplified(document: Document) -> Document:
    """Return ``document`` in simplified characters where it is written in traditional ones, else itself.

    A letter stands for a letter, so that places stay. ``written`` has the lines as they were. A name or two
    in traditional characters are left alone: whose text is simplified.
    """
    text = "".join(line.text for line in document.lines[:2_000])
    if text.isascii() or not _is_traditional(text):
        return document
    lines = tuple(
        replace(line, text=_simple(line.text), cells=tuple(_simple(cell) for cell in line.cells))
        for line in document.lines
    )
    return replace(document, lines=lines, written=document.lines)


def _is_traditional(text: str) -> bool:
    han = sum(1 for letter in text if "\u4e00" <= letter <= "\u9fff")
    sample = frozenset(text)
    if not han or sample.isdisjoint(_only_traditional()):
        return False
    found = sum(1 for letter in text if letter in _only_traditional())
    return found >= LEAST and found >= LEAST_SHARE * han


def _simple(text: str) -> str:
    return text.translate(_table())


def quoted_as_written(plan: Plan, doubts: Iterable[Doubt], document: Document) -> list[Doubt]:
    """Put sentences of the plan and of its doubts as ``document`` was written; return those doubts.

    Nothing changes for a document in simplified characters. A sentence in which something was masked, and so
    is nowhere, stays in simplified ones.
    """
    if not document.written:
        return list(doubts)
    as_written = _finder(document)
    for source in _sources(plan):
        source.sentence = as_written(source.sentence)
    for left in plan.not_read:
        left.words = as_written(left.words)
    return [_quoted(each, as_written, document) for each in doubts]


def _quoted(doubt: Doubt, as_written: Callable[[str], str], document: Document) -> Doubt:
    """Return a doubt with its sentence as written, and its line, which is found by the sentence as read."""
    line = doubt.line
    if line is None and doubt.sentence:
        words = doubt.sentence.split("|")[0].split("…")[0][:10]
        line = next((each.number for each in document.lines if words in _text(each)), None)
    return replace(doubt, sentence=as_written(doubt.sentence), line=line)


def _finder(document: Document) -> Callable[[str], str]:
    whole = "".join(map(_text, document.lines))
    original = "".join(map(_text, document.written))

    def as_written(sentence: str) -> str:
        pieces = pattern("([|…])").split(sentence)  # what parts cells, what stands for a gap
        return "".join(_found(piece, whole, original) for piece in pieces)

    return as_written


def _found(sentence: str, whole: str, original: str) -> str:
    at = whole.find(sentence) if sentence else -1
    return original[at : at + len(sentence)] if at >= 0 else sentence


def _text(line: Line) -> str:
    return squeeze("".join(line.cells) or line.text)


def _sources(plan: Plan) -> Iterable[Source]:
    items: list[Any] = [
        *plan.stages,
        *plan.tasks,
        *plan.recurring,
        *plan.groups,
        *plan.other_targets,
    ]
    targets = [target for task in plan.tasks for target in task.targets]
    targets += [target for stage in plan.stages for target in stage.targets]
    return [each.source for each in [*items, *targets] if each.source is not None]
