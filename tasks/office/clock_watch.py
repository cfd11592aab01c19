"""Watch the clock: while it cannot be believed, nobody above the liaisons is told or asked anything.

Every round of patrol or delivery looks. A clock that is right again is believed without a word; a jump
that lasts waits for a person, who says with the day's date that it is right. What was written under
days that have not come is then taken back.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.calendar.clock_watch import ClockWatch, last_watched, watched
from models.campaign.campaign import campaigns
from models.campaign.moves import Occasion, note
from models.database import open_session
from models.errors import ProgressError
from models.keys import key_of
from models.notices.writing import Word, say_to
from models.rules.calendar.clock import Jump, doubt, jump
from models.rules.calendar.moment import Moment
from models.rules.words import CLOCK_DOUBT, Level, post_fault
from models.settings import local_day, moment_of
from tasks.office.too_early import take_back

BY_ITSELF = "系统（时钟已校正）"


@dataclass(frozen=True, slots=True)
class ClockState:
    """Whether the clock is believed; ``line`` says what is wrong, or what was put right."""

    held: bool = False
    line: str = ""


def look(now: datetime) -> ClockState:
    """Look at the clock once, in a transaction of its own; repeatable.

    The office hears of a jump at once, by a notice of its own: somebody must say what is right.
    """
    with open_session() as session:
        row, moment = watched(session, now), in_hours(session, moment_of(now))
        found = jump(row.seen_at, moment)
        if found is None:
            doubted = row.doubted_at is not None
            line = _believe(session, row, Occasion(BY_ITSELF, moment)) if doubted else ""
            row.seen_at = max(row.seen_at, now)
            return ClockState(line=line)
        line = doubt(row.seen_at, moment)
        if row.doubted_at is None:
            row.doubted_at = now
            _raise(session, row, found, line, moment)
        return ClockState(True, line)


def doubt_now(now: datetime) -> str:
    """Return why the clock is not believed, empty while it is; nothing is written."""
    with open_session(read_only=True) as session:
        row = last_watched(session)
        if row is None or row.doubted_at is None:
            return ""
        return doubt(row.seen_at, in_hours(session, moment_of(now)))


def doubt_of_this_look(now: datetime) -> str:
    """Return why a look at ``now`` would not believe the clock, empty where it would; nothing is written."""
    with open_session(read_only=True) as session:
        row = last_watched(session)
        if row is None:
            return ""
        moment = in_hours(session, moment_of(now))
        return doubt(row.seen_at, moment) if jump(row.seen_at, moment) else ""


def believe_clock(day: date, by: str, why: str, now: datetime) -> str:
    """Believe the clock from now on, because a person says that today is ``day``; return what was done.

    Raises ProgressError where the clock shows another day: then the clock is wrong. Repeatable.
    """
    today = local_day(now)
    if fault := post_fault(by, "确认"):
        raise ProgressError(fault)
    if day != today:
        raise ProgressError(
            f"本机时钟显示今天是 {today}，您写的是 {day}；请先校正本机时钟，校正后自动恢复"
        )
    with open_session() as session:
        row, moment = watched(session, now), in_hours(session, moment_of(now))
        if row.doubted_at is None and jump(row.seen_at, moment) is None:
            return f"时钟没有疑点：今天是 {today}，不需要确认"
        said = Occasion(by.strip(), moment, why.strip())
        taken = _believe(session, row, said)
        row.seen_at = now
    done = f"已确认本机时钟：今天是 {today}；停着的提醒、启动和审批在下一次巡查和发送时照常进行"
    return f"{done}；{taken}" if taken else done


def _believe(session: Session, row: ClockWatch, said: Occasion) -> str:
    """Record that the clock is believed, and take back what was written under days to come."""
    kept = {"seen": row.seen_at, "doubted": row.doubted_at, "now": said.moment.now}
    note(session, None, said, "clock-confirmed", "时钟", **kept)
    row.doubted_at = None
    session.flush()
    return take_back(session, said.moment, said.who)


def _raise(session: Session, row: ClockWatch, found: Jump, line: str, moment: Moment) -> None:
    """Record the doubt, and tell the office of every campaign that is no demonstration."""
    kept = {"seen": row.seen_at, "now": moment.now, "jump": found.value}
    note(session, None, Occasion("系统", moment), "clock-doubted", "时钟", **kept)
    once = moment.now.isoformat(timespec="seconds")
    for campaign in campaigns(session):
        if not campaign.is_demo:
            word = Word("campaign", key_of(campaign), CLOCK_DOUBT, once, line, urgent=True)
            say_to(session, key_of(campaign), Level.OFFICE, word, moment)
