"""When tests and surveys are due: milestones of the office (L1 a test, Q1 a survey), moved, done or called off.

Whether one was called off stands in its milestone alone. Those made by an earlier version have none: they are
not called off, and nothing is due of them until a day is set.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from sqlmodel import Session, col, select

from models.campaign.milestone import Milestone
from models.campaign.own_milestones import (
    HowFar,
    OwnMilestone,
    lay_milestones,
    settle_milestones,
    withdraw_milestones,
)
from models.errors import CampaignError, NotFoundError
from models.rules.calendar.moment import Moment
from models.rules.words import MilestoneKind, Progress

TEST, SURVEY = "L", "Q"  # before the number


class HasNumber(Protocol):
    """A test or a survey: it has a number of its campaign."""

    number: int


One = TypeVar("One", bound=HasNumber)


def lay_due(
    session: Session, campaign_id: int, code: str, title: str, due: date, begin: date | None = None
) -> None:
    """Make the milestone of a test or survey, or bring its day in line. Repeatable. The caller says in the chain why."""
    wanted = OwnMilestone(MilestoneKind.DRILL, code, title, due, begin=begin)
    lay_milestones(session, campaign_id, [wanted])


def settle_due(
    session: Session, campaign_id: int, code: str, got: tuple[int, int], said: tuple[str, Moment]
) -> None:
    """Say how far a test or survey is: ``got`` of it are so many of so many answers; all, and it is done.

    ``said`` is by whom and when; one that was done keeps its day. Repeatable. Answers taken back open it
    again; one without a milestone is left out.
    """
    there, wanted = got
    by, moment = said
    state = Progress.STARTED if there else Progress.OPEN
    if there and there >= wanted:
        state = Progress.DONE
    row = _milestone(session, campaign_id, code)
    if row is not None and row.state != state:
        settle_milestones(session, campaign_id, {code: HowFar(state, moment.today, by)})


def call_off(session: Session, campaign_id: int, code: str, title: str, today: date) -> None:
    """Call a test or survey off: nothing is due of it any more. What was registered stays. Repeatable.

    The caller says in the chain why.
    """
    if _milestone(session, campaign_id, code) is None:
        lay_due(session, campaign_id, code, title, today)  # of an earlier version: it had none
    withdraw_milestones(session, campaign_id, [code])


def called_off(session: Session, campaign_id: int, letter: str) -> set[int]:
    """Return the numbers of the tests (or surveys, by their ``letter``) that were called off; one statement."""
    query = select(Milestone.code).where(
        Milestone.campaign_id == campaign_id,
        Milestone.kind == MilestoneKind.DRILL.value,
        col(Milestone.withdrawn).is_(True),
        col(Milestone.code).startswith(letter),
    )
    return {int(code.removeprefix(letter)) for code in session.exec(query)}


def _milestone(session: Session, campaign_id: int, code: str) -> Milestone | None:
    query = select(Milestone).where(
        Milestone.campaign_id == campaign_id,
        Milestone.kind == MilestoneKind.DRILL.value,
        Milestone.code == code,
    )
    return session.exec(query).first()


def one_numbered(
    found: Sequence[One],
    number: int | None,
    off: set[int],
    named: Callable[[int], str],
    none: str,
) -> One:
    """Return the one of that number, without a number the last that was not called ``off``.

    ``found`` stands in the order of numbers; ``named`` says how one is called, ``none`` what to do first.
    Raises NotFoundError where there is none, CampaignError for one that was called off.
    """
    standing = [one for one in found if one.number not in off]
    if number is None and standing:
        return standing[-1]
    if number is None or not found:
        raise NotFoundError(none)
    one = next((one for one in found if one.number == number), None)
    if one is None:
        have = "、".join(named(each.number) for each in found)
        raise NotFoundError(f"没有{named(number)}，现有：{have}")
    if number in off:
        raise CampaignError(f"{named(number)}已取消")
    return one
