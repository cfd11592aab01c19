"""Findings as lists, ledgers and papers show them: each with its last cycle, its proofs and its dispatches."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as, run
from models.rules.findings.days import PromisedDays, days_in_words
from models.rules.findings.words import (
    FindingKind,
    FindingState,
    source_in_words,
    state_in_words,
)

_LINES = """
    SELECT f.id, f.code, f.kind, f.problem, f.advice, f.source, f.item, f.found_on, f.state,
           coalesce(u.name, '') AS unit, f.unit_id, f.cycle, c.due, c.original_due, c.promised_on,
           c.first_promised, c.measure, c.rectified_on, c.rectified_by, c.verified_on, c.verified_by,
           c.watch_until, c.closed_on, c.looked_on, c.ended_on, c.ended_by, c.ended_why
    FROM finding f JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    LEFT JOIN unit u ON u.id = f.unit_id
    WHERE f.campaign_id = :campaign AND (:code = '' OR f.code = :code) ORDER BY f.id"""

_CITED = _LINES.replace("(:code = '' OR f.code = :code)", "f.kind = 'problem' AND f.item = :item")

_CYCLES = """
    SELECT f.id, f.code, f.kind, f.problem, f.advice, f.source, f.item, f.found_on,
           CASE WHEN c.number = f.cycle THEN f.state WHEN c.closed_on IS NOT NULL THEN 'closed'
                ELSE 'watched' END AS state,
           coalesce(u.name, '') AS unit, f.unit_id, c.number AS cycle, c.due, c.original_due, c.promised_on,
           c.first_promised, c.measure, c.rectified_on, c.rectified_by, c.verified_on, c.verified_by,
           c.watch_until, c.closed_on, c.looked_on, c.ended_on, c.ended_by, c.ended_why
    FROM finding f JOIN finding_cycle c ON c.finding_id = f.id
    LEFT JOIN unit u ON u.id = f.unit_id
    WHERE f.id = :finding ORDER BY c.number"""

_PROVED = """
    SELECT p.finding_id, e.number FROM finding_proof p
    JOIN finding f ON f.id = p.finding_id AND f.cycle = p.cycle
    JOIN evidence e ON e.id = p.evidence_id
    WHERE f.campaign_id = :campaign ORDER BY e.number"""

_URGED = """
    SELECT i.code, d.name FROM dispatch_item i JOIN dispatch d ON d.id = i.dispatch_id
    WHERE d.campaign_id = :campaign AND d.state <> 'void' AND (i.code LIKE 'F%' OR i.code LIKE 'C%')
    ORDER BY d.id"""

_TRACE = """
    SELECT s.finding_id, s.cycle, s.step, s.taken_on, s.taken_at, s.by_post, coalesce(u.name, '') AS unit, s.day,
           s.note, s.pieces
    FROM finding_step s LEFT JOIN unit u ON u.id = s.unit_id
    JOIN finding f ON f.id = s.finding_id
    WHERE f.campaign_id = :campaign AND (:finding = 0 OR s.finding_id = :finding) ORDER BY s.id"""


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding with one of its cycles, mostly the last."""

    id: int
    code: str
    kind: str
    problem: str
    advice: str
    source: str
    item: str
    found_on: date
    state: str
    unit: str
    unit_id: int | None
    cycle: int
    due: date | None
    original_due: date | None
    promised_on: date | None
    first_promised: date | None
    measure: str
    rectified_on: date | None
    rectified_by: str
    verified_on: date | None
    verified_by: str
    watch_until: date | None
    closed_on: date | None
    looked_on: date | None
    ended_on: date | None
    ended_by: str
    ended_why: str

    @property
    def days(self) -> PromisedDays:
        """Return its days for the rules."""
        done = self.rectified_on or self.ended_on
        return PromisedDays(
            self.due, self.original_due, self.promised_on, self.first_promised, done
        )

    @property
    def state_in_words(self) -> str:
        """Return where it stands; one that came back says how many times."""
        said = state_in_words(self.kind, self.state)
        return f"{said}（第 {self.cycle} 轮）" if self.cycle > 1 else said

    @property
    def kind_in_words(self) -> str:
        """Return what kind it is."""
        return FindingKind(self.kind).chinese

    @property
    def source_in_words(self) -> str:
        """Return where it comes from."""
        return source_in_words(self.source)

    @property
    def is_settled(self) -> bool:
        """Say whether nothing is owed for it."""
        return self.state in (FindingState.CLOSED, FindingState.ENDED)

    def remarks(self, today: date) -> str:
        """Return what is to be said of its days, or of its end."""
        if self.state == FindingState.ENDED:
            return f"{self.ended_by} {self.ended_on} 决定：{self.ended_why}"
        if self.state == FindingState.CLOSED:
            looked = f"{self.looked_on} 回头看没有反弹" if self.looked_on else "还没有回头看"
            return f"{self.closed_on} 销号，{looked}" if self.kind == FindingKind.PROBLEM else ""
        if self.state == FindingState.WATCHED:
            return f"观察期到 {self.watch_until}"
        return "，".join(days_in_words(self.days, today))


@dataclass(frozen=True, slots=True)
class TraceLine:
    """One step of a finding, from the first on."""

    finding_id: int
    cycle: int
    step: str
    taken_on: date
    taken_at: datetime
    by_post: str
    unit: str
    day: date | None
    note: str
    pieces: str


def finding_lines(session: Session, campaign_id: int) -> list[FindingLine]:
    """Return every finding of a campaign in the order they were raised; one statement."""
    return found_as(session, FindingLine, _LINES, {"campaign": campaign_id, "code": ""})


def finding_coded(session: Session, campaign_id: int, code: str) -> FindingLine | None:
    """Return the finding ``code`` (F12, C5) with its last cycle; None where there is none."""
    values = {"campaign": campaign_id, "code": code}
    return next(iter(found_as(session, FindingLine, _LINES, values)), None) if code else None


def cited_by(session: Session, campaign_id: int, code: str) -> list[FindingLine]:
    """Return the problems that belong to the item ``code``, in the order they were raised; one statement."""
    values = {"campaign": campaign_id, "item": code}
    return found_as(session, FindingLine, _CITED, values)


def finding_cycles(session: Session, finding_id: int) -> list[FindingLine]:
    """Return a finding with each of its cycles, oldest first."""
    return found_as(session, FindingLine, _CYCLES, {"finding": finding_id})


def finding_trace(
    session: Session, campaign_id: int, finding_id: int = 0
) -> Mapping[int, Sequence[TraceLine]]:
    """Return every step by finding, of one or of all, in the order they were taken; one statement."""
    values = {"campaign": campaign_id, "finding": finding_id}
    found: dict[int, list[TraceLine]] = defaultdict(list)
    for line in found_as(session, TraceLine, _TRACE, values):
        found[line.finding_id].append(line)
    return found


def proofs_by_finding(session: Session, campaign_id: int) -> Mapping[int, Sequence[str]]:
    """Return the codes of the pieces that prove each finding's last cycle; one statement."""
    found: dict[int, list[str]] = defaultdict(list)
    for finding_id, number in run(session, _PROVED, {"campaign": campaign_id}):
        found[finding_id].append(f"E{number:04d}")
    return found


def dispatches_by_finding(session: Session, campaign_id: int) -> Mapping[str, Sequence[str]]:
    """Return by code the numbers of the dispatches that urge each finding, oldest first; one statement."""
    found: dict[str, list[str]] = defaultdict(list)
    for code, name in run(session, _URGED, {"campaign": campaign_id}):
        found[code].append(name)
    return found
