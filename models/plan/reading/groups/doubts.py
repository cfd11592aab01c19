"""What of the groups may have been lost: fewer groups than the text says, people whom no group took."""

from collections.abc import Collection, Iterable, Iterator, Sequence

from models.plan.doubt import Doubt
from models.plan.reading.groups.fields import LONGEST, SEATS
from models.plan.reading.groups.names import OFFICE, names_a_group
from models.plan.reading.outline.outline import TEXT, Field, Node
from models.plan.reading.persons.names import POST
from models.plan.reading.persons.people import cleaned
from models.plan.reading.roles.units import split_units
from models.plan.reading.text.numerals import read_integer
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, squeeze
from models.plan.schema import PlanGroup
from models.plan.vocabulary import Vocabulary

_COUNT = r"(?:{下设}|分成)[^。；]{0,120}?(?<![第\d.])(?P<count>{N})个(?:专项|专门|专业|具体|常设)*(?:工作)?(?:小组|组|专班)(?![长员织])"
_OTHERS = r"各[{县}街单部]|每个|分别成立"  # not the plan's own groups
_LABEL = rf"(?:{OFFICE}|{{常务}}?副|){{组长}}：|{OFFICE}副?主任：|顾\s*问：|(?<![党班家])(?:成员单位|成员|组成人员)：|联络员：|联系人：|(?:主要|工作)*职责"
# …and of who is named for a place in a sentence: 主任由甲局局长兼任; 由甲局局长任副组长
_PLACE = rf"(?:{OFFICE})?{{常务}}?副?(?:{{组长}}|主任)"
_GIVEN = rf"(?:^|(?<=[，；。]))(?:领导小组|专班)?(?P<seat>{_PLACE})由(?P<who>[^，；。：]{{3,40}}?)(?:担任|兼任)"
_TAKEN = rf"(?:由|^|(?<=[，；。）]))(?P<who>[^，；。：由（）]{{3,40}}?)(?:担任|兼任|任)(?:领导小组|专班)?(?P<seat>{_PLACE})(?=[，；。]|$)"
_FEW = 2  # letters that may be left of a line: 等, 兼任


def group_doubts(
    lines: Sequence[Passage],
    rows: Iterable[Node],
    groups: Sequence[PlanGroup],
    people: Collection[str],
    words: Vocabulary,
) -> Iterator[Doubt]:
    """Yield how many groups are missing, and the lines of people of whom something is in no group."""
    yield from _too_few(lines, groups)
    known = {*_held(groups), *people}
    parts = {part for each in known for part in pattern("[、；]").split(each)}
    held = sorted(known | parts, key=len, reverse=True)
    seats = (each for row in rows for each in row.cells if each.meaning in {*SEATS, "lead"})
    for part in (*seats, *_labelled(lines)):
        if lost := _lost(part, held, words):
            sentence = cleaned(squeeze(part.label + part.text), people)[:200]
            what = cleaned("、".join(lost), people)
            reason = f"“{part.label.rstrip('：:')}”里的“{what}”没有记入哪个机构，请核对、补齐"
            yield Doubt("plan", 0, reason, sentence)


def _too_few(lines: Sequence[Passage], groups: Sequence[PlanGroup]) -> Iterator[Doubt]:
    stated, sentence = 0, ""
    told = (line for line in lines if "个" in line.text and not line.cells)
    for text in (squeeze(line.text) for line in told if pattern("组|专班").search(line.text)):
        for found in pattern(_COUNT).finditer(text):
            count = read_integer(found["count"]) or 0
            if count > stated and not pattern(_OTHERS).search(text[: found.end()][-80:]):
                begin = text.rfind("。", 0, found.start()) + 1
                stated, sentence = count, text[begin : found.end()]
    read = [group.name for group in groups if names_a_group(group.name)]
    if len(read) < stated:
        names = f"（{'、'.join(read)}）" if read else ""
        reason = f"原文说有 {stated} 个工作组，只读出 {len(read)} 个{names}，请核对、补齐"
        yield Doubt("plan", 0, reason, sentence[:200])


def _labelled(lines: Iterable[Passage]) -> Iterator[Field]:
    """Yield what stands behind every label of people, found apart from the way it is read."""
    for line in lines:
        if line.cells or not pattern(r"[长员任人位问]\s*(?:（[^（）]*）)?[：由]|[任兼]").search(
            line.text
        ):
            continue
        text = squeeze(line.text[:LONGEST])
        found = list(pattern(_LABEL).finditer(text))
        ends = [*(each.start() for each in found[1:]), len(text)]
        for each, end in zip(found, ends, strict=False):
            before = text[: each.start()]
            if pattern(r"（[^（）]*$").search(before) is None:
                yield Field(TEXT, Passage(text[each.end() : end], ()), each[0])
        for said in (_GIVEN, _TAKEN) if pattern("[由任]").search(text) else ():
            for each in pattern(said).finditer(text):
                yield Field(TEXT, Passage(each["who"], ()), each["seat"])


def _held(groups: Iterable[PlanGroup]) -> Iterator[str]:
    for group in groups:
        yield from (group.head_post or "", group.liaison_post or "", group.located_in or "")
        yield from group.executive_deputy_posts + group.deputy_posts + group.member_posts
        yield from group.lead_units + group.member_units + group.member_groups


def _lost(part: Field, held: Sequence[str], words: Vocabulary) -> list[str]:
    """Return the posts and bodies of a part that no group holds."""
    text = squeeze(part.text).split("。")[0] if not pattern(r"职责|联").search(part.label) else ""
    for each in held:
        if len(each) > 1 and each in text:
            text = text.replace(each, "；")
    text = pattern(r"[（）：]").sub("；", text)
    return [
        name
        for name in split_units(text, words)
        if pattern(_TELLING).search(name) and len(name) > _FEW
    ]


# Sure posts and bodies; 负责同志, 领导, 成员 are said of anybody.
_TELLING = rf"(?!.*(?:{{领导}}|成员|人员)$)(?:{POST}|{{局}}|{{机构}})$"
