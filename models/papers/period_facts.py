"""What was done in a period, for a briefing: items, evidence, stages, and what is due next."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.database import as_day, found_as, run
from models.papers.quoted import Quoted
from models.plan.dates import day_in_words

NEXT_DAYS = 14  # how far ahead a briefing looks
MOST_LISTED = 12  # items that are named; the others are counted

_DONE = f"""
    SELECT {ASSIGNED_CODE} AS code, coalesce(w.title, i.title) AS title, u.name AS unit, a.done_on AS day
    FROM assignment a JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state = 'done'
      AND a.done_on BETWEEN :first AND :last
    ORDER BY a.done_on, w.ordinal, i.id, u.id"""  # noqa: S608

_COMING = f"""
    SELECT {ASSIGNED_CODE} AS code, coalesce(w.title, i.title) AS title, u.name AS unit, a.due AS day
    FROM assignment a JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state IN ('open', 'started')
      AND a.due > :last AND a.due <= :ahead
    ORDER BY a.due, CASE a.state WHEN 'open' THEN 0 ELSE 1 END, w.ordinal, i.id, u.id"""  # noqa: S608

_EVIDENCE = """
    SELECT count(*) FILTER (WHERE r.received_at >= :begins AND r.received_at < :ends) AS handed,
           count(*) FILTER (WHERE r.state = 'accepted' AND r.state_at >= :begins AND r.state_at < :ends),
           count(*) FILTER (WHERE r.state = 'returned' AND r.state_at >= :begins AND r.state_at < :ends)
    FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.state <> 'draft'"""

_STAGES = """
    SELECT name, opened_on, closed_on FROM stage WHERE campaign_id = :campaign
      AND (opened_on BETWEEN :first AND :last OR closed_on BETWEEN :first AND :last)
    ORDER BY ordinal"""


@dataclass(frozen=True, slots=True)
class DatedPart:
    """A unit's part with the day it was done, or is due."""

    code: str
    title: str
    unit: str
    day: date


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """What a briefing says of its period; lists name at most `MOST_LISTED`, the counts say all."""

    done: Quoted
    handed: Quoted
    accepted: Quoted
    returned: Quoted
    coming: Quoted
    items: Sequence[DatedPart]
    next: Sequence[DatedPart]
    stages: Sequence[str]
    left: int = 0  # items done that are not named
    next_left: int = 0


def period_facts(
    session: Session, campaign_id: int, days: tuple[date, date], instants: tuple[datetime, datetime]
) -> PeriodFacts:
    """Return what happened on ``days`` (both in), of what has an instant between ``instants``; four statements."""
    first, last = days
    one = {"campaign": campaign_id, "first": first, "last": last}
    done = found_as(session, DatedPart, _DONE, one)
    ahead = {"campaign": campaign_id, "last": last, "ahead": last + timedelta(days=NEXT_DAYS)}
    coming = found_as(session, DatedPart, _COMING, ahead)
    between = {"campaign": campaign_id, "begins": instants[0], "ends": instants[1]}
    handed, accepted, returned = run(session, _EVIDENCE, between).one()
    when = f"{day_in_words(first)}至{day_in_words(last)}"
    return PeriodFacts(
        Quoted("period/done", str(len(done)), f"完成日期在{when}的责任，按单位计；{_named(done)}"),
        Quoted("period/handed", str(handed), f"{when}收到的证明材料，各版分别计，草稿不计。"),
        Quoted("period/accepted", str(accepted), f"{when}通过核查的证明材料。"),
        Quoted("period/returned", str(returned), f"{when}退回的证明材料。"),
        Quoted(
            "period/coming", str(len(coming)), f"{NEXT_DAYS} 天内到期未完成的责任；{_named(coming)}"
        ),
        _over_units(done),
        _over_units(coming, by_day=True),
        list(_stages(session, one)),
        max(0, len(done) - MOST_LISTED),
        max(0, len(coming) - MOST_LISTED),
    )


def _over_units(parts: Sequence[DatedPart], *, by_day: bool = False) -> list[DatedPart]:
    """Return at most `MOST_LISTED` of ``parts`` in their order, spread over units and then over items.

    ``by_day`` lets what is due first go before: of a day, what nobody has begun, each unit once before any twice.
    """
    units: Counter[str] = Counter()
    codes: Counter[str] = Counter()
    left = list(enumerate(parts))
    chosen: list[tuple[int, DatedPart]] = []

    def place(one: tuple[int, DatedPart]) -> tuple[date, int, int, int]:
        n, part = one
        return (part.day if by_day else date.min, units[part.unit], codes[part.code], n)

    while left and len(chosen) < MOST_LISTED:
        found = min(left, key=place)
        left.remove(found)
        chosen.append(found)
        units[found[1].unit] += 1
        codes[found[1].code] += 1
    return [part for _, part in sorted(chosen, key=lambda one: one[0])]


def _named(parts: Sequence[DatedPart]) -> str:
    codes = list(dict.fromkeys(part.code for part in parts))
    more = f"等 {len(codes)} 项" if len(codes) > MOST_LISTED else ""
    return f"涉及 {'、'.join(codes[:MOST_LISTED])}{more}。" if codes else "没有。"


def _stages(session: Session, one: dict[str, object]) -> Sequence[str]:
    first, last = one["first"], one["last"]
    assert isinstance(first, date) and isinstance(last, date)
    said = []
    for name, *days in run(session, _STAGES, one):
        for given, what in zip(days, ("启动", "结束"), strict=True):
            if (day := as_day(given)) and first <= day <= last:
                said.append(f"{day_in_words(day)}，{name.removesuffix('阶段')}阶段{what}")
    return said
