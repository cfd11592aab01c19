"""How likely a mark that no fact holds is one that was missed: evidence for it and against it, summed.

Each piece of evidence has a weight; from `DOUBTED` on a person is asked, below it the mark is a mention,
whose kind is the strongest evidence against it. What lies within `MARGIN` of the bound is a close call.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from models.plan.accounting.ground import Ground, Place
from models.plan.accounting.marks import Mark, MarkKind
from models.plan.patterns import pattern
from models.plan.roles import COOPERATING, LEAD
from models.plan.target_patterns import MAKE

DOUBTED = 1.0
MARGIN = 0.25


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark in its clause and sentence, and what the plan has of the item it stands in."""

    mark: Mark
    ground: Ground
    before: str  # of its clause
    behind: str
    lead_in: str  # what of the sentence stands before the mark
    sentence: str
    has_units: bool = False  # the item it belongs to has units
    has_deadline: bool = False
    known: bool = False  # the same words are a fact of the same item already
    repeats: bool = False  # its clause holds a duty that was read

    @property
    def clause(self) -> str:
        """Return the clause that holds the mark."""
        return self.before + self.mark.text + self.behind


@dataclass(frozen=True, slots=True)
class Weighed:
    """The sum of the evidence, and the kind of mention that the mark is when it is none of ours."""

    score: float
    kind: str

    @property
    def doubted(self) -> bool:
        """Say whether a person is to be asked."""
        return self.score >= DOUBTED


_Evidence = Iterator[tuple[float, str]]

# Where a mark stands, by kind: what that alone says for or against it.
PLACES: dict[Place, tuple[float, str]] = {
    Place.TITLE: (-5, "title"),
    Place.SALUTATION: (-5, "salutation"),
    Place.PREAMBLE: (-2.5, "preamble"),
    Place.SIGNATURE: (-5, "signature"),
    Place.CONTACT: (-5, "contact"),
    Place.ATTACHMENTS: (-5, "attachment"),
    Place.SLOGANS: (-5, "slogan"),
    Place.BACKGROUND: (-2.5, "history"),
    Place.GOALS: (0.2, "goals"),
    Place.SCOPE: (-0.8, "scope"),
    Place.STAGES: (0.2, "text"),
    Place.TASKS: (0.2, "text"),
    Place.GROUPS: (0, "text"),
    Place.MEASURES: (0, "text"),
    Place.OPEN: (0, "text"),
    Place.HEADER: (-5, "header"),
    Place.NO_PLAN: (-9, "no_plan"),
}

BASIS = r"(?:根据|依据|遵照|依照|按照(?![^，。；]{0,20}的?标准)(?![每人月年])|贯彻落实?|对照)[^，。；]{0,30}$"
QUOTED = r"《[^《》]*$|〔(?=\d{4}〕)[^〕]*$"
IN_QUOTES = r"[“][^“”]*$"
HISTORY = r"已(?!经?(?:明确|确定)|签|知)|截至|截止目前|目前|现有|去年(?!.{0,4}(?:提高|下降|减少|增加))|近年来|以来|共有|现已|据统计|此前|(?<![较比])上年|累计(?!.{0,12}(?:不少于|不低于))|(?<![为除])了"
DEMAND = r"确保|力争|实现|完成|建成|达|率|不少于|不低于|以上|以内|培育|打造|开展|组建|选派|抽查|新增|新建|创建|覆盖|提[高升]|降|减|增"
BOUND = r"不(?:得|能|应)?(?:低于|少于|小于|超过|高于|多于|大于)|至少|最少|最低|最多|至多|达到?|控制在|提[高升]到|提[高升]至|[压降减缩][^，。；]{0,4}[至到]|[≥≤<>＞＜]|突破|超过|高于|低于|保持在|为(?:$)"
SHARE = r"[%％‰]|百分|个百分点|成$|分之|全覆盖|^零|番$|清零|归零"
ZERO = r"^零|番$|清零|归零"
CASE_UNIT = r"工作日|自然日|[日天]$|小时|分钟"
BOUND_BEHIND = r"^(?:及|或)?以[上下内]|^之?内|^左右"


