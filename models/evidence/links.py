"""Links of evidence: which are watched, what was seen of each, and what is kept of a look."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.database import found_as, run
from models.evidence.evidence import EvidenceMark, LinkCheck
from models.rules.calendar.moment import Moment

# The newest revision of every link, what its page was when it came in (or when it was first seen), and the
# last look at it.
_WATCHED = """
    SELECT r.id AS revision_id, e.number, e.title, e.passage, r.url,
           coalesce(nullif(r.sha256, ''), (
               SELECT k.sha256 FROM link_check k WHERE k.id = (
                   SELECT min(f.id) FROM link_check f
                   WHERE f.revision_id = r.id AND f.sha256 <> '')), '') AS first_sha256,
           coalesce((SELECT l.outcome FROM link_check l WHERE l.id = (
               SELECT max(m.id) FROM link_check m WHERE m.revision_id = r.id)), '') AS last_outcome
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

OUTCOMES = {
    "": "还没有复核",
    "same": "没有变化",
    "changed": "内容已变",
    "dead": "打不开",
    "refused": "没有访问",
}
MARKS = {"dead": "dead-link", "changed": "changed-link"}


@dataclass(frozen=True, slots=True)
class WatchedLink:
    """A link to be looked at: ``first_sha256`` is its page as it was, empty where none is kept yet."""

    revision_id: int
    number: int
    title: str
    passage: str
    url: str
    first_sha256: str
    last_outcome: str

    @property
    def code(self) -> str:
        """Return what the piece is called: E0001."""
        return f"E{self.number:04d}"


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """What came of one look: same, changed, dead or refused, what HTTP said, and what changed in words."""

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
    def is_news(self) -> bool:
        """Say whether a person has to know: it is not as it was, and the last look did not say so."""
        return self.outcome != "same" and self.outcome != self.link.last_outcome


def watched_links(session: Session, campaign_id: int, since: datetime | None) -> list[WatchedLink]:
    """Return the links of a campaign that nobody looked at since then (None: all), by number; one statement."""
    values = {"campaign": campaign_id, "since": since or datetime.max.replace(tzinfo=UTC)}
    return found_as(session, WatchedLink, _WATCHED, values)


def keep_looks(
    session: Session, campaign_id: int, seen: Sequence[LinkSeen], by_post: str, moment: Moment
) -> None:
    """Keep looks at links, a mark for each that is dead or changed, and one entry; four statements.

    A mark that waits to be judged is not made again. A look at a link comes in as often as it is taken.
    """
    if not seen:
        return
    session.connection().execute(insert(LinkCheck), [_row(one, moment) for one in seen])
    open_ = {(one[0], one[1]) for one in run(session, _OPEN_MARKS, {"campaign": campaign_id})}
    marks = [
        {
            "revision_id": one.link.revision_id,
            "check_id": MARKS[one.outcome],
            "detail": f"{one.link.url} {one.detail}",
            "verdict": "",
            "judged_by": "",
            "why": "",
        }
        for one in seen
        if one.outcome in MARKS and (one.link.revision_id, MARKS[one.outcome]) not in open_
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
