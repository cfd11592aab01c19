"""What the office did lately, in words, with the way to take each thing back where the rules have one."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.audit.recent import RecentEntry, entries_before
from models.campaign.campaign import looking_at
from models.decisions.decision import campaign_posts
from models.keys import key_of
from models.rules.audit.words import deed_in_words, subject_in_words
from models.rules.words import OFFICE, Level
from models.settings import office_time
from tasks.window.entry_lines import entry_lines
from tasks.window.office_standing import StandingActs

A_PAGE = 30
WINDOW = "window"  # in the facts: by which account and from where it was done
OTHERS = ("操作员",)  # what commands sign where nobody said otherwise


@dataclass(frozen=True, slots=True)
class OfficeAct:
    """Something that the office did: entry ``number`` of the chain, in words.

    ``what`` is the key of its deed and ``via`` says by which way and account it came in, empty where nobody
    noted that.
    """

    number: int
    at: datetime  # on the office's clock
    who: str
    what: str
    deed: str
    subject: str
    about: str  # the subject in words
    words: str
    via: str
    rule: str  # of a confirmation
    question: int  # of what is about a decision
    stands: bool  # and can be taken back as things are now


@dataclass(frozen=True, slots=True)
class OfficeActs:
    """A page of what was done, the newest first; ``before`` leads to the next page, 0 at the end."""

    acts: Sequence[OfficeAct]
    before: int


def office_acts(slug: str | None, today: date, before: int = 0) -> OfficeActs:
    """Return what the office did in a campaign, or about none, below entry ``before``; reads only."""
    with looking_at(slug) as (session, campaign):
        titles = [
            post.title
            for post in campaign_posts(session, key_of(campaign))
            if post.level == Level.OFFICE
        ]
        who = list(dict.fromkeys([OFFICE, *titles, *OTHERS]))
        found = entries_before(session, key_of(campaign), who, before, A_PAGE + 1)
        since = found[-1].id if found else 0
        standing = StandingActs.of(session, key_of(campaign), today, since)
    shown = [_act(one, standing) for one in found[:A_PAGE]]
    return OfficeActs(shown, found[A_PAGE - 1].id if len(found) > A_PAGE else 0)


def _act(entry: RecentEntry, standing: StandingActs) -> OfficeAct:
    facts = json.loads(entry.facts)
    return OfficeAct(
        entry.id,
        office_time(entry.at),
        entry.who,
        entry.what,
        deed_in_words(entry.what),
        entry.subject,
        subject_in_words(entry.subject),
        "；".join(entry_lines(entry.what, entry.subject, entry.facts)),
        str(facts.get(WINDOW, "")),
        str(facts.get("rule", "")),
        int(facts.get("decision") or 0),
        standing.has(entry.id, entry.what, entry.subject, facts),
    )
