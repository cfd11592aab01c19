"""Search the net as an assessor does: each public item is looked for at its address, by the link checker's own way."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from models.assessment.drawing import items_of
from models.assessment.marks import NewMark, keep_marks
from models.assessment.workpapers import changeable_drill
from models.campaign.campaign import looking_at, writing_to
from models.evidence.links import LinkSeen, WatchedLink
from models.keys import key_of
from models.rules.assessment.marking import ReviewMark
from models.rules.assessment.words import Method, ReviewOutcome
from models.rules.bounds import LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.evidence.links import networks_in
from models.rules.text import squeeze
from models.settings import settings
from tasks.assessment.records import drawn_of
from tasks.assessment.seeding import FOUND
from tasks.evidence.links.checking import WORDS, fetched_pages
from tasks.evidence.links.fetching import LINK_LIMITS, Fetched, LinkLimits
from tasks.evidence.links.reaching import Answered, LinkRound
from tasks.evidence.links.resolving import NotFetched
from tasks.guarded.many import ManyWorker

Said = tuple[ReviewOutcome, str]


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
    """Look for every drawn item at its address, and keep what was found as the marks of ``by``. Repeatable.

    An item without an address, or whose page is gone, is missed; one whose page says other words is left
    to a person (基本符合); where nobody could be asked, or the address may not be asked, it was not looked
    at, which is no fault. Killed midway nothing is kept, and the next run begins anew.
    """
    with looking_at(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
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
        changes = keep_marks(session, found, Method.SEARCH, marks, (by, moment))
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
    notes = "；".join(page.notes)
    if not text:
        return ReviewOutcome.MET, "；".join(filter(None, ("打得开，是文件，内容请人核对", notes)))
    if squeeze(link.title) in squeeze(text):
        return ReviewOutcome.MET, notes
    words = f"打得开，页面上没有“{link.title}”这几个字，请人核对"
    return ReviewOutcome.PARTLY, "；".join(filter(None, (words, notes)))
