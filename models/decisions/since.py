"""What was registered about a stage since it was last decided about, or since it opened: read from the audit."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.moves import Transition
from models.decisions.decision import Decision
from models.rules.words import Progress, StageStatus

LATEST = 6  # entries shown one by one; all are counted
# The deeds of the audit that bring a stage nearer to its end, or take something of it back.
COUNTED = (
    "progress",
    "condition-confirmed",
    "evidence-reviewed",
    "findings-closed",
    "confirmation-withdrawn",
    "evidence-added",
    "evidence-accepted",
    "finding-rectify",
    "finding-close",
    "visits-held",
    "ledger-taken",
    "scored",
)


@dataclass(frozen=True, slots=True)
class RegisteredEntry:
    """One entry as a page shows it; ``state`` and ``note`` are empty where it is no progress."""

    id: int
    day: date
    who: str
    what: str
    subject: str
    title: str = ""
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisteredSince:
    """What was registered since ``since`` (None: ever): how often each deed, and the latest entries.

    ``asked_before`` says that it is since the last question about the stage ended, else since it opened.
    """

    since: datetime | None
    asked_before: bool
    counts: Mapping[str, int]
    latest: Sequence[RegisteredEntry]

    @property
    def total(self) -> int:
        """Return how many entries there are."""
        return sum(self.counts.values())


def registered_since(session: Session, decision: Decision) -> RegisteredSince:
    """Return what was registered for the stage of ``decision`` before it was answered; five statements.

    What is another stage's is left out. The latest entry is the first.
    """
    since, asked_before = _begin(session, decision)
    where: list[ColumnElement[bool]] = [
        col(AuditEntry.campaign_id) == decision.campaign_id,
        col(AuditEntry.what).in_(COUNTED),
    ]
    if since:
        where.append(col(AuditEntry.at) > since)
    if decision.closed_at:
        where.append(col(AuditEntry.at) < decision.closed_at)
    query = select(AuditEntry.id, AuditEntry.what, AuditEntry.subject).where(*where)
    found = session.exec(query.order_by(col(AuditEntry.id).desc())).all()
    titles, others = _items(session, decision) if found else ({}, set())
    own = [row for row in found if _code(row[2]) not in others]
    counts = Counter(what for _, what, _ in own)
    shown = {id for id, *_ in own[:LATEST]}
    entries = select(AuditEntry).where(col(AuditEntry.id).in_(shown))
    latest = session.exec(entries.order_by(col(AuditEntry.id).desc())).all() if shown else ()
    return RegisteredSince(
        since, asked_before, dict(counts), [_shown(one, titles) for one in latest]
    )


def _begin(session: Session, decision: Decision) -> tuple[datetime | None, bool]:
    """Return when the question about the stage before this one ended, else when the stage opened."""
    before = select(func.max(Decision.closed_at)).where(
        Decision.stage_id == decision.stage_id, col(Decision.id) < decision.id
    )
    if asked := session.exec(before).first():
        return asked, True
    opened = select(func.max(Transition.at)).where(
        Transition.stage_id == decision.stage_id,
        Transition.from_status == StageStatus.PENDING,
    )
    return session.exec(opened).first(), False


def _items(session: Session, decision: Decision) -> tuple[dict[str, str], set[str]]:
    """Return the titles of the campaign's items by code, and the codes that are another stage's."""
    query = select(Milestone.code, Milestone.title, Milestone.stage_id).where(
        Milestone.campaign_id == decision.campaign_id
    )
    rows = session.exec(query).all()
    ordinals = select(Stage.id, Stage.ordinal).where(Stage.campaign_id == decision.campaign_id)
    others = {code for code, _, stage in rows if stage not in (None, decision.stage_id)}
    others |= {f"S{number}" for id, number in session.exec(ordinals) if id != decision.stage_id}
    return {code: title for code, title, _ in rows}, others


def _code(subject: str) -> str:
    return subject.partition("/")[0]


def _shown(entry: AuditEntry, titles: Mapping[str, str]) -> RegisteredEntry:
    state = note = ""
    facts = json.loads(entry.facts)
    if entry.what == "progress":
        new = facts["new"]
        state, note = Progress(new["state"]).chinese, str(new.get("note") or "")
    return RegisteredEntry(
        entry.id or 0,
        entry.day,
        entry.who,
        entry.what,
        entry.subject,
        titles.get(_code(entry.subject), "") or str(facts.get("demand", "")),
        state,
        note,
    )
