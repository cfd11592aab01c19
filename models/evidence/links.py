"""Links of evidence: which are watched, what was seen of each, and what is kept of a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, lock_chain, record
from models.database import found_as, run
from models.evidence.evidence import EvidenceMark, LinkCheck
from models.notices.writing import Word, say_to
from models.rules.calendar.moment import Moment
from models.rules.evidence.looking_again import DEAD_AFTER_DAYS
from models.rules.notices.rule_words import LINKS_UNASKED
from models.rules.words import Level

# The newest revision of every link, what its page was when a person last judged a change of it, else when
# it came in (or was first seen), the last look at it, and on how many earlier days in a row it was dead.
_WATCHED = """
    SELECT r.id AS revision_id, e.number, e.title, e.passage, r.url,
           coalesce((
               SELECT k.sha256 FROM link_check k WHERE k.id = (
                   SELECT max(b.id) FROM link_check b JOIN evidence_mark j
                     ON j.revision_id = b.revision_id AND j.check_id = 'changed-link'
                    AND j.verdict <> '' AND b.checked_at <= j.judged_at
                   WHERE b.revision_id = r.id AND b.sha256 <> '')), nullif(r.sha256, ''), (
               SELECT k.sha256 FROM link_check k WHERE k.id = (
                   SELECT min(f.id) FROM link_check f
                   WHERE f.revision_id = r.id AND f.sha256 <> '')), '') AS first_sha256,
           coalesce((SELECT l.outcome FROM link_check l WHERE l.id = (
               SELECT max(m.id) FROM link_check m WHERE m.revision_id = r.id)), '') AS last_outcome,
           coalesce((SELECT l.detail FROM link_check l WHERE l.id = (
               SELECT max(m.id) FROM link_check m WHERE m.revision_id = r.id)), '') AS last_detail,
           (SELECT max(t.checked_at) FROM link_check t WHERE t.revision_id = r.id) AS looked_at,
           (SELECT count(DISTINCT substr(CAST(g.checked_at AS VARCHAR(40)), 1, 10)) FROM link_check g
            WHERE g.revision_id = r.id AND g.outcome = 'dead' AND g.checked_at < :day
              AND g.id > coalesce((SELECT max(a.id) FROM link_check a
                  WHERE a.revision_id = r.id AND a.outcome IN ('same', 'changed')), 0)) AS dead_days
    FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.url <> ''
      AND NOT EXISTS (SELECT 1 FROM link_check d
                      WHERE d.revision_id = r.id AND d.checked_at > :since)
    ORDER BY e.number"""

_OPEN_MARKS = """
    SELECT m.revision_id, m.check_id FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    WHERE e.campaign_id = :campaign AND m.verdict = '' AND m.check_id IN ('dead-link', 'changed-link')"""

# The last look that came to anything; what nobody looked at is not kept.
_LAST_LOOK = """
    SELECT coalesce(max(l.id), 0) FROM link_check l
    JOIN evidence_revision r ON r.id = l.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    WHERE e.campaign_id = :campaign"""

UNASKED = "unasked"  # never kept: nobody looked
OUTCOMES = {
    "": "还没有复核",
    "same": "没有变化",
    "changed": "内容已变",
    "dead": "打不开",
    "refused": "没有访问",
    UNASKED: "没有看成",
}
MARKS = {"dead": "dead-link", "changed": "changed-link"}


@dataclass(frozen=True, slots=True)
class WatchedLink:
    """A link to be looked at: ``first_sha256`` is its page as it was, empty where none is kept yet.

    It is the page that a person saw who last judged a change of it, else that of the hand-in.
    """

    revision_id: int
    number: int
    title: str
    passage: str
    url: str
    first_sha256: str
    last_outcome: str
    last_detail: str = ""
    looked_at: datetime | None = None  # UTC
    dead_days: int = 0  # earlier ones in a row, a day between two looks that brought it

    @property
    def code(self) -> str:
        """Return what the piece is called: E0001."""
        return f"E{self.number:04d}"


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """What came of one look: same, changed, dead or refused, what HTTP said, and what changed in words.

    ``unasked`` is no look at all: nobody could be asked, which says nothing of the page.
    """

    link: WatchedLink
    outcome: str
    detail: str = ""
    status: int | None = None
    sha256: str = ""

    @property
    def row(self) -> tuple[str, str, str, str]:
        """Return it as a row: the piece's code and title, the address, how it is."""
        said = self.detail or OUTCOMES[self.outcome]
        return self.link.code, self.link.title, self.link.url, said

    @property
    def mark(self) -> str:
        """Return the check that is marked; of a dead link none before it was dead on several days."""
        if self.outcome == "dead" and self.link.dead_days + 1 < DEAD_AFTER_DAYS:
            return ""
        return MARKS.get(self.outcome, "")

    @property
    def is_news(self) -> bool:
        """Say whether a person has to know: it is not as it was, and the last look did not say so."""
        return self.outcome not in ("same", UNASKED, self.link.last_outcome)


def watched_links(
    session: Session, campaign_id: int, now: datetime, since: datetime | None
) -> list[WatchedLink]:
    """Return the links of a campaign that nobody looked at since then (None: all), by number; one statement."""
    day = datetime.combine(now.astimezone(UTC).date(), time(), UTC)  # the tables keep UTC
    values = {
        "campaign": campaign_id,
        "since": since or datetime.max.replace(tzinfo=UTC),
        "day": day,
    }
    return found_as(session, WatchedLink, _WATCHED, values)


def tell_unasked(session: Session, campaign_id: int, words: str, moment: Moment) -> None:
    """Tell the office that links could not be looked at; once until some could be again."""
    last = run(session, _LAST_LOOK, {"campaign": campaign_id}).scalar_one()
    word = Word("campaign", campaign_id, LINKS_UNASKED, str(last), words)
    say_to(session, campaign_id, Level.OFFICE, word, moment)


def keep_looks(
    session: Session, campaign_id: int, seen: Sequence[LinkSeen], by_post: str, moment: Moment
) -> None:
    """Keep looks at links, a mark for each that changed or stays dead, and one entry; constant statements.

    A mark that waits to be judged is not made again. A look at a link comes in as often as it is taken.
    """
    if not seen:
        return
    lock_chain(session)  # two rounds at once: the later one sees what the first has marked
    session.connection().execute(insert(LinkCheck), [_row(one, moment) for one in seen])
    open_ = {(one[0], one[1]) for one in run(session, _OPEN_MARKS, {"campaign": campaign_id})}
    marks = [
        {
            "revision_id": one.link.revision_id,
            "check_id": one.mark,
            "detail": f"{one.link.url} {one.detail}",
            "verdict": "",
            "judged_by": "",
            "why": "",
        }
        for one in seen
        if one.mark and (one.link.revision_id, one.mark) not in open_
    ]
    if marks:
        session.connection().execute(insert(EvidenceMark), marks)
    counts = {word: sum(one.outcome == word for one in seen) for word in ("dead", "changed")}
    facts = {"amount": len(seen), **counts}
    record(session, campaign_id, moment, NewEntry(by_post, "links-checked", "网址", facts))


def _row(one: LinkSeen, moment: Moment) -> dict[str, object]:
    return {
        "revision_id": one.link.revision_id,
        "checked_at": moment.now,
        "outcome": one.outcome,
        "status": one.status,
        "sha256": one.sha256,
        "detail": one.detail,
    }
