"""Lay the ground of a rehearsal in a copy: the campaign, its days, its channels; nothing of the office's is touched."""

import json
import os
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaign_named, require_open, stages_of
from models.database import open_session
from models.errors import ProgressError
from models.files.home import home
from models.keys import key_of
from models.rehearsal.alone import let_speak_alone
from models.rehearsal.days import is_campaign, last_due, last_round
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.settings import office_zone, settings
from models.units.unit import filled_tags
from tasks.rehearsal.asked import AskedRehearsal

PAST_AN_OPEN_END = 60  # working days
LONGEST = timedelta(days=3 * 366)
MORNING = time(8, 30)
ASSUMED = "假定的通道"
FILE = "channels.yaml"


@dataclass(frozen=True, slots=True)
class Ground:
    """A campaign in a copy that is ready to be walked from ``first`` to ``last``.

    ``assumed`` says that no channels are configured and each post was given one. ``others`` campaigns stand
    still meanwhile.
    """

    slug: str
    campaign_id: int
    first: date
    last: date
    calendar: WorkCalendar
    assumed: bool
    others: int
    zone: tzinfo


def lay(asked: AskedRehearsal, moment: Moment) -> Ground:
    """Make the copy ready, in which this process lives; raises CampaignError for what cannot be rehearsed."""
    slug = asked.what if asked.what and _is_campaign(asked.what) else None
    if slug is None and asked.what:
        slug = _loaded(asked.what, moment)
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        require_open(campaign)
        calendar = work_calendar(session)
        walked = last_round(session, key_of(campaign))
        stages = stages_of(session, key_of(campaign))
        ends = [one.planned_end for one in stages]
        starts = [one.planned_start for one in stages if one.planned_start]
        due = last_due(session, key_of(campaign))
        slug = campaign.slug
    first = _first(asked.first, walked, min(starts, default=None), moment.today)
    until = max([day for day in (*ends, due) if day], default=None)
    last = asked.last or _last(first, until, None in ends, calendar)
    _require_after(first, walked)
    require_span(first, last)
    with open_session() as session:
        campaign = campaign_named(session, slug)
        others = let_speak_alone(session, campaign, at(first, MORNING) - timedelta(minutes=30))
        id, tags = key_of(campaign), filled_tags(session, key_of(campaign))
    assumed = settings().channels is None
    if assumed:
        _assume_channels(tags)
    return Ground(slug, id, first, last, calendar, assumed, others, office_zone())


def at(day: date, hour: time) -> datetime:
    """Return the instant of an hour of the office's clock."""
    return datetime.combine(day, hour, tzinfo=office_zone())


def _is_campaign(what: str) -> bool:
    with open_session(read_only=True) as session:
        return is_campaign(session, what)


def _loaded(source: str, moment: Moment) -> str:
    """Load a pack or a file as a campaign of its own; return its name."""
    from tasks.plans.loading import (  # reads documents: a second
        find_plan,
        load_plan,
        read_source,
        slug_for,
    )

    find_plan(source)  # names the packs where it is none
    plan = read_source(source).checked()
    called = slug_for(plan, None, another=True)
    slug = called if isinstance(called, str) else called.own or f"{called.slug} 演练"
    load_plan(plan, slug=slug, start=None, moment=moment)
    return slug


def _first(asked: date | None, walked: date | None, start: date | None, today: date) -> date:
    if asked or walked:
        return asked or max(today, walked or today)
    return start or today


def _last(first: date, until: date | None, open_end: bool, calendar: WorkCalendar) -> date:
    if until is not None and until >= first and not open_end:
        return until
    day = max(first, until or first)
    for _ in range(PAST_AN_OPEN_END):
        day = calendar.next_workday(day + timedelta(days=1))
    return day


def require_span(first: date | None, last: date | None) -> None:
    """Raise ProgressError in one line for days that end before they begin, or lie more than three years apart."""
    if first is None or last is None:
        return
    if last < first:
        raise ProgressError(f"演练从 {first} 开始，不能到更早的 {last}；请改 --from 或 --to")
    if last - first > LONGEST:
        raise ProgressError(f"从 {first} 到 {last} 超过三年，演练最多三年；请改 --from 或 --to")


def _require_after(first: date, walked: date | None) -> None:
    if walked and first < walked:
        raise ProgressError(
            f"已经巡查到 {walked}，演练不能从更早的 {first} 开始；请写 --from {walked} 或以后的日子"
        )


def _assume_channels(tags: list[str]) -> None:
    """Give every post a channel that leads nowhere, so that a plan can be rehearsed before there are any."""
    urls = [
        {f"wecomrobot://rehearsal-{n:05d}?base=http://127.0.0.1:9": {"tag": tag}}
        for n, tag in enumerate(tags)
    ]
    path = home() / FILE
    path.write_text(json.dumps({"version": 1, "urls": urls}, ensure_ascii=False), encoding="utf-8")
    path.chmod(0o600)
    os.environ["SHIFAN_CHANNELS"] = str(path)
