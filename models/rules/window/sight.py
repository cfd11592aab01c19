"""Who may see and do what in the window: a table of rights by role, and what belongs to whom."""

from collections.abc import Mapping
from enum import StrEnum

from models.rules.words import Level, Worded


class VisitorRole(Worded):
    """As what somebody is there."""

    OFFICE = "office", "创建办"
    AUDITOR = "auditor", "审计（只看）"
    LEADER = "leader", "领导"
    OFFICE_POST = "office-post", "创建办（凭本人链接）"
    UNIT = "unit", "单位"


ACCOUNT_ROLES = (VisitorRole.OFFICE, VisitorRole.AUDITOR)


class Right(StrEnum):
    """What a page or an act asks of whoever is there."""

    PUBLIC = "public"  # nobody need be there
    SEE_BOARD = "see-board"
    SEE_UNIT = "see-unit"  # the own unit's; with SEE_ALL every unit's
    SEE_ITEM = "see-item"  # likewise
    SEE_ALL = "see-all"
    ACKNOWLEDGE = "acknowledge"
    ACT = "act"  # register progress
    DECIDE = "decide"  # the code says whose word it is
    OFFICE = "office"  # what the office does


_EVERYBODY = frozenset({Right.PUBLIC, Right.SEE_BOARD, Right.SEE_UNIT, Right.SEE_ITEM})
# Ordered from who may do the most. A leader knows, acknowledges and decides, and registers nothing; a post of
# the office decides only what is put to itself.
RIGHTS: Mapping[VisitorRole, frozenset[Right]] = {
    VisitorRole.OFFICE: frozenset(Right),
    VisitorRole.OFFICE_POST: _EVERYBODY
    | {Right.SEE_ALL, Right.ACKNOWLEDGE, Right.ACT, Right.DECIDE},
    VisitorRole.LEADER: _EVERYBODY | {Right.SEE_ALL, Right.ACKNOWLEDGE, Right.DECIDE},
    VisitorRole.AUDITOR: _EVERYBODY | {Right.SEE_ALL},
    VisitorRole.UNIT: _EVERYBODY | {Right.ACKNOWLEDGE, Right.ACT},
}


def role_of_post(level: int) -> VisitorRole:
    """Return as what the holder of a post of ``level`` is there."""
    if level >= Level.LEADER:
        return VisitorRole.LEADER
    return VisitorRole.OFFICE_POST if level == Level.OFFICE else VisitorRole.UNIT
