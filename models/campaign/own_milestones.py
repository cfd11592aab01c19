"""Milestones of our own: what is due by a life of its own (a visit, a finding) and not by the plan's text."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.campaign.milestone import Milestone
from models.rules.lights import begin_by
from models.rules.words import OWN_KINDS, MilestoneKind, Progress

OWN_POSITION = 200_000  # after the plan and its duties; among themselves by day


@dataclass(frozen=True, slots=True)
class OwnMilestone:
    """A thing to be done by ``due``, by the unit or, without one, by the office."""

    kind: MilestoneKind
    code: str
    title: str
    due: date | None
    unit_id: int | None = None
    begin: date | None = None
    stage_id: int | None = None


@dataclass(frozen=True, slots=True)
class HowFar:
    """How far a milestone is: its state, since which day, by which post, with what note."""

    state: Progress
    on: date | None
    by: str
    note: str = ""


def lay_milestones(
    session: Session, campaign_id: int, wanted: Sequence[OwnMilestone]
) -> dict[str, Milestone]:
    """Make each milestone, or bring the one of its code in line; return them by code.

    What was registered on one stays, and so does the day that it had first (``original_due``). One that
    was withdrawn counts again. Repeatable; a few statements whatever their number. The caller says in the
    chain why.
    """
    known = _coded(session, campaign_id, [one.code for one in wanted])
    fresh: list[Milestone] = []
    for one in wanted:
        row = known.get(one.code)
        if row is None:
            row = Milestone(campaign_id=campaign_id, kind=one.kind.value, code=one.code, title="")
            row.position, row.original_due = OWN_POSITION, one.due
            known[one.code] = row
            fresh.append(row)
        row.title, row.due, row.begin = one.title, one.due, one.begin
        row.begin_by = begin_by(one.begin, one.due)
        row.unit_id, row.stage_id, row.withdrawn = one.unit_id, one.stage_id, False
    session.flush()
    if not fresh:
        return known
    values = [row.model_dump(exclude={"id"}) for row in fresh]
    session.connection().execute(insert(Milestone), values)  # one by one, were they the session's
    return _coded(session, campaign_id, known)


def settle_milestones(
    session: Session, campaign_id: int, settled: Mapping[str, HowFar]
) -> list[str]:
    """Say of each code how far it is; return the codes of which that is new. Repeatable.

    A code that is not there is left out. The caller says in the chain why.
    """
    changed = []
    for code, row in _coded(session, campaign_id, settled).items():
        said = settled[code]
        done_on = said.on if said.state is Progress.DONE else None
        new = {
            "state": said.state.value,
            "done_on": done_on,
            "by_post": said.by,
            "note": said.note,
        }
        if any(getattr(row, name) != value for name, value in new.items()):
            for name, value in new.items():
                setattr(row, name, value)
            changed.append(code)
    session.flush()
    return changed


def withdraw_milestones(session: Session, campaign_id: int, codes: Collection[str]) -> int:
    """Take milestones back that are due no more; return how many stood. Their rows stay."""
    standing = [row for row in _coded(session, campaign_id, codes).values() if not row.withdrawn]
    for row in standing:
        row.withdrawn = True
    session.flush()
    return len(standing)


def standing_codes(session: Session, campaign_id: int, codes: Collection[str]) -> set[str]:
    """Return those of ``codes`` that are there and not withdrawn."""
    return {code for code, row in _coded(session, campaign_id, codes).items() if not row.withdrawn}


def _coded(session: Session, campaign_id: int, codes: Collection[str]) -> dict[str, Milestone]:
    """Return those of ``codes`` that are of our own kinds, by code; one statement."""
    query = select(Milestone).where(
        Milestone.campaign_id == campaign_id,
        col(Milestone.kind).in_([kind.value for kind in OWN_KINDS]),
        col(Milestone.code).in_(list(codes)),
    )
    return {row.code: row for row in session.exec(query)}
