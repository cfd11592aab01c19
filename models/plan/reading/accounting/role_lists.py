"""Lists that say who does something, wherever they stand: behind a label, before a role word, in a bracket."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.reading.roles.roles import (
    COOPERATING,
    DEADLINE,
    LEAD,
    OTHER,
    POST,
    RESPONSIBLE,
    Grammar,
)
from models.plan.reading.roles.units import ends_like_a_unit, is_group, is_name
from models.plan.reading.text.patterns import pattern

LONGEST = 300  # characters of one list
LONGEST_NAME = 24
# 由甲局会同乙局、丙局对…
_JOINTLY = r"([^，。；：由（]{2,60}?)(?<!、)会同([^，。；：（）]{2,120}?)(?=[对就将把按，。；]|开展|组织|负责|制定|推进|实施|研究|$)"
_ROUND = str.maketrans("〔〖【［[〕〗】］]", "（（（（（）））））")
# What is no name of a body, and what ends like one and is none: a stage, a street that is cleaned up.
_NO_NAME = r"[《》：。？！“”\d]{1}.*(?:按|见)|按照|[《》]|^同[上前]$|^(?:人民)?(?:政府|办事处|管委会)$|^以下|^\d+[.、]"
_NO_BODY = r"(?:阶段|步骤|地段|时段|城中村|小区|辖区|全区|全市|全县|全社会|机会|社会)$|落实|推进|开展|整治|完善|加强|建设(?!{相连})|提升|规范|任务|科室$|单位$"
# Of the names of a cell one is sure: 建好法治公园 ends like a name too.
_STRONG = r"[局委办部厅院联]$|办公室$|中心$|政府$|公司$|集团$|街道$|[大支总]队$|银行$|[镇乡]$|^[省市县区州旗各]"
_PARTS = r"[、，,；;|]|以及|[和及与](?=[{区划}各有相])"
_BEFORE = r"^(?:由|并|会同|联合|以及|及|和|与|其中|请|等|分别|各自|具体|共同)+"
_BEHIND = r"(?:等(?:部门|单位)?)?(?:按照?(?:各自)?(?:工作)?(?:职责|职能|分工)(?:分工|任务)?|分别|共同|具体|密切|积极)?$"


@dataclass(frozen=True, slots=True)
class Listed:
    """One name of a list with its role, and where it stands."""

    name: str
    start: int
    end: int
    role: str


def role_lists(text: str, cells: Sequence[str], grammar: Grammar) -> Iterator[Listed]:
    """Yield the names of every list that a role word marks: 责任单位：甲、乙; 甲牵头，乙、丙配合; （甲、乙）。

    Each name once: what a label or a role word says of it goes before what a bracket alone does.
    """
    taken: set[int] = set()
    for each in _every(text, cells, grammar):
        if taken.isdisjoint(range(each.start, each.end)):
            taken.update(range(each.start, each.end))
            yield each


def _every(text: str, cells: Sequence[str], grammar: Grammar) -> Iterator[Listed]:
    text = text.translate(_ROUND)
    if cells:
        yield from _in_cells(cells, grammar)
    if "会同" in text:
        for found in pattern(_JOINTLY).finditer(text):
            yield from _names(text, found.span(1), LEAD, grammar)
            yield from _names(text, found.span(2), COOPERATING, grammar)
    if pattern(grammar.words.role_pattern).search(text):
        yield from _labelled(text, grammar)
        for word in grammar.words_behind(text):
            span = _begin_of(text, word.start), word.start
            yield from _names(text, span, word.role, grammar)
    yield from _in_brackets(text, grammar)


def _labelled(text: str, grammar: Grammar) -> Iterator[Listed]:
    labels = grammar.labels(text)
    ends = [*(label.start for label in labels[1:]), len(text)]
    for label, end in zip(labels, ends, strict=False):
        span = label.end, _end_of(text, label.end, min(end, label.end + LONGEST))
        yield from _names(text, span, label.role, grammar, labelled=True)


def _end_of(text: str, begin: int, end: int) -> int:
    """Return where the list behind a label ends: at a full stop, its closing bracket, another label."""
    depth = 0
    for found in pattern(r"[。；，（）]").finditer(text, begin, end):
        at, char = found.start(), found[0]
        depth += (char in "（(") - (char in "）)")
        if depth < 0 or char in "。；;" or (char in "，," and depth == 0 and _says(text, at)):
            return at
    return end


def _says(text: str, at: int) -> bool:
    """Say whether a clause behind a list is no list: …，各乡镇要抓好落实."""
    clause = pattern(r"[^，。；]*").match(text, at + 1)
    return clause is not None and len(clause[0]) > LONGEST_NAME and "、" not in clause[0]


def _begin_of(text: str, end: int) -> int:
    """Return where the list before a role word begins: behind the last stop, colon, open bracket or 由."""
    begin = max(0, end - LONGEST)
    depth = 0
    for found in reversed(list(pattern(r"[。；：，|由（）]").finditer(text, begin, end))):
        char = found[0]
        depth += (char in "）)") - (char in "（(")
        if depth < 0 or (depth == 0 and char not in "（()）"):
            return found.end()
    return begin


def _names(
    text: str,
    span: tuple[int, int],
    role: str,
    grammar: Grammar,
    *,
    labelled: bool = False,
    offset: int = 0,
) -> Iterator[Listed]:
    """Yield the pieces of a list that are bodies; behind a label, all that can be a name."""
    if role in {OTHER, DEADLINE, POST}:
        return
    at, end = span
    for cut in [*pattern(_PARTS).finditer(text, at, end), None]:
        stop = cut.start() if cut else end
        lead = pattern(_BEFORE).match(text[at:stop])
        begin = at + (lead.end() if lead else 0)
        own, finish = role, stop
        if aside := pattern(rf"（({grammar.words.role_pattern})(?:单位|部门)?）$").search(
            text[begin:stop]
        ):
            own, finish = grammar.role(aside[1]), begin + aside.start()
        tail = pattern(_BEHIND).search(text[begin:finish])
        finish = begin + tail.start() if tail else finish
        name = text[begin:finish]
        fits = (
            is_name(name) and not pattern(_NO_NAME).search(name)
            if labelled
            else is_surely_body(name, grammar)
        )
        if 2 <= len(name) <= LONGEST_NAME and fits:
            yield Listed(name, offset + begin, offset + finish, own)
        at = cut.end() if cut else end


def _in_brackets(text: str, grammar: Grammar) -> Iterator[Listed]:
    """Yield the names of brackets that hold nothing else: …。（市司法局、市财政局）"""
    for found in pattern(r"（([^（）：]{4,200})）(?=[。；]?$|[。；])").finditer(text):
        pieces = pattern("[、，；]").split(found[1])
        bodies = [each for each in pieces if is_surely_body(each, grammar)]
        if len(bodies) * 3 >= len(pieces) * 2 and (
            len(bodies) > 1 or text[found.start() - 1 : found.start()] in "。；"
        ):
            yield from _names(text, found.span(1), RESPONSIBLE, grammar)


def _in_cells(cells: Sequence[str], grammar: Grammar) -> Iterator[Listed]:
    """Yield the names of the cells of a row that hold bodies and nothing else."""
    at = 0
    aside = rf"（(?:{grammar.words.role_pattern})(?:单位|部门)?）"
    for cell in cells:
        pieces = [each for each in pattern(_PARTS).split(pattern(aside).sub("", cell)) if each]
        strong = any(pattern(_STRONG).search(each) for each in pieces)
        if strong and all(is_surely_body(each, grammar) for each in pieces):
            yield from _names(cell, (0, len(cell)), RESPONSIBLE, grammar, offset=at)
        at += len(cell) + 1


def is_surely_body(name: str, grammar: Grammar) -> bool:
    """Say whether a name is a class of bodies, or ends as bodies do and holds nothing that is done."""
    told = pattern(rf"(?:{grammar.words.role_pattern})(?:单位|部门)?$").search(name)
    if told or pattern(_NO_NAME).search(name) or len(name) > LONGEST_NAME:
        return False
    if is_group(name):
        return not pattern("(?:主体|公民|群众|人员)$").search(name)
    return ends_like_a_unit(name, grammar.words) and not pattern(_NO_BODY).search(name)
