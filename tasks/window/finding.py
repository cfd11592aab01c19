"""The page of one finding or complaint: what, whose, by when, and everything that was said and told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, looking_at
from models.campaign.subjects import own_subject
from models.errors import NotFoundError
from models.findings.listing import (
    FindingLine,
    TraceLine,
    dispatches_by_finding,
    finding_coded,
    finding_cycles,
    finding_trace,
)
from models.findings.proving import NamedPiece, pieces_named
from models.keys import key_of
from models.notices.trail import trails
from models.rules.bounds import shown
from models.rules.evidence.pieces import number_of
from models.rules.findings.complainants import without_complainant
from models.rules.findings.life import FindingAsIs, standing_steps, steps_that_follow
from models.rules.findings.words import FROM_THE_PUBLIC, FindingStep
from models.rules.words import MilestoneKind
from tasks.notices.why import explained
from tasks.window.findings import FindingRow, finding_rows
from tasks.window.item_history import HistoryLine, NoticeLine, history_of, notice_line

MOST = 30  # notices, and as many lines of the history; the others are counted
KINDS = (MilestoneKind.FINDING, MilestoneKind.COMPLAINT)


@dataclass(frozen=True, slots=True)
class FindingPage:
    """Everything that the page of a finding says; ``cycles`` are its rounds, the last one first.

    ``row`` is how it stands now, ``visit`` the code of the visit that found it, empty for none.
    """

    code: str
    public: bool
    row: FindingRow
    now: FindingLine
    cycles: Sequence[FindingLine]
    problem: str
    advice: str
    visit: str
    pieces: Sequence[NamedPiece]
    dispatches: Sequence[str]
    steps: Sequence[FindingStep]  # that may come next
    why: str
    history: Sequence[HistoryLine]
    more_history: int
    notices: Sequence[NoticeLine]
    more_notices: int


def finding_page(slug: str, code: str, today: date) -> FindingPage:
    """Return what the page of ``code`` says on ``today``; reads only, a constant number of statements.

    Raises NotFoundError for a code that is none.
    """
    with looking_at(slug) as (session, campaign):
        wanted = code.strip().upper()
        line = finding_coded(session, key_of(campaign), wanted)
        if line is None:
            raise NotFoundError(f"没有编号为“{shown(code)}”的问题或投诉建议")
        return _page(session, campaign, line, today)


def _page(session: Session, campaign: Campaign, line: FindingLine, today: date) -> FindingPage:
    campaign_id, public = key_of(campaign), line.kind in FROM_THE_PUBLIC
    cycles = finding_cycles(session, line.id)
    trace = finding_trace(session, campaign_id, line.id).get(line.id, ())
    pieces = _pieces(session, campaign_id, trace)
    subject = own_subject(session, campaign_id, line.code, KINDS)
    said = trails(session, campaign_id, subject.rows, today)
    history = history_of(session, campaign_id, subject, (), [one.code for one in pieces])
    notices = sorted(said, key=lambda one: one.day, reverse=True)
    told = (
        explained(session, campaign, subject, today, said, plainly=True) if subject.rows else None
    )
    kept = without_complainant if public else str
    return FindingPage(
        code=line.code,
        public=public,
        row=finding_rows([line], today, work_calendar(session))[0],
        now=line,
        cycles=cycles[::-1],
        problem=kept(line.problem),
        advice=kept(line.advice),
        visit=line.source.partition(":")[2] if line.source.startswith("visit:") else "",
        pieces=pieces,
        steps=_next(line, trace, today),
        dispatches=dispatches_by_finding(session, campaign_id).get(line.code, ()),
        why=told.words if told else "",
        history=history[:MOST],
        more_history=max(0, len(history) - MOST),
        notices=[notice_line(one, subject) for one in notices[:MOST]],
        more_notices=max(0, len(notices) - MOST),
    )


def _pieces(session: Session, campaign_id: int, trace: Sequence[TraceLine]) -> list[NamedPiece]:
    """Return the pieces that its steps named, each once, by number."""
    named = {number_of(code) for step in trace for code in step.pieces.split("、") if code}
    return pieces_named(session, campaign_id, [one for one in named if one])


def _next(line: FindingLine, trace: Sequence[TraceLine], today: date) -> list[FindingStep]:
    """Return the steps that may come next; none is closed while it is watched."""
    own = [one.step for one in trace if one.cycle == line.cycle]
    standing = [own[place] for place in standing_steps(own)]
    last = standing[-1] if standing else ""
    as_is = FindingAsIs(line.code, line.kind, line.state, line.found_on, line.unit, last=last)
    watched = line.watch_until is not None and today <= line.watch_until
    steps = steps_that_follow(as_is)
    return [one for one in steps if not (one is FindingStep.CLOSE and watched)]
