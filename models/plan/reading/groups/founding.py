"""Sentences that found a group: 成立…领导小组; 成立由…任组长的…; 由甲局牵头，会同乙局组成工作专班."""

from collections.abc import Sequence

from models.plan.reading.groups.draft import BODY, HEADS, OFFICE, TOPS, Draft
from models.plan.reading.groups.names import names_a_group
from models.plan.reading.groups.offices import bare_office_in, leaning_in, office_in
from models.plan.reading.text.document import Line
from models.plan.reading.text.patterns import pattern

_FOUND = r"(?:{成立})"
# 成立由县长任组长，…为成员的领导小组; 成立以县长为组长，…的领导小组
_OF_MANY = rf"{_FOUND}[由以][^。]{{2,300}}?(?:成员(?:单位)?|{{配合}}|组成|{{组长}}|主任)的(?P<name>[^，。；、]{{0,30}}?{BODY})"
_PLAIN = rf"{_FOUND}(?:以.{{2,20}}的|由(?P<parent>.{{2,30}}?)(?:{{牵头}}|领导)?的)?(?P<name>[^，。；、]{{2,50}}?{BODY}|领导小组|指挥部|工作专班)(?:制度|机制)?(?=[，；：（]|$|及)"
# 由甲局牵头，会同乙局、丙局组成工作专班
_LED = r"{成立}(?P<name>{H}{2,14}组)(?=，由[^，。；]{2,60}{牵头})"
_JOINED = r"由[^。；]{2,200}?(?:组成|组建|成立)(?P<name>[^，。；、]{0,16}?(?:工作专班|{小组}))(?=[，。；]|$)"
# 成立县创建办，设在甲局
_SHORT_OFFICE = r"成立(?P<name>[^，。；、]{1,12}办)(?=[，（])"
# 县创建工作领导小组由…任组长, announced elsewhere.
_HEADED = rf"(?:^|[，；：])(?P<name>[^，。；、：]{{0,40}}?(?:{{小组}}|委员会))(?:由[^。；]{{2,60}}?任|{HEADS}由)"
# 各乡镇要成立相应的领导小组: of others
_OF_OTHERS = r"各(?:地|级|乡镇?|镇|街道?|{区划}|(?:责任|成员)?{单位})"


def founded_in(sentence: str, drafts: Sequence[Draft], line: Line) -> Draft | None:
    """Return the group that a sentence founds, places or begins to speak of; None for none."""
    top = next((d.name for d in drafts if d.parent is None and d.name.endswith(TOPS)), None)
    if leaning := leaning_in(sentence, top, line):
        return leaning
    if (found := pattern(_OF_MANY).search(sentence)) or (
        found := pattern(_JOINED).search(sentence)
    ):
        return Draft(found["name"], None, line)
    if (found := pattern(_PLAIN).search(sentence)) and not _is_of_others(sentence, found.start()):
        return _plain(found["name"], found["parent"], line)
    if (found := pattern(_LED).search(sentence)) and names_a_group(found["name"]):
        return Draft(found["name"], top, line)
    found = pattern(_HEADED).search(sentence)
    if found and not any(draft.name.endswith(found["name"]) for draft in drafts):
        return Draft(found["name"], None, line)
    above = _above(sentence, top, drafts, line)
    if office := office_in(sentence, above, line):
        return office
    if found := pattern(_SHORT_OFFICE).search(sentence):
        return Draft(found["name"], top, line)
    if found := pattern(r"下设([^，。；、：]{2,16}组)(?=[，])").search(sentence):
        return Draft(found[1], drafts[-1].name if drafts else top, line)
    alone = not drafts or drafts[-1].name in {top, above}
    return bare_office_in(sentence, above, line) if alone else None


def _above(sentence: str, top: str | None, drafts: Sequence[Draft], line: Line) -> str | None:
    """Return whose an office is: of the group that the same line is about, or else of the first."""
    last = drafts[-1] if drafts else None
    if last is None or last.line.number != line.number or not last.name.endswith(TOPS):
        return top
    said = pattern(rf"({BODY})(?:下设)?{OFFICE}").search(sentence)
    return last.name if not said or last.name.endswith(said[1]) else top


def _is_of_others(sentence: str, at: int) -> bool:
    return bool(pattern(_OF_OTHERS).search(sentence[:at]))


def _plain(name: str, parent: str | None, line: Line) -> Draft:
    named = pattern(r"创建|工作领导|指挥部|领导小组").search(name)
    vague = pattern(r"^(?:相应|各|本|专门|专项|工作|健全|由)").match(name)
    headed = pattern(r"^(.+?)(?:共同)?担?任双?(?:{组长}|主任)$").match(parent or "")
    announced = bool(named and not vague and len(name) > 8)
    draft = Draft(name, None if headed else parent, line, announced=announced)
    if headed:  # 由县委书记、县长任双组长的领导小组
        for post in pattern("、").split(headed[1]):
            draft.seat("head", post)
    return draft
