"""What a group of a list is called: its heading, the title of its list, the 成立… above it; and whose it is."""

from bisect import bisect_right
from collections.abc import Sequence

from models.plan.reading.groups.draft import BODY, OFFICE, TOPS, Draft, siblings
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze

# A line that names a group and says that its people follow.
_TITLE = r"^(?:附件[{一}\d]{0,2}[：.]?|{章号}、|{括号}|\d{1,2}[.、])?(?:{成立})?([^，。；：]{0,50}?(?:组|{领导机构}|办公室))(?:组成)?(?:人员|成员|机构)?(?:及职责|职责分工)?(?:名单|组成)?(?:如下)?[：。]?$"
# Where a list of its own begins, which nothing above it names.
_BEGINS = r"附件(?:[{一}\d]{1,2})?[：]?|.*(?:(?:名单|组成人员)(?:如下)?|(?:成员|人员)及职责(?:分工)?)[：。]?"  # not 党组成员, a post
_ABOVE = 40  # lines above a list that may name its group


def group_name(heading: str, lines: Sequence[Line], line: Line) -> str:
    """Name a group by its heading, by the title of its list, or by the 成立…领导小组 above it."""
    named = titled(heading)
    if named and named != "领导小组":
        return named
    end = bisect_right(lines, line.number, key=lambda each: each.number)
    for each in reversed(lines[max(0, end - _ABOVE) : end]):
        if each.cells:
            continue
        text = squeeze(each.text)
        if found := pattern(rf"(?:{{成立}})([^，。；：《》]{{2,50}}?{BODY})").search(text):
            return found[1]
        name = titled(text) if each.number < line.number else ""
        if len(name) > 4 and pattern(rf"(?:{BODY}|小组)$").search(name):
            return name
    return named or "领导小组"


def titled(text: str) -> str:
    """Return the group that a title of a list names: 某县创建工作领导小组成员名单; empty for none."""
    found = pattern(_TITLE).match(text)
    return found[1] if found else ""


def begins_a_list(text: str) -> bool:
    """Say whether a line begins another list of people: 附件3, 督查组名单."""
    found = pattern(_BEGINS).fullmatch(text)
    return bool(found) and (text.startswith("附件") or bool(titled(text)))


def parent_of(drafts: Sequence[Draft], name: str) -> str | None:
    """Return whose a group is: an office is the first group's, a working group the office's."""
    if not drafts or not drafts[0].name.endswith(TOPS) or siblings(drafts[0].name, name):
        return None
    above = drafts[0].name
    if not name.endswith(OFFICE):
        above = next((d.name for d in drafts if d.name.endswith(OFFICE)), above)
    return above if above != name else None
