"""Watch the links of every campaign until it is closed: by the clock, and as soon as they come in."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from models.campaign.campaign import campaigns, looking_at, stages_of, writing_to
from models.database import open_session
from models.evidence.links import (
    UNASKED,
    LinkSeen,
    WatchedLink,
    tell_unasked,
    watched_links,
)
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.looking_again import DEAD_AFTER_DAYS, assessment_is_near, look_is_due
from models.rules.notices.rule_words import links_unasked
from tasks.evidence.links.checking import look_at_links, look_words
from tasks.evidence.links.fetching import LINK_LIMITS, LinkLimits

BY = "定时复核"  # who looks, where the clock does
AT_HAND_IN = replace(LINK_LIMITS, round=60)  # whoever hands in does not wait for a slow site

Which = Callable[[WatchedLink], bool]


@dataclass(frozen=True, slots=True)
class Watched:
    """What came of a round over every campaign: a line each, and how many links are news."""

    lines: list[str]
    news: int


def watch_all(moment: Moment, limits: LinkLimits = LINK_LIMITS) -> Watched:
    """Look at every link that is due, of each campaign that is not closed; a demonstration's are not asked.

    What was looked at is kept some at a time: killed midway, the next run goes on. Twice at once, a link
    is looked at twice and marked once. Where nobody could be asked, the office is told once until a look
    comes to something again.
    """
    lines, news = [], 0
    for slug, label, near in _watched_campaigns(moment):
        seen = _look(slug, BY, moment, _due(moment, near=near), limits)
        if seen:
            lines.append(f"{label}：{look_words(seen)}")
            news += sum(one.is_news for one in seen)
            _tell_unasked(slug, seen, moment)
    return Watched(lines, news)


def keep_new_pages(moment: Moment, slug: str | None = None) -> int:
    """Keep the pages of links that just came in, as they are now; return how many were looked at.

    Bounded to a minute: what is left over is looked at in the next round.
    """
    return sum(
        seen.outcome != UNASKED
        for one, _, _ in _watched_campaigns(moment)
        if slug in (None, one)
        for seen in _look(one, BY, moment, lambda link: link.looked_at is None, AT_HAND_IN)
    )


def _tell_unasked(slug: str, seen: Sequence[LinkSeen], moment: Moment) -> None:
    missed = [one for one in seen if one.outcome == UNASKED]
    if missed:
        with writing_to(slug) as (session, campaign):
            words = links_unasked(len(missed), missed[0].detail)
            tell_unasked(session, key_of(campaign), words, moment)


def _watched_campaigns(moment: Moment) -> list[tuple[str, str, bool]]:
    with open_session(read_only=True) as session:
        found = []
        for one in campaigns(session):
            if not one.is_demo:
                stages = stages_of(session, key_of(one))
                days = [(s.kind, s.status, s.planned_start) for s in stages]
                found.append((one.slug, one.label, assessment_is_near(days, moment.today)))
        return found


def _due(moment: Moment, *, near: bool) -> Which:
    def due(link: WatchedLink) -> bool:
        trying = link.last_outcome == "dead" and link.dead_days < DEAD_AFTER_DAYS
        return look_is_due(link.looked_at, trying=trying, near=near, now=moment.now)

    return due


def _look(slug: str, by: str, moment: Moment, which: Which, limits: LinkLimits) -> list[LinkSeen]:
    with looking_at(slug) as (session, campaign):
        links = watched_links(session, key_of(campaign), moment.now, None)
    wanted = [link for link in links if which(link)]
    return look_at_links(slug, wanted, by, moment, limits=limits) if wanted else []
