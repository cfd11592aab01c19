"""Sentences that make a group known: 成立…领导小组; 办公室设在甲局; 由甲局牵头，会同乙局组成工作专班; 下设综合组、督导组."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto

from models.plan.reading.groups.draft import Draft, top_of
from models.plan.reading.groups.names import BODY, HEADS, NAME, OFFICE, TOPS, names_a_group
from models.plan.reading.persons.names import POST
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern


class Whose(Enum):
    """Whose a group is that a sentence makes known."""

    OWN = auto()  # nobody's, or whom the sentence names
    NEW = auto()  # nobody's, unless the group is known already
    FIRST = auto()  # the first group's
    LAST = auto()  # the last group's
    NEAREST = auto()  # the group's that the same line is about, or else the first one's


_AT = r"(?P<at>[^，。；：（）]{2,24})"
# A place that ends as bodies do, where no 在 says that a place comes.
_BODY_AT = r"(?P<at>[^，。；：（）]{2,24}?(?:{局}|{机构}))"
_OF = r"(?P<of>[^，。；、：（\s]{0,20}?)"
_ITS = rf"(?P<name>(?:{BODY})?{OFFICE})"
# What a sentence may say, in the order in which it is asked. Examples beside or above.
_FOUNDED: tuple[tuple[Whose, tuple[str, ...]], ...] = (
    # 依托甲局设立工作专班
    (Whose.FIRST, (rf"依托{_BODY_AT}[，]?(?:{{成立}}|设)(?P<name>{{H}}{{0,20}}?{{小组}})",)),
    (
        Whose.OWN,
        (
            # 成立由县长任组长，…为成员的领导小组; 成立以县长为组长，…的领导小组
            rf"{{成立}}[^。]{{2,300}}?(?:成员(?:单位)?|{{配合}}|组成|{{组长}}|主任)的(?P<name>[^，。；、]{{0,30}}?{BODY})",
            # 由甲局牵头，会同乙局、丙局组成工作专班
            r"由[^。；]{2,200}?(?:组成|组建|成立)(?P<name>[^，。；、]{0,16}?(?:工作专班|{小组}))(?=[，。；]|$)",
            rf"{{成立}}(?:以.{{2,20}}的|由(?P<parent>.{{2,30}}?)(?:{{牵头}}|领导)?的)?(?P<name>[^，。；、]{{2,50}}?{BODY}|领导小组|指挥部|工作专班)(?:制度|机制)?(?=[，；：（]|$|及)",
        ),
    ),
    (Whose.FIRST, (rf"{{成立}}{NAME}(?=，由[^，。；]{{2,60}}{{牵头}})",)),
    (
        Whose.NEW,
        (
            # 县创建工作领导小组由…任组长, announced elsewhere
            rf"(?:^|[，；：])(?P<name>[^，。；、：]{{0,40}}?(?:{{小组}}|委员会))(?=由[^。；]{{2,60}}?任|{HEADS}由)",
        ),
    ),
    (
        Whose.NEAREST,
        (
            # 办公室设在甲局; 下设办公室在甲局; 办公室设甲局
            rf"{_OF}(?P<name>(?:{BODY})?(?:{OFFICE}|秘书处|(?:日常)?办事机构))[，（：]?(?:(?:办公)?(?:地点|场所|地址))?(?:设立?在|设于|挂靠在?){_AT}",
            rf"(?P<of>下设)(?P<name>{OFFICE})[，（]?[在于]{_AT}",
            rf"{_OF}{_ITS}设(?![立置在于有]){_BODY_AT}(?=[，。；]|$)",
            # 在甲局设办公室; 设立办公室（甲局）; 办公室与甲局合署办公
            rf"(?:^|[，；]|{BODY})在{_BODY_AT}(?:单独)?(?:下设|设立|设){_ITS}(?=[，。；]|$)",
            rf"(?:设|设立)(?P<name>{OFFICE})（{_BODY_AT}）",
            rf"{_OF}(?P<name>(?:{BODY})?(?:{OFFICE}|办))，?(?:与|和|同){_BODY_AT}(?:实行)?合署(?:办公)?",
            # 办公室日常工作由甲局承担; 甲局承担办公室日常工作
            rf"{_OF}{_ITS}(?:的)?，?(?:其)?(?:具体)?日常(?:工作|事务)由{_BODY_AT}(?:具体)?(?:{{承担}}|办理|处理)",
            rf"(?:^|[，；])(?:由)?{_BODY_AT}(?:具体)?{{承担}}{_ITS}的?日常(?:工作|事务)",
            # 办公室由某人兼任主任，设在甲局
            rf"{_OF}{_ITS}由[^。；]{{2,60}}?[，](?:办公室)?设(?:立?在|于){_AT}",
        ),
    ),
    (Whose.FIRST, (r"成立(?P<name>[^，。；、]{1,12}办)(?=[，（])",)),  # 成立县创建办，设在甲局
    (Whose.LAST, (r"下设(?P<name>[^，。；、：]{2,16}组)(?=[，])",)),
    # 下设办公室，主任由某人兼任
    (Whose.NEAREST, (rf"(?:下设|设立|设)(?P<name>{OFFICE})[，；](?=[^。]*主任)",)),
)
# …where the group has no office: 领导小组日常工作由甲局承担
_DAILY = rf"^(?:.*?(?:{BODY}|不.{{0,4}}设.{{0,4}}{OFFICE}))?的?[，；]?日常(?:工作|事务)由{_BODY_AT}(?:具体)?{{承担}}"
_NONE = rf"(?:不|未|不再)(?:单独|另行|另)?(?:下设|设立|设)(?:专门)?(?:的)?{OFFICE}"
# 各乡镇要成立相应的领导小组: of others
_OF_OTHERS = r"各(?:地|级|乡镇?|镇|街道?|{区划}|(?:责任|成员)?{单位})"
# Behind a place without a mark: who heads the office, what it does.
_BEHIND = r"^由|(?:(?<!自)由|{承担}|具体|办公室主任|主任|并|内$).*$"
# Before 办公室: whose it is, unless that is a body of its own, or a word of the sentence.
_NOT_ITS_OWN = rf"(?:{POST}|[{{局}}内的其]|下设|设立)$"
_WORDS_BEFORE = r"^(?:同时|并|其|另|由|{成立})+"
# 下设综合协调组、督导检查组和宣传报道组3个工作组; 下设2个组，分别为综合组、宣传组
_ONE_OF = r"[一-龥“”]{2,14}?(?:组|专班)"
_ENUMERATED = rf"(?:{{下设}})[^。；]{{0,40}}?(?P<names>{_ONE_OF}(?:(?:、|和|及|以及|与){_ONE_OF})+)"
_BEFORE_NAMES = r"^.*(?:分别为|分别是|包括|办公室[和及与]|个[专项门工作]*组为|即)"
# 下设综合协调、督导检查、宣传报道3个工作组: as many names as groups
_COUNTED = r"(?:{下设})(?P<names>{H}{2,10}(?:(?:、|和|及|以及|与){H}{2,10})+)(?:等)?(?P<count>{N})个(?:专项|专门|专业|具体)*(?:工作)?小?组"


def founded_in(sentence: str, drafts: Sequence[Draft], line: Passage) -> tuple[Draft | None, str]:
    """Return the group that a sentence founds, places or begins to speak of, and what else it says.

    None for a sentence that speaks of none; then all that it says is left.
    """
    for whose, expression in ((whose, each) for whose, said in _FOUNDED for each in said):
        found = pattern(expression).search(sentence)
        if found and _is_meant(found, whose, drafts):
            draft = _draft(found, _parent(whose, sentence, drafts, line), line)
            return draft, _rest(found)
    return None, sentence


def _rest(found: re.Match[str]) -> str:
    """Return what a sentence says besides a group's name and what it is founded by."""
    begin, end = found.span("name")
    said = found.groupdict()
    before = pattern(r"(?:(?:^|(?<=[，；：]))[由以].*|{<=成立}(?:[由以].*|.*的))$").search(
        found.string[: found.start("parent") if said.get("parent") else begin]
    )
    behind = found.string[end if said.get("at") else found.end() :]
    return f"{before[0].removesuffix('的')}，{behind}" if before else behind


