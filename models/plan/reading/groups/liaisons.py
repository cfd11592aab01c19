"""Who keeps the contact of a group's members, where a sentence behind its list says so."""

from collections.abc import Iterator, Sequence

from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import PlanGroup

# Posts of the members' own people: 各成员单位法制科科长, 业务科室负责人; 县司法局法制科科长 too.
_POST = r"(?P<post>[^，。；：、（）由]{2,40}?)"
_SERVES = r"(?:分别|具体)?(?:担任|兼任|兼|(?<!主)任)"
_ENDS = r"(?=[，。；（]|$)"
_NAMED = (
    rf"联络员(?:{{N}}名|若干名?)?，?由{_POST}{_SERVES}{_ENDS}",
    rf"(?:^|[，。；]|由){_POST}(?:同志)?(?:为|作为|任|担任|兼任|为其){{1,2}}(?:本单位|领导小组|工作)?联络员{_ENDS}",
    rf"(?:确定|明确|指定|设立?)(?:{{N}}名|一名)?联络员(?:{{N}}名|若干名?)?，由{_POST}{_SERVES}{_ENDS}",
)
_A_PERSON = r"某某|姓名|^(?:其|并|同时|负责|本人|专人)"
_IS_A_POST = r"(?:长|主任|书记|{领导}|干部|人员|委员|主席|骨干)$"


def with_liaisons(groups: Sequence[PlanGroup], lines: Sequence[Line]) -> list[PlanGroup]:
    """Return ``groups``, each without a liaison with that of the first sentence behind it that names one.

    The sentence belongs to the last group before it that has members, else to the last one.
    """
    found = list(groups)
    for number, post in _named(lines):
        before = [at for at, group in enumerate(found) if _line(group) <= number]
        peopled = [at for at in before if found[at].member_units or found[at].member_posts]
        at = max(peopled or before, key=lambda each: (_line(found[each]), each), default=None)
        known = any(found[each].liaison_post == post for each in before)
        if at is not None and not known and found[at].liaison_post is None:
            found[at] = found[at].model_copy(update={"liaison_post": post})
    return found


def is_liaison_sentence(line: Line) -> bool:
    """Say whether a line says who is liaison and nothing else, so that it is no further name of a list."""
    text = squeeze(line.text)
    return not line.cells and bool(
        pattern(
            r"[^，。；、：]{2,40}(?:为|任)联络员[。]?|联络员由[^，。；、：]{2,40}任[。]?"
        ).fullmatch(text)
    )


def _named(lines: Sequence[Line]) -> Iterator[tuple[int, str]]:
    for line in lines:
        text = squeeze(line.text)
        if line.cells or "联络员" not in text:
            continue
        for each in _NAMED:
            for found in pattern(each).finditer(text):
                post = found["post"]
                if pattern(_IS_A_POST).search(post) and not pattern(_A_PERSON).search(post):
                    yield line.number, post


def _line(group: PlanGroup) -> int:
    return (group.source.line if group.source else None) or 0
