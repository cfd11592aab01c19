"""Subjects: what an operator names by code, and the rows that are meant."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone, milestone_coded
from models.campaign.work import Assignment, Indicator
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.words import Role
from models.units.unit import Unit, unit_named

STAGE = re.compile("S[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Subject:
    """A code, or a code and a unit, with every row it means, as (kind, id) pairs.

    The ids are those a silence is kept by; None where the subject leaves it open.
    """

    name: str
    title: str = ""
    rows: tuple[tuple[str, int], ...] = ()
    due: date | None = None
    state: str = "open"
    done_on: date | None = None
    unit_id: int | None = None
    work_item_id: int | None = None
    indicator_id: int | None = None
    milestone_id: int | None = None
    stage_id: int | None = None


def subject_named(session: Session, campaign_id: int, text: str) -> Subject:
    """Return what ``text`` names: W5, S2.1, S2 (a stage), an indicator's code, or W5/市司法局.

    Raises NotFoundError that shows what codes look like.
    """
    code, _, unit = text.strip().partition("/")
    code = code.strip().upper()
    unit_id = unit_named(session, campaign_id, unit.strip()) if unit.strip() else None
    name = code + (f"/{unit.strip()}" if unit_id else "")
    if STAGE.fullmatch(code) and unit_id is None:
        return _stage(session, campaign_id, code)
    coded = item_coded(session, campaign_id, code, unit_id)
    milestone, indicator, parts = coded.milestone, coded.indicator, coded.parts
    if unit_id and not parts and (milestone is None or milestone.unit_id != unit_id):
        raise NotFoundError(f"{code} 没有分给 {unit.strip()}")
    rows = [("assignment", key_of(part)) for part in parts]
    own = milestone is not None and (unit_id is None or not parts)
    if milestone and own:
        rows.insert(0, ("milestone", key_of(milestone)))
    first: Milestone | Assignment | None = milestone if own else (parts[0] if parts else None)
    return Subject(
        name=name,
        title=(milestone or indicator).title,  # type: ignore[union-attr]
        rows=tuple(rows),
        due=first.due if first else None,
        state=first.state if first else "open",
        done_on=first.done_on if first else None,
        unit_id=unit_id,
        work_item_id=milestone.work_item_id if milestone and coded.whole else None,
        indicator_id=indicator.id if indicator else None,
        milestone_id=milestone.id if milestone and not coded.whole else None,
    )


def own_subject(session: Session, campaign_id: int, code: str, kinds: Collection[str]) -> Subject:
    """Return the milestone ``code`` of one of ``kinds`` as a subject, without rows where there is none.

    An indicator with the same code is not meant.
    """
    query = select(Milestone).where(
        Milestone.campaign_id == campaign_id,
        Milestone.code == code,
        col(Milestone.kind).in_(list(kinds)),
    )
    found = session.exec(query).first()
    if found is None:
        return Subject(name=code)
    return Subject(
        name=code,
        title=found.title,
        rows=(("milestone", key_of(found)),),
        due=found.due,
        state=found.state,
        done_on=found.done_on,
        milestone_id=found.id,
    )


def owners_of(session: Session, subject: Subject) -> list[str]:
    """Return the names of the units that lead ``subject``, or own it; none for what the office owns."""
    ids = [id for kind, id in subject.rows if kind == "assignment"]
    query = select(Unit.name).join(Assignment, col(Assignment.unit_id) == Unit.id)
    query = query.where(col(Assignment.id).in_(ids), Assignment.role == Role.LEAD)
    own = select(Unit.name).join(Milestone, col(Milestone.unit_id) == Unit.id)
    own = own.where(Milestone.id == subject.milestone_id)
    named = (query if ids else own).group_by(col(Unit.id), col(Unit.name)).order_by(col(Unit.id))
    return list(session.exec(named))


def _stage(session: Session, campaign_id: int, code: str) -> Subject:
    query = select(Stage).where(Stage.campaign_id == campaign_id, Stage.ordinal == int(code[1:]))
    stage = session.exec(query).first()
    if stage is None:
        raise NotFoundError(f"没有第 {code[1:]} 阶段")
    end = milestone_coded(session, campaign_id, f"{code}.END")
    return Subject(
        name=code,
        title=stage.name,
        rows=(("stage", key_of(stage)), ("milestone", key_of(end))),
        due=stage.planned_end,
        state=end.state,
        done_on=end.done_on,
        stage_id=stage.id,
    )


@dataclass(frozen=True, slots=True)
class Coded:
    """What a code names: a milestone or an indicator, and the assignments that are parts of it."""

    milestone: Milestone | None
    indicator: Indicator | None
    parts: list[Assignment]

    @property
    def whole(self) -> bool:
        """Say whether it is a whole work item, which units have parts of."""
        return self.milestone is not None and _is_whole(self.milestone)


def item_coded(session: Session, campaign_id: int, code: str, unit_id: int | None) -> Coded:
    """Return what ``code`` names, with the parts of one unit or of all.

    Raises NotFoundError that shows what codes look like.
    """
    query = select(Indicator).where(Indicator.campaign_id == campaign_id, Indicator.code == code)
    indicator = session.exec(query).first()
    milestone = None if indicator else milestone_coded(session, campaign_id, code)
    parts = select(Assignment).where(
        Assignment.campaign_id == campaign_id, col(Assignment.withdrawn).is_(False)
    )
    if indicator:
        parts = parts.where(Assignment.indicator_id == indicator.id)
    elif milestone and _is_whole(milestone):
        parts = parts.where(Assignment.work_item_id == milestone.work_item_id)
    else:
        return Coded(milestone, None, [])
    if unit_id:
        parts = parts.where(Assignment.unit_id == unit_id)
    return Coded(milestone, indicator, list(session.exec(parts.order_by(col(Assignment.id)))))


def _is_whole(milestone: Milestone) -> bool:
    return milestone.work_item_id is not None and milestone.kind == "work_item"
