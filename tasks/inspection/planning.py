"""Rounds and their visits: set a round, plan it, move a visit, let a team be away; each in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, writing_to
from models.errors import CampaignError, PlanError
from models.inspection.arranging import (
    round_faults,
    set_absences,
    set_rounds_wanted,
    store_round,
)
from models.inspection.laying import NO_WISHES, LaidRound, lay_round, open_rounds
from models.inspection.team import team_named
from models.inspection.visit import Visit, visit_coded, visit_rows
from models.inspection.visit_round import (
    VisitRound,
    inspection_setting,
    round_numbered,
    rounds_of,
)
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.visits.round_frame import Wish
from models.rules.visits.words import FEWEST_ROUNDS, MOST_A_DAY, MOST_ROUNDS, VisitState
from models.rules.words import post_fault

MOST_AWAY = 366  # days in one act


@dataclass(frozen=True, slots=True)
class RoundSaid:
    """A round as somebody types it."""

    number: int
    first: date
    last: date
    most: int


@dataclass(frozen=True, slots=True)
class WordOfMove:
    """Where a visit is moved to, on whose word and why."""

    code: str
    day: date | None
    team: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class WordOfAbsence:
    """When a team is away (or there again), on whose word and why."""

    team: str
    first: date
    last: date
    by: str
    reason: str
    back: bool = False


def set_round(slug: str | None, said: RoundSaid, by: str, moment: Moment) -> tuple[bool, str]:
    """Set a round; return whether anything changed, and how many rounds are there of those there must be.

    Repeatable. Raises PlanError with every fault.
    """
    _require(by, "设置")
    with writing_to(slug) as (session, campaign):
        there = rounds_of(session, key_of(campaign))
        wanted = VisitRound(
            campaign_id=key_of(campaign),
            number=said.number,
            first=said.first,
            last=said.last,
            most=said.most,
        )
        others = [one for one in there if one.number != said.number]
        faults = [*_bounds(said), *round_faults(others, wanted)]
        if faults:
            raise PlanError("督导轮次", faults)
        new = store_round(session, campaign, wanted)
        if new:
            facts = {"first": said.first, "last": said.last, "most": said.most}
            name = f"第 {said.number} 轮"
            record(session, key_of(campaign), moment, NewEntry(by, "round-set", name, facts))
        count = len(rounds_of(session, key_of(campaign)))
        setting = inspection_setting(session, campaign)
        source = f"（方案：{setting.source}）" if setting.source else ""
        return new, f"应有 {setting.rounds} 轮{source}，已设 {count} 轮"


def _bounds(said: RoundSaid) -> Iterator[str]:
    if said.number > MOST_ROUNDS:
        yield f"轮次应为 1 到 {MOST_ROUNDS}"
    if said.most > MOST_A_DAY:
        yield f"每组每天最多应为 1 到 {MOST_A_DAY} 次"


def want_rounds(slug: str | None, count: int, by: str, moment: Moment) -> bool:
    """Keep how many rounds there must be; return whether that is new. Repeatable."""
    _require(by, "设置")
    if not FEWEST_ROUNDS <= count <= MOST_ROUNDS:
        raise CampaignError(f"督导轮数应为 {FEWEST_ROUNDS} 到 {MOST_ROUNDS}，写的是 {count}")
    with writing_to(slug) as (session, campaign):
        new = set_rounds_wanted(session, campaign, count)
        if new:
            entry = NewEntry(by, "round-set", "督导轮数", {"rounds": count})
            record(session, key_of(campaign), moment, entry)
        return new


def plan_visits(
    slug: str | None, number: int | None, by: str, moment: Moment
) -> Sequence[LaidRound]:
    """Plan a round, or every round that is not over; visits that need not move stay where they are.

    Repeatable: the second time nothing changes. Killed midway nothing is written. Raises PlanError with
    why there is no plan, for every round; nothing is written then.
    """
    _require(by, "排定")
    with writing_to(slug) as (session, campaign):
        rounds = rounds_of(session, key_of(campaign))
        chosen = list(open_rounds(rounds, moment.today))
        if number is not None:
            chosen = [round_numbered(session, key_of(campaign), number)]
        if not chosen:
            why = "各轮都已经结束" if rounds else "还没有设督导轮次"
            raise CampaignError(f"{why}，请用 shifan inspection round add 设置")
        return _laid(session, campaign, chosen, by, moment)


def move_visit(slug: str | None, said: WordOfMove, moment: Moment) -> tuple[str, LaidRound]:
    """Settle a visit on another day, or with another team; the fewest other visits move for it.

    Return its code and what came of the round. Repeatable. Raises PlanError with the reason where it
    cannot be; nothing is written then.
    """
    _require(said.by, "改期")
    if said.day is None and not said.team:
        raise CampaignError("请用 --day 写明改到哪一天，或用 --team 写明改由哪个组去")
    with writing_to(slug) as (session, campaign):
        visit = visit_coded(session, key_of(campaign), said.code)
        if visit.state == VisitState.HELD:
            raise CampaignError(f"{said.code} 已在 {visit.visited_on} 走访，不能再改期")
        team = team_named(session, key_of(campaign), said.team) if said.team else None
        wish = Wish(said.day, key_of(team) if team else None)
        if _stands(visit, wish):
            return said.code, LaidRound(session.get_one(VisitRound, visit.round_id).number)
        return said.code, _moved(session, campaign, (visit, wish), said, moment)


def _stands(visit: Visit, wish: Wish) -> bool:
    same_day = wish.day in (None, visit.day)
    return visit.settled and same_day and wish.team in (None, visit.team_id)


def _moved(
    session: Session,
    campaign: Campaign,
    what: tuple[Visit, Wish],
    said: WordOfMove,
    moment: Moment,
) -> LaidRound:
    visit, wish = what
    before = visit.day
    one = session.get_one(VisitRound, visit.round_id)
    # A team alone is asked for: the day stays where that team can come on it.
    calendar = work_calendar(session)
    outcome = lay_round(session, one, calendar, moment.today, {visit.unit_id: wish})
    if outcome.why:
        raise PlanError(f"{said.code} 改期", outcome.why)
    visit.reason = said.reason.strip()
    facts = {"from": before, "to": visit.day, "reason": visit.reason, "moved": [*outcome.moved]}
    entry = NewEntry(said.by, "visit-moved", said.code, facts)
    record(session, key_of(campaign), moment, entry)
    return outcome


def team_away(
    slug: str | None, said: WordOfAbsence, moment: Moment
) -> tuple[int, Sequence[LaidRound]]:
    """Keep on which days a team is away, or that it is there again; the fewest visits move for it.

    Return how many days are new, and what came of the rounds. Repeatable. Raises PlanError with the
    reason where the visits find no other place; nothing is written then.
    """
    _require(said.by, "登记")
    span = (said.last - said.first).days
    if not 0 <= span < MOST_AWAY:
        raise CampaignError(f"结束日期 {said.last} 应在 {said.first} 以后、一年以内")
    days = [said.first + timedelta(days=n) for n in range(span + 1)]
    with writing_to(slug) as (session, campaign):
        team = team_named(session, key_of(campaign), said.team)
        words = (said.by, said.reason.strip())
        new = set_absences(session, key_of(team), days, words, back=said.back)
        if not new:
            return 0, ()
        facts = {"days": [*new], "reason": words[1], "resumed": said.back}
        record(session, key_of(campaign), moment, NewEntry(said.by, "team-away", team.name, facts))
        rounds = open_rounds(rounds_of(session, key_of(campaign)), moment.today)
        planned = [one for one in rounds if _has_visits(session, one)]
        return len(new), _laid(session, campaign, planned, said.by, moment)


def _has_visits(session: Session, one: VisitRound) -> bool:
    return bool(visit_rows(session, key_of(one)))


def _laid(
    session: Session, campaign: Campaign, rounds: Sequence[VisitRound], by: str, moment: Moment
) -> Sequence[LaidRound]:
    calendar = work_calendar(session)
    outcomes = [lay_round(session, one, calendar, moment.today, NO_WISHES) for one in rounds]
    faults = [f"第 {one.number} 轮：{why}" for one in outcomes for why in one.why]
    if faults:
        raise PlanError("督导走访的安排", faults)
    for one in outcomes:
        if one.changes:
            facts = {"added": [*one.added], "moved": [*one.moved], "dropped": [*one.dropped]}
            entry = NewEntry(by, "visits-planned", f"第 {one.number} 轮", facts)
            record(session, key_of(campaign), moment, entry)
    return outcomes


def _require(by: str, deed: str) -> None:
    if fault := post_fault(by, deed):
        raise CampaignError(fault)