def _is_meant(found: re.Match[str], whose: Whose, drafts: Sequence[Draft]) -> bool:
    """Say whether a sentence speaks of a group of the plan's own, and of one that it does not know."""
    if whose is Whose.NEAREST:
        return not has_no_office(found.string)
    if whose is Whose.NEW:
        return not any(draft.name.endswith(found["name"]) for draft in drafts)
    return not pattern(_OF_OTHERS).search(found.string[: found.start()])


def _parent(whose: Whose, sentence: str, drafts: Sequence[Draft], line: Passage) -> str | None:
    if whose in {Whose.OWN, Whose.NEW}:
        return None
    top, last = top_of(drafts), drafts[-1] if drafts else None
    if last is None or whose is Whose.FIRST:
        return top
    if whose is Whose.LAST:
        return last.name
    if last.source.line != line.line or not last.name.endswith(TOPS):
        return top
    said = pattern(rf"({BODY})(?:下设)?{OFFICE}").search(sentence)
    return last.name if not said or last.name.endswith(said[1]) else top


def _draft(found: re.Match[str], parent: str | None, line: Passage) -> Draft:
    said = {"of": "", "at": "", "parent": "", **found.groupdict("")}
    of = pattern(_WORDS_BEFORE).sub("", said["of"])
    name = said["name"] if pattern(_NOT_ITS_OWN).search(of) else of + said["name"]
    named = pattern(r"创建|工作领导|指挥部|领导小组").search(name)
    vague = pattern(r"^(?:相应|各|本|专门|专项|工作|健全|由)").match(name)
    draft = Draft(
        name, said["parent"] or parent, line, announced=bool(named and not vague and len(name) > 8)
    )
    draft.located_in = pattern(_BEHIND).sub("", said["at"]) or None
    return draft


def place_of_daily_work(sentence: str) -> str | None:
    """Return who does a group's daily work, where the sentence puts no office there."""
    found = pattern(_DAILY).search(sentence)
    return found["at"] if found else None


def has_no_office(sentence: str) -> bool:
    """Say whether a sentence says that the group has no office: 领导小组不设办公室."""
    return bool(pattern(_NONE).search(sentence))


def named_groups(sentence: str, drafts: Sequence[Draft], line: Passage) -> Iterator[Draft]:
    """Yield the working groups that a sentence only names, so that none is lost."""
    counted = pattern(_COUNTED).search(sentence)
    if counted and read_integer(counted["count"]) != len(_split(counted["names"])):
        counted = None
    found = pattern(_ENUMERATED).search(sentence) or counted
    if not found or pattern(r"各$|各[{县}单部]").search(sentence[: found.start()]):
        return
    of_office = OFFICE in sentence[: found.start()][-12:]
    top = top_of(drafts)
    parent = next((d.name for d in drafts if of_office and d.name.endswith(OFFICE)), top)
    for name in _split(found["names"]):
        name = f"{name}组" if found is counted and not name.endswith(("组", "专班")) else name
        if names_a_group(name):
            yield Draft(name, parent, replace(line, text=f"{sentence}。"), announced=True)


def _split(names: str) -> list[str]:
    parts = pattern(r"、|以及|和|及|与").split(names)
    return [pattern(_BEFORE_NAMES).sub("", name) for name in parts if name != OFFICE]
