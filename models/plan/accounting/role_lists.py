"""Lists that say who does something, wherever they stand: behind a label, before a role word, in a bracket."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.patterns import pattern
from models.plan.roles import DEADLINE, OTHER, POST, RESPONSIBLE, Grammar
from models.plan.units import ends_like_a_unit, is_group, is_name

LONGEST = 300  # characters of one list
_PARTS = r"[、，,；;|和及与]"
_BEFORE = r"^(?:由|并|会同|联合|以及|及|和|与|其中|请|等|分别|各自|具体|共同)+"
_BEHIND = r"(?:等)?(?:部门|单位)?(?:按照?(?:各自)?(?:工作)?(?:职责|职能|分工)(?:分工|任务)?|分别|共同|具体|密切|积极)?$"


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a list with its role, and where it stands."""

    name: str
    start: int
    end: int
    role: str


def role_lists(text: str, cells: Sequence[str], grammar: Grammar) -> Iterator[Listed]:
    """Yield the names of every list that a role word marks: 责任单位：甲、乙; 甲牵头，乙、丙配合; （甲、乙）。"""
    if cells:
        yield from _in_cells(cells, grammar)
    if not pattern(grammar.words.role_pattern).search(text):
        yield from _in_brackets(text, grammar)
        return
    for found in pattern(grammar.label).finditer(text):
        groups = found.groupdict()
        if groups["role"]:
            end = _end_of(text, found.end(), grammar)
            yield from _names(text, found.end(), end, grammar.role(groups["role"]), None)
    for found in pattern(grammar.suffix).finditer(text):
        begin = _begin_of(text, found.start())
        yield from _names(text, begin, found.start(), grammar.role(found["word"]), grammar)
    yield from _in_brackets(text, grammar)


def _end_of(text: str, begin: int, grammar: Grammar) -> int:
    """Return where the list behind a label ends: at a full stop, a closing bracket, another label."""
    stop = pattern(r"[。）】;；\n]").search(text, begin)
    end = min(stop.start() if stop else len(text), begin + LONGEST)
    label = pattern(grammar.label).search(text, begin, end)
    return label.start() if label else end


def _begin_of(text: str, end: int) -> int:
    """Return where the list before a role word begins: behind the last stop, colon, bracket or 由."""
    begin = max(0, end - LONGEST)
    window = text[begin:end]
    cuts = [found.end() for found in pattern(r"[。；：（【，]|由|会同").finditer(window)]
    return begin + (cuts[-1] if cuts else 0)


def _names(
    text: str, start: int, end: int, role: str, grammar: Grammar | None, offset: int = 0
) -> Iterator[Listed]:
    """Yield the pieces of a list that can be names; with a ``grammar`` those that end as names do."""
    if role in {OTHER, DEADLINE, POST}:
        return
    at = start
    pieces = [*pattern(_PARTS).finditer(text, start, end), None]
    for cut in pieces:
        stop = cut.start() if cut else end
        piece = text[at:stop]
        lead = pattern(_BEFORE).match(piece)
        begin = at + (lead.end() if lead else 0)
        tail = pattern(_BEHIND).search(text[begin:stop])
        finish = begin + (tail.start() if tail else stop - begin)
        name = text[begin:finish]
        if 2 <= len(name) <= 24 and (_is_body(name, grammar) if grammar else is_name(name)):
            yield Listed(name, offset + begin, offset + finish, role)
        at = cut.end() if cut else end


def _in_brackets(text: str, grammar: Grammar) -> Iterator[Listed]:
    """Yield the names of brackets that hold nothing else: …。（市司法局、市财政局）"""
    for found in pattern(r"[（【]([^（）【】：]{4,200})[）】](?=[。；]?$|[。；])").finditer(text):
        pieces = pattern("[、，；]").split(found[1])
        bodies = [each for each in pieces if _is_body(each, grammar)]
        if len(bodies) * 3 >= len(pieces) * 2 and (
            len(bodies) > 1 or text[found.start() - 1 : found.start()] in "。；"
        ):
            yield from _names(text, found.start(1), found.end(1), RESPONSIBLE, grammar)


def _in_cells(cells: Sequence[str], grammar: Grammar) -> Iterator[Listed]:
    """Yield the names of the cells of a row that hold bodies and nothing else."""
    at = 0
    for cell in cells:
        pieces = [each for each in pattern(_PARTS).split(cell) if each]
        if pieces and all(_is_body(each, grammar) for each in pieces):
            yield from _names(cell, 0, len(cell), RESPONSIBLE, grammar, at)
        at += len(cell) + 1


def _is_body(name: str, grammar: Grammar) -> bool:
    return is_group(name) or ends_like_a_unit(name, grammar.words)
