"""What groups are called: in a sentence, a heading, the title of a list."""

from bisect import bisect_right
from collections.abc import Sequence

from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze

HEADS = r"{首长}"
BODY = r"{领导机构}"
OFFICE = "办公室"
TOPS = ("领导小组", "指挥部", "专班", "委员会", "联席会议")  # groups that have an office

# A sentence about groups begins or ends like this, and no group's name.
NO_START = r"{N}是|{N}个|几个|聘|邀|{设立}|各|该|本|此|每|由|对|向|以|按|将|要|从|在|与|和|及|并|派|抽|联合|其[他余]|相关|有关|上述|全体|加强|强化|{实行}|明确|发挥|依托|通过|根据|同时|适时|随机|不|充实|调整"
_NO_END = r"(?:(?<=领导)小|党小|村民小|互助小|居民小|党|班|教研|项目|机)组$|^(?:专项)?(?:工作)?小?组$|{设立}|组成|聘请|抽调"
NAME = rf"(?!{NO_START})(?P<name>{{H}}[一-龥“”、]{{0,14}}?(?:组|专班))"
# A line that names a group and says that its people follow.
_TITLE = r"^(?:{附件号}[：.]?|{题号})?(?:{成立})?([^，。；：]{0,50}?(?:组|{领导机构}|办公室))(?:组成)?(?:人员|成员|机构)?(?:及职责|职责分工)?(?:名单|组成)?(?:如下)?[：。]?$"
# Where a list of its own begins, which nothing above it names.
_BEGINS = r"{附件号}[：]?|.*(?:(?:名单|组成人员)(?:如下)?|(?:成员|人员)及职责(?:分工)?)[：。]?"  # not 党组成员, a post
_ABOVE = 40  # lines above a list that may name its group


def names_a_group(name: str) -> bool:
    """Say whether ``name`` can be a working group's, and no sentence about groups: 综合协调组."""
    return bool(pattern(NAME).fullmatch(name)) and not pattern(_NO_END).search(name)


def titled(text: str) -> str:
    """Return the group that a title of a list names: 某县创建工作领导小组成员名单; empty for none."""
    found = pattern(_TITLE).match(text)
    return found[1] if found else ""


def begins_a_list(text: str) -> bool:
    """Say whether a line begins another list of people: 附件3, 督查组名单."""
    found = pattern(_BEGINS).fullmatch(text)
    return bool(found) and (text.startswith("附件") or bool(titled(text)))


def group_name(heading: str, lines: Sequence[Passage], line: Passage) -> str:
    """Name a group by its heading, by the title of its list, or by the 成立…领导小组 above it."""
    named = titled(heading)
    if named and named != "领导小组":
        return named
    end = bisect_right(lines, line.line, key=lambda each: each.line)
    for each in reversed(lines[max(0, end - _ABOVE) : end]):
        if each.cells:
            continue
        text = squeeze(each.text)
        if found := pattern(rf"(?:{{成立}})([^，。；：《》]{{2,50}}?{BODY})").search(text):
            return found[1]
        name = titled(text) if each.line < line.line else ""
        if len(name) > 4 and pattern(rf"(?:{BODY}|小组)$").search(name):
            return name
    return named or "领导小组"


def siblings(one: str | None, other: str) -> bool:
    """Say whether two groups are of a kind, so that neither is above the other: 综合专班, 宣传专班."""
    return one is not None and one.endswith("专班") and other.endswith("专班")
