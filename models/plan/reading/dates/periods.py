"""Periods as documents write them: from a point to a point, open ends, counted from the issue."""

from dataclasses import replace
from datetime import date

from models.plan.reading.dates.counted_periods import WITHIN, counted_from, read_counted
from models.plan.reading.dates.date_words import (
    BEFORE,
    BEFORE_AN_HOUR,
    PARTS,
    TERMS,
    VAGUE_EVENT,
    no_fixed_day,
)
from models.plan.reading.dates.dates import add_months, next_day, read_point
from models.plan.reading.dates.feasts import (
    before_it_begins,
    before_the_feast,
    feast_beside,
    of_feasts,
    of_several_days,
    part_of_a_span,
)
from models.plan.reading.dates.moon_days import read_moon_day
from models.plan.reading.dates.period import Period
from models.plan.reading.dates.period_ends import read_end
from models.plan.reading.dates.points import Point
from models.plan.reading.dates.resolving import Context, day_before, first_day_of, year_of
from models.plan.reading.text.patterns import pattern, quoted

FROM = r"(?:自|从|由|于)?"
STARTS = r"起|开始|启动|以后|之后|以来|后"
NOW = r"(?:自|从)?(?:即日|现在|目前|方案印发之日|本方案印发之日|印发之日|发文之日|发布之日|通知印发之日|文件印发之日|下发之日)(?:起|开始)?|立即启动|立即开始|立即"
ONGOING = r"长期坚持|持续推进|常态化?(?:推进|开展|坚持)?|长期(?:推进|开展)?|持续(?:开展|坚持|深化|巩固)?|贯穿(?:始终|全程|全过程)|全程|常年"


def read_period(text: str, context: Context, at: int = 0) -> Period | None:
    """Read the period at ``at`` of ``text`` (without white space); None when no date is there."""
    for reader in READERS:
        if period := reader(text, context, at):
            return period
    return None


def _from_now(text: str, context: Context, at: int) -> Period | None:
    """即日起至2024年5月底; 立即启动; 印发之日起至6月底."""
    found = pattern(rf"{NOW}").match(text, at)
    if found is None:
        return None
    tail = read_end(text, found.end(), context, context.issued, context.issued)
    if tail is None:
        stop = found.end()
        return Period(context.issued, None, True, text[at:stop], stop)
    stop = tail.end_at
    return Period(
        context.issued,
        tail.day,
        tail.open_ended,
        text[at:stop],
        stop,
        tail.fuzzy,
        lacking=tail.lacking,
    )


def _after_stage(text: str, context: Context, at: int) -> Period | None:
    """筹备阶段结束后至2025年11月底; 第一阶段结束后."""
    found = pattern(
        r"(?:在|待)?([^，。；：（）]{1,20}?)(?:结束|完成)(?:之后|以后|后)(?:开始)?"
    ).match(text, at)
    if found is None or context.stage_ends is None:
        return None
    name = found[1].removesuffix("阶段").removesuffix("工作")
    known = {**context.stage_ends}
    if name in {"上一", "前一", "上"} and known:
        ended = list(known.values())[-1]
    elif name in known:
        ended = known[name]
    else:
        return None
    start = next_day(ended) if ended else None
    if within := pattern(WITHIN).match(text, found.end()):
        raw = text[at : within.end()]
        period = counted_from(ended, within, raw, "不知道前一阶段的结束日")
        return replace(period, start=start) if period else None
    tail = read_end(text, found.end(), context, start, start)
    if tail is None:
        return Period(start, None, True, text[at : found.end()], found.end())
    stop = tail.end_at
    return Period(
        start, tail.day, tail.open_ended, text[at:stop], stop, tail.fuzzy, lacking=tail.lacking
    )


def _after_event(text: str, context: Context, at: int) -> Period | None:
    """动员会议召开后至9月中旬: the start hangs on an event whose date is not given."""
    found = pattern(r"[^，。；：（）\d]{2,20}?(?:后|之日)起?(?=[—至到])").match(text, at)
    if found is None:
        return None
    tail = read_end(text, found.end(), context, None, None)
    if tail is None:
        return None
    stop = tail.end_at
    why = tail.fuzzy if tail.lacking else "开始日期取决于没有写明日期的事项"
    is_open = tail.open_ended and tail.day is None
    return Period(None, tail.day, is_open, text[at:stop], stop, why, lacking=tail.lacking)


