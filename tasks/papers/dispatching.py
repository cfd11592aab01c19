"""Write dispatches (督办单): each new one under the next number of its year, at the level that the table gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign
from models.errors import CampaignError
from models.findings.dispatch import Dispatch
from models.findings.dispatching import (
    NewDispatch,
    NumberTaken,
    issue_dispatch,
    last_dispatch,
    next_number,
)
from models.keys import key_of
from models.papers.dispatch_levels import DispatchLevel
from models.papers.parts import PartLine, unfinished_parts
from models.papers.sending import sender_fault
from models.papers.templates import template_of
from models.papers.versions import Version, newest_paper
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.findings.numbers import DispatchState
from models.rules.words import OFFICE
from tasks.papers.keeping import Composed, PaperOrder, WrittenPaper, facts_text, write_paper
from tasks.papers.levels import level_of, levels_in, named_level
from tasks.papers.work_drafts import DispatchHow, dispatch_draft
from tasks.papers.writing import heading_of, unit_of_paper

MOST_TRIES = 20  # of a number that others take meanwhile


@dataclass(frozen=True, slots=True)
class DispatchOrder:
    """A dispatch: to which unit, from whom, at which level (by its day and the former one without), by which table."""

    unit: str
    sender: str = OFFICE
    level: str = ""
    levels: Path | None = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a dispatch is made from: the order, the office's levels, the one that was asked for."""

    dispatch: DispatchOrder
    order: PaperOrder
    levels: Sequence[DispatchLevel]
    level: DispatchLevel | None
    moment: Moment


def write_dispatch(
    slug: str | None, dispatch: DispatchOrder, order: PaperOrder, moment: Moment
) -> WrittenPaper:
    """Write a dispatch to a unit about what is late or near its day, findings with the rest.

    A new one takes the next number of the year, in the transaction that keeps it: two at once get two
    numbers, a kill leaves no gap. Written again with nothing changed it is the same one under the same number.
    Raises CampaignError where there is nothing to press for, where the sender may not send it, or where
    the level is none of the table's.
    """
    levels = levels_in(dispatch.levels)
    asked = _Asked(dispatch, order, levels, named_level(levels, dispatch.level), moment)
    for _ in range(MOST_TRIES):
        try:
            return write_paper(slug, order, moment, partial(_dispatch, asked))
        except NumberTaken:
            continue
    raise CampaignError("督办单的编号一直被占用，没有形成，请稍后再试")


def _dispatch(asked: _Asked, session: Session, campaign: Campaign) -> Composed:
    dispatch, today, campaign_id = asked.dispatch, asked.moment.today, key_of(campaign)
    unit_id, name = unit_of_paper(session, campaign, dispatch.unit)
    if fault := sender_fault(dispatch.sender, name, campaign.issuer):
        raise CampaignError(fault)
    until = today - timedelta(days=asked.levels[0].days_late)
    parts = unfinished_parts(session, campaign_id, until, unit_id)
    if not parts:
        raise CampaignError(f"{name}没有逾期或临近时限的事项，不需要督办")
    last = last_dispatch(session, campaign_id, unit_id)
    level = _level(asked, session, campaign, (name, parts, last))
    number, words = next_number(session, campaign_id, today.year)
    if last is not None:  # unless something changed it is the one that went out
        same = _composed(asked, session, campaign, (name, parts, level, last.name))
        if _went_out(session, campaign_id, same):
            return same
    new = partial(
        _issue,
        NewDispatch(
            number,
            unit_id,
            level.name,
            dispatch.sender,
            work_calendar(session).due_within(today, level.answer_workdays),
            [one.code for one in parts],
            asked.order.by_post.strip(),
        ),
        asked.moment,
    )
    composed = _composed(asked, session, campaign, (name, parts, level, words))
    return Composed(composed.kind, composed.draft, composed.subject, composed.more, new)


def _level(
    asked: _Asked,
    session: Session,
    campaign: Campaign,
    about: tuple[str, Sequence[PartLine], Dispatch | None],
) -> DispatchLevel:
    """Return the level by both triggers, never milder than the one that was asked for."""
    name, parts, last = about
    former = newest_paper(session, key_of(campaign), PaperKind.DISPATCH, name)
    answered = last is not None and last.state == DispatchState.ANSWERED
    levels, today = asked.levels, asked.moment.today
    level = level_of(levels, parts, today, former, work_calendar(session), answered=answered)
    wanted = asked.level
    return wanted if wanted and levels.index(wanted) > levels.index(level) else level


def _composed(
    asked: _Asked,
    session: Session,
    campaign: Campaign,
    said: tuple[str, Sequence[PartLine], DispatchLevel, str],
) -> Composed:
    name, parts, level, number = said
    today = asked.moment.today
    answer_by = work_calendar(session).due_within(today, level.answer_workdays)
    how = DispatchHow(number, level.name, asked.dispatch.sender, answer_by)
    draft = dispatch_draft(name, parts, how, heading_of(campaign, asked.order, today))
    more = (("level", level.name), ("codes", " ".join(one.code for one in parts)))
    return Composed(PaperKind.DISPATCH, draft, name, more)


def _went_out(session: Session, campaign_id: int, composed: Composed) -> bool:
    """Say whether the newest dispatch says the same in the same form."""
    template = template_of(session, campaign_id, composed.kind)
    newest = newest_paper(session, campaign_id, composed.kind, composed.subject)
    facts = facts_text(composed, template.sha256 if template else "")
    return newest is not None and newest.facts == facts


def _issue(
    new: NewDispatch, moment: Moment, session: Session, campaign_id: int, version: Version
) -> None:
    values = {name: getattr(new, name) for name in new.__slots__}
    issue_dispatch(
        session, campaign_id, NewDispatch(**values | {"paper_sha256": version.sha256}), moment
    )
