"""What a document is: the last noun of its title decides, and who speaks in it."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.plan.reading.text.patterns import pattern
from models.rules.words import DocumentKind

K = DocumentKind
# The end of a title and the kind it names. The first row that fits decides. Examples beside.
_TAIL = r"(?:（[^（）]{1,16}）|{某年})*{N}?$"
NOT_PLANS = (
    (K.NEWS, rf"(?:发布会(?:实录)?|实录|访谈|专访|侧记){_TAIL}"),
    (K.BRIEFING, rf"{{简报}}(?:第?（?{{N}}[期号）]?)?{_TAIL}"),
    (K.REPORT, rf"{{材料}}{_TAIL}"),
)
# Notices that order a meeting, a group or a list, and no work in stages.
OTHER_NOTICES = r"(?:召开|举办|参加|报名|放假|任免|任职|表彰|征求|公布|调整|成立|更换|启用|转发)[^《》]{0,60}(?:通知|函|决定)$"
PLANS = (
    (K.PUBLICITY_PLAN, rf"宣传[^，。]{{0,16}}{{方案}}{_TAIL}"),
    (K.IMPLEMENTATION_PLAN, rf"(?:实施|落实)(?:方案|意见|计划){_TAIL}|规划{_TAIL}"),
    (K.WORK_PLAN, rf"{{工作方案}}{_TAIL}"),
)
# Measures and rules: plans where their items say who does each, and else none.
RULES = rf"{{规则}}{_TAIL}"
ASSIGNED = 2  # items that say who does them, so that a document without a plan's name is one
NEWS_VERBS = r"{新闻动词}"
# What only a reporter writes.
REPORTED = r"本报讯|本网讯|本台讯|讯[（(]|[（(](?:本报|本网|通讯员|全媒体|见习)?记者|记者(?:[从在]|获悉|了解到|看到|采访|日前)|据悉|据介绍|据了解|通讯员|(?:^|[。\n])(?:{某月}{某日}|近日|日前)[^。]{0,40}(?:召开|举行|举办)[^。]{0,40}会[议上]?[，。]|(?:^|。)会上，|出席(?:了)?(?:会议|活动|仪式)|会议由[^，。]{2,20}主持|会议(?:指出|强调)[，：]"
ISSUE = r"第{N}期"
PAST = r"{做了}了|已(?:经)?{已做}|(?:取得|成效)(?:明显|显著|了)|同比(?:增长|下降){N}|累计{累计}|一年来|半年来|上半年来|今年以来|下一步(?:，|打算|工作)|(?:完成|进展)情况："
TOLD = 3  # a chapter of a report, or as many things done: fewer are in any plan's preamble too
REPORT_CHAPTERS = r"工作开展情况|主要做法|工作成效|存在的?(?:主要)?问题|下一步(?:工作)?(?:打算|计划|安排|思路)|工作打算|取得的?成效|基本情况|上一年度"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a document is, and whether anything in it says so; what says nothing counts as a report."""

    kind: DocumentKind
    said: bool = True


def kind_of(
    title: str, notice_title: str, text: str, headings: Sequence[str], assigned: int = 0
) -> Judged:
    """Judge a document by its title, and by its text where the title leaves it open.

    A text whose speaker reports is news, whatever it names; 简报 and 报告 in the title decide, even of a
    plan (…实施方案落实情况的报告). Where the title leaves it open, or names measures or rules (若干措施,
    实施细则), ``assigned`` items that say who does them make a plan.
    """
    reported = len(pattern(REPORTED).findall(text[:6000]))
    if pattern(r"{指标标题}").search(title):
        assigned = 0  # an indicator system: who hands in what, and nothing to be done by a day
    if assigned >= ASSIGNED and not reported and pattern(RULES).search(title):
        return Judged(K.WORK_PLAN)
    for kind, expression in NOT_PLANS:
        if pattern(expression).search(title):
            return Judged(kind)
    if pattern(OTHER_NOTICES).search(title):
        return Judged(K.REPORT)
    plan = _plan_kind(title)
    if (
        plan
        and notice_title
        and "宣传" in notice_title
        and pattern(r"宣传[^《》]{0,16}{方案}").search(notice_title)
    ):
        return Judged(K.PUBLICITY_PLAN)
    if (
        plan
        and not (reported and len(headings) < 2)
        and not (pattern(NEWS_VERBS).search(title) and len(headings) < 2 and assigned < ASSIGNED)
    ):
        if pattern(r"(?:总结|汇报|情况)(?:暨|和|及|与)").search(title):
            return Judged(K.REPORT)
        return Judged(plan)
    if reported:
        return Judged(K.NEWS)
    return _by_text(title, text, headings, assigned)


def _plan_kind(title: str) -> DocumentKind | None:
    for kind, expression in PLANS:
        if pattern(expression).search(title):
            return kind
    return None


def _by_text(title: str, text: str, headings: Sequence[str], assigned: int) -> Judged:
    if pattern(ISSUE).search(text[:200]):
        return Judged(K.BRIEFING)
    chapters = sum(1 for heading in headings if pattern(REPORT_CHAPTERS).search(heading))
    past = len(pattern(PAST).findall(text)) + 3 * chapters
    planned = sum(1 for heading in headings if pattern(r"{方案章}").search(heading))
    if len(headings) >= 2 and planned >= 2 and past <= planned:
        return Judged(K.WORK_PLAN)
    if assigned >= ASSIGNED and past < assigned:
        return Judged(K.WORK_PLAN)
    if pattern(NEWS_VERBS).search(title) and not headings:
        return Judged(K.NEWS, past > 0)
    if pattern(r"通知$").search(title) and headings and past <= 2:
        return Judged(K.WORK_PLAN)
    told = past >= TOLD
    return Judged(K.NEWS if not headings and past else K.REPORT, told)
