"""Demands as the office words them: reworded, split, joined, set right; none of them is ever deleted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, record_all
from models.database import found_as
from models.evidence.demands.demand import Demand
from models.evidence.demands.keeping import DemandLine
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment


@dataclass(frozen=True, slots=True)
class DemandSaid:
    """What a list says of one demand: its words, its target, and whether something has to be shown."""

    text: str
    op: str = ""
    value: float | None = None
    unit_of_value: str = ""
    per: str = ""
    counted: str = ""
    out_of: str = ""
    needs_evidence: bool = True


@dataclass(frozen=True, slots=True)
class DemandItem:
    """An item that demands are of."""

    code: str
    column: str  # indicator_id or work_item_id
    id: int
    title: str


@dataclass(frozen=True, slots=True)
class ChangedDemand:
    """A demand that a list words anew (``line``), adds (no line), or leaves out (nothing ``said``)."""

    item: DemandItem
    line: DemandLine | None
    said: DemandSaid | None


@dataclass(frozen=True, slots=True)
class Hanging:
    """What hangs on a demand: how many pieces of evidence and how many figures."""

    demand_id: int
    pieces: int
    figures: int


_HANGING = """
    SELECT d.id AS demand_id,
           (SELECT count(*) FROM evidence_use x JOIN evidence e ON e.id = x.evidence_id
            WHERE x.demand_id = d.id AND NOT x.withdrawn AND NOT e.withdrawn) AS pieces,
           (SELECT count(*) FROM measurement m WHERE m.demand_id = d.id AND NOT m.withdrawn) AS figures
    FROM demand d WHERE d.campaign_id = :campaign"""
_ITEMS = """
    SELECT i.code, 'indicator_id' AS "column", i.id, i.title FROM indicator i
    WHERE i.campaign_id = :campaign AND NOT i.withdrawn
      AND NOT EXISTS (SELECT 1 FROM indicator c WHERE c.parent_id = i.id AND NOT c.withdrawn)
    UNION ALL
    SELECT 'W' || w.ordinal, 'work_item_id', w.id, w.title FROM work_item w
    WHERE w.campaign_id = :campaign AND NOT w.withdrawn"""


def demand_items(session: Session, campaign_id: int) -> dict[str, DemandItem]:
    """Return the items that may have demands, by code: work items and indicators of the lowest level."""
    found = found_as(session, DemandItem, _ITEMS, {"campaign": campaign_id})
    return {one.code.upper(): one for one in found}


def hanging_on_demands(session: Session, campaign_id: int) -> dict[int, Hanging]:
    """Return what hangs on every demand, by its id."""
    found = found_as(session, Hanging, _HANGING, {"campaign": campaign_id})
    return {one.demand_id: one for one in found}


def change_demands(
    session: Session,
    campaign_id: int,
    changes: Sequence[ChangedDemand],
    lines: Sequence[DemandLine],
    by_post: str,
    moment: Moment,
) -> int:
    """Store what a list says of demands; two statements and an entry each, whatever their number.

    A demand keeps its row and its number; what is left out is withdrawn and what hangs on it stays there.
    A new one gets the number behind the highest that its item ever had. ``lines`` are all there are.
    """
    last: dict[tuple[str, int], int] = {}
    for line in lines:
        for key in (("indicator_id", line.indicator_id), ("work_item_id", line.work_item_id)):
            if key[1]:
                last[key[0], key[1]] = max(last.get((key[0], key[1]), 0), line.ordinal)
    fresh: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    entries: list[NewEntry] = []
    for one in changes:
        if one.line is None and one.said is not None:
            at = one.item.column, one.item.id
            last[at] = last.get(at, 0) + 1
            ids = {"indicator_id": None, "work_item_id": None, one.item.column: one.item.id}
            fresh.append(
                {"campaign_id": campaign_id, "ordinal": last[at], "source": by_post}
                | {"withdrawn": False, **ids, **_columns(one.said)}
            )
            name, facts = f"{one.item.code}#{last[at]}", {"new": one.said.text}
        elif one.line is not None:
            said = one.said or said_of_line(one.line)
            gone = one.said is None
            rows.append(
                {"row": one.line.id, "source": by_post, "withdrawn": gone, **_columns(said)}
            )
            name, facts = one.line.name, {"old": one.line.text}
            if not gone:
                facts["new"] = said.text
        else:
            continue
        entries.append(NewEntry(by_post, "demand-changed", name, facts))
    if fresh:
        session.connection().execute(insert(Demand), fresh)
    write_rows(session, Demand, rows)
    return record_all(session, campaign_id, moment, entries)


def said_of_line(line: DemandLine) -> DemandSaid:
    """Return what stands of a demand, as a list says it."""
    return DemandSaid(**{name: getattr(line, name) for name in DemandSaid.__slots__})


def _columns(said: DemandSaid) -> dict[str, Any]:
    return {name: getattr(said, name) for name in DemandSaid.__slots__}
