"""What a list of bodies says of its own names: who leads, by place, by mark or by name; who helps.

县司法局、县财政局，第一个为牵头单位; 带*的为牵头单位; …，其中县司法局牵头，其他为配合单位.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.reading.roles.roles import COOPERATING, LEAD, Grammar, Roles
from models.plan.reading.roles.units import STARS, split_units
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.patterns import pattern

FIRST = "first"
_TOP = r"(?:第[一1]|首[位个名家]|最前面?|前面)"
_IS = r"(?:均|都|分别|共同)?(?:为|是|系|即为?|作为|任|担任|做)(?:[该本]项)?(?:工作|任务)?(?:的)?(?:总|第一|主要)?"
# A rule that may stand anywhere, for one list or for all.
_MARK = rf"(?:带|标有?|注有?|加|有|标注)[“]?([{STARS}])[”]?[^。；]{{0,14}}?{_IS}{{牵头}}"
_PLACED = (
    rf"{_TOP}[^。；]{{0,16}}?{_IS}{{牵头}}"
    r"|(?:第一|首|第1)[位个家名]?的?(?:责任)?{单位}?{牵头}(?:负责|{牵头})?(?=[，。；）]|$)"
    r"|{牵头}单位(?:列|排)(?:在)?(?:首|第一|最前)"
)
# …and where it stands in its list: all that goes with it.
_AT_TOP = r"(?:(?:排|名列?|位|居|列)(?:名|列|居|序)?在?)?(?:第[一1](?=[位名个的者家为是]|单位)|首[位个名]|最前|前面)"
_RULE = (
    rf"(?:{_AT_TOP}|[带标加注]有?“?[{STARS}])[^，；：（）]{{0,16}}(?:为|是|系|即|作为)[^，；：（）]{{0,6}}{{牵头}}"
    r"[^，；：（）]*(?![^，；（）]*：)"
)
_ALONE = r"^(?:以上|以下|上述|各项)?(?:任务)?的?(?:各|责任|成员)?(?:责任)?{单位}栏?中?，?"
# A clause of one list: who of it is meant, and what he is.
_KIND = r"(?:责任)?(?:{单位}|方|组织)?"
_FIRST = rf"(?:排名?|列|名列|位列|居|序)?(?:在|于)?{_TOP}(?:[位名个家](?!后))?(?:的)?"
_PLACE = rf"(?:{_FIRST}|前者|后者|最后(?:一[个家位])?(?:的)?|前(?P<count>{{N}})[个家位名]?(?:的)?)(?:责任|成员)?(?:{{单位}}|者)?"
_REST = r"(?:其[余他它]|剩余)(?:各|责任|成员|的)?(?:各|责任|成员)?{单位}?"
_WHO = r"[^，；。：（）]{2,60}?"
_BEGINS = r"(?P<open>[，；。、（])(?:其中)?[，：]?"
_ENDS = r"(?P<behind>，?(?:以?下同|[下后]均同))?(?P<close>）)?(?=[，；。）]|$)"
_SAID = (
    rf"{_BEGINS}(?P<given>由|以|明确)?(?:(?P<place>{_PLACE})|(?P<rest>{_REST})|(?P<who>{_WHO}))"
    rf"(?:{_IS}(?P<role>{{牵头}}|{{配合}}){_KIND}|(?:负责)?(?P<does>{{牵头}}|{{配合}}){_KIND}(?:{{牵头}}|{{责任}}|组织)?)"
    rf"{_ENDS}"
)
_TURNED = (
    rf"{_BEGINS}(?P<role>{{牵头}})(?:责任)?{{单位}}(?:为|是|系|即|：)(?P<place>{_PLACE}){_ENDS}"
)


def lead_rule(text: str) -> str | None:
    """Return how ``text`` (without white space) says that a lead is found: 'first', the mark it uses, or None.

    责任单位中排第一位的为牵头单位 -> first; 带*的为牵头单位 -> *.
    """
    if not pattern("{牵头}").search(text):
        return None
    if found := pattern(_MARK).search(text):
        return found[1]
    return FIRST if pattern(_PLACED).search(text) else None


def goes_on(text: str) -> bool:
    """Say whether what ``text`` says of one list holds for those behind it: 下同, 以下各项同此."""
    return bool(pattern(r"[下后](?:均|皆)?同|以下(?:各|均|任务|同)").search(text))


def without_rule(text: str) -> str:
    """Drop what a list says about itself: …，列第一位的为牵头单位，下同."""
    said = rf"{_ALONE}{_RULE}$|（(?:其中)?{_RULE}）|[，；。](?:其中)?{_RULE}|[，；]下同"
    return pattern(said).sub("", text)


@dataclass(frozen=True, slots=True)
class Said:
    """Some names of a list and the role that the list gives them."""

    role: str
    names: tuple[str, ...]


def take_said(text: str, grammar: Grammar) -> tuple[str, list[Said]]:
    """Return ``text``, an annotation, without the clauses that speak of its own names, and what they say.

    A clause is one only where every body it names stands in the list in front of it: of 县司法局牵头，
    县财政局配合 none is.
    """
    said: list[Said] = []
    if not pattern("{牵头}|{配合}").search(text):
        return text, said
    at = 0
    while found := _next(text, at):
        chosen = _chosen(found, _listed_before(text, found.start(), grammar), said, grammar)
        if not chosen:
            at = found.start() + 1
            continue
        groups = found.groupdict()
        role = grammar.role(groups.get("role") or groups.get("does") or "")
        said.append(Said(role, tuple(chosen)))
        # A bracket goes with its clause; of one that holds more only the clause goes.
        whole = (found["open"] in "（(") == bool(found["close"])
        stop = found.end() if whole or not found["close"] else found.end() - 1
        text = text[: found.start()] + ("" if whole else found["open"]) + text[stop:]
        at = found.start()
    return text, said


def apply_said(said: Sequence[Said], roles: Roles) -> None:
    """Give the names of a list that was read the roles that the list itself gives them."""
    for each in said:
        if each.role == LEAD and not set(roles.lead) >= set(each.names):
            roles.lead = [name for name in roles.lead if name not in roles.responsible]
            roles.add(LEAD, each.names)
        elif each.role == COOPERATING:
            roles.add(COOPERATING, [name for name in each.names if name not in roles.lead])


def _next(text: str, at: int) -> re.Match[str] | None:
    both = (pattern(each).search(text, at) for each in (_SAID, _TURNED))
    return min((each for each in both if each), key=lambda each: each.start(), default=None)


def _listed_before(text: str, at: int, grammar: Grammar) -> list[str]:
    """Return the names of the list that ends at ``at``: from its label or the beginning on."""
    ends = [label.end for label in grammar.labels(text) if label.end <= at]
    begin = max(*ends, *(text.rfind(mark, 0, at) + 1 for mark in "：:∶"), 0)
    return split_units(text[begin:at].strip("。；，"), grammar.words)


def _chosen(
    found: re.Match[str], names: Sequence[str], said: Sequence[Said], grammar: Grammar
) -> list[str]:
    """Return the names of the list that a clause means; none where it names others as well."""
    groups = found.groupdict()
    if len(names) < 2:
        return []
    if place := groups.get("place"):
        if groups.get("count"):
            count = 2 if groups["count"] == "两" else read_integer(groups["count"]) or 1
            return list(names[:count])
        return list(names[-1:] if pattern("后者|最后").match(place) else names[:1])
    if groups.get("rest"):
        taken = {name for each in said for name in each.names}
        return [name for name in names if name not in taken] if taken else []
    named = split_units(groups["who"], grammar.words)
    meant = list(_in_list(named, names))
    return meant if len(meant) == len(named) else []


def _in_list(named: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield the names of a list that are meant: 司法局 is 县司法局 where one alone ends so."""
    for one in named:
        ends = [name for name in names if name == one] or [n for n in names if n.endswith(one)]
        if len(ends) == 1:
            yield ends[0]
