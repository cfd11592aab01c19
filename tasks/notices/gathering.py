"""Gather: what may go out now becomes one message per recipient and window, or says why not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from itertools import groupby

from sqlmodel import Session

from models.audit.heads import standing
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign
from models.campaign.lights import Board, board
from models.evidence.shown.standing import EvidenceStanding, evidence_standing
from models.foresight.spoken import Spoken, spoken_forecasts
from models.notices.burden import burden_of_week, monday_of
from models.notices.notice import Message
from models.notices.posting import post_message
from models.notices.waiting import WaitingNotice, begin_window, leave_unsaid, waiting_notices
from models.notices.writing import Word, say_to
from models.rules.audit.chain import head_in_words
from models.rules.calendar.days import days_after
from models.rules.calendar.moment import Moment
from models.rules.evidence.days import evidence_days
from models.rules.lights import light_days
from models.rules.notices.rule_words import MORNING_LINE, OVER_BUDGET, RIDING_RULES
from models.rules.notices.shares import EVERYBODY, Share
from models.rules.words import CLOCK_DOUBT, Level
from models.settings import settings
from notifications.channels.channels import Channels
from notifications.letter import letter
from tasks.notices.round import Delivered
from tasks.office.ladder import plan_field

WAITS_FOR_WINDOW, WAITS_FOR_MORNING = "next-window", "off-hours"

Notices = list[WaitingNotice]


def gather(
    session: Session,
    channels: Channels,
    at: Moment,
    result: Delivered,
    *,
    held: bool = False,
    share: Share = EVERYBODY,
) -> None:
    """Put what may go out to ``share`` into messages; everything else keeps why it waits or cannot be said.

    One regular message per recipient and window, whatever campaigns it is about: what comes later,
    or at night, waits for the next working morning. What is red for the group's head goes at once. While
    the clock is not believed (``held``) what is above the liaisons waits as it is.
    """
    told = begin_window(session, at.window.day)
    waiting = waiting_notices(session, at.now)
    if held:
        waiting = [n for n in waiting if n.level <= Level.LIAISON or n.rule == CLOCK_DOUBT]
    gathering = _Gathering(session, channels, at, result)
    gathering.foreseen_of = sorted({n.campaign_id for n in waiting if not n.is_demo})
    for tag, group in groupby(waiting, key=lambda n: n.tag):
        if share.takes(tag):
            gathering.say(list(group), told=tag in told)
    gathering.write_down()


class _Gathering:
    """One round: what its letters share is read once, what is not said is written down at the end."""

    def __init__(self, session: Session, channels: Channels, at: Moment, result: Delivered) -> None:
        self._session, self._channels, self._at, self._result = session, channels, at, result
        self._unsendable: dict[str, Notices] = defaultdict(list)
        self._waiting: dict[tuple[datetime, str], Notices] = defaultdict(list)
        self._asks = cache(self._read_asks)
        self._board = cache(self._read_board)
        self._evidence = cache(self._read_evidence)
        self._head = cache(self._read_head)
        self._foreseen = cache(self._read_foreseen)
        self.foreseen_of: Sequence[int] = ()

    def say(self, notices: Notices, *, told: bool) -> None:
        """Make one message of what its recipient may hear now, who was ``told`` in this window or not.

        What became of evidence rides in a message that goes anyway, and waits where none does.
        """
        at = self._at
        riding = [n for n in notices if n.rule in RIDING_RULES and not n.is_demo]
        asking = [n for n in notices if n.rule not in RIDING_RULES]
        together = self._without_idle_line(list(self._sendable(asking)))
        urgent = [notice for notice in together if notice.urgent]
        regular = [notice for notice in together if not notice.urgent]
        if regular and not at.in_hours:
            self._waiting[at.hold_until, WAITS_FOR_MORNING] += regular
        elif regular and told:
            self._waiting[at.window.ends, WAITS_FOR_WINDOW] += regular
        elif within := list(self._within_budget(regular)):
            self._post(urgent + within + riding, urgent=False)
            return
        if urgent:
            self._post(urgent + riding, urgent=True)

    def write_down(self) -> None:
        """Let each notice keep why it waits or cannot be said: few reasons, whatever the number."""
        result = self._result
        for reason, notices in self._unsendable.items():
            leave_unsaid(self._session, notices, "unsendable", reason)
            result.unsendable[reason] += len(notices)
        for (until, why), notices in self._waiting.items():
            leave_unsaid(self._session, notices, "waiting", why, hold_until=until)
            result.held += len(notices)
            result.held_until = min(until, result.held_until or until)

    def _sendable(self, notices: Notices) -> Iterator[WaitingNotice]:
        """Yield the notices that have a way out; the others are kept with why they have none."""
        for mine in _by_campaign(notices):
            if reason := _unsendable(mine[0], self._channels):
                self._unsendable[reason] += mine
            else:
                yield from mine

    def _without_idle_line(self, notices: Notices) -> Notices:
        """Drop the line that says there is nothing to say where there is something."""
        idle = [notice for notice in notices if notice.rule == MORNING_LINE]
        if len(idle) < len(notices) and idle:
            leave_unsaid(self._session, idle, "dropped", "alerts-instead")
            return [notice for notice in notices if notice.rule != MORNING_LINE]
        last = {
            notice.campaign_id: notice for notice in idle
        }  # after an outage only today's counts
        if old := [notice for notice in idle if last[notice.campaign_id] is not notice]:
            leave_unsaid(self._session, old, "dropped", "newer-line")
        return list(last.values()) if idle else notices

    def _within_budget(self, notices: Notices) -> Iterator[WaitingNotice]:
        """Yield what may be asked; what is over its campaign's budget waits for a leader's word."""
        for mine in _by_campaign(notices):
            asks = self._asks(mine[0].campaign_id).get(mine[0].unit_id)
            if asks is None:
                yield from mine
            elif asks.left > 0:
                asks.left -= 1
                yield from mine
            else:
                self._ask_for_a_word(mine[0], asks.unit)
                reason = f"budget:{monday_of(self._at.today)}"
                leave_unsaid(self._session, mine, "over-budget", reason)
                self._result.over_budget += len(mine)

    def _ask_for_a_word(self, notice: WaitingNotice, unit: str) -> None:
        words = f"{unit} 本周已被提醒到方案规定的次数，再提醒须您同意"
        monday = monday_of(self._at.today).isoformat()
        word = Word("unit", notice.unit_id or 0, OVER_BUDGET, monday, words)
        say_to(self._session, notice.campaign_id, Level.LEADER, word, self._at)

    def _post(self, notices: Notices, *, urgent: bool) -> None:
        """Make one message; whoever leads the campaign reads with it how all stands, and the audit chain.

        It stands under the campaign of its first notice; what it says may be of several. What is in
        many hands cannot be rewritten in one place.
        """
        first, at = notices[0], self._at
        message = Message(
            campaign_id=first.campaign_id,
            tag=first.tag,
            subject="",
            body="",
            made_at=at.now,
            window=at.window.day,
            urgent=urgent,
        )
        targets = [(target.id, target.kind) for target in self._channels.targets(first.tag)]
        number = post_message(self._session, message, targets, [n.id for n in notices])
        own = first.unit_id is None  # a post of the campaign's own
        boards = {n.campaign_id: self._board(n.campaign_id) for n in notices if own and not n.words}
        spoken_of = boards if own else {n.campaign_id for n in notices if not n.is_demo}
        evidence = {one: self._evidence(one) for one in spoken_of}
        foreseen = self._foreseen() if spoken_of else {}
        words = letter(notices, number, self._head() if own else "", boards, evidence, foreseen)
        message.subject, message.body, message.link = words.subject, words.body_markdown, words.link
        self._result.messages += 1

    def _read_board(self, campaign_id: int) -> Board:
        days = light_days(self._at.today, work_calendar(self._session))
        return board(self._session, campaign_id, days)

    def _read_evidence(self, campaign_id: int) -> EvidenceStanding:
        at = self._at
        days = evidence_days(at.today, at.calendar or work_calendar(self._session), at.zone)
        return evidence_standing(self._session, campaign_id, days)

    def _read_foreseen(self) -> Mapping[int, Spoken]:
        """Return what was foreseen today or on the working day before; one statement, whatever is spoken of."""
        at = self._at
        calendar = at.calendar or work_calendar(self._session)
        since = calendar.last_workday(days_after(at.today, -1))
        return spoken_forecasts(self._session, self.foreseen_of, since, at.today)

    def _read_head(self) -> str:
        entries, _, hash_ = standing(self._session)
        return head_in_words(entries, hash_)

    def _read_asks(self, campaign_id: int) -> dict[int | None, "_Asks"]:
        """Return what the plan allows each unit to be asked in this week; nothing without a budget."""
        budget = plan_field(self._session.get_one(Campaign, campaign_id), "asks_per_week")
        if not budget:
            return {}
        rows = burden_of_week(self._session, campaign_id, self._at.today)
        return {
            row.unit_id: _Asks(row.unit, budget - row.asks) for row in rows if not row.allowed_by
        }


@dataclass(slots=True)
class _Asks:
    """How often a unit may still be asked this week."""

    unit: str
    left: int


def _by_campaign(notices: Sequence[WaitingNotice]) -> Iterator[Notices]:
    for _, mine in groupby(notices, key=lambda n: n.campaign_id):
        yield list(mine)


def _unsendable(first: WaitingNotice, channels: Channels) -> str:
    if first.is_demo:
        return "demo"
    if settings().channels is None:
        return "no-channels-file"
    return "" if channels.has(first.tag) else "no-channel"
