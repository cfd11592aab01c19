"""Periods as documents write them: from a point to a point, open ends, counted from the issue."""

from dataclasses import replace
from datetime import date

from models.plan.reading.dates.ends import Period, counted_from, read_end
from models.plan.reading.dates.feasts import (
    at_the_latest,
    feast_beside,
    of_feasts,
    read_moon_day,
)
from models.plan.reading.dates.forms import read_point
from models.plan.reading.dates.points import DAY, Context, Point, add_months
from models.plan.reading.dates.words import (
    BEFORE,
    BEFORE_AN_HOUR,
    FROM,
    ISSUE,
    NOW,
    ONGOING,
    PARTS,
    STARTS,
    TERMS,
    VAGUE_EVENT,
    WITHIN,
    no_fixed_day,
)
from models.plan.reading.text.patterns import pattern, quoted


def read_period(text: str, context: Context, at: int = 0) -> Period | None:
    """Read the period at ``at`` of ``text`` (without white space); None when no date is there."""
    for reader in READERS:
        if period := reader(text, context, at):
            return period
    return None


def _counted(text: str, context: Context, at: int) -> Period | None:
    """印发之日起15日内; 印发后一个月内; 15个工作日内."""
    found = pattern(rf"(?P<issue>{ISSUE})?[，]?{WITHIN}").match(text, at)
    if found is None or (found["unit"] == "年" and len(found["count"]) == 4):  # 2026年内
        return None
    if found["issue"] is None:  # counted from something that is not given
        return Period(None, None, False, found[0], found.end(), "没有写明从哪天算起")
    return counted_from(context.issued, found, found[0], "不知道印发日期")


def _begun(text: str, at: int, stop: int, context: Context, start: date | None) -> Period:
    """Return the period that begins on ``start`` by the words up to ``stop``: open, or with its end behind."""
    ended = read_end(text, at, stop, context, (start, start))
    if ended is None:
        return Period(start, None, True, text[at:stop], stop)
    return replace(ended, without_year=False)


def _from_now(text: str, context: Context, at: int) -> Period | None:
    """即日起至2024年5月底; 立即启动; 印发之日起至6月底."""
    found = pattern(NOW).match(text, at)
    return _begun(text, at, found.end(), context, context.issued) if found else None


def _after_stage(text: str, context: Context, at: int) -> Period | None:
    """筹备阶段结束后至2025年11月底; 第一阶段结束后; 启动阶段结束后1个月内."""
    found = pattern(
        r"(?:在|待)?([^，。；：（）]{1,20}?)(?:结束|完成)(?:之后|以后|后)(?:开始)?"
    ).match(text, at)
    if found is None or not context.stage_ends:
        return None
    name = found[1].removesuffix("阶段").removesuffix("工作")
    if name in {"上一", "前一", "上"}:
        name = [*context.stage_ends][-1]
    if name not in context.stage_ends:
        return None
    ended = context.stage_ends[name]
    start = ended + DAY if ended else None
    if within := pattern(WITHIN).match(text, found.end()):
        raw = text[at : within.end()]
        period = counted_from(ended, within, raw, "不知道前一阶段的结束日")
        return replace(period, start=start) if period else None
    return _begun(text, at, found.end(), context, start)


def _after_event(text: str, context: Context, at: int) -> Period | None:
    """动员会议召开后至9月中旬: the start hangs on an event whose date is not given."""
    found = pattern(r"[^，。；：（）\d]{2,20}?(?:后|之日)起?(?=[—至到])").match(text, at)
    period = _begun(text, at, found.end(), context, None) if found else None
    if found is None or period is None or period.end_at == found.end():
        return None
    return period if period.lacking else replace(period, fuzzy="开始日期取决于没有写明日期的事项")


