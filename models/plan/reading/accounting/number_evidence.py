"""What speaks for and against a number being one that must be reached."""

from models.plan.reading.accounting.ground import Place
from models.plan.reading.accounting.seen_marks import HISTORY, Evidence, Seen
from models.plan.reading.targets.patterns import COUNTED, DESCRIBES, MAKE, REPEATED
from models.plan.reading.text.patterns import pattern

DEMAND = r"确保|力争|实现|完成|建成|达|率|不少于|不低于|以上|以内|培育|打造|开展|组建|选派|抽查|新增|新建|创建|覆盖|提[高升]|降|减|增"
BOUND = r"不(?:得|能|应)?(?:低于|少于|小于|超过|高于|多于|大于)|至少|最少|最低|最多|至多|达到?|控制在|提[高升]到|提[高升]至|[压降减缩][^，。；]{0,4}[至到]|[≥≤<>＞＜]|突破|超过|高于|低于|保持在|为(?:$)"
SHARE = r"^\d+\.\d+$|[%％‰]|百分|个百分点|成$|分之|全覆盖|^零|番$|清零|归零"
ZERO = r"^零|番$|清零|归零"
PUT_UP = r"(?:安排|投入|筹措|列支|落实)[^，。；]{0,12}(?:资金|经费)[^，。；]{0,2}$"
CASE_UNIT = r"工作日|自然日|[日天]$|小时|分钟"
BOUND_BEHIND = r"^(?:及|或)?以[上下内]|^之?内|^左右"


def of_number(seen: Seen) -> Evidence:
    """Yield the evidence about a number: shares, bounds, verbs of making; facts, thresholds, counts against."""
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
    if text.endswith("元") and pattern(PUT_UP).search(before):
        yield 0.3, ""
    if not (digits or sure):
        yield (0 if bound else -1.2), "text"
    elif (
        digits and not (sure or bound) and pattern(rf"(?:{MAKE})[^，。；]{{0,14}}$").search(before)
    ):
        yield 0.8, ""
    elif digits and not (sure or bound) and _is_asked_for(seen):
        yield 0.9, ""
    elif not (sure or bound):
        yield -0.5, "text"
    if seen.repeats and not bound:
        yield -0.8, "rate"
    if text.endswith("年") and not bound:
        yield -0.8, "term"
    yield from _no_demand(seen)


# The beginning of a clause whose number counts what something is done to: 对42条背街小巷开展清理.
_OBJECT = r"^(?:（.{1,3}）|\d{1,2}[.、])?(?:(?:\d{4}年|按月|逐步|逐一|并|以|可)?(?:对|将|把|围绕|聚焦|紧盯|瞄准|按照?|对照|依托|针对|在|从|由|就|向|以|依据|根据|每|各|该|凡|因|经|除|涉及|参照|至|分|全{区划}|现有|安排)|{H}{0,6}(?:中|内|的)(?=\d))"
_SPAN = r"(?:小时|分钟|秒|[日天年周月分时])$"
_ASKED = {Place.TASKS, Place.GOALS, Place.STAGES, Place.OPEN, Place.MEASURES}


def _is_asked_for(seen: Seen) -> bool:
    """Say whether a count with its measure may be what a clause asks for: 完成…等4处隐患点工程治理.

    What something is done to, what there is and what comes round every month or in a span ask for nothing.
    """
    return (
        seen.ground.place in _ASKED
        and bool(pattern("{H}{2}").search(seen.before))
        and not seen.repeats
        and not pattern(rf"{REPEATED}|{_SPAN}").search(seen.before + seen.mark.text)
        and not pattern(_OBJECT).search(seen.before)
        and not pattern(DESCRIBES).search(seen.lead_in)
        and not pattern("{H}{0,4}(?:任务|指标|部门|单位|高校)").match(seen.behind)
    )


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


def _no_demand(seen: Seen) -> Evidence:
    if pattern(COUNTED).match(seen.sentence):
        yield -1.5, "history"
    for ahead, after, value, why in _NONE:
        within = seen.clause if ahead is HISTORY else seen.before
        if (not ahead or pattern(ahead).search(within)) and (
            not after or pattern(after).search(seen.behind)
        ):
            yield value, why