def weigh(seen: Seen) -> Weighed:
    """Return how likely the mark is a fact that was missed, as a score and a kind of mention."""
    score, kind, most = 0.0, "text", 0.0
    for value, why in (*_common(seen), *_OF_KIND[seen.mark.kind](seen)):
        score += value
        if value < most or (kind == "text" and why not in {"", "text"} and value <= 0):
            kind, most = why, min(value, most)
    return Weighed(score, kind)


def _common(seen: Seen) -> _Evidence:
    yield PLACES[seen.ground.place]
    if pattern(QUOTED).search(seen.lead_in):
        yield -3, "quotation"
    if pattern(IN_QUOTES).search(seen.lead_in):
        alone = seen.behind.startswith("”") and seen.before.endswith("“")
        small = seen.mark.kind is MarkKind.REPEAT or (seen.mark.kind is MarkKind.NUMBER and alone)
        yield (-0.2 if small else -1.2), "quotation"
    if seen.mark.kind in {MarkKind.BODY, MarkKind.DATE} and pattern(BASIS).search(seen.before):
        yield -2, "basis"
    if seen.known:
        yield -3, "repeated"


def _body(seen: Seen) -> _Evidence:
    mark, ground = seen.mark, seen.ground
    if mark.role:
        yield (2.0 if mark.role in {LEAD, COOPERATING} else 1.4), ""
        if ground.place in {Place.MEASURES, Place.GOALS, Place.SCOPE}:
            yield -1.2, "requirement"
        if ground.place is Place.STAGES:
            yield -1.0, "step"
    else:
        yield 0, "text"
    if ground.place is Place.GROUPS:
        yield -0.8, "group"
    if ground.tasks and not seen.has_units:
        yield 0.7, ""
    if not mark.role and pattern(r"(?:向|报|经|对|为|给|送|与|和|受|请|在|接受|配合|上报)$").search(
        seen.before
    ):
        yield -1.0, "text"


def _date(seen: Seen) -> _Evidence:
    ground, behind = seen.ground, seen.behind
    if ground.passage.cells and not (ground.tasks or ground.stages):
        yield 0.9, ""
    elif ground.place is Place.STAGES or ground.stages:
        yield (0.6 if ground.stages else 0.9), ""
        if ground.stages:
            yield -0.6, "step"
    due = pattern(r"^(?:年|月|日)?(?:之|以)?前|^[底末]?前").search(
        behind
    ) or seen.mark.text.endswith(("内", "底", "末"))
    done = pattern(
        r"完成|办结|到位|建成|报送|上报|报|提交|制定|印发|出台|整改|销号|交付|投入"
    ).search(seen.clause)
    if due and done:
        yield 1.0, ""
    elif due:
        yield 0.5, ""
    if ground.tasks:
        yield (-0.6, "text") if seen.has_deadline else (0.5, "")
    alone = ground.passage.cells and not (ground.tasks or ground.stages)
    if not (due or done or alone) and ground.place is not Place.STAGES:
        yield -0.5, "text"
    spans = seen.behind.startswith(("至", "—", "-", "到")) or seen.before.endswith(
        ("至", "—", "-", "到")
    )
    if spans and ground.place in {Place.STAGES, Place.OPEN}:
        yield 0.9, ""
    if pattern(HISTORY).search(seen.clause):
        yield -1.5, "history"
    in_stages = ground.place is Place.STAGES
    if pattern(r"年(?:度)?$").search(seen.mark.text) and not (due or in_stages):
        yield -0.8, "text"
    if pattern(r"(?:印发|发布|施行|有效期|自)$").search(seen.before):
        yield -0.5, "text"


