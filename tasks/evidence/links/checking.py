"""Look at every link of a campaign again: set-based, several sites at once, each site one page at a time."""

import time
from collections import defaultdict
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import closing
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from models.campaign.campaign import looking_at, require_open, writing_to
from models.errors import CampaignError, ProgressError
from models.evidence.links import (
    OUTCOMES,
    UNASKED,
    LinkSeen,
    WatchedLink,
    keep_looks,
    watched_links,
)
from models.evidence.vault.keeping import keep, read_kept
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.links import Networks, networks_in, page_changes
from models.rules.evidence.looking_again import DEAD_AFTER_DAYS
from models.rules.words import post_fault
from models.settings import local_minute, settings
from notifications.channels.proxy import office_proxy
from tasks.evidence.links.fetching import LINK_LIMITS, Fetched, LinkLimits, fetch
from tasks.evidence.links.reaching import Answered, LinkRound
from tasks.evidence.links.resolving import NamesFound, NotFetched
from tasks.guarded.many import ManyWorker

WORDS = "tasks.evidence.links.page:words_of_page"
AT_ONCE = 6  # sites
PAUSE = 1.0  # seconds between two pages of one site
FRESH = timedelta(
    hours=12
)  # within which a link is not looked at again: a run that was killed goes on
_REASONED = ("dead", "refused")  # what is said of them tells how they are, too
BATCH = 40  # looks that are kept in one transaction


def check_links(
    slug: str | None,
    by_post: str,
    moment: Moment,
    *,
    limits: LinkLimits = LINK_LIMITS,
    told: Callable[[int], None] | None = None,
) -> list[LinkSeen]:
    """Look at every link that was not looked at within half a day, keep what was seen, and return it.

    Looks are kept as they come, some at a time: killed midway, the next run goes on with the rest. Twice
    at once, a link is looked at twice, and marked once. Pages lie in the vault as they were.
    """
    if fault := post_fault(by_post, "复核网址"):
        raise ProgressError(fault)
    with looking_at(slug) as (session, campaign):
        require_open(campaign)
        links = watched_links(session, key_of(campaign), moment.now, moment.now - FRESH)
    return look_at_links(slug, links, by_post, moment, limits=limits, told=told)


def look_at_links(
    slug: str | None,
    links: Sequence[WatchedLink],
    by_post: str,
    moment: Moment,
    *,
    limits: LinkLimits = LINK_LIMITS,
    told: Callable[[int], None] | None = None,
) -> list[LinkSeen]:
    """Look at ``links``, keep what was seen some at a time, and return it by number.

    Where nobody could be asked (no network, no resolver), a link is returned as not looked at, with the
    reason: nothing is kept of it, no day counts, and the next round tries again. After ``limits.round``
    seconds no further one is begun: the next run goes on with the rest.
    """
    done: list[LinkSeen] = []
    waiting: list[LinkSeen] = []
    allowed = networks_in(settings().link_networks)
    reach = LinkRound(inner=bool(allowed))
    with ManyWorker(WORDS) as reader:

        def take(link: WatchedLink, answer: Fetched | NotFetched) -> None:
            seen = _seen(link, answer, reader)
            done.append(seen)
            waiting.append(seen)
            if told:
                told(len(done))
            if len(waiting) >= BATCH:
                _keep(slug, waiting, by_post, moment)
                waiting.clear()

        with closing(fetched_pages(links, limits, allowed, reach.names)) as answers:
            for link, answer in answers:
                if not reach.holds(link, answer):
                    take(link, answer)
                elif reach.is_shut:
                    break
        counting, unasked = reach.settled()
        for link, answer in counting:
            take(link, answer)
    _keep(slug, waiting, by_post, moment)
    if reach.is_shut:
        tried = {one.link.number for one in unasked}
        rest = (link for link in links if link.number not in tried)
        unasked += [LinkSeen(link, UNASKED, unasked[0].detail) for link in rest]
    return sorted((*done, *unasked), key=lambda one: one.link.number)


def _keep(slug: str | None, seen: Sequence[LinkSeen], by_post: str, moment: Moment) -> None:
    if seen:
        with writing_to(slug) as (session, campaign):
            keep_looks(session, key_of(campaign), seen, by_post, moment)


