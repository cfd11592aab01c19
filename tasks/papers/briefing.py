"""The briefing: what was done in a period, where the campaign stands, what comes next; no red head unless asked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.keys import key_of
from models.papers.facts import ReportFacts
from models.papers.period_facts import PeriodFacts, period_facts
from models.papers.quoting import report_facts
from models.rules.calendar.moment import Moment
from notifications.paper_blocks import Draft
from notifications.paper_drafting import drafted
from tasks.papers.drafts import NEXT_STEPS, day_in_words, supplied_or_blank, with_blanks
from tasks.papers.texts import NO_TEXTS, Texts
from tasks.papers.work_drafts import Heading

DAYS = 14  # of a briefing whose period nobody gave


@dataclass(frozen=True, slots=True)
class BriefingFacts:
    """What a briefing says: the period, what was done in it, and where the campaign stands."""

    first: date
    last: date
    period: PeriodFacts
    facts: ReportFacts


def briefing_facts(
    session: Session, campaign: Campaign, moment: Moment, since: date | None
) -> BriefingFacts:
    """Return what was done from ``since`` (a fortnight ago without) to today, both days in."""
    first = since or moment.today - timedelta(days=DAYS - 1)
    days = first, moment.today
    instants = tuple(
        datetime.combine(day, time.min, tzinfo=moment.zone)
        for day in (first, moment.today + timedelta(days=1))
    )
    done = period_facts(session, key_of(campaign), days, (instants[0], instants[1]))
    return BriefingFacts(first, moment.today, done, report_facts(session, campaign, moment.today))


def briefing_draft(
    facts: BriefingFacts, number: int, head: Heading, texts: Texts = NO_TEXTS
) -> Draft:
    """Return the ``number``-th briefing; what nobody wrote stays a visible blank."""
    title = f"{head.aim}工作简报"
    values: dict[str, object] = {
        "title": title,
        "number": number,
        "today": head.day,
        "issuer": head.issuer,
        "first": day_in_words(facts.first),
        "last": day_in_words(facts.last),
        "period": facts.period,
        "total": facts.facts.total,
        "stages": facts.facts.stages,
        "chapters": facts.facts.chapters,
        "next_steps": supplied_or_blank(NEXT_STEPS, texts),
    }
    blocks = drafted("briefing", **values)
    return with_blanks(Draft(title, blocks, red_head=head.red_head, values=values))
