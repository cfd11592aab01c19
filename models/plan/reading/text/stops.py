"""Where the sentences, clauses and brackets of a text begin and end: found once per text, then remembered."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

LONGEST_SENTENCE = 300  # characters of the sentence that a person is shown for what was read
LEAD_IN = 200  # characters of it in front of what was read
OPEN, CLOSE = "（([【〔［「〖", "）)]】〕］」〗"
SENTENCE_STOPS = "。；;！!？?"
COLONS = "：:∶"  # what stands behind one is a clause of its own; the one in front goes on
CLAUSE_STOPS = SENTENCE_STOPS + "，," + COLONS
KEPT = 4096  # texts whose marks are remembered; passages are of 2,000 characters at most
_MARKS = re.compile(f"[{re.escape(CLAUSE_STOPS + OPEN + CLOSE)}]")


@dataclass(frozen=True, slots=True)
class Stops:
    """The marks of a text by their offsets, each list with -1 before its first and the text's length last."""

    sentences: tuple[int, ...]
    clauses: tuple[int, ...]
    brackets: tuple[
        tuple[int, int], ...
    ]  # spans of the outermost ones, an unclosed one up to the end


@lru_cache(maxsize=KEPT)
def stops_of(text: str) -> Stops:
    """Return the marks of ``text``."""
    clauses: list[int] = [-1]
    sentences: list[int] = [-1]
    edges: list[tuple[int, bool]] = []
    for found in _MARKS.finditer(text):
        at, char = found.start(), found[0]
        if char in CLAUSE_STOPS:
            clauses.append(at)
            if char in SENTENCE_STOPS:
                sentences.append(at)
        else:
            edges.append((at, char in OPEN))
    return Stops(
        (*sentences, len(text)), (*clauses, len(text)), tuple(_outermost(edges, len(text)))
    )


def _outermost(edges: list[tuple[int, bool]], end: int) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for at, opens in edges:
        if opens:
            start = at if depth == 0 else start
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1
    if depth:
        yield start, end


def brackets(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the outermost brackets, an unclosed one up to the end."""
    return stops_of(text).brackets


def outside(text: str, marks: Iterable[re.Match[str]]) -> Iterator[re.Match[str]]:
    """Yield the ``marks`` of ``text`` that stand outside of its brackets: 各县（市、区）、各部门 has one."""
    inside = brackets(text)
    begins = [start for start, _ in inside]
    for mark in marks:
        before = bisect_left(begins, mark.start())
        if not before or inside[before - 1][1] <= mark.start():
            yield mark


def clause_start(text: str, at: int) -> int:
    """Return where the clause begins that holds ``at``."""
    return _before(stops_of(text).clauses, at)


def sentence_start(text: str, at: int) -> int:
    """Return where the sentence begins that holds ``at``."""
    return _before(stops_of(text).sentences, at)


def clause_end(text: str, at: int) -> int:
    """Return the offset of the first mark from ``at`` on that ends a clause, else of the text's end."""
    end = _from(stops_of(text).clauses, at)
    while text[end : end + 1] and text[end] in COLONS:
        end = _from(stops_of(text).clauses, end + 1)
    return end


def sentence_end(text: str, at: int) -> int:
    """Return the offset of the first mark from ``at`` on that ends a sentence, else of the text's end."""
    return _from(stops_of(text).sentences, at)


def _before(marks: tuple[int, ...], at: int) -> int:
    return marks[bisect_left(marks, at) - 1] + 1 if at > 0 else 0


def _from(marks: tuple[int, ...], at: int) -> int:
    return marks[min(bisect_left(marks, at), len(marks) - 1)]


def sentence_around(text: str, start: int, end: int | None = None) -> str:
    """Return the sentence of ``text`` that holds ``start`` up to ``end``, at most 300 characters of it."""
    first = sentence_start(text, start)
    last = sentence_end(text, max((start if end is None else end) - 1, first)) + 1
    begin = max(first, start - LEAD_IN)
    return text[begin : min(last, begin + LONGEST_SENTENCE)]


def quotation(text: str, at: int) -> int | None:
    """Return where the quotation or the title of a book opens that holds ``at``; None outside of any."""
    start = sentence_start(text, at)
    piece = text[start:at]
    if piece.count("《") > piece.count("》"):
        return text.rfind("《", start, at)
    if piece.count("“") > piece.count("”") or piece.count('"') % 2:
        return max(text.rfind("“", start, at), text.rfind('"', start, at))
    return None