def fetched_pages(
    links: Sequence[WatchedLink], limits: LinkLimits, allowed: Networks, names: NamesFound
) -> Generator[Answered]:
    """Yield what came of each link as it comes; a site is asked for one page after another, nothing is kept."""
    sites: dict[str, list[WatchedLink]] = defaultdict(list)
    for link in links:
        sites[urlsplit(link.url).netloc.lower()].append(link)
    proxy = office_proxy()

    def ask(link: WatchedLink, wait: float) -> Answered:
        time.sleep(wait)
        try:
            return link, fetch(link.url, allowed, limits, proxy, names)
        except NotFetched as fault:
            return link, fault

    end = time.monotonic() + limits.round
    with ThreadPoolExecutor(AT_ONCE) as pool:
        queues = {site: iter(some) for site, some in sites.items()}
        running = {pool.submit(ask, next(queue), 0.0): site for site, queue in queues.items()}
        while running:
            ready = next(as_completed(running))
            site = running.pop(ready)
            following = next(queues[site], None)
            if following is not None and time.monotonic() < end:
                running[pool.submit(ask, following, PAUSE)] = site
            yield ready.result()


def _seen(link: WatchedLink, answer: Fetched | NotFetched, reader: ManyWorker) -> LinkSeen:
    if isinstance(answer, NotFetched):
        day = link.dead_days + 1
        until = f"；连续 {DEAD_AFTER_DAYS} 天才算失效" if day < DEAD_AFTER_DAYS else ""
        days = f"（连续第 {day} 天{until}）"
        return LinkSeen(link, answer.outcome, f"{answer}{days if answer.outcome == 'dead' else ''}")
    kept = keep(answer.content)
    notes = "；".join(answer.notes)
    if not link.first_sha256 or kept.sha256 == link.first_sha256:
        said = notes if link.first_sha256 else "；".join(filter(None, ("网页已留存", notes)))
        return LinkSeen(link, "same", said, answer.status, kept.sha256)
    changed, words = _compared(link, answer, reader)
    detail = "；".join(filter(None, (words, notes)))
    return LinkSeen(link, "changed" if changed else "same", detail, answer.status, kept.sha256)


def _compared(link: WatchedLink, answer: Fetched, reader: ManyWorker) -> tuple[bool, str]:
    """Say whether a page whose bytes differ says something else; what holds no text is another at once."""
    try:
        before = read_kept(link.first_sha256, LINK_LIMITS.size)
    except CampaignError:
        return False, "原来留存的网页不在材料库里，没有比较；请运行 shifan vault check"
    was, now = (
        str(reader.look(answer.charset, content).found or "")
        for content in (before, answer.content)
    )
    if not was and not now:
        return True, "网址里的文件已换成另一个"
    return page_changes(was, now, link.passage)


def look_words(seen: Sequence[LinkSeen]) -> str:
    """Return what came of a round, in one line."""
    counts = {word: sum(one.outcome == word for one in seen) for word in OUTCOMES}
    missed = counts.pop(UNASKED)
    said = "、".join(f"{OUTCOMES[word]} {count}" for word, count in counts.items() if count)
    line = f"复核了 {len(seen) - missed} 个网址" + (f"：{said}" if said else "")
    if missed:
        why = next(one.detail for one in seen if one.outcome == UNASKED)
        return f"{line}；{missed} 个没有看成，不算打不开：{why}"
    return line if seen else f"{line}；半天内复核过的不再复核"


def last_looks(slug: str | None, now: datetime) -> list[tuple[str, str, str, str]]:
    """Return every link of a campaign with how it was at the last look and when, by its piece's number."""
    with looking_at(slug) as (session, campaign):
        links = watched_links(session, key_of(campaign), now + timedelta(days=1), None)
    return [LinkSeen(link, link.last_outcome, _last(link)).row for link in links]


def _last(link: WatchedLink) -> str:
    if link.looked_at is None:
        return OUTCOMES[""]
    said = OUTCOMES[link.last_outcome]
    if link.last_outcome in _REASONED and link.last_detail:
        said = link.last_detail
    elif link.last_outcome == "changed":
        said += f"：{link.last_detail}"
    return f"{said}；{local_minute(link.looked_at)} 复核"
