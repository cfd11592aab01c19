"""A calendar as bytes that telephones subscribe to (RFC 5545): all-day entries and nothing of a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone
from icalendar.prop import vDate, vDatetime, vDuration, vText, vUri

from models.rules.calendar.days import days_after

PRODUCT = "-//Shifan//法治政府建设示范创建//ZH"
FETCH_AGAIN = timedelta(hours=1)
LONGEST_TITLE = 90  # characters of a heading; the whole stands below it


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One all-day entry; ``uid`` stays whatever else of it changes, so that a moved day moves an entry."""

    uid: str
    day: date
    heading: str
    text: str
    address: str  # of the page that says more; empty where there is none
    light: str
    struck: bool = False  # it is shown as called off


@dataclass(frozen=True, slots=True)
class CalendarFeed:
    """What a calendar holds, as it was at ``stamp``: the same facts and stamp are the same bytes."""

    name: str
    about: str
    stamp: datetime
    zone: str
    entries: Sequence[CalendarEntry]


def calendar_bytes(feed: CalendarFeed) -> bytes:
    """Return the calendar that ``feed`` describes.

    No METHOD: a subscription is no invitation (RFC 5546 would ask for an organizer). No alarm either: on
    an all-day entry it has no zone, and whoever must be told is told by a message. No entry makes anybody
    busy. REFRESH-INTERVAL (RFC 7986) is given its VALUE=DURATION, which the library leaves out.
    """
    calendar = Calendar()
    calendar["PRODID"], calendar["VERSION"] = vText(PRODUCT), vText("2.0")
    calendar["CALSCALE"] = vText("GREGORIAN")
    for name, said in (("NAME", feed.name), ("DESCRIPTION", feed.about)):
        calendar[name] = vText(_clean(said))
    calendar["X-WR-CALNAME"], calendar["X-WR-CALDESC"] = calendar["NAME"], calendar["DESCRIPTION"]
    calendar["X-WR-TIMEZONE"] = vText(feed.zone)
    # The first is the standard's, the second what Outlook reads.
    calendar.add("REFRESH-INTERVAL", vDuration(FETCH_AGAIN), parameters={"VALUE": "DURATION"})
    calendar["X-PUBLISHED-TTL"] = vDuration(FETCH_AGAIN)
    if not feed.entries:  # a calendar holds something (RFC 5545, 3.6); this shows nothing
        calendar.add_component(Timezone.from_tzid(feed.zone))
    stamp = vDatetime(feed.stamp)
    for entry in feed.entries:
        calendar.add_component(_event(entry, stamp))
    return calendar.to_ical(sorted=False)


def _event(entry: CalendarEntry, stamp: vDatetime) -> Event:
    # Made without `add`, which finds out anew for each value what it is: it takes twice as long.
    event = Event()
    event["UID"], event["DTSTAMP"] = vText(entry.uid), stamp
    event["DTSTART"] = _day(entry.day)
    event["DTEND"] = _day(
        days_after(entry.day, 1)
    )  # not in it: the same day would be a duration of 0
    event["SUMMARY"] = vText(_short(_clean(entry.heading)))
    event["DESCRIPTION"] = vText("\n".join(map(_clean, entry.text.split("\n"))))
    event["CATEGORIES"] = vText(entry.light)
    event["TRANSP"] = vText("TRANSPARENT")
    if entry.struck:
        event["STATUS"] = vText("CANCELLED")
    if entry.address:
        event["URL"] = vUri(entry.address)
    return event


def _day(day: date) -> vDate:
    found = vDate(day)
    found.params["VALUE"] = "DATE"
    return found


def _clean(text: str) -> str:
    """Return ``text`` without what no calendar may hold: control characters, line breaks among them."""
    return "".join(one if one.isprintable() else " " for one in text)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"
