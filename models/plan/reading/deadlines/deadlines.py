"""Until when a work item is due: what its annotation, its cell or its text says, in one part or several."""

from collections.abc import Sequence

from models.plan.reading.dates.ends import Period
from models.plan.reading.dates.lists import AND, without_brackets, without_numbers
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.unsure import unsure
from models.plan.reading.dates.words import NOT_YET, ONGOING
from models.plan.reading.deadlines.places import (
    DuePlace,
    as_place,
    dates_from,
    dates_in_sentence,
    day_alone,
    due_period,
    is_only_named,
    side_by_side,
)
from models.plan.reading.deadlines.words import (
    AT_ONCE,
    BLANK,
)
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.schema import Deadline, DeadlinePart

# A day of its own behind a duty: 每月25日前报送，6月底前完成.
_BY_ITSELF = (
    r"^(?:并|须|应|要|力争|确保|于|在)*(?:{某年}|{某月}).*(?:{做成}|验收|销号|整改|总结|结束)"
)
MOST_PARTS = 20  # that a cell of the review workbook shows; the day is still the last of all


def read_deadline(
    printed: str | None, texts: Sequence[Passage], context: Context
) -> tuple[Deadline | None, list[str]]:
    """Return the deadline, and why it is doubtful; None where neither label nor text has one.

    ``printed`` is what an annotation or cell says, and then counts alone. What is written and not read
    as a day or as long-term work is always doubted. Several dates are parts, and the last is the day.
    """
    if printed and not pattern(BLANK).match(printed):
        plain = without_brackets(printed)
        deadline, doubts, taken = _of_label(plain, context)
        deadline.raw = printed
        return deadline, [*doubts, *unsure(plain, deadline, taken, doubts)]
    found: list[DuePlace] = []
    what: list[str] = []
    for passage in texts:
        here = list(dates_in_sentence(passage.text, context, found[-1].day if found else None))
        if here:
            what += _what(passage.text, here)
            found += here
    if not found:
        return None, []
    return _deadline("，".join(one.raw for one in found), found, what)


def _of_label(printed: str, context: Context) -> tuple[Deadline, list[str], list[str]]:
    """Return the deadline, why it is doubtful, and the words of its dates that were read."""
    text = pattern(r"^[：，；\s]*(?:于)?").sub("", printed)
    first, *others = pattern(r"[，；。]").split(text)
    if pattern(r"^每(?!个?年)").match(text) and any(map(pattern(_BY_ITSELF).search, others)):
        deadline, doubts, taken = _of_label(text[len(first) + 1 :], context)
        return deadline, doubts, [first, *taken]
    if pattern(r"^每").match(text):
        return Deadline(raw=printed), [f"时限{quoted(printed[:40])}是周期要求，没有一个到期日"], []
    text = without_numbers(text)
    found = list(side_by_side(text, 0, context, None))
    whole = None if found else due_period(text, context, 0)
    began = whole.raw if whole and whole.open_ended else ""
    if whole and began and not pattern(ONGOING).search(began):  # 4月启动，9月完成
        found = list(dates_from(text, whole.end_at, context, whole.start))
    at = found[-1].end if found else 0
    if whole and not found:
        if whole.open_ended and not pattern(AT_ONCE).match(text):
            deadline = Deadline(raw=printed, date=None, open_ended=True)
            return *_with_dates_behind(deadline, text, whole, context), []
        first = as_place(whole, 0)
        if (whole.end or whole.fuzzy) and not is_only_named(text, first):
            found.append(first)
            at = whole.end_at
            while first.day and (more := day_alone(text, at, first.day)):
                found.append(more)
                at = more.end
    found += dates_from(text, at, context, found[-1].day if found else None)
    if not found:
        if pattern(rf"(?:{ONGOING})").search(text) and not pattern(NOT_YET).search(text):
            return Deadline(raw=printed, open_ended=True), [], []
        return Deadline(raw=printed), [_unread(printed)], []
    deadline, doubts = _deadline(printed, found, _what(text, found))
    rest = pattern(rf"{NOT_YET}|{ONGOING}").search(text, found[-1].end)
    if unread := pattern("[A-Za-z]{1,12}{N}?").match(text, found[-1].end):  # 2026年Q1
        doubts.append(f"时限里的{quoted(unread[0])}没有读出")
    if rest and deadline.date:
        doubts.append(f"时限里还写着{quoted(rest[0])}")
    return deadline, doubts, [began, *{text[one.start : one.end]: None for one in found}]


