"""Walk a campaign ahead on its copy: each day the patrol, what goes out, what people do, by the code that lives real days."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from models.database import open_session
from models.rehearsal.due import next_going
from models.rehearsal.scratch import tell_planner_of_notices
from models.rehearsal.walked import Marks, marks
from models.rules.rehearsal.pace import Pace
from models.settings import moment_of
from notifications.channels.together import kept_instead
from notifications.saying.answer import Target
from notifications.saying.message import Message
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign
from tasks.rehearsal.deeds import acknowledge_new, answer_questions, get_done
from tasks.rehearsal.ground import Ground, at

Tell = Callable[[int, int], None]

PATROL, DEEDS, REPORTS = time(8, 30), time(10, 0), time(16, 0)
TICK = timedelta(minutes=5)  # between two rounds of what goes out
ONE_DAY = timedelta(days=1)


class KeptMessage(NamedTuple):
    """A message that would have gone out: when, to which channel, and as its recipient would have read it."""

    at: datetime
    target: Target
    message: Message


@dataclass(slots=True)
class DayWalked:
    """What a day came to, beside its messages."""

    day: date
    notices: int = 0
    done: int = 0


@dataclass(slots=True)
class Walk:
    """A walk: what went out, what the days came to, and where the copy's tables stood before it."""

    ground: Ground
    pace: Pace
    before: Marks
    kept: list[KeptMessage] = field(default_factory=list)
    days: list[DayWalked] = field(default_factory=list)
    codes: dict[int, str] = field(default_factory=dict)
    acknowledged: int = 0  # the last message that was looked at


def walk(ground: Ground, pace: Pace, tell: Tell) -> Walk:
    """Walk every day of ``ground`` at a pace; ``tell`` hears how many days are done, and of how many.

    Patrol and delivery are those of every day. What goes out is kept and nobody is spoken to. Between two
    rounds of delivery at which something may go out, those at which nothing can are passed over.
    """
    with open_session(read_only=True) as session:
        before = marks(session)
    done = Walk(ground, pace, before, acknowledged=before.message)
    days, known = list(_days(ground)), 0
    for number, day in enumerate(days, start=1):
        _Day(done, day).live()
        known = tell_planner_of_notices(known)
        tell(number, len(days))
    return done


def _days(ground: Ground) -> Iterator[date]:
    for n in range((ground.last - ground.first).days + 1):
        yield ground.first + n * ONE_DAY


class _Day:
    """One day of a walk."""

    def __init__(self, walked: Walk, day: date) -> None:
        self._walk, self._ground, self._pace = walked, walked.ground, walked.pace
        self._day = DayWalked(day)
        self._now = at(day, PATROL)

    def live(self) -> None:
        """Live it: the patrol and what it lets go out, what people do, and what becomes of that by the evening."""
        day, working = self._day.day, self._ground.calendar.is_workday(self._day.day)
        if working:
            seen = patrol_campaign(self._ground.slug, moment_of(self._now))
            self._day.notices = seen.notices_created
        self._deliver_until(at(day, DEEDS))
        if working:
            self._now = at(day, DEEDS)
            self._act()
            self._deliver_until(at(day, REPORTS))
            self._now = at(day, REPORTS)
            moment = moment_of(self._now)
            self._day.done = get_done(
                self._ground.campaign_id, self._pace, self._ground.calendar, moment
            )
        self._deliver_until(at(day + ONE_DAY, time(0)))
        self._walk.days.append(self._day)

    def _act(self) -> None:
        ground, moment = self._ground, moment_of(self._now)
        acknowledge_new(ground.campaign_id, self._walk.acknowledged, self._pace, moment)
        self._walk.acknowledged = max([*map(_number, self._walk.kept), self._walk.acknowledged])
        answer_questions(ground.campaign_id, self._pace, self._walk.codes, moment)

    def _deliver_until(self, end: datetime) -> None:
        """Send at every round from now up to ``end`` at which anything may go, or is to be settled."""
        while self._now < end:
            with open_session(read_only=True) as session:
                going = next_going(session)
            if going is None or _round_at(going) >= end:
                return
            self._now = max(_round_at(going), self._now)
            self._deliver()
            self._now += TICK

    def _deliver(self) -> None:
        now = self._now

        def keep(target: Target, message: Message) -> None:
            if message.must:
                self._walk.codes[int(message.key)] = message.must
            self._walk.kept.append(KeptMessage(now, target, message))

        with kept_instead(keep):
            deliver(lambda: now)


def _number(one: KeptMessage) -> int:
    return int(one.message.key)


def _round_at(instant: datetime) -> datetime:
    """Return the first round of delivery at or after ``instant``."""
    past = instant.timestamp() % TICK.total_seconds()
    return instant + timedelta(seconds=TICK.total_seconds() - past) if past else instant
