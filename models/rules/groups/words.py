"""What a seat in a group is called (组长 of a group is 主任 of an office), and what became of a document."""

from models.rules.words import Worded

OFFICE_ENDS = ("办公室", "办")


class SeatRole(Worded):
    """What a seat is, in the order in which a list names them."""

    HEAD = "head", "组长"
    EXECUTIVE_DEPUTY = "executive_deputy", "常务副组长"
    DEPUTY = "deputy", "副组长"
    LOCATED_IN = "located_in", "设在单位"
    LEAD_UNIT = "lead_unit", "牵头单位"
    MEMBER = "member", "成员"
    LIAISON = "liaison", "联络员"

    @property
    def of_units(self) -> bool:
        """Say whether only a unit can sit here."""
        return self in (SeatRole.LOCATED_IN, SeatRole.LEAD_UNIT)


class DocumentStanding(Worded):
    """What became of a document that a duty names."""

    ASKED = "asked", "待创建办明确"
    DUE = "due", "要交"
    REFUSED = "refused", "不是要交的文件"


_OF_OFFICES = {
    SeatRole.HEAD: "主任",
    SeatRole.EXECUTIVE_DEPUTY: "常务副主任",
    SeatRole.DEPUTY: "副主任",
}
# What a list may write for a role beside its own word.
_MEANT = {role.chinese: role for role in SeatRole} | {
    **{word: role for role, word in _OF_OFFICES.items()},
    "召集人": SeatRole.HEAD,
    "成员单位": SeatRole.MEMBER,
    "办公地点": SeatRole.LOCATED_IN,
}


def is_office(name: str) -> bool:
    """Say whether a group is an office, by its name."""
    return name.endswith(OFFICE_ENDS)


def role_word(role: SeatRole, group: str) -> str:
    """Return what ``role`` is called in ``group``: 副主任 of an office, 副组长 of any other."""
    return _OF_OFFICES.get(role, role.chinese) if is_office(group) else role.chinese


def role_meant(word: str) -> SeatRole | None:
    """Return the role that an office means by ``word``; None for none."""
    return _MEANT.get("".join(word.split()))
