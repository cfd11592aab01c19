"""Gather: what may go out now becomes one message per recipient and window, or says why not."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import groupby

from sqlmodel import Session

from models.audit.heads import standing
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign
from models.campaign.lights import Board, board
from models.keys import key_of
from models.notices.burden import burden_of_week, monday_of
from models.notices.office import MORNING_LINE, OVER_BUDGET, say_to
from models.notices.waiting import (
    WaitingNotice,
    drop,
    gather_alone,
    hold,
    mark_unsendable,
    open_message,
    post_message,
    put_aside,
    take_back,
    told_in,
    waiting_notices,
)
from models.rules.audit.chain import head_in_words
from models.rules.calendar.moment import Moment
from models.rules.lights import light_days
from models.rules.words import CLOCK_DOUBT, Level
from models.settings import settings
from notifications.channels.channels import Channels
from notifications.letter import letter
from tasks.notices.round import Delivered
from tasks.office.ladder import plan_field

WAITS_FOR_WINDOW, WAITS_FOR_MORNING = "next-window", "off-hours"


def gather(
    session: Session, channels: Channels, at: Moment, result: Delivered, *, held: bool = False
) -> None:
    """Put what may go out into messages; everything else keeps why it waits or cannot be said.

    One regular message per recipient and window, whatever campaigns it is about: what comes later,
    or at night, waits for the next working morning. What is red for the group's head goes at once. While
    the clock is not believed (``held``) what is above the liaisons waits as it is.
    """
    gather_alone(session)
    take_back(session, at.window.day)
    told = told_in(session, at.window.day)
    budgets = _Budgets(session, at)
    seen = _Seen(session, at.today)
    not_now = _NotNow()
    waiting = waiting_notices(session, at.now)
    if held:
        waiting = [n for n in waiting if n.level <= Level.LIAISON or n.rule == CLOCK_DOUBT]
    for tag, group in groupby(waiting, key=lambda n: n.tag):
        sendable = _sendable(channels, list(group), not_now)
        together = _without_idle_line(session, sendable)
        urgent = [notice for notice in together if notice.urgent]
        regular = [notice for notice in together if not notice.urgent]
        if regular and not at.in_hours:
            not_now.waiting[at.hold_until, WAITS_FOR_MORNING] += regular
        elif regular and tag in told:
            not_now.waiting[at.window.ends, WAITS_FOR_WINDOW] += regular
        elif regular := _within_budget(session, regular, budgets, at, result):
            _post(session, channels, urgent + regular, at, result, seen, urgent=False)
            continue
        if urgent:
            _post(session, channels, urgent, at, result, seen, urgent=True)
    not_now.write_down(session, result)


@dataclass(slots=True)
class _NotNow:
    """What does not go out now, by why: written down at the end, for few reasons whatever the number."""

    unsendable: dict[str, list[WaitingNotice]] = field(default_factory=lambda: defaultdict(list))
    waiting: dict[tuple[datetime, str], list[WaitingNotice]] = field(
        default_factory=lambda: defaultdict(list)
    )

    def write_down(self, session: Session, result: Delivered) -> None:
        """Let each notice keep why it waits or cannot be said."""
        for reason, notices in self.unsendable.items():
            mark_unsendable(session, notices, reason)
            result.unsendable[reason] += len(notices)
        for (until, why), notices in self.waiting.items():
            hold(session, notices, until, why)
            result.held += len(notices)
            result.held_until = min(until, result.held_until or until)


def _sendable(
    channels: Channels, notices: list[WaitingNotice], not_now: _NotNow
) -> list[WaitingNotice]:
    """Return the notices that have a way out; the others are kept in ``not_now`` with why they have none."""
    kept = []
    for _, mine in groupby(notices, key=lambda n: n.campaign_id):
        together = list(mine)
        reason = _unsendable(together[0], channels, together[0].tag)
        if reason:
            not_now.unsendable[reason] += together
        else:
            kept += together
    return kept


def _within_budget(
    session: Session,
    notices: list[WaitingNotice],
    budgets: "_Budgets",
    at: Moment,
    result: Delivered,
) -> list[WaitingNotice]:
    """Return what may be asked; what is over its campaign's budget waits for a leader's word."""
    kept = []
    for _, mine in groupby(notices, key=lambda n: n.campaign_id):
        together = list(mine)
        if budgets.spent(together[0]):
            put_aside(session, together, f"budget:{monday_of(at.today)}")
            result.over_budget += len(together)
        else:
            kept += together
    return kept


def _post(
    session: Session,
    channels: Channels,
    notices: list[WaitingNotice],
    at: Moment,
    result: Delivered,
    seen: "_Seen",
    *,
    urgent: bool,
) -> None:
    """Make one message; whoever leads the campaign reads with it how all stands, and the audit chain.

    What is in many hands cannot be rewritten in one place.
    """
    message = open_message(session, notices[0], window=at.window.day, urgent=urgent, now=at.now)
    own = notices[0].unit_id is None  # a post of the campaign's own
    boards = {n.campaign_id: seen.board(n.campaign_id) for n in notices if own and not n.words}
    words = letter(notices, key_of(message), seen.head() if own else "", boards)
    message.subject, message.body, message.link = words.subject, words.body_markdown, words.link
    targets = [(target.id, target.kind) for target in channels.targets(notices[0].tag)]
    post_message(session, message, notices, targets)
    result.messages += 1


class _Seen:
    """What the letters of one round share: how each campaign and the audit chain stand; read once."""

    def __init__(self, session: Session, day: date) -> None:
        self._session, self._day = session, day
        self.board = cache(self._board)
        self.head = cache(self._head)

    def _board(self, campaign_id: int) -> Board:
        days = light_days(self._day, work_calendar(self._session))
        return board(self._session, campaign_id, days)

    def _head(self) -> str:
        entries, _, hash_ = standing(self._session)
        return head_in_words(entries, hash_)


def _without_idle_line(session: Session, notices: list[WaitingNotice]) -> list[WaitingNotice]:
    """Drop the line that says there is nothing to say where there is something."""
    idle = [notice for notice in notices if notice.rule == MORNING_LINE]
    if len(idle) < len(notices) and idle:
        drop(session, idle, "alerts-instead")
        return [notice for notice in notices if notice.rule != MORNING_LINE]
    last = {notice.campaign_id: notice for notice in idle}  # after an outage only today's counts
    if old := [notice for notice in idle if last[notice.campaign_id] is not notice]:
        drop(session, old, "newer-line")
    return list(last.values()) if idle else notices


def _unsendable(first: WaitingNotice, channels: Channels, tag: str) -> str:
    if first.is_demo:
        return "demo"
    if settings().channels is None:
        return "no-channels-file"
    return "" if channels.has(tag) else "no-channel"


class _Budgets:
    """What the plans allow a unit to be asked in a week, read once per campaign that has a budget."""

    def __init__(self, session: Session, at: Moment) -> None:
        self._session, self._at = session, at
        self._left: dict[int, dict[int, int]] = {}
        self._names: dict[int, str] = {}

    def spent(self, notice: WaitingNotice) -> bool:
        """Say whether the unit of ``notice`` was asked enough this week; else count one ask."""
        if notice.unit_id is None:
            return False
        left = self._left.get(notice.campaign_id)
        if left is None:
            left = self._left[notice.campaign_id] = self._read(notice.campaign_id)
        if left.get(notice.unit_id, 1) <= 0:
            self._ask_for_a_word(notice)
            return True
        if notice.unit_id in left:
            left[notice.unit_id] -= 1
        return False

    def _read(self, campaign_id: int) -> dict[int, int]:
        budget = plan_field(self._session.get_one(Campaign, campaign_id), "asks_per_week")
        if not budget:
            return {}
        rows = burden_of_week(self._session, campaign_id, self._at.today)
        self._names |= {row.unit_id: row.unit for row in rows}
        return {row.unit_id: budget - row.asks for row in rows if not row.allowed_by}

    def _ask_for_a_word(self, notice: WaitingNotice) -> None:
        say_to(
            self._session,
            notice.campaign_id,
            Level.LEADER,
            OVER_BUDGET,
            f"{self._names[notice.unit_id or 0]} 本周已被提醒到方案规定的次数，再提醒须您同意",
            kind="unit",
            subject=notice.unit_id or 0,
            occurrence=monday_of(self._at.today).isoformat(),
            moment=self._at,
        )
