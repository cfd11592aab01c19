"""What units owe of the recurring duties: an occurrence and a unit is a milestone; what came for it is a receipt."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Index
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.milestone import Milestone
from models.campaign.own_milestones import HowFar, settle_milestones
from models.rules.publicity.arrival import Owed
from models.rules.words import MilestoneKind, Progress


class SubmissionReceipt(SQLModel, table=True):
    """Something that came in for a submission; ``received_id`` is its file, None where none was handed in."""

    __tablename__ = "submission_receipt"
    __table_args__ = (
        Index("submission_receipt_of", "milestone_id"),
        Index("submission_receipt_file", "received_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    milestone_id: int = Field(foreign_key="milestone.id")
    received_id: int | None = Field(default=None, foreign_key="received_file.id")
    arrived_on: date
    note: str = ""
    by_post: str
    at: datetime  # UTC
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """What came for a submission, by the submission's code."""

    code: str
    arrived_on: date
    received_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class SubmissionLine:
    """A submission as it stands: whose, for which occurrence, since when something is there (None: nothing)."""

    code: str
    unit_id: int
    unit: str
    title: str
    begin: date | None
    due: date
    arrived: date | None
    files: Sequence[str] = ()

    @property
    def occurrence(self) -> str:
        """Return the code of the occurrence: D1.2026-07-28."""
        return self.code.rpartition(".")[0]

    @property
    def duty(self) -> int:
        """Return the number of the duty."""
        return int(self.code.split(".")[0][1:])

    @property
    def owed(self) -> Owed:
        """Return it as a rule looks at it."""
        return Owed(
            self.code, self.begin or self.due, self.due, self.arrived is not None, self.title
        )


def submissions_standing(session: Session, campaign_id: int) -> list[Milestone]:
    """Return the submissions that are due or were, without withdrawn ones, by day and unit."""
    query = (
        select(Milestone)
        .where(
            Milestone.campaign_id == campaign_id,
            Milestone.kind == MilestoneKind.SUBMISSION,
            col(Milestone.withdrawn).is_(False),
        )
        .order_by(col(Milestone.due), col(Milestone.unit_id))
    )
    return list(session.exec(query))


def submission_lines(
    session: Session,
    campaign_id: int,
    names: Mapping[int, str],
    units: Collection[int] | None = None,
) -> list[SubmissionLine]:
    """Return every submission with what came, by day and then in the fixed order of units; two statements.

    ``names`` gives each unit's name; with ``units`` only theirs. What was sent first counts.
    """
    rows = submissions_standing(session, campaign_id)
    rows = [one for one in rows if units is None or one.unit_id in units]
    first: dict[int, date] = {}
    for receipt in receipts_of(session, campaign_id):
        known = first.get(receipt.milestone_id, date.max)
        first[receipt.milestone_id] = min(known, receipt.arrived_on)
    return [
        SubmissionLine(
            row.code,
            row.unit_id or 0,
            names.get(row.unit_id or 0, ""),
            row.title,
            row.begin,
            row.due,
            first.get(row.id or 0),
        )
        for row in rows
        if row.due is not None
    ]


def receipts_of(session: Session, campaign_id: int) -> list[SubmissionReceipt]:
    """Return what came for the submissions of a campaign, without what was taken back, as it came."""
    query = (
        select(SubmissionReceipt)
        .join(Milestone, col(Milestone.id) == SubmissionReceipt.milestone_id)
        .where(Milestone.campaign_id == campaign_id, col(SubmissionReceipt.withdrawn).is_(False))
        .order_by(col(SubmissionReceipt.id))
    )
    return list(session.exec(query))


def take_receipts(
    session: Session, campaign_id: int, new: Sequence[NewReceipt], by: str, at: datetime
) -> list[str]:
    """Write down what came and settle the submissions by it; return the codes of which that is new.

    The same file, or the same day without a file, counts once: repeatable. A submission is done on the
    day that the first of it arrived; what comes later stays beside it. Three statements, whatever their
    number. The caller holds the chain and writes its entry.
    """
    rows = _by_code(session, campaign_id, {one.code for one in new})
    there = receipts_of(session, campaign_id)
    known = {(o.milestone_id, o.received_id or o.arrived_on): o for o in there}
    first: dict[int, date] = {}
    for one in there:
        first[one.milestone_id] = min(first.get(one.milestone_id, date.max), one.arrived_on)
    news: list[str] = []
    for said in new:
        row = rows.get(said.code)
        if row is None or row.id is None:
            continue
        key = row.id, said.received_id or said.arrived_on
        if key in known:
            if said.note and known[key].note != said.note:
                known[key].note = said.note
                news.append(said.code)
            continue
        known[key] = SubmissionReceipt(
            milestone_id=row.id,
            received_id=said.received_id,
            arrived_on=said.arrived_on,
            note=said.note,
            by_post=by,
            at=at,
        )
        session.add(known[key])
        first[row.id] = min(first.get(row.id, date.max), said.arrived_on)
        news.append(said.code)
    settled = {
        code: HowFar(Progress.DONE, first[row.id], by, row.note)
        for code, row in rows.items()
        if code in news and row.id
    }
    settle_milestones(session, campaign_id, settled)
    return list(dict.fromkeys(news))


def take_back_receipts(session: Session, campaign_id: int, code: str, by: str, why: str) -> int:
    """Take back all that was said to have come for a submission; it is owed again. Return how many."""
    row = _by_code(session, campaign_id, {code}).get(code)
    if row is None:
        return 0
    query = select(SubmissionReceipt).where(
        SubmissionReceipt.milestone_id == row.id, col(SubmissionReceipt.withdrawn).is_(False)
    )
    found = list(session.exec(query))
    for one in found:
        one.withdrawn = True
        session.add(one)
    if found:
        settle_milestones(session, campaign_id, {code: HowFar(Progress.OPEN, None, by, why)})
    return len(found)


def _by_code(session: Session, campaign_id: int, codes: Collection[str]) -> dict[str, Milestone]:
    query = select(Milestone).where(
        Milestone.campaign_id == campaign_id,
        Milestone.kind == MilestoneKind.SUBMISSION,
        col(Milestone.code).in_(sorted(codes)),
    )
    return {row.code: row for row in session.exec(query)}
