"""What the calendar of a campaign, a unit or a post holds: every day on which something of it is due."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from sqlmodel import Session

from models.audit.origin import chain_origin, last_change
from models.calendar.calendar import work_calendar
from models.campaign.campaign import stages_of
from models.campaign.due_days import (
    DueDay,
    due_days,
    due_days_of_office,
    due_days_of_unit,
    undated,
)
from models.campaign.moved import last_of_all
from models.database import open_session
from models.decisions.decision import asked_about, asked_posts, open_decisions
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.calendar.arrangement import day_in_words
from models.rules.calendar.moment import Moment
from models.rules.lights import light_days
from models.rules.words import Light, Progress
from models.settings import settings
from notifications import links
from tasks.window.addresses import Behind, opened_by
from tasks.window.calendar import CalendarEntry, CalendarFeed, calendar_bytes
from tasks.window.subscribed import Subscribed, subscribed_to
from tasks.window.tokens import TokenKind

GONE = "这个日历地址已经收回，或者不完整；请到窗口的“日历和大屏”一页取新的地址"
FORM = "1"  # of what is written into a calendar; another one is another mark


def feed_mark(token: str, moment: Moment) -> str:
    """Return a mark that differs whenever the calendar of ``token`` does; raises NotFoundError as `feed_bytes` does.

    Reads the ends of keys and no item: a telephone asks every hour. The day is in it, for lights go by it.
    """
    with open_session(read_only=True) as session:
        found = _subscribed(session, token)
        parts = (
            FORM,
            found.secret.scope,
            found.name,
            last_of_all(session),
            moment.today,
            links.ui(),
        )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def feed_bytes(token: str, moment: Moment) -> bytes:
    """Return the calendar that ``token`` opens, as it stands on the day of ``moment``.

    The same bytes for the same facts on the same day. Raises NotFoundError in one line for an address that
    was withdrawn or made by nobody, and where the post is vacant, the unit retired or the campaign removed.
    """
    with open_session(read_only=True) as session:
        found = _subscribed(session, token)
        lines = _lines(session, found, moment)
        origin, changed = chain_origin(session)[:16], last_change(session)
        asked = list(_decisions(session, found, origin))
        nowhere = (
            undated(session, found.campaign_id) if found.secret.behind is Behind.CAMPAIGN else 0
        )
    entries = [*asked, *_entries(found, lines, origin)]
    stamp = _stamp(changed, moment)
    about = _about(found, nowhere)
    return calendar_bytes(CalendarFeed(found.name, about, stamp, settings().time_zone, entries))


def _subscribed(session: Session, token: str) -> Subscribed:
    secret = opened_by(session, TokenKind.FEED, token)
    found = subscribed_to(session, secret) if secret else None
    if found is None:
        raise NotFoundError(GONE)
    return found


def _lines(session: Session, found: Subscribed, moment: Moment) -> list[DueDay]:
    days = light_days(moment.today, work_calendar(session))
    if found.unit_id:
        return due_days_of_unit(session, found.campaign_id, found.unit_id, days)
    if found.is_of_the_office:
        return due_days_of_office(session, found.campaign_id, days)
    return due_days(session, found.campaign_id, days)


def _decisions(session: Session, found: Subscribed, origin: str) -> Iterator[CalendarEntry]:
    """Yield what waits for the word of the post; of the reasons and the code a calendar says nothing."""
    if found.post_id is None:
        return
    stages = {stage.id: stage.name for stage in stages_of(session, found.campaign_id)}
    for one in open_decisions(session, found.campaign_id):
        if any(
            post.id == found.post_id and not asked.answer
            for asked, post in asked_posts(session, key_of(one))
        ):
            about = asked_about(one, stages.get(one.stage_id, ""))
            address = links.question(key_of(one))
            text = f"等候决定：{about}\n最迟：{day_in_words(one.due)}\n打开：{address}"
            uid = _uid(f"d{one.id}", found, origin)
            yield CalendarEntry(
                uid, one.due, found.demo + f"等候决定 {about}", text, address, "等候决定"
            )


def _entries(found: Subscribed, lines: Sequence[DueDay], origin: str) -> Iterator[CalendarEntry]:
    leading = {(line.subject, line.due) for line in _leading(lines)}
    for line in lines:
        address = links.item_page(found.address, line.code, found.unit_id)
        key = line.subject if (line.subject, line.due) in leading else f"a{line.part}"
        light = _light(line)
        yield CalendarEntry(
            _uid(key, found, origin),
            line.due,
            f"{found.demo}{light} {line.code} {line.title}"
            + ("" if found.unit else f"（{line.whose}）"),
            "\n".join(_text(line, address)),
            address,
            light,
            line.state is Progress.DROPPED,
        )


def _leading(lines: Sequence[DueDay]) -> Iterator[DueDay]:
    """Yield of each item the one day that goes by the item's own name, so that it keeps it when it is moved.

    That of the whole; where there is none, the day that most parts are due on. Other days go by the first
    part that is due then.
    """
    days: dict[str, list[DueDay]] = defaultdict(list)
    for line in lines:
        days[line.subject].append(line)
    for found in days.values():
        yield max(found, key=lambda line: (line.whole, line.parts, -line.due.toordinal()))


def _light(line: DueDay) -> str:
    """Return the light in words; of what is over, how it ended: it stays where it was due."""
    return line.state.chinese if line.state.is_over else line.light.chinese


def _text(line: DueDay, address: str) -> Iterator[str]:
    yield f"{line.code} {line.title}"
    yield f"进度：{line.state.chinese}{_counted(line)}"
    yield f"时限：{line.due.year}年{day_in_words(line.due)}"
    yield f"责任：{line.whose}"
    yield from line.deadline.splitlines()
    if address:
        yield f"打开：{address}"


def _counted(line: DueDay) -> str:
    """Return how far the parts of several units are: 43 个单位中已完成 12、逾期 5."""
    if line.units < 2:
        return ""
    done = line.states[list(Progress).index(Progress.DONE)]
    late = f"，{Light.RED.chinese} {line.lights.red} 项" if line.lights.red else ""
    return f"（{line.units} 个单位共 {line.lights.total} 项，已完成 {done} 项{late}）"


def _uid(key: str, found: Subscribed, origin: str) -> str:
    """Return the name of an entry: of this database, this calendar and this item, whatever day it is due."""
    return f"{key}.{found.secret.behind}{found.secret.number}@{origin}.shifan"


def _about(found: Subscribed, nowhere: int) -> str:
    said = [f"{found.title}：各事项的时限，灯色按打开当日计算。已完成的写明“已完成”，不适用的划去"]
    said += [f"另有 {nowhere} 项没有时限，不在日历里"] if nowhere else []
    said += [f"已于 {day_in_words(found.ended)} 结束"] if found.ended else []
    return "。".join(said)


def _stamp(changed: datetime | None, moment: Moment) -> datetime:
    """Return since when the calendar is as it is: the last change, or the beginning of the day."""
    begun = moment.local.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    return min(max(changed or begun, begun), max(moment.now, begun)).replace(microsecond=0)
