"""What a rehearsal (演练) came to: every message, question and day of a campaign that was walked ahead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RehearsedMessage:
    """One message as its recipient would have read it, on ``day`` at ``at`` (HH:MM) where the office is.

    ``recipient`` names the posts behind the ``tag``, ``unit`` is "" for a post of the campaign's own. ``channel``
    is the kind in an office's words. A one-time code in ``body`` (Markdown) is masked, a personal link left out,
    and the audit chain's line without its fingerprint: none of these is known ahead. ``items`` are the codes
    that it speaks of; ``instead_of`` names the posts that it was meant for before they were found vacant or
    without a channel.
    """

    day: date
    at: str
    recipient: str
    tag: str
    unit: str
    channel: str
    subject: str
    body: str
    items: Sequence[str] = ()
    secret: bool = False
    urgent: bool = False
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Unsaid:
    """Notices that no message carried: on which day they were written, for whom, how many, and why not."""

    day: date
    recipient: str
    reason: str
    count: int
    items: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A decision that was asked: of whom, when, by when it is due, and what the pace answered ("" for never)."""

    stage: int
    name: str
    opening: bool
    asked_on: date
    due: date
    of: Sequence[str]
    answered_on: date | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class MissingPost:
    """A post that nobody holds or no channel reaches, and who heard in its place, how many notices.

    ``instead`` is empty where nobody heard.
    """

    post: str
    vacant: bool
    instead: Sequence[str]
    notices: int


@dataclass(frozen=True, slots=True)
class WalkedDay:
    """One day that was walked: what went out, how many items were reported as done, what stages did."""

    day: date
    messages: int
    notices: int
    done: int = 0
    stages: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class WeekOfUnit:
    """How often a unit was asked in the week of ``monday``; ``budget`` 0 where the plan sets none."""

    unit: str
    monday: date
    asks: int
    budget: int
    held: int = 0


@dataclass(frozen=True, slots=True)
class WalkedStage:
    """A stage as it was planned, who decides on it, and when it was opened and closed on the walk.

    ``workdays`` lie within it, both ends among them; None where a day is not set.
    """

    ordinal: int
    name: str
    start: date | None
    end: date | None
    open_ended: bool
    workdays: int | None
    deciders: Sequence[str] = ()
    opened_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class DueDayOff:
    """An item whose day falls on a day off; ``told_on`` is the last day worked before it, on which it is told."""

    code: str
    title: str
    owner: str
    due: date
    told_on: date


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A whole campaign, walked ahead from ``first`` to ``last``, both walked where they are working days.

    Everything in it stands in an order that the facts alone decide, so that the same facts give the same bytes.
    ``assumed`` says that no channels are configured, and that every post was taken to have one.
    ``holidays_until`` is the last year whose days off are published. ``notes`` are lines in an office's words
    about what was assumed or left out.
    """

    slug: str
    label: str
    title: str
    first: date
    last: date
    pace: str
    assumed: bool
    messages: Sequence[RehearsedMessage] = ()
    unsaid: Sequence[Unsaid] = ()
    questions: Sequence[AskedQuestion] = ()
    missing: Sequence[MissingPost] = ()
    days: Sequence[WalkedDay] = ()
    weeks: Sequence[WeekOfUnit] = ()
    stages: Sequence[WalkedStage] = ()
    due_days_off: Sequence[DueDayOff] = ()
    open_groups: Sequence[str] = ()
    holidays_until: int = 0
    items: int = 0
    notes: Sequence[str] = ()
