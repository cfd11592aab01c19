"""What can be handed down: an item of a campaign or one of its indicators, with its day as it stands now."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from models.campaign.milestone import milestone_coded
from models.campaign.work import Assignment, Indicator
from models.errors import ProgressError
from models.keys import key_of
from models.rules.words import FINISHED, MilestoneKind, Progress

# What stands for an indicator's day: the last of its units' parts.
INDICATOR_DUE = (
    "(SELECT max(a.due) FROM assignment a WHERE a.indicator_id = i.id AND NOT a.withdrawn)"
)


@dataclass(frozen=True, slots=True)
class HandedSubject:
    """An item or an indicator of the city; exactly one of the ids is set, ``why_not`` says why it cannot go down."""

    code: str
    title: str
    due: date | None
    begin: date | None = None
    milestone_id: int | None = None
    indicator_id: int | None = None
    why_not: str = ""


def subject_to_hand(session: Session, campaign_id: int, code: str) -> HandedSubject:
    """Return what ``code`` (W5, S2.1, or 1.1.1 of an indicator) names; raises NotFoundError for a code that is none."""
    query = select(Indicator).where(
        Indicator.campaign_id == campaign_id, Indicator.code == code.strip()
    )
    if one := session.exec(query).first():
        days = select(func.max(Assignment.due)).where(
            Assignment.indicator_id == one.id, col(Assignment.withdrawn).is_(False)
        )
        due = session.exec(days).one()
        why_not = "已经撤销" if one.withdrawn else ""
        return HandedSubject(one.code, one.title, due, indicator_id=key_of(one), why_not=why_not)
    item = milestone_coded(session, campaign_id, code)
    return HandedSubject(
        item.code,
        item.title,
        item.due,
        item.begin,
        milestone_id=key_of(item),
        why_not=_why_not(item.kind, item.state, withdrawn=item.withdrawn),
    )


def _why_not(kind: str, state: str, *, withdrawn: bool) -> str:
    if kind == MilestoneKind.STAGE_END:
        return "阶段收尾由本级决定"
    if withdrawn:
        return "已经撤销"
    return Progress(state).chinese if state in FINISHED else ""


def require_can_go(subject: HandedSubject) -> None:
    """Raise ProgressError for what cannot be handed down."""
    if subject.why_not:
        raise ProgressError(f"{subject.code} {subject.title}不能交办：{subject.why_not}")