def _number(seen: Seen) -> _Evidence:
    text, before, behind = seen.mark.text, seen.before, seen.behind
    sure = pattern(SHARE).search(text) is not None
    limit = pattern(r"^之?内|^以内").search(behind) and pattern(CASE_UNIT).search(text)
    bound = pattern(rf"(?:{BOUND})[^，。；\d]{{0,4}}$").search(before) or pattern(
        BOUND_BEHIND
    ).search(behind)
    digits = text[:1].isdecimal()
    if sure or limit:
        yield 0.7, ""
    if pattern(ZERO).search(text):
        yield 0.3, ""
    if seen.ground.passage.cells:
        yield 0.2, ""
    if bound:
        yield 0.8, ""
    if pattern(DEMAND).search(seen.clause) or pattern(r"率|比例|占比|度|比重|覆盖").search(before):
        yield 0.5, ""
    if not (digits or sure):
        yield (0 if bound else -1.2), "text"
    elif (
        digits and not (sure or bound) and pattern(rf"(?:{MAKE})[^，。；]{{0,14}}$").search(before)
    ):
        yield 0.8, ""
    elif not (sure or bound):
        yield -0.5, "text"
    if seen.repeats and not bound:
        yield -0.8, "rate"
    if text.endswith("年") and not bound:
        yield -0.8, "term"
    yield from _no_demand(seen)


# What a number says instead of what must be reached.
_NONE = (
    (HISTORY, "", -1.5, "history"),
    (r"[由从][^，。；]{0,10}$", r"^[^，。；]{0,6}[提升降增减压缩到至]", -1.5, "history"),
    ("", r"^(?:及|或)?以?[上下内]?的(?!目标|要求|标准|比例|速度)", -1.2, "threshold"),
    (r"(?:低于|不足|超过|高于)$", r"^(?:、|的)", -1.2, "threshold"),
    ("", r"^(?:方面|大|个?阶段|类|级|项(?:重点)?(?:任务|措施|行动|制度|内容|工作)|个(?:方面|专班|小组|工作组|问题|环节|维护|意识|自信|部门|单位|县|区|乡|步骤|阶段))", -1.0, "description"),
    (r"^(?:[“”]|对)?$", r"^(?:及|或)?以上{H}{2}(?![，。；])", -1.0, "threshold"),
    (r"(?:第|前|这|该|某|本|上述|以下|下列|任何|分为?)$", "", -1.0, "description"),
    (r"(?:印发|下发|发布|施行)(?:之日)?(?:起|后)?[^，。；]{0,2}$|(?:会议?|结束|召开)后[^，。；]{0,2}$", "", -1.2, "term"),
)  # fmt: skip


def _no_demand(seen: Seen) -> _Evidence:
    for ahead, after, value, why in _NONE:
        within = seen.clause if ahead is HISTORY else seen.before
        if (not ahead or pattern(ahead).search(within)) and (
            not after or pattern(after).search(seen.behind)
        ):
            yield value, why


def _repeat(seen: Seen) -> _Evidence:
    yield 0.8, ""
    if not pattern(r"^[每按逐]").search(seen.mark.text) or pattern(
        r"[召开展报送检查通调度组织训更新巡排公布听取研究集中梳理总结汇评抽次场期例会清理轮至少不少于]"
    ).search(seen.behind):
        yield 0.4, ""
    if pattern(r"不超过|至多|最多").search(seen.behind):
        yield -0.8, "text"
    if pattern(HISTORY).search(seen.clause):
        yield -1.5, "history"
    if pattern(r"^(?:的|度的|龄)").search(seen.behind):
        yield -0.8, "text"
    if seen.mark.text in {"年均", "月均", "季均"}:
        yield -0.8, "text"


def _role(seen: Seen) -> _Evidence:
    yield -1.0, "text"
    if pattern(r"^(?:单位|部门|机关|主体)?[：]").search(seen.behind):
        yield 2.2, ""
        if seen.has_units or seen.ground.place is Place.STAGES:
            yield -1.0, "label"


_OF_KIND: dict[MarkKind, Callable[[Seen], _Evidence]] = {
    MarkKind.BODY: _body,
    MarkKind.DATE: _date,
    MarkKind.NUMBER: _number,
    MarkKind.REPEAT: _repeat,
    MarkKind.ROLE: _role,
}
