"""The papers that can be written, one function each."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign
from models.errors import CampaignError
from models.keys import key_of
from models.papers.dispatch_levels import DispatchLevel
from models.papers.parts import unfinished_parts, unit_parts
from models.papers.quoting import report_facts
from models.papers.sending import sender_fault
from models.papers.versions import newest_paper, place_among
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.words import OFFICE
from models.units.unit import unit_named, units_of
from tasks.papers.briefing import briefing_draft, briefing_facts
from tasks.papers.drafts import report_draft
from tasks.papers.keeping import Composed, PaperOrder, WrittenPaper, head_of, write_paper
from tasks.papers.levels import level_of, levels_in, named_level
from tasks.papers.texts import texts_before, texts_in
from tasks.papers.work_drafts import (
    Heading,
    bulletin_draft,
    checklist_draft,
    dispatch_draft,
    problems_draft,
    rectification_draft,
)


@dataclass(frozen=True, slots=True)
class DispatchOrder:
    """A dispatch: to which unit, from whom, at which level (by its day and the former one without), by which table."""

    unit: str
    sender: str = OFFICE
    level: str = ""
    levels: Path | None = None


def write_report(
    slug: str | None, order: PaperOrder, moment: Moment, texts: Path | None = None
) -> WrittenPaper:
    """Write the self-evaluation report, with the office's own words in ``texts`` and of versions before."""
    given = texts_in(texts, order.by_post.strip())

    def compose(session: Session, campaign: Campaign) -> Composed:
        facts = report_facts(session, campaign, moment.today)
        head = head_of(campaign, order)
        before = texts_before(newest_paper(session, key_of(campaign), PaperKind.REPORT, ""))
        words = {**before, **given}
        draft = report_draft(facts, moment.today, order.to, head, words)
        return Composed(PaperKind.REPORT, draft)

    return write_paper(slug, order, moment, compose)


def write_problems(slug: str | None, order: PaperOrder, moment: Moment) -> WrittenPaper:
    """Write the list of problems, an item a row."""

    def compose(session: Session, campaign: Campaign) -> Composed:
        facts = report_facts(session, campaign, moment.today)
        draft = problems_draft(facts, _heading(campaign, order, moment.today))
        return Composed(PaperKind.PROBLEMS, draft)

    return write_paper(slug, order, moment, compose)


def write_rectification(slug: str | None, order: PaperOrder, moment: Moment) -> WrittenPaper:
    """Write the ledger of rectification: a row for each unit's part that is late."""

    def compose(session: Session, campaign: Campaign) -> Composed:
        until = moment.today - timedelta(days=1)
        late = unfinished_parts(session, key_of(campaign), until)
        draft = rectification_draft(late, _heading(campaign, order, moment.today))
        return Composed(PaperKind.RECTIFICATION, draft)

    return write_paper(slug, order, moment, compose)


def write_bulletin(
    slug: str | None, order: PaperOrder, moment: Moment, texts: Path | None = None
) -> WrittenPaper:
    """Write a bulletin of how far the campaign is; units in the plan's order, none ranked."""
    given = texts_in(texts, order.by_post.strip())

    def compose(session: Session, campaign: Campaign) -> Composed:
        facts = report_facts(session, campaign, moment.today)
        until = moment.today - timedelta(days=1)
        late = unfinished_parts(session, key_of(campaign), until)
        draft = bulletin_draft(facts, late, _heading(campaign, order, moment.today), given)
        return Composed(PaperKind.BULLETIN, draft)

    return write_paper(slug, order, moment, compose)


def write_briefing(
    slug: str | None,
    order: PaperOrder,
    moment: Moment,
    since: date | None = None,
    texts: Path | None = None,
) -> WrittenPaper:
    """Write a briefing of what was done since a day (a fortnight without), numbered in the order of periods."""
    given = texts_in(texts, order.by_post.strip())
    if since and since > moment.today:
        raise CampaignError(f"从 {since} 起还没有到，简报写到今天（{moment.today}）为止")

    def compose(session: Session, campaign: Campaign) -> Composed:
        facts = briefing_facts(session, campaign, moment, since)
        subject = f"{facts.first} 至 {facts.last}"
        number = place_among(session, key_of(campaign), PaperKind.BRIEFING, subject)
        draft = briefing_draft(facts, number, _heading(campaign, order, moment.today), given)
        return Composed(PaperKind.BRIEFING, draft, subject)

    return write_paper(slug, order, moment, compose)


def write_unit_checklist(
    slug: str | None, unit: str, order: PaperOrder, moment: Moment
) -> WrittenPaper:
    """Write everything that a unit has to do; raises NotFoundError for a unit that is none."""

    def compose(session: Session, campaign: Campaign) -> Composed:
        unit_id, name = _unit(session, campaign, unit)
        parts = unit_parts(session, key_of(campaign), unit_id)
        draft = checklist_draft(name, parts, _heading(campaign, order, moment.today))
        return Composed(PaperKind.CHECKLIST, draft, name)

    return write_paper(slug, order, moment, compose)


def write_dispatch(
    slug: str | None, dispatch: DispatchOrder, order: PaperOrder, moment: Moment
) -> WrittenPaper:
    """Write a dispatch to a unit about what is late or near its day.

    Raises CampaignError where there is nothing to press for, where the sender may not send it, or where
    the level is none of the table's.
    """
    levels = levels_in(dispatch.levels)
    asked = named_level(levels, dispatch.level)
    return write_paper(
        slug, order, moment, partial(_dispatch, dispatch, order, moment, levels, asked)
    )


def _dispatch(
    dispatch: DispatchOrder,
    order: PaperOrder,
    moment: Moment,
    levels: tuple[DispatchLevel, ...],
    asked: DispatchLevel | None,
    *opened: Session | Campaign,
) -> Composed:
    session, campaign = opened
    assert isinstance(session, Session) and isinstance(campaign, Campaign)
    unit_id, name = _unit(session, campaign, dispatch.unit)
    if fault := sender_fault(dispatch.sender, name, campaign.issuer):
        raise CampaignError(fault)
    today = moment.today
    until = today - timedelta(days=levels[0].days_late)
    parts = unfinished_parts(session, key_of(campaign), until, unit_id)
    if not parts:
        raise CampaignError(f"{name}没有逾期或临近时限的事项，不需要督办")
    calendar = work_calendar(session)
    former = newest_paper(session, key_of(campaign), PaperKind.DISPATCH, name)
    level = level_of(levels, parts, today, former, calendar)
    level = asked if asked and levels.index(asked) > levels.index(level) else level
    answer_by = calendar.due_within(today, level.answer_workdays)
    head = _heading(campaign, order, today)
    draft = dispatch_draft(name, parts, (level.name, dispatch.sender, answer_by), head)
    more = (("level", level.name), ("codes", " ".join(one.code for one in parts)))
    return Composed(PaperKind.DISPATCH, draft, name, more)


def _heading(campaign: Campaign, order: PaperOrder, today: date) -> Heading:
    return Heading(campaign.title, campaign.issuer, today, head_of(campaign, order))


def _unit(session: Session, campaign: Campaign, name: str) -> tuple[int, str]:
    unit_id = unit_named(session, key_of(campaign), name.strip())
    names = {key_of(unit): unit.name for unit in units_of(session, key_of(campaign))}
    return unit_id, names[unit_id]
