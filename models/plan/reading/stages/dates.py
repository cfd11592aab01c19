"""Where a stage says when: a bracket, a label, its heading or the head of its text; and the words around it."""

from collections.abc import Callable
from dataclasses import dataclass

from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.lexer import VEIL, Time, times_in, veiled
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.words import DOTTED_DAY
from models.plan.reading.stages.nodes import NUMBERED, StageNode
from models.plan.reading.text.patterns import pattern

Reader = Callable[[str, Context, int], Period | None]

# Words printed in place of a date.
INSTEAD = r"(?:具体)?(?:时间|日期|安排)?.{0,6}(?:以.{1,12}通知为准|另行通知|待定|待通知|视情.{0,8}|根据.{1,16}{另定}|按.{1,16}(?:{另定}|时间)(?:进行|执行|确定)?)|以.{2,14}为准|为期.{1,6}|(?:{N}|半)个?{周期}"
LABEL = r"(?:{时限}|(?:实施|工作|起止)时间)[：]"


@dataclass(frozen=True, slots=True)
class StageDate:
    """The heading without its date, the words of the date, what they mean, and the ``field`` they stand in.

    ``guessed``: the name is only the words behind the date.
    """

    head: str
    phrase: str | None = None
    period: Period | None = None
    field: str = ""
    guessed: bool = False


def find_stage_date(item: StageNode, context: Context, read: Reader) -> StageDate:
    """Return where ``item`` says when it runs, and what ``read`` makes of it."""
    text = item.head.text
    heading = pattern(
        r"^[^。：（）]*(?:（[^（）]*（[^（）]*）[^（）]*）|（[^（）]*）)?[^。：]*"
    ).match(text)
    head = heading[0] if heading else text
    for found in pattern(r"[（【]((?:[^（）【】]|（[^（）]*）)*)[）】]").finditer(text[:120]):
        if found.start() > len(head) + 12:
            break
        inner = pattern(rf"^(?:{LABEL})").sub("", found[1])
        if period := read(inner, context, 0):
            words = inner if len(inner) <= period.end_at + 6 else period.raw
            more = pattern(rf"[（【]({MORE})[）】]").match(veiled(text), found.end())
            field = f"{inner}，{text[slice(*more.span(1))]}" if more else inner
            return StageDate(_cut(text, found.span(), head), words, period, field)
        if pattern(INSTEAD).search(inner) and not date_places(text[: found.start()]):
            return StageDate(_cut(text, found.span(), head), inner)
    for passage in item.passages[:4]:
        label = (
            pattern(LABEL).search(head)
            if passage is item.head
            else pattern(LABEL).match(passage.text)
        )
        if label and (period := read(passage.text, context, label.end())):
            field = pattern(r"[。；（]").split(passage.text[label.end() :])[0]
            name = pattern(rf"[，；]?{LABEL}.*$").sub("", head)
            return StageDate(name, period.raw, period, field)
    return _in_heading(text, head, context, read) or _in_text(item, head, context, read)


def _in_heading(text: str, head: str, context: Context, read: Reader) -> StageDate | None:
    """Look for the date in the heading itself."""
    for at in date_places(text, min(len(head), 30)):
        period = read(text, context, at)
        if period is None or not _is_dated(period) or len(period.raw) < 2:
            continue
        dash = pattern(r"[—]{1,3}(?={H}{2})").search(text, at, period.end_at)
        if dash and period.open_ended and not pattern(r"{H}{2}").search(text[:at]):
            # 2026年3月——动员部署: the name, not the event that ends it
            period = read(text[: dash.start()], context, at) or period
        behind = _first_clause(text[period.end_at : len(head)])
        front = "" if pattern(LEAD_ALONE).fullmatch(text[:at]) else text[:at]
        name = front + ("" if front.endswith("阶段") else behind)
        bracket = pattern(r"[（【]((?:[^（）【】]|（[^（）]*）)*)$").search(text[:at])
        before = pattern(rf"(?:^|阶段)({MORE}[，；])$").search(veiled(text[:at])) or bracket
        field = text[slice(*before.span(1))] if before else pattern(STOPS).split(text[:at])[-1]
        field += _clause(text, at, period)
        if pattern(r"[\u4e00-\u9fff]{2}").search(pattern(r"[（）：，—、]").sub("", name)):
            return StageDate(name, period.raw, period, field)
        rest = pattern(r"^[：，、—。]*([^，。；：]{2,16})(?=[。；：]|$)").match(
            text[period.end_at :]
        )
        return StageDate(rest[1] if rest else "", period.raw, period, field, bool(rest))
    return None


