"""Which fact made the light of a unit's part: what is registered of it, who registered it and when."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.campaign.lights import LIGHT_CASE
from models.campaign.work import Assignment
from models.database import found_as
from models.evidence.ledgers.conflicts import open_conflicts
from models.figures.kept import every_figure
from models.figures.measuring import measured
from models.rules.evidence.lit import Disputed, Lit, PartLit, ShortFigure
from models.rules.lights import LightDays
from models.rules.words import Light, Progress
from models.settings import local_day

_PARTS = f"""
    SELECT a.id, u.name AS unit, coalesce('W' || w.ordinal, i.code) AS code, a.state, a.due,
           a.begin_by, a.done_on, {LIGHT_CASE.format(t="a")} AS light
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.id IN ({{ids}})
    ORDER BY u.id, coalesce(w.ordinal, 1000000), i.id, a.id"""  # noqa: S608

# What changed the state of a part, and what of the evidence was said in the same moment.
_SAID = """
    SELECT e.at, e.day, e.who, e.what, e.subject, e.facts FROM audit_entry e
    WHERE e.campaign_id = :campaign
      AND (e.what IN ('progress', 'proof-lost', 'proof-stands', 'ledger-taken')
           OR (e.what IN ('evidence-accepted', 'evidence-submitted', 'evidence-revised',
                          'evidence-added', 'evidence-used', 'evidence-reconsidered')
               AND EXISTS (SELECT 1 FROM audit_entry p
                           WHERE p.campaign_id = :campaign AND p.what = 'proof-stands'
                             AND p.at = e.at)))
    ORDER BY e.id"""


@dataclass(frozen=True, slots=True)
class _Part:
    id: int
    unit: str
    code: str
    state: str
    due: date | None
    begin_by: date | None
    done_on: date | None
    light: str


@dataclass(frozen=True, slots=True)
class _Entry:
    at: datetime
    day: date
    who: str
    what: str
    subject: str
    facts: str


def part_ids(session: Session, campaign_id: int, unit_id: int) -> list[int]:
    """Return the parts of a unit."""
    query = select(Assignment.id).where(
        Assignment.campaign_id == campaign_id,
        Assignment.unit_id == unit_id,
        col(Assignment.withdrawn).is_(False),
    )
    return [id_ for id_ in session.exec(query) if id_ is not None]


def parts_lit(
    session: Session,
    campaign_id: int,
    days: LightDays,
    parts: Collection[int],
    proving: Mapping[int, Collection[str]],
) -> dict[int, PartLit]:
    """Return by its id why each of ``parts`` has its light on ``days.today``, as it is registered now.

    ``proving`` are the codes of the pieces handed in for a part. A constant number of statements.
    """
    if not parts:
        return {}
    ids = ", ".join(str(int(one)) for one in parts)
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    rows = found_as(session, _Part, _PARTS.format(ids=ids), values)
    said = found_as(session, _Entry, _SAID, values)
    disputed: dict[int, list[Disputed]] = {}
    for one in open_conflicts(session, campaign_id):
        told = Disputed(one.field, one.standing, one.offered, one.file, local_day(one.found_at))
        disputed.setdefault(one.assignment_id, []).append(told)
    short = _short(session, campaign_id)
    return {
        row.id: PartLit(
            f"{row.code}/{row.unit}",
            Lit(Light(row.light), Progress(row.state), row.due, row.begin_by, row.done_on),
            _source(row, said, proving.get(row.id, ())),
            tuple(disputed.get(row.id, ())),
            tuple(short.get((row.code, row.unit), ())),
        )
        for row in rows
    }


def _short(session: Session, campaign_id: int) -> dict[tuple[str, str], list[ShortFigure]]:
    """Return the figures that fall short of their targets, by code and unit."""
    on = {
        (one.demand_id, one.unit_id, one.period): local_day(one.at)
        for one in every_figure(session, campaign_id)
    }
    found: dict[tuple[str, str], list[ShortFigure]] = {}
    for line in measured(session, campaign_id):
        day = on.get((line.demand_id, line.unit_id or 0, line.period))
        if line.unit and line.reached is False and day:
            said = f"{line.goal.words}，{line.words}"
            told = ShortFigure(line.ordinal, said, line.period, line.source, line.by_post, day)
            found.setdefault((line.code, line.unit), []).append(told)
    return found


def _source(part: _Part, said: list[_Entry], pieces: Collection[str]) -> str:
    """Return who made the part what it is, when and by what; empty where nobody has said anything."""
    name = f"{part.code}/{part.unit}"
    for one in reversed(said):
        if one.subject == name and one.what == "proof-lost":
            facts = json.loads(one.facts)
            return Lit.lost(one.day, one.who, facts.get("reason", ""), facts["old"].get("done_on"))
        if one.subject == name and one.what == "proof-stands":
            by = [e.subject for e in said if e.at == one.at and e.subject in pieces]
            return Lit.stands(one.day, one.who, dict.fromkeys(by))
        if one.what == "progress" and (new := _registered(part, one)):
            taken = [
                json.loads(e.facts)
                for e in said
                if e.what == "ledger-taken" and e.at == one.at and e.subject == part.unit
            ]
            file = str(taken[0].get("file", "")) if len(taken) == 1 else ""
            return Lit.registered(one.day, one.who, Progress(new), file)
    return ""


def _registered(part: _Part, entry: _Entry) -> str:
    """Return the state that an entry of progress gave to a part; empty where it changed none."""
    if entry.subject not in (part.code, f"{part.code}/{part.unit}"):
        return ""
    facts = json.loads(entry.facts)
    pairs = [(one["old"], one["new"]) for one in facts.get("parts", {}).get(part.unit, ())]
    if own := facts.get("old", {}).get("assignments", {}).get(str(part.id)):
        pairs.append((own, facts["new"]))
    for old, new in pairs:
        if (old.get("state"), old.get("done_on")) != (new.get("state"), new.get("done_on")):
            return str(new["state"])
    return ""
