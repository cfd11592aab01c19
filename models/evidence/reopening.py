"""Take 已完成 back where its proof fell, and give it again where it stands: lights follow the evidence.

A part that was reported as done and whose evidence was returned, or has run out, is 进行中 again, is due a
working week later and slips like everything else that is not done; the whole work item goes with the part
of the unit that leads it. ``done_on`` stays on it: the day it was reported for, given back with 已完成 as soon
as its evidence stands again. Whoever registers something on it meanwhile has the last word.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, SQLModel

from models.audit.chain import NewEntry, record_each
from models.calendar.calendar import work_calendar
from models.campaign.about import ASSIGNED_CODE
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import found_as
from models.loading.merge import write_rows
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.evidence.proof import ProofStanding, due_after, fell_on
from models.rules.words import Progress

# A slot is a demand that wants something shown, or 0 for the part as a whole. Of another unit's pieces only
# those that name the part count for it, of the office's those for all. What hangs on demands is laid down before
# the parts are looked for: PostgreSQL would begin with the demands of all campaigns and their parts.
_DEMANDED = """
        SELECT a.id, d.slot, d.stands, d.sent_back, d.ran_out, d.number FROM demanded d
        JOIN assignment a ON a.campaign_id = d.campaign_id AND a.{item} = d.{item}
        WHERE d.provider_id IS NULL OR d.provider_id = a.unit_id"""
_FELL = "sent_back IS NOT NULL OR ran_out IS NOT NULL"
# Of a work item's milestone only the key is asked for as it stands: SQLite would make an index of its own
# for the others too, and read the milestones of every campaign for it. The parts are sorted, by a sum: by
# their key it would read them in that order, those of every campaign.
_STANDING = f"""
    WITH piece (id, campaign_id, number, provider_id, stands, sent_back, ran_out) AS MATERIALIZED (
        SELECT e.id, e.campaign_id, e.number, e.provider_id,
               CASE WHEN r.state IN ('submitted', 'accepted')
                    AND (e.expires_on IS NULL OR e.expires_on >= :today) THEN 1 ELSE 0 END,
               CASE WHEN r.state = 'returned' THEN r.state_at END,
               CASE WHEN r.state IN ('submitted', 'accepted') AND e.expires_on < :today
                    THEN e.expires_on END
        FROM evidence e
        JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
        WHERE e.campaign_id IN :these AND NOT e.withdrawn),
    demanded AS MATERIALIZED (
        SELECT p.campaign_id, p.provider_id, d.id AS slot, d.indicator_id, d.work_item_id,
               p.stands, p.sent_back, p.ran_out, p.number FROM piece p
        JOIN evidence_use x ON x.evidence_id = p.id AND NOT x.withdrawn
        JOIN demand d ON d.id = x.demand_id AND d.campaign_id IN :these AND NOT d.withdrawn
             AND d.needs_evidence),
    used (part, slot, stands, sent_back, ran_out, number) AS MATERIALIZED (
        SELECT x.assignment_id, 0, p.stands, p.sent_back, p.ran_out, p.number FROM piece p
        JOIN evidence_use x ON x.evidence_id = p.id AND NOT x.withdrawn
        WHERE x.assignment_id IS NOT NULL
        UNION ALL {_DEMANDED.format(item="indicator_id")}
        UNION ALL {_DEMANDED.format(item="work_item_id")}),
    filled (part, slot, stands, sent_back, ran_out, number) AS (
        SELECT part, slot, max(stands), max(sent_back), max(ran_out),
               min(CASE WHEN {_FELL} THEN number END)
        FROM used GROUP BY part, slot),
    proof AS MATERIALIZED (
        SELECT part, max(CASE WHEN slot = 0 THEN stands ELSE 0 END) AS whole,
               sum(CASE WHEN slot <> 0 THEN stands ELSE 0 END) AS proved,
               max(CASE WHEN slot = 0 AND stands = 0 AND ({_FELL}) THEN 1 ELSE 0 END) AS whole_fell,
               sum(CASE WHEN slot <> 0 AND stands = 0 AND ({_FELL}) THEN 1 ELSE 0 END) AS fell,
               max(CASE WHEN stands = 0 THEN sent_back END) AS sent_back,
               max(CASE WHEN stands = 0 THEN ran_out END) AS ran_out,
               min(CASE WHEN stands = 0 THEN number END) AS number
        FROM filled GROUP BY part),
    asked AS MATERIALIZED (
        SELECT indicator_id, work_item_id, count(*) AS demands,
               sum(CASE WHEN needs_evidence THEN 1 ELSE 0 END) AS wanted
        FROM demand WHERE campaign_id IN :these AND NOT withdrawn
        GROUP BY indicator_id, work_item_id)
    SELECT a.id, a.campaign_id, {ASSIGNED_CODE} AS code, u.name AS unit, a.state, a.due, a.done_on,
           coalesce(k.demands, 0) AS demands, coalesce(k.wanted, 0) AS wanted,
           coalesce(p.whole, 0) AS whole, coalesce(p.proved, 0) AS proved,
           coalesce(p.whole_fell, 0) AS whole_fell, coalesce(p.fell, 0) AS fell,
           p.sent_back, p.ran_out, p.number,
           m.id AS item, m.state AS item_state, m.due AS item_due, m.done_on AS item_done_on
    FROM assignment a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN proof p ON p.part = a.id
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN asked k ON k.indicator_id = a.indicator_id OR k.work_item_id = a.work_item_id
    LEFT JOIN milestone m ON m.work_item_id = a.work_item_id AND coalesce(m.unit_id, 0) = a.unit_id
         AND coalesce(m.kind, '') = 'work_item' AND NOT m.withdrawn
    WHERE a.campaign_id IN :these AND NOT a.withdrawn
      AND ((a.state = 'done' AND p.whole_fell + p.fell > 0)
           OR (a.state = 'started' AND a.done_on IS NOT NULL))
    ORDER BY +a.id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Part:
    id: int
    campaign_id: int
    code: str
    unit: str
    state: str
    due: date | None
    done_on: date | None
    demands: int
    wanted: int
    whole: bool
    proved: int
    whole_fell: bool
    fell: int
    sent_back: datetime | None
    ran_out: date | None
    number: int | None
    item: int | None
    item_state: str | None
    item_due: date | None
    item_done_on: date | None

    @property
    def standing(self) -> ProofStanding:
        return ProofStanding(
            self.demands, self.wanted, self.whole, self.proved, self.whole_fell, self.fell
        )