def _points(text: str, context: Context, at: int) -> Period | None:
    """2024年3月1日—3月31日; 9月; 2024年11月下旬起，长期坚持; 2024年底前; 国庆节前."""
    lead = pattern(
        rf"(?:截至|截止|(?:最迟|最晚)?不(?:得|能)?(?:晚于|迟于|超过))(?:到|至)?|{FROM}"
    ).match(text, at)
    begin = lead.end() if lead else at
    point = read_point(text, begin)
    if point is None:
        return None
    start = first_day_of(point, context)
    lacking = "" if start else point.lacking(year_of(point, context), None)
    if start is None and not lacking:
        return None
    fuzzy = lacking or point.fuzzy or None
    last = point.end_on(start.year, start.month) if start else None
    open_year = point.without_year

    def period(first: date | None, end: date | None, stop: int, *, is_open: bool = False) -> Period:
        return Period(first, end, is_open, text[at:stop], stop, fuzzy, open_year, bool(lacking))

    if lead and lead[0].startswith(("截", "不", "最")):
        return period(None, last, point.end)
    if found := pattern(BEFORE_AN_HOUR).match(text, point.end):
        if last and point.festivals:
            fuzzy = of_several_days(text[begin : point.end], last) or fuzzy
            last = day_before(last)
        elif last and found["beside"]:
            last, why = before_the_feast(last, found["beside"])
            odd = (
                "" if point.first == point.last else part_of_a_span(text[begin : found.end()], last)
            )
            fuzzy = fuzzy or why or odd or None
        elif last and start and point.months in {3, 6, 12, 60} and point.end == found.start():
            fuzzy = fuzzy or before_it_begins(
                text[begin : found.end()], start, last, context.issued
            )
        return period(None, last, found.end())
    if point.festivals:
        fuzzy, start = of_feasts(text[begin : point.end], start, text, point.end)
    elif last and (beside := feast_beside(last, text, point.end)):
        point = replace(point, end=beside.end)
        fuzzy = fuzzy or beside.why or None
    started = pattern(rf"(?:及(?=以后|之后))?(?:{STARTS})").match(text, point.end)
    if started and started[0] in {"起", "开始", "后", "以后", "之后"}:
        within = pattern(rf"[，]?{WITHIN}").match(text, started.end())
        if within and (counted := counted_from(start, within, text[at : within.end()], lacking)):
            return replace(counted, fuzzy=counted.fuzzy or fuzzy, without_year=open_year)
    stop = started.end() if started else point.end
    tail = read_end(text, stop, context, start, last, begun=bool(started))
    if tail is not None:
        fuzzy = "；".join(dict.fromkeys(why for why in (fuzzy, tail.fuzzy) if why)) or None
        open_year = open_year and not tail.with_year
        lacking = lacking or ("-" if tail.lacking else "")
        return period(start, tail.day, tail.end_at, is_open=tail.open_ended)
    if started:
        rest = pattern(rf"[，]?(?:{ONGOING})").match(text, started.end())
        return period(start, None, rest.end() if rest else started.end(), is_open=True)
    if rest := pattern(rf"[，]?(?:{ONGOING})").match(text, point.end):
        return period(start, None, rest.end(), is_open=True)
    done = pattern(r"(?:完成|结束|期间)?").match(text, point.end)
    return period(start, last, done.end() if done else point.end)


def _dotted_months(text: str, context: Context, at: int) -> Period | None:
    """2026.4-10, 2026.10—12, 2026年4—10: another mark than between year and month, so two months."""
    found = pattern(
        rf"({FROM})((?:19|20)\d{{2}})(?:[.．/]|年)(\d{{1,2}})(?:[—]{{1,3}}|至|到)(\d{{1,2}})月?(?![\d.\-/年月日季周号旬个天学])"
    ).match(text, at)
    if found is None or not (1 <= int(found[3]) <= 12 and 1 <= int(found[4]) <= 12):
        return None
    period = _points(f"{found[2]}年{found[3]}月至{found[4]}月", context, 0)
    done = pattern(rf"(?:{BEFORE}|完成|结束|期间)?").match(text, found.end())
    stop = done.end() if done else found.end()
    return replace(period, raw=text[at:stop], end_at=stop) if period else None


def _this_month(text: str, context: Context, at: int) -> Period | None:
    """本月底前; 下月10日前; 本季度末; 月底前: counted from the month of the issue."""
    found = pattern(
        r"(?P<next>[本下])?(?:个)?(?P<span>月|季度)(?:(?P<day>\d{1,2})[日号]|(?P<part>底|末(?!月)|内|[上中下]旬))"
    ).match(text, at)
    if found is None or (found["next"] is None and found["part"] not in {"底", "末"}):
        return None
    before = pattern(BEFORE).match(text, found.end())
    stop = before.end() if before else found.end()
    if context.issued is None:
        return Period(None, None, False, text[at:stop], stop, "不知道印发日期")
    long = 1 if found["span"] == "月" else 3
    first = context.issued.replace(day=1)
    first = add_months(first, -((first.month - 1) % long) + (long if found["next"] == "下" else 0))
    day = int(found["day"] or 0)
    _, last = (day, day) if day else PARTS.get(found["part"], (1, 0))
    point = Point(first.year, first.month, last, last, 1 if last else long)
    lacking = point.lacking(first.year, first.month)
    end = None if lacking else point.end_on(first.year, first.month)
    return Period(None, end, False, text[at:stop], stop, lacking or None, lacking=bool(lacking))


def _vague_event(text: str, context: Context, at: int) -> Period | None:
    """汛期前: no year has a day for it."""
    found = pattern(VAGUE_EVENT).match(text, at)
    why = no_fixed_day(found[0]) if found else None
    return Period(None, None, False, found[0], found.end(), why) if found else None


def _school_term(text: str, context: Context, at: int) -> Period | None:
    """2026年春季学期末, 新学期开学前, 2026年秋季: each school and each year has its own days."""
    found = pattern(rf"(?:自|从|由|于|在)?{TERMS}").match(text, at)
    if found is None:
        return None
    odd = quoted(found["season"] or found["term"])
    why = f"{quoted(found[0])}里写着{odd}，没有固定的日子，请核对，写明日期"
    return Period(None, None, False, found[0], found.end(), why)


def _ongoing(text: str, context: Context, at: int) -> Period | None:
    found = pattern(rf"(?:{ONGOING})").match(text, at)
    return Period(None, None, True, found[0], found.end()) if found else None


READERS = (
    read_counted,
    _from_now,
    _after_stage,
    read_moon_day,
    _school_term,
    _dotted_months,
    _points,
    _ongoing,
    _vague_event,
    _this_month,
    _after_event,
)
