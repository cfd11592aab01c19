"""Why a round cannot be planned, in words an office can act on: which constraint, and what it lacks."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from models.rules.visits.round_frame import RoundFrame, Slot, VisitedUnit, VisitTeam

NAMED = 5  # units in one reason; more are counted
MOST_UNIONS = 4096  # sets of teams that are looked at


def why_no_plan(frame: RoundFrame) -> list[str]:
    """Return every reason why ``frame`` has no plan; empty where it has one.

    Units without a wish are bound to teams alone, so by Hall's theorem there is a plan exactly where no
    set of teams has fewer visits to give than the units that only it may visit.
    """
    if not frame.units:
        return ["没有要督导的单位：请先装入单位名册"]
    if not frame.teams:
        return ["还没有督导组：请先用 shifan inspection teams load 装入"]
    found = [*_settled_wrongly(frame), *_visited_by_nobody(frame), *_wishes_refused(frame)]
    if not frame.free_units or found:
        return found
    if not frame.days:
        return ["这一轮没有可以安排的工作日：请延长结束日期"]
    return _too_few_days(frame) or _too_few_of_a_team(frame)


def named(names: Sequence[str]) -> str:
    """Return names in a line, the first few of many."""
    more = f"等 {len(names)} 个单位" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _settled_wrongly(frame: RoundFrame) -> Iterator[str]:
    units = {unit.id: unit for unit in frame.units}
    teams = {team.id: team for team in frame.teams}
    per_slot = Counter(frame.fixed[unit_id] for unit_id in frame.settled)
    for unit_id in sorted(frame.settled):
        slot, name = frame.fixed[unit_id], units[unit_id].name
        team = teams.get(slot.team)
        if team is None:
            yield f"{name}的走访已定在 {slot.day}，原来的督导组已经停用：请改由别的组去"
        elif slot.day in team.away:
            yield f"{name}的走访已定在 {slot.day}，{team.name}那天不在：请改日期，或换一个组"
        elif slot.day not in frame.days:
            yield f"{name}的走访已定在 {slot.day}，那天不是这一轮还能安排的工作日：请改日期"
        elif unit_id in team.barred:
            yield f"{name}的走访已定由{team.name}去，而它应当回避：请换一个组"
    for slot, count in sorted(per_slot.items()):
        if count > frame.most and slot.team in teams:
            yield f"{teams[slot.team].name} {slot.day} 已定了 {count} 次，超过每天最多 {frame.most} 次"


def _visited_by_nobody(frame: RoundFrame) -> Iterator[str]:
    for unit in frame.free_units:
        if all(unit.id in team.barred for team in frame.teams):
            yield f"{unit.name}在每个督导组里都有人（或都应回避），没有一个组能去：请调整督导组的组成"


def _wishes_refused(frame: RoundFrame) -> Iterator[str]:
    teams = {team.id: team for team in frame.teams}
    seats = frame.seats()
    for unit in frame.free_units:
        wish = frame.wishes.get(unit.id)
        if wish is None:
            continue
        if wish.team is not None and unit.id in teams[wish.team].barred:
            yield f"{unit.name}不能由{teams[wish.team].name}去：它是组成单位或应当回避"
        elif wish.day is not None and wish.day not in frame.days:
            yield f"{wish.day} 不是这一轮还能安排的工作日，{unit.name}不能改到这一天"
        elif wish.day is not None:
            yield from _day_refused(unit, wish.day, [teams[t] for t in frame.allowed(unit)], seats)


def _day_refused(
    unit: VisitedUnit, day: date, teams: Sequence[VisitTeam], seats: Mapping[Slot, int]
) -> Iterator[str]:
    there = [team for team in teams if day not in team.away]
    if not there:
        away = "、".join(team.name for team in teams)
        yield f"{unit.name}不能改到 {day}：能去的{away}那天不在"
    elif not any(seats.get(Slot(team.id, day)) for team in there):
        names = "、".join(team.name for team in there)
        yield f"{unit.name}不能改到 {day}：能去的{names}那天的次数已经定满"


def _too_few_days(frame: RoundFrame) -> list[str]:
    wanted, there = len(frame.free_units), sum(frame.seats().values())
    if wanted <= there:
        return []
    per_day = frame.most * len(frame.teams)
    days = -(-(wanted - there) // per_day)
    return [
        f"工作日不够：还要走访 {wanted} 个单位，{len(frame.teams)} 个组每天各最多 {frame.most} 次，"
        f"{len(frame.days)} 个工作日里一共能走 {there} 次，还差 {wanted - there} 次，"
        f"至少要再有 {days} 个工作日（或增加督导组、提高每天次数）"
    ]


def _too_few_of_a_team(frame: RoundFrame) -> list[str]:
    capacity: Counter[int] = Counter()
    for slot, free in frame.seats().items():
        capacity[slot.team] += free
    bound: dict[frozenset[int], list[str]] = defaultdict(list)
    for unit in frame.free_units:
        bound[frozenset(frame.allowed(unit))].append(unit.name)
    names = {team.id: team.name for team in frame.teams}
    for teams in _unions(list(bound)):
        units = [one for own, several in bound.items() if own <= teams for one in several]
        able = sum(capacity[team] for team in teams)
        if len(units) > able:
            who = "、".join(names[team] for team in names if team in teams)
            return [
                f"{named(units)}只能由{who}去，而它在这一轮的工作日里最多能走 {able} 次，"
                f"还差 {len(units) - able} 次：请延长日期，或调整督导组的组成"
            ]
    return []


def _unions(sets: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    """Return every union of ``sets``, the smallest first: the only sets of teams that can lack visits."""
    found: dict[frozenset[int], None] = {}
    for one in sets:
        for other in [frozenset(), *found]:
            if len(found) < MOST_UNIONS:
                found.setdefault(one | other)
    return sorted(found, key=lambda teams: (len(teams), sorted(teams)))