def _from_point(text: str, context: Context, at: int) -> Period | None:
    """2024年3月1日—3月31日; 9月; 2024年11月下旬起，长期坚持; 2024年底前; 国庆节前."""
    lead = pattern(
        rf"(?P<latest>(?:截至|截止|(?:最迟|最晚)?不(?:得|能)?(?:晚于|迟于|超过))(?:到|至)?)|{FROM}"
    ).match(text, at)
    begin = lead.end() if lead else at
    point = read_point(text, begin)
    if point is None:
        return None
    start = context.first_day_of(point)
    lacking = "" if start else point.lacking(context.year_of(point), None)
    if start is None and not lacking:
        return None
    last = point.end_on(start.year, start.month) if start else None
    why = lacking or point.fuzzy or None
    bare = point.without_year
    if lead and lead["latest"]:
        raw = text[at : point.end]
        return Period(None, last, False, raw, point.end, why, bare, bool(lacking))
    if before := pattern(BEFORE_AN_HOUR).match(text, point.end):
        last, doubt = at_the_latest(
            text[begin : before.end()], before, point, (start, last), context
        )
        raw = text[at : before.end()]
        return Period(None, last, False, raw, before.end(), why or doubt, bare, bool(lacking))
    stop = point.end
    if point.festivals:
        why, start = of_feasts(text[begin:stop], start, text, stop)
    elif last:
        stop, doubt = feast_beside(last, text, stop)
        why = why or doubt or None
    read = _from_day(text, at, stop, context, (start, last), lacking)
    whys = dict.fromkeys(each for each in (why, read.fuzzy) if each)
    return replace(
        read,
        fuzzy="；".join(whys) or None,
        without_year=bare and read.without_year,
        lacking=bool(lacking) or read.lacking,
    )


def _from_day(
    text: str,
    at: int,
    stop: int,
    context: Context,
    days: tuple[date | None, date | None],
    unknown: str,
) -> Period:
    """Return the period whose start at ``at`` means ``days``, with what stands at ``stop``: its end, 起, 完成."""
    start, last = days
    started = pattern(rf"(?:及(?=以后|之后))?(?:{STARTS})").match(text, stop)
    if started and started[0] in {"起", "开始", "后", "以后", "之后"}:
        within = pattern(rf"[，]?{WITHIN}").match(text, started.end())
        if within and (counted := counted_from(start, within, text[at : within.end()], unknown)):
            return replace(counted, without_year=True)
    stop = started.end() if started else stop
    if ended := read_end(text, at, stop, context, days, begun=bool(started)):
        return ended
    if rest := pattern(rf"[，]?(?:{ONGOING})").match(text, stop):
        return Period(start, None, True, text[at : rest.end()], rest.end(), None, True)
    if started:
        return Period(start, None, True, text[at:stop], stop, None, True)
    done = pattern(r"(?:完成|结束|期间)?").match(text, stop)
    stop = done.end() if done else stop
    return Period(start, last, False, text[at:stop], stop, None, True)


def _dotted_months(text: str, context: Context, at: int) -> Period | None:
    """2026.4-10, 2026.10—12, 2026年4—10: another mark than between year and month, so two months."""
    found = pattern(
        rf"({FROM})((?:19|20)\d{{2}})(?:[.．/]|年)(\d{{1,2}})(?:[—]{{1,3}}|至|到)(\d{{1,2}})月?(?![\d.\-/年月日季周号旬个天学])"
    ).match(text, at)
    if found is None or not (1 <= int(found[3]) <= 12 and 1 <= int(found[4]) <= 12):
        return None
    period = _from_point(f"{found[2]}年{found[3]}月至{found[4]}月", context, 0)
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
    last = int(found["day"] or 0) or PARTS.get(found["part"], (1, 0))[1]
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
    """长期坚持: it has no end."""
    found = pattern(ONGOING).match(text, at)
    return Period(None, None, True, found[0], found.end()) if found else None


READERS = (
    _counted,
    _from_now,
    _after_stage,
    read_moon_day,
    _school_term,
    _dotted_months,
    _from_point,
    _ongoing,
    _vague_event,
    _this_month,
    _after_event,
)
