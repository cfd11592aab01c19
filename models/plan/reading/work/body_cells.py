"""Cells of bodies: a plain list, or one with roles of its own (牵头单位：…配合单位：…), and what is left of it."""

from models.plan.reading.roles.annotations import read_annotation
from models.plan.reading.roles.roles import COOPERATING, LEAD, RESPONSIBLE, Grammar, Roles
from models.plan.reading.roles.units import is_group, split_units
from models.plan.reading.text.patterns import pattern

_LABELS = {LEAD: "牵头单位：", COOPERATING: "配合单位：", RESPONSIBLE: "责任单位："}
_LEVELS = ("省", "市", "县", "区", "州")
# What a cell of bodies says besides their names.
_BESIDE = r"(?:排名?|列)(?:第一|首)位?的?|按照?|各自|职责|职能|权限|分工|任务|{角色}|{单位}|组织|具体|分别|共同|会同|联合|等|及其?|以及|和|与|由|为|并|其中|下属|所属|有关|相关|各"


def read_bodies(cell: str, role: str, grammar: Grammar, roles: Roles) -> list[str]:
    """Add the bodies of a cell below a head of ``role`` to ``roles``; return its words that are in none."""
    if names := _plain(cell, grammar):
        roles.add(role, [name for name in names if name not in roles.lead])
    else:
        label = "" if grammar.label_of(cell) else _LABELS[role]
        read_annotation(label + cell, grammar, roles)
    return left_of(cell, roles, grammar)


def _plain(cell: str, grammar: Grammar) -> list[str]:
    """Return the names of a list with a class that a role's word names: 市司法局、各承办单位; else none."""
    words = grammar.words
    names = split_units(cell, words)
    kinds = [name for name in names if name.endswith(words.lists["单位列"])]
    whole = kinds and all(
        is_group(name) or name.endswith(words.unit_endings) or name in kinds for name in names
    )
    bare = names == pattern("[、，；]").split(cell) and not pattern("[（：]|会同").search(cell)
    return names if whole and bare else []


def left_of(cell: str, roles: Roles, grammar: Grammar) -> list[str]:
    """Return the words of a cell of bodies that are in no name, no role and no date."""
    rest, names = cell, {*roles.lead, *roles.responsible, *roles.cooperating}
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, "、").replace(name.removeprefix("各"), "、")
    if roles.deadline:
        rest = rest.replace(roles.deadline, "、")
    rest = pattern(rf"{_BESIDE}|{grammar.words.role_pattern}|{{题号}}").sub("", rest)
    pieces = [piece for piece in pattern(r"[^\w%]+").split(rest) if piece]
    # 县区党委、政府 are two names, and of 市、县司法局 one is left.
    known = tuple(piece for piece in pieces if any(name.endswith(piece) for name in names))
    left = [piece for piece in pieces if piece not in known or piece in _LEVELS]
    said = [piece for piece in left if piece[0].isdecimal() or pattern("{H}{2}").search(piece)]
    return [piece for piece in left if piece in _LEVELS or piece in said]
