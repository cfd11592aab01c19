"""The dated things of a campaign of certain kinds (reports, documents, drills), as they stand; one statement."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.milestone import Milestone
from models.rules.words import OFFICE, MilestoneKind, Progress
from models.units.unit import Unit


@dataclass(frozen=True, slots=True)
class DueThing:
    """A milestone of a kind: its code, what it is, whose, by when, how far."""

    kind: MilestoneKind
    code: str
    title: str
    owner: str
    due: date | None
    state: Progress

    def is_late(self, today: date) -> bool:
        """Say whether it is past its day and not over."""
        return not self.state.is_over and self.due is not None and self.due < today


def due_things(
    session: Session, campaign_id: int, kinds: Collection[MilestoneKind]
) -> list[DueThing]:
    """Return the milestones of these kinds that stand, by their days, then in the order they were made."""
    query = (
        select(Milestone, Unit.name)
        .join(Unit, col(Unit.id) == Milestone.unit_id, isouter=True)
        .where(
            Milestone.campaign_id == campaign_id,
            col(Milestone.kind).in_([str(kind) for kind in kinds]),
            col(Milestone.withdrawn).is_(False),
        )
        .order_by(col(Milestone.due).is_not(None), col(Milestone.due), col(Milestone.id))
    )
    return [
        DueThing(
            MilestoneKind(one.kind),
            one.code,
            one.title,
            name or OFFICE,
            one.due,
            Progress(one.state),
        )
        for one, name in session.exec(query)
    ]
