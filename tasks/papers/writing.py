"""The papers that can be written, one function each."""

from datetime import date, timedelta
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.findings.listing import finding_lines
from models.keys import key_of
from models.papers.finding_rows import finding_problems, rectified_findings
from models.papers.parts import unfinished_parts, unit_parts
from models.papers.quoting import report_facts
from models.papers.versions import newest_paper
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.units.unit import unit_named, units_of
from tasks.papers.drafts import report_draft
from tasks.papers.keeping import Composed, PaperOrder, WrittenPaper, head_of, write_paper
from tasks.papers.texts import texts_before, texts_in
from tasks.papers.work_drafts import (
    Heading,
    bulletin_draft,
    checklist_draft,
    problems_draft,
    rectification_draft,
)


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
    """Write the list of problems, an item a row: what was found and stands, what is late or falls short."""

    def compose(session: Session, campaign: Campaign) -> Composed:
        facts = report_facts(session, campaign, moment.today)
        lines = finding_lines(session, key_of(campaign))
        found = finding_problems(lines, moment.today)
        draft = problems_draft(facts, heading_of(campaign, order, moment.today), found)
        return Composed(PaperKind.PROBLEMS, draft)

    return write_paper(slug, order, moment, compose)


def write_rectification(slug: str | None, order: PaperOrder, moment: Moment) -> WrittenPaper:
    """Write the ledger of rectification: a row for each finding, and for each unit's part that is late."""

    def compose(session: Session, campaign: Campaign) -> Composed:
        until = moment.today - timedelta(days=1)
        late = unfinished_parts(session, key_of(campaign), until)
        lines = finding_lines(session, key_of(campaign))
        found = rectified_findings(lines, moment.today)
        draft = rectification_draft(late, heading_of(campaign, order, moment.today), found)
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
        draft = bulletin_draft(facts, late, heading_of(campaign, order, moment.today), given)
        return Composed(PaperKind.BULLETIN, draft)

    return write_paper(slug, order, moment, compose)


def write_unit_checklist(
    slug: str | None, unit: str, order: PaperOrder, moment: Moment
) -> WrittenPaper:
    """Write everything that a unit has to do; raises NotFoundError for a unit that is none."""

    def compose(session: Session, campaign: Campaign) -> Composed:
        unit_id, name = unit_of_paper(session, campaign, unit)
        parts = unit_parts(session, key_of(campaign), unit_id)
        draft = checklist_draft(name, parts, heading_of(campaign, order, moment.today))
        return Composed(PaperKind.CHECKLIST, draft, name)

    return write_paper(slug, order, moment, compose)


def heading_of(campaign: Campaign, order: PaperOrder, today: date) -> Heading:
    """Return what a paper of ``campaign`` says at its head."""
    return Heading(campaign.title, campaign.issuer, today, head_of(campaign, order))


def unit_of_paper(session: Session, campaign: Campaign, name: str) -> tuple[int, str]:
    """Return id and full name of the unit that a paper is about; raises NotFoundError for none."""
    unit_id = unit_named(session, key_of(campaign), name.strip())
    names = {key_of(unit): unit.name for unit in units_of(session, key_of(campaign))}
    return unit_id, names[unit_id]