def _with_dates_behind(
    deadline: Deadline, text: str, whole: Period, context: Context
) -> tuple[Deadline, list[str]]:
    """Keep long-term work as such; dates that stand behind it are its parts: 长期坚持，每年底前总结."""
    found = list(dates_from(text, whole.end_at, context, None))
    why = [whole.fuzzy] if whole.fuzzy else []
    if found:
        parts = _deadline(text, found, _what(text, found))[0]
        named = "、".join(one.raw for one in found)
        deadline.parts = parts.parts or [DeadlinePart(raw=named, date=parts.date)]
        why.append(f"既写长期又写{quoted(named)}")
    elif again := pattern("，?(每个?[年月季周旬][^，。；（）]*)").match(text, whole.end_at):
        why.append(f"时限里的{quoted(again[1][:40])}是周期要求，没有一个到期日")
    return deadline, why


def _deadline(
    raw: str, found: Sequence[DuePlace], what: Sequence[str]
) -> tuple[Deadline, list[str]]:
    days = [one.day for one in found if one.day]
    deadline = Deadline(raw=raw, date=max(days, default=None))
    doubts = [one.why or _unread(one.raw) for one in found if one.why or not one.day]
    if len({one.raw for one in found}) > 1:
        deadline.parts = [
            DeadlinePart(raw=one.raw, date=one.day, what=said)
            for one, said in zip(found[:MOST_PARTS], what, strict=False)
        ]
        if len(found) > MOST_PARTS:
            doubts.insert(0, f"有 {len(found)} 个时限，只分列了前 {MOST_PARTS} 个")
    return deadline, list(dict.fromkeys(doubts))


def _unread(words: str) -> str:
    return f"时限{quoted(words[:40])}没有读出日期"


def _names_stand_in_front(text: str, found: Sequence[DuePlace]) -> bool:
    """Say whether what is due stands before its date: 第一批6月底前，第二批9月底前完成."""
    if len(found) < 2 or not pattern(r"[，、；]").match(text, found[0].end):
        return False
    between = text[found[0].end : found[1].start]
    return bool(pattern(r"{H}").search(pattern(rf"^[，、；]|{AND}|分别|[于在]").sub("", between)))


def _what(text: str, found: Sequence[DuePlace]) -> list[str]:
    """Return what is due at each date: the words behind it, or in front where none are behind the last."""
    marks = "，；。、：（） /／"
    tail = pattern(r"[；。]").split(text[found[-1].end :])[0].strip(marks) if found else ""
    in_front = _names_stand_in_front(text, found)
    if found and found[-1].raw.endswith("完成"):
        tail = tail or "完成"
    what = []
    for at, one in enumerate(found):
        if (tail and not in_front) or len(found) == 1:
            stop = found[at + 1].start if at + 1 < len(found) else len(text)
            said = pattern(r"[；。]").split(text[one.end : stop])[0]
            said = said or (tail if at + 1 == len(found) else "")
        else:
            said = text[found[at - 1].end if at else 0 : one.start]
        said = pattern(rf"^{AND}$|[，、]?(?:于|在|分别|力争|确保|其中)*$").sub("", said)
        what.append(said.strip(marks)[:200])
    of_list: dict[int, str] = {}
    for one, said in zip(found, what, strict=True):
        of_list[one.start] = of_list.get(one.start) or said
    return [of_list[one.start] for one in found]  # 6、9、12月底前报送: each of them
