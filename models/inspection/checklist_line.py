"""The lines of every visit's checklist: whom to talk to, what to read, where to look, in the office's words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.rules.visits.words import OF_THE_OFFICE, USUAL_LINES, CheckKind


class InspectionLine(SQLModel, table=True):
    """A line that every checklist has under one of the three heads."""

    __tablename__ = "inspection_line"
    __table_args__ = (UniqueConstraint("campaign_id", "kind", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    text: str
    position: int = 0
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class LineEntry:
    """A line as the office lists it."""

    kind: CheckKind
    text: str


def office_lines(session: Session, campaign_id: int) -> list[LineEntry]:
    """Return the office's lines head by head; the usual ones under a head for which it wrote none."""
    query = select(InspectionLine).where(
        InspectionLine.campaign_id == campaign_id, col(InspectionLine.withdrawn).is_(False)
    )
    rows = list(session.exec(query.order_by(col(InspectionLine.position), col(InspectionLine.id))))
    found = []
    for kind in OF_THE_OFFICE:
        own = [row.text for row in rows if row.kind == kind]
        found += [LineEntry(kind, text) for text in own or USUAL_LINES[kind]]
    return found


def store_lines(session: Session, campaign_id: int, entries: Sequence[LineEntry]) -> int:
    """Make ``entries`` the office's lines, in their order; return how many changed. Others are taken back."""
    query = select(InspectionLine).where(InspectionLine.campaign_id == campaign_id)
    rows = {(row.kind, row.text): row for row in session.exec(query)}
    count = 0
    for position, one in enumerate(entries, 1):
        row = rows.pop((one.kind.value, one.text), None)
        if row is None:
            row = InspectionLine(
                campaign_id=campaign_id, kind=one.kind, text=one.text, withdrawn=True
            )
        count += row.withdrawn or row.position != position
        row.position, row.withdrawn = position, False
        session.add(row)
    for row in rows.values():
        count += not row.withdrawn
        row.withdrawn = True
    session.flush()
    return count
