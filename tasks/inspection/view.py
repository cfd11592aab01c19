"""The rounds as they stand: who goes where on which day, what came of it, and which units nobody goes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at
from models.inspection.area import AreaEntry, unit_areas
from models.inspection.visit import VisitLine, visit_lines
from models.inspection.visit_round import VisitRound, known_setting, rounds_of
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.visits.words import NOTHING_FOUND, VisitState
from models.units.unit import unit_named

VISIT_HEAD = ("编号", "日期", "督导组", "单位", "片区", "情况")


@dataclass(frozen=True, slots=True)
class ShownRound:
    """A round: its title, its visits as rows, and the lines below them."""

    title: str
    rows: Sequence[tuple[str, ...]]
    lines: Sequence[str]


@dataclass(frozen=True, slots=True)
class ShownInspection:
    """Every round that was asked for, and what holds for all of them."""

    rounds: Sequence[ShownRound]
    lines: Sequence[str]


def inspection_view(
    slug: str | None, number: int | None, unit: str, moment: Moment
) -> ShownInspection:
    """Return the rounds, or one of them; of one unit where it is named. No unit is ranked."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        rounds = [one for one in rounds_of(session, campaign_id) if number in (None, one.number)]
        visits = visit_lines(session, campaign_id, number or 0)
        units = unit_areas(session, campaign_id)
        wanted, source = known_setting(session, campaign)
        there = len(rounds_of(session, campaign_id))
        calendar = work_calendar(session)
        only = unit_named(session, campaign_id, unit) if unit else 0
        shown = [_round(one, visits, units, (calendar, moment.today), only) for one in rounds]
    said = f"应有 {wanted} 轮{f'（方案：{source}）' if source else ''}，已设 {there} 轮"
    out = [f"{one.unit}（{one.left_out}）" for one in units if one.left_out]
    return ShownInspection(shown, [said, *([f"不督导的单位：{'、'.join(out)}"] if out else [])])


def _round(
    one: VisitRound,
    visits: Sequence[VisitLine],
    units: Sequence[AreaEntry],
    when: tuple[WorkCalendar, date],
    only: int,
) -> ShownRound:
    calendar, today = when
    own = [each for each in visits if each.round_number == one.number]
    held = sum(each.is_held for each in own)
    there = {each.unit_id for each in own}
    missing = [each.unit for each in units if not each.left_out and each.unit_id not in there]
    lines = [f"走访 {len(own)} 个单位，已走访 {held} 个"]
    if missing:
        lines.append(f"还没有排到的 {len(missing)} 个单位：{'、'.join(missing)}")
    title = f"第 {one.number} 轮督导：{one.first} 至 {one.last}，每组每天最多 {one.most} 次"
    rows = [_cells(each, calendar, today) for each in own if only in (0, each.unit_id)]
    return ShownRound(title, rows, lines)


def _cells(one: VisitLine, calendar: WorkCalendar, today: date) -> tuple[str, ...]:
    day = one.visited_on or one.day
    return (
        one.code,
        day.isoformat(),
        one.team,
        one.unit,
        one.area,
        standing_of(one, calendar, today),
    )


def standing_of(one: VisitLine, calendar: WorkCalendar, today: date) -> str:
    """Return how far a visit is, in words."""
    if one.is_held:
        found = NOTHING_FOUND if one.nothing_found else f"列出问题 {one.problems} 个"
        return f"{VisitState.HELD.chinese}，{found}"
    said = VisitState.PLANNED.chinese
    if one.day < today:
        return f"{said}，日期已过、没有报结果"
    if why := _cannot_stay(one, calendar):
        return f"{said}，{why}，请重新排定"
    return f"{said}，日期已定" if one.settled else said


def _cannot_stay(one: VisitLine, calendar: WorkCalendar) -> str:
    if one.gone:
        return "单位已停用或并入别的单位"
    if one.barred:
        return "督导组已停用，或有这个单位的人"
    return "" if calendar.is_workday(one.day) else "这一天已不是工作日"