def _in_text(item: StageNode, head: str, context: Context, read: Reader) -> StageDate:
    """Look behind the colon of the heading and at the head of the text."""
    text = item.head.text
    if found := pattern(rf"^([^，：]{{2,20}})[，：](?={INSTEAD})").match(head):
        return StageDate(found[1], head[found.end() :])
    if found := pattern(rf"^((?:{INSTEAD})[，：])([^，：]{{2,20}})$").match(head):
        return StageDate(found[2], found[1][:-1])
    bodies = [text[len(head) :], *(p.text for p in item.passages[1:2] if not p.cells)]
    for body in bodies:
        body_at = pattern(r"^[：。，—]*(?:时间[：为]?)?").match(body)
        at = body_at.end() if body_at else 0
        period = read(body, context, at)
        if period and _is_dated(period):
            return StageDate(head, period.raw, period, _clause(body, at, period))
        if pattern(rf"(?:{INSTEAD})[。，；]").match(body, at) and len(body) < 40:
            return StageDate(head, pattern(r"[。；]").split(body[at:])[0])
    return StageDate(head)


def is_only_a_date(words: str, said: StageDate) -> bool:
    """Say whether words are the date alone, and no step: 时间：2026年3月底前；."""
    bare = pattern(rf"^(?:{LABEL})?").sub("", words).strip("，；。、：（）,;:() ")
    raw = said.period.raw if said.period else ""
    return bool(bare) and bare in {said.phrase, raw, said.field}


# A clause that only says when, its times veiled, behind a comma: 2026年4月至6月，7月至8月; 2026年3月1日起，为期三个月.
MORE = rf"(?:(?:[{VEIL}上中下旬底初末至到—、和及前之以起止]|{{某日}}|五一|{DOTTED_DAY})*(?:[{VEIL}旬底前]|{{某日}}|五一|{DOTTED_DAY})|(?:为期|历时|共)[^，。；：（）]{{1,8}})"
# What may stand in front of the date of a stage.
LEAD_ALONE = r"(?:时间|定|初定|初步定|暂定|拟定|拟|计划|预计|原则上|力争|争取|确保|大约|约)(?:为|是|于|在|从|自)?[：]?"
STOPS = "[，。；：（）]"


def _clause(text: str, at: int, period: Period) -> str:
    """Return the words of a date and what follows them up to a mark that ends their clause."""
    behind = pattern(rf"(?:(?!{STOPS}).)*(?:[，；]{MORE}(?=[，。；：（）]|$))*").match(
        veiled(text), period.end_at
    )
    return text[at : behind.end() if behind else period.end_at]


def _is_dated(period: Period) -> bool:
    return bool(period.start or period.end or period.lacking)


# Words a date begins with, in front of its time or in place of one; the second row only behind a mark.
_LEADS = r"截至|截止|不晚于|不迟于|前[二两三]个?季度|即日|自|从"
_CLAUSE_LEADS = rf"{DOTTED_DAY}|(?:本)?(?:方案|通知|文件)?(?:正式)?(?:印发|下发|发布)|[^，。；：（）\d]{{2,14}}?(?:结束|完成|召开|批准|批复|下达)(?:之?后|之日起)|{{某月}}"


def date_places(text: str, stop: int | None = None) -> list[int]:
    """Return where in a heading the words of a date can begin, up to ``stop``."""
    heads = [0, *(mark.end() for mark in pattern(r"[，：—【]|阶段").finditer(text))]
    places = {at for at in heads if pattern(_CLAUSE_LEADS).match(text, at)}
    places |= {lead.start() for lead in pattern(_LEADS).finditer(text)}
    places |= {time.start for time in times_in(text) if _is_of_a_heading(text, time)}
    return sorted(at for at in places if stop is None or at < stop)


def _is_of_a_heading(text: str, time: Time) -> bool:
    """Say whether a time can be that of a stage: no 一月 within a name, no festival, no 年底 alone."""
    words = text[time.start : time.end]
    return words[0].isdecimal() or bool(
        pattern(r"季度|半年|^[今明次翌当同]年.|^{某年}").search(words)
    )


def _first_clause(text: str) -> str:
    """Return 动员部署阶段 of 为动员部署阶段，印发方案."""
    text = pattern(r"^[，：、—]{0,3}(?:为|是)?").sub("", text)
    return pattern(r"[，；]").split(text)[0]


def _cut(text: str, span: tuple[int, int], head: str) -> str:
    """Return the heading without the bracket of its date; what follows a colon may be its name."""
    before, behind = text[: span[0]], text[span[1] : max(len(head), span[1])]
    bare = pattern(NUMBERED).sub("", before).strip("：:，—-、")
    if not bare and not pattern(r"[\u4e00-\u9fff]{2}").search(behind):
        rest = pattern(r"^[：，、—.]*([^，。；：]{2,20})").match(text[span[1] :])
        return rest[1] if rest else before
    kept = pattern(r"^(?:阶段|期)").match(behind)
    return before + (kept[0] if kept else "" if bare else behind)
