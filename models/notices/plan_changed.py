"""Who hears that the plan was revised: each unit of what is another for it, the leaders and the office of the stages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import stages_of
from models.database import as_day, run
from models.notices.seats import SEATS
from models.notices.stages import leaders_and_office
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.rules.notices.plan_changed import UnitPart, parts_changed, stages_moved, to_pass_on
from models.rules.notices.rule_words import PLAN_CHANGED
from models.rules.words import Level

# What each unit has to do and when: its parts of work items, and its measures.
_PARTS = """
    SELECT a.unit_id, 'W' || w.ordinal AS code, w.title, min(a.due) AS due
    FROM assignment a JOIN work_item w ON w.id = a.work_item_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state IN ('open', 'started')
    GROUP BY a.unit_id, w.ordinal, w.title
    UNION ALL
    SELECT m.unit_id, m.code, m.title, m.due FROM milestone m
    WHERE m.campaign_id = :campaign AND m.kind = 'measure' AND m.unit_id IS NOT NULL
      AND NOT m.withdrawn AND m.state IN ('open', 'started')
    ORDER BY 1, 2"""
_LIAISONS = f"""
    WITH {SEATS}
    SELECT s.unit_id, u.name, s.post_id, p.unit_id AS own
    FROM seat s JOIN post p ON p.id = s.post_id JOIN unit u ON u.id = s.unit_id
    WHERE s.level = {int(Level.LIAISON)} ORDER BY 1, 3"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class PlanStanding:
    """What everybody has to do and when, at one moment."""

    parts: Mapping[int, Mapping[str, UnitPart]]  # by unit, by code
    stages: Mapping[int, tuple[str, date | None, date | None]]  # by id


def standing_now(session: Session, campaign_id: int) -> PlanStanding:
    """Return what everybody has to do, before or after a plan is loaded; two statements."""
    session.flush()
    parts: dict[int, dict[str, UnitPart]] = defaultdict(dict)
    for unit, code, title, due in run(session, _PARTS, {"campaign": campaign_id}):
        parts[unit][code] = UnitPart(code, title, as_day(due))
    stages = {
        one.id or 0: (one.name, one.planned_start, one.planned_end)
        for one in stages_of(session, campaign_id)
    }
    return PlanStanding(parts, stages)


def tell_of_changes(
    session: Session, campaign_id: int, before: PlanStanding, occurrence: str, moment: Moment
) -> int:
    """Tell each unit's liaison what is another for the unit, and leaders and office what of the stages.

    Who stands in for units that nobody can be told at hears which they are. Returns how many notices are
    new. Said once for each ``occurrence``; who has nothing new hears nothing.
    """
    after = standing_now(session, campaign_id)
    said: list[tuple[int, Word]] = []
    passed_on: dict[int, list[str]] = defaultdict(list)
    for unit, name, post, own in run(session, _LIAISONS, {"these": (campaign_id,)}):
        words = parts_changed(before.parts.get(unit, {}), after.parts.get(unit, {}))
        if words and own == unit:
            said.append((post, Word("unit", unit, PLAN_CHANGED, occurrence, words)))
        elif words:
            passed_on[post].append(name)
    for post, names in passed_on.items():
        told = Word("campaign", campaign_id, PLAN_CHANGED, f"{occurrence}-1", to_pass_on(names))
        said.append((post, told))
    if words := stages_moved(before.stages, after.stages):
        said += _to(leaders_and_office(session, campaign_id), campaign_id, occurrence, words)
    return tell(session, campaign_id, said, moment)


def _to(
    posts: Sequence[int], campaign_id: int, occurrence: str, words: str
) -> list[tuple[int, Word]]:
    word = Word("campaign", campaign_id, PLAN_CHANGED, occurrence, words)
    return [(post, word) for post in posts]
