"""Search the net as an assessor does: each public item is looked for at its address, by the link checker's own way."""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

from models.assessment.drawing import items_of
from models.assessment.drill import changeable_drill
from models.assessment.marks import NewMark, keep_marks
from models.assessment.workpapers import require_unlocked
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.evidence.links import LinkSeen, WatchedLink
from models.keys import key_of
from models.rules.assessment.marking import MACHINE, ReviewMark
from models.rules.assessment.public_page import Said, page_outcome
from models.rules.assessment.words import Method, ReviewOutcome
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.evidence.links import networks_in
from models.rules.words import post_fault
from models.settings import settings
from tasks.assessment.records import drawn_of
from tasks.assessment.seeding import FOUND
from tasks.evidence.links.checking import WORDS, fetched_pages
from tasks.evidence.links.fetching import LINK_LIMITS, Fetched, LinkLimits
from tasks.evidence.links.reaching import Answered, LinkRound
from tasks.evidence.links.resolving import NotFetched
from tasks.guarded.many import ManyWorker

_FRONT = re.compile(r"/?(?:index\.[a-z]{2,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SoughtItem:
    """A drawn item as it is looked for; ``url`` is empty where no address is known."""

    id: int
    position: int
    key: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchOutcome:
    """What came of a search: how many items of each outcome, and a row for each that was not simply found."""

    counts: Mapping[ReviewOutcome, int]
    changes: int
    rows: Sequence[tuple[str, str, str, str]]

    @property
    def line(self) -> str:
        """Return it in one line."""
        said = "、".join(f"{one.chinese} {count}" for one, count in self.counts.items() if count)
        return f"检索了 {sum(self.counts.values())} 项：{said}"


def search_items(
    slug: str | None,
    drill: str,
    by: str,
    moment: Moment,
    *,
    limits: LinkLimits = LINK_LIMITS,
    told: Callable[[int], None] | None = None,
) -> SearchOutcome:
    """Look for every drawn item at its address, and keep what was found as the marks of the machine. Repeatable.

    An item without an address, or whose page is gone, is missed; one whose page says other words is left
    to a person (基本符合); where nobody could be asked, or the address may not be asked, it was not looked
    at, which is no fault. What a person said of an item stays and counts, however often it is searched.
    Killed midway nothing is kept, and the next run begins anew. Raises CampaignError, before anybody is
    asked, for a name where a post belongs and for a locked workpaper.
    """
    if fault := post_fault(by, "检索"):
        raise CampaignError(fault)
    with looking_at(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        require_unlocked(session, found, Method.SEARCH)
        draw = drawn_of(session, found, Method.SEARCH)
        items = [
            SoughtItem(key_of(one), one.position, one.key, one.title, one.detail)
            for one in items_of(session, key_of(draw))
        ]
    said: dict[int, Said] = {
        one.position: (ReviewOutcome.MISSED, "没有登记公开的网址") for one in items if not one.url
    }
    for position, outcome in _looked(items, limits):
        said[position] = outcome
        if told:
            told(len(said))
    marks = [
        NewMark(
            one.id,
            ReviewMark(FOUND.code, said[one.position][0], None, _note(said[one.position][1])),
        )
        for one in items
    ]
    with writing_to(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        changes = keep_marks(session, found, Method.SEARCH, marks, (MACHINE, moment), by)
    counts = {one: sum(each[0] is one for each in said.values()) for one in ReviewOutcome}
    rows = [
        (one.key, one.title, said[one.position][0].chinese, said[one.position][1])
        for one in items
        if said[one.position][0] is not ReviewOutcome.MET
    ]
    return SearchOutcome(counts, changes, rows)


def _note(words: str) -> str:
    return words if len(words) <= LONGEST_NOTE else f"{words[: LONGEST_NOTE - 1]}…"


def _looked(items: Sequence[SoughtItem], limits: LinkLimits) -> list[tuple[int, Said]]:
    """Return what came of each item that has an address, by its place."""
    links = [
        WatchedLink(0, one.position, one.title, "", one.url, "", "") for one in items if one.url
    ]
    allowed = networks_in(settings().link_networks)
    way = LinkRound(inner=bool(allowed))
    found: list[tuple[int, Said]] = []
    with ManyWorker(WORDS) as reader:
        with closing(fetched_pages(links, limits, allowed, way.names)) as answers:
            for link, answer in answers:
                if not way.holds(link, answer):
                    found.append((link.number, _said((link, answer), reader)))
                elif way.is_shut:
                    break
        counting, unasked = way.settled()
        found += [(one[0].number, _said(one, reader)) for one in counting]
    return [*found, *_unseen(links, found, unasked)]


def _unseen(
    links: Sequence[WatchedLink],
    found: Sequence[tuple[int, Said]],
    unasked: Sequence[LinkSeen],
) -> list[tuple[int, Said]]:
    known = {number for number, _ in found}
    why = {one.link.number: one.detail for one in unasked}
    usual = next(iter(why.values()), "时间到了，没有看")
    return [
        (one.number, (ReviewOutcome.UNSEEN, why.get(one.number, usual)))
        for one in links
        if one.number not in known
    ]


def _said(answered: Answered, reader: ManyWorker) -> Said:
    link, answer = answered
    if isinstance(answer, NotFetched):
        dead = answer.outcome == "dead"
        return ReviewOutcome.MISSED if dead else ReviewOutcome.UNSEEN, str(answer)
    return _read(link, answer, reader)


def _read(link: WatchedLink, page: Fetched, reader: ManyWorker) -> Said:
    text = str(reader.look(page.charset, page.content).found or "")
    at_home = _is_front(page.url) and not _is_front(link.url)
    outcome, words = page_outcome(
        link.title, page.kind, text, size=len(page.content), at_home=at_home
    )
    return outcome, "；".join(filter(None, (words, *page.notes)))


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and bool(_FRONT.fullmatch(parts.path))