@dataclass(frozen=True, slots=True)
class Followed:
    """How many parts of units lost their 已完成, and how many have it again."""

    reopened: int = 0
    restored: int = 0


Row = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class _Move:
    """What one part, and the whole item where there is one, becomes; ``item`` is empty where it stays."""

    part: _Part
    row: Row
    item: Row

    @property
    def entry(self) -> tuple[str, str, Mapping[str, object]]:
        """Return what was done, to what, and the facts of it."""
        part, lost = self.part, self.row["state"] == Progress.STARTED
        old = {"state": part.state, "due": part.due, "done_on": part.done_on}
        new = {name: value for name, value in self.row.items() if name != "row"}
        facts: dict[str, object] = {"old": old, "new": new, "amount": 1 + bool(self.item)}
        if lost and part.number:
            facts["reason"] = f"E{part.number:04d} {'退回' if part.sent_back else '到期'}"
        return "proof-lost" if lost else "proof-stands", f"{part.code}/{part.unit}", facts


def follow_evidence(session: Session, campaign_id: int, who: str, moment: Moment) -> Followed:
    """Bring what is reported as done in line with the evidence behind it, on the word of ``who``."""
    return follow_evidence_of(session, [campaign_id], who, moment)


def follow_evidence_of(
    session: Session, campaign_ids: Sequence[int], who: str, moment: Moment
) -> Followed:
    """Bring what is reported as done in each campaign in line with the evidence behind it, on the word of ``who``.

    One statement where nothing changed, a fixed number where something did. Said again, nothing changes.
    """
    session.flush()
    values = {"these": tuple(campaign_ids), "today": moment.today}
    found = found_as(session, _Part, _STANDING, values)
    if not found:
        return Followed()
    calendar = moment.calendar or work_calendar(session)
    moves = [move for part in found for move in _moves(part, calendar, moment)]
    if not moves:
        return Followed()
    tables: tuple[tuple[type[SQLModel], Sequence[Row]], ...] = (
        (Assignment, [move.row for move in moves]),
        (Milestone, list({move.item["row"]: move.item for move in moves if move.item}.values())),
    )
    for table, rows in tables:
        write_rows(session, table, rows)
    for row in list(session):
        if isinstance(row, (Assignment, Milestone)):
            session.expire(row)
    said: dict[int, list[NewEntry]] = {}
    for move in moves:
        said.setdefault(move.part.campaign_id, []).append(NewEntry(who, *move.entry))
    record_each(session, [(one, moment, entries) for one, entries in said.items()])
    restored = sum(move.row["state"] == Progress.DONE for move in moves)
    return Followed(sum(move.part.state == Progress.DONE for move in moves), restored)


def _moves(part: _Part, calendar: WorkCalendar, moment: Moment) -> Iterator[_Move]:
    standing, done, started = part.standing, Progress.DONE.value, Progress.STARTED.value
    fell = fell_on(part.sent_back, part.ran_out, moment.zone)
    if standing.lost and fell:
        due = due_after(part.due, fell, calendar)
        if (part.state, part.due) == (started, due):
            return
        item: Row = {}
        if part.item_state == done or (part.item_state == started and part.item_done_on):
            due_of_item = due_after(part.item_due, fell, calendar)
            item = {"row": part.item, "state": started, "due": due_of_item}
        yield _Move(part, {"row": part.id, "state": started, "due": due}, item)
    elif part.state == started and standing.stands:
        item = {}
        if part.item_state == started and part.item_done_on:
            item = {"row": part.item, "state": done, "due": part.item_due}
        yield _Move(part, {"row": part.id, "state": done, "due": part.due}, item)
