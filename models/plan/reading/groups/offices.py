"""The office of a group: where it is, whatever words say so; who heads it is read with the other posts."""

from models.plan.reading.groups.draft import BODY, OFFICE, Draft
from models.plan.reading.persons.names import POST
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern

_AT = r"(?P<at>[^，。；：（）]{2,24})"
# A place that ends as bodies do, where no 在 says that a place comes.
_BODY_AT = r"(?P<at>[^，。；：（）]{2,24}?(?:{局}|{机构}))"
_OF = r"(?P<of>[^，。；、：\s]{0,20}?)"
_BESIDE = r"[，（：]?(?:办公(?:地点|场所|地址))?"
# 办公室设在甲局; 下设办公室在甲局; 办公室设甲局; 在甲局设办公室; 办公室（甲局）; 办公室与甲局合署办公;
# 办公室日常工作由甲局承担; 甲局承担办公室日常工作; 办公室由某人兼任主任，设在甲局
_OFFICES = (
    rf"{_OF}(?P<name>(?:{BODY})?(?:{OFFICE}|秘书处|(?:日常)?办事机构)){_BESIDE}(?:设立?在|设于|挂靠在?){_AT}",
    rf"(?P<of>下设)(?P<name>{OFFICE})[，（]?[在于]{_AT}",
    rf"{_OF}(?P<name>(?:{BODY})?{OFFICE})设(?![立置在于有]){_BODY_AT}(?=[，。；]|$)",
    rf"(?:^|[，；]|{BODY})在{_BODY_AT}(?:单独)?(?:下设|设立|设)(?P<of>)(?P<name>(?:{BODY})?{OFFICE})(?=[，。；]|$)",
    rf"(?:设|设立)(?P<of>)(?P<name>{OFFICE})（{_BODY_AT}）",
    rf"{_OF}(?P<name>(?:{BODY})?(?:{OFFICE}|办))，?(?:与|和|同){_BODY_AT}(?:实行)?合署(?:办公)?",
    rf"{_OF}(?P<name>(?:{BODY})?{OFFICE})(?:的)?，?(?:其)?(?:具体)?日常(?:工作|事务)由{_BODY_AT}(?:具体)?(?:{{承担}}|办理|处理)",
    rf"(?:^|[，；])(?:由)?{_BODY_AT}(?:具体)?{{承担}}(?P<of>)(?P<name>(?:{BODY})?{OFFICE})的?日常(?:工作|事务)",
    rf"{_OF}(?P<name>(?:{BODY})?{OFFICE})由[^。；]{{2,60}}?[，](?:办公室)?设(?:立?在|于){_AT}",
)
_BARE = rf"(?:下设|设立|设){OFFICE}[，；](?=[^。]*主任)"
_NONE = rf"(?:不|未|不再)(?:单独|另行|另)?(?:下设|设立|设)(?:专门)?(?:的)?{OFFICE}"
# …where the group has no office: 领导小组日常工作由甲局承担; 依托甲局设立工作专班
_DAILY = rf"^(?:.*?(?:{BODY}|不.{{0,4}}设.{{0,4}}{OFFICE}))?的?[，；]?日常(?:工作|事务)由{_BODY_AT}(?:具体)?{{承担}}"
_LEANS = rf"依托{_BODY_AT}[，]?(?:{{成立}}|设)(?P<name>{{H}}{{0,20}}?{{小组}})"
# Behind a place without a mark: who heads the office, what it does.
_BEHIND = r"(?:(?<!自)由|{承担}|具体|办公室主任|主任|并|内$).*$"
# Before 办公室: whose it is, unless that is a body of its own, or a word of the sentence.
_OTHERS = rf"(?:{POST}|[{{局}}内的其]|下设|设立)$"


def office_in(sentence: str, top: str | None, line: Line) -> Draft | None:
    """Return the office that ``sentence`` puts in a place."""
    if ("办" not in sentence and "秘书处" not in sentence) or has_no_office(sentence):
        return None
    for expression in _OFFICES:
        if found := pattern(expression).search(sentence):
            return _office(found["of"], found["name"], found["at"], top, line)
    return None


def bare_office_in(sentence: str, top: str | None, line: Line) -> Draft | None:
    """Return the office of a group of which only the people are said: 下设办公室，主任由某人兼任."""
    return Draft(OFFICE, top, line) if pattern(_BARE).search(sentence) else None


def leaning_in(sentence: str, top: str | None, line: Line) -> Draft | None:
    """Return the group that leans on a body, which is its place: 依托甲局设立工作专班."""
    if found := pattern(_LEANS).search(sentence):
        return Draft(found["name"], top, line, located_in=found["at"])
    return None


def place_of_daily_work(sentence: str) -> str | None:
    """Return who does a group's daily work, where the sentence puts no office there."""
    found = pattern(_DAILY).search(sentence)
    return found["at"] if found else None


def has_no_office(sentence: str) -> bool:
    """Say whether a sentence says that the group has no office: 领导小组不设办公室."""
    return bool(pattern(_NONE).search(sentence))


def _office(of: str, name: str, at: str, top: str | None, line: Line) -> Draft:
    of = pattern(r"^(?:同时|并|其|另|由|{成立})+").sub("", of)
    draft = Draft(name if pattern(_OTHERS).search(of) else of + name, top, line)
    draft.located_in = pattern(_BEHIND).sub("", pattern(r"^由").sub("", at)) or None
    return draft
