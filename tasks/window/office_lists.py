"""What the office looks through: what nobody received, what nobody acknowledged, who answers for nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.audit.chain import NewEntry, record
from models.calendar.calendar import work_calendar
from models.campaign.campaign import looking_at, writing_to
from models.decisions.decision import campaign_posts
from models.errors import ProgressError
from models.keys import key_of
from models.loading.posts import listed_posts
from models.notices.office_waits import (
    Unanswered,
    Unheard,
    WithoutChannel,
    unanswered,
    unheard,
    without_channel,
)
from models.notices.outcomes import revive
from models.notices.seats import left_behind
from models.rules.calendar.moment import Moment
from models.rules.notices.rule_words import NO_WAY
from models.rules.words import Level, post_fault
from models.units.unit import unexpanded_groups, unit_named, units_of
from tasks.office.ladder import ladder_of

MOST_LISTED = 200
_FOR_OPERATORS = "（见 README 通道一节）"


@dataclass(frozen=True, slots=True)
class UnheardList:
    """What channels refused for good, and the posts whose notices have no channel at all.

    ``refused`` ends after `MOST_LISTED`, and ``more`` says that there are others.
    """

    refused: Sequence[Unheard]
    more: bool
    without: Sequence[WithoutChannel]

    @property
    def lost(self) -> Sequence[Unheard]:
        """Return what reached nobody."""
        return [one for one in self.refused if not one.reached]


@dataclass(frozen=True, slots=True)
class UnansweredList:
    """The items that nobody acknowledged in time, the longest ago first."""

    within: int  # working days in which an acknowledgement is expected
    items: Sequence[Unanswered]


@dataclass(frozen=True, slots=True)
class Succeeding:
    """The units nobody answers for, with how much is open there, and those that could take it over."""

    left: Sequence[tuple[str, int]]
    units: Sequence[str]


def unheard_list(slug: str | None) -> UnheardList:
    """Return who received nothing and why; reads only."""
    with looking_at(slug) as (session, campaign):
        refused = unheard(session, key_of(campaign), MOST_LISTED + 1)
        without = without_channel(session, key_of(campaign))
        return UnheardList(refused[:MOST_LISTED], len(refused) > MOST_LISTED, without)


def no_way(reason: str) -> str:
    """Return why a notice has no channel, in words."""
    return NO_WAY.get(reason, NO_WAY["no-channel"]).replace(_FOR_OPERATORS, "")


def retry_unheard(slug: str | None, by: str, moment: Moment) -> int:
    """Let every dead delivery of a campaign be tried afresh, on whose word; return how many.

    Repeatable: what is not dead any more is left as it is, and then nothing is recorded.
    """
    if fault := post_fault(by, "重新发送"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        count = revive(session, campaign_id, moment.now)
        if count:
            said = NewEntry(by.strip(), "deliveries-retried", "死信", {"deliveries": count})
            record(session, campaign_id, moment, said)
        return count


def unanswered_list(slug: str | None, moment: Moment) -> UnansweredList:
    """Return what nobody acknowledged in time, the longest ago first; reads only."""
    with looking_at(slug) as (session, campaign):
        ladder = ladder_of(campaign)
        calendar = work_calendar(session)
        found = unanswered(session, key_of(campaign), ladder, calendar, moment)
        return UnansweredList(ladder.acknowledge_within, found)


def groups_without_members(slug: str | None) -> Sequence[str]:
    """Return the classes of units nobody has said the members of, in the plan's order."""
    with looking_at(slug) as (session, campaign):
        return unexpanded_groups(session, key_of(campaign))


def succeeding(slug: str | None) -> Succeeding:
    """Return who needs a successor, and the units that still work, in the plan's order."""
    with looking_at(slug) as (session, campaign):
        left = left_behind(session, key_of(campaign))
        gone = {name for name, _ in left}
        units = units_of(session, key_of(campaign))
        at_work = [unit.name for unit in units if not unit.retired and unit.name not in gone]
        return Succeeding(left, at_work)


def unit_list(slug: str | None) -> Sequence[str]:
    """Return the names of the units that are not retired, in the plan's order."""
    with looking_at(slug) as (session, campaign):
        return [unit.name for unit in units_of(session, key_of(campaign)) if not unit.retired]


def unit_number(slug: str | None, name: str) -> int:
    """Return the number of the unit of that name; raises NotFoundError where there is none."""
    with looking_at(slug) as (session, campaign):
        return unit_named(session, key_of(campaign), name)


def leader_list(slug: str | None) -> Sequence[str]:
    """Return the titles of the leaders' posts that are filled, the highest first."""
    with looking_at(slug) as (session, campaign):
        posts = campaign_posts(session, key_of(campaign))
        return list(dict.fromkeys(p.title for p in posts if p.level >= Level.LEADER))


def post_list(slug: str | None) -> Sequence[tuple[str, str]]:
    """Return the tag and the full name of every post that is filled: the campaign's own, then each unit's."""
    with looking_at(slug) as (session, campaign):
        posts = listed_posts(session, key_of(campaign))
        return list({post.tag: (post.tag, post.name) for post in posts if not post.vacant}.values())
