"""Search what is stored for what comes in looks like; it only reads, and is done before the writing begins."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.evidence.outcomes import LookedAt
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.records import parts_behind, stored_parts
from models.evidence.prints.searching import PICTURES, SCHEMES, Part, Scheme
from models.evidence.prints.texts import same_sentences


@dataclass(frozen=True, slots=True)
class Like:
    """A stored print that one that comes in is near to; ``sentences`` are those that both texts have."""

    number: int  # of the stored print
    likeness: float  # 0 to 1
    sentences: int = 0


@dataclass(slots=True)
class Searched:
    """What prints were found near to, by scheme and print; and the newest print that was looked at."""

    newest: dict[str, int] = field(default_factory=dict)
    found: dict[tuple[str, bytes], list[Like]] = field(default_factory=dict)


def print_of(look: LookedAt, scheme: Scheme) -> bytes | None:
    """Return the print of a kind that a file has."""
    return look.picture if scheme is PICTURES else look.text


def search_near(session: Session, campaign_id: int, looks: Iterable[LookedAt]) -> Searched:
    """Return which stored prints of a campaign those of ``looks`` are near to; writes no row.

    At most four statements a kind of print, whatever the number of ``looks``. What is stored afterwards
    is not among it: `search_later` adds that.
    """
    found, given = Searched(), list(looks)
    for scheme in SCHEMES:
        prints = list(dict.fromkeys(p for look in given if (p := print_of(look, scheme))))
        if prints:
            parts = stored_parts(session, scheme)
            found.newest[scheme.name] = int(parts[-1].ids[-1]) if parts else 0
            _search(session, scheme, campaign_id, parts, prints, found)
    return found


def search_later(
    session: Session, scheme: Scheme, campaign_id: int, prints: Sequence[bytes], found: Searched
) -> None:
    """Add to ``found`` what was stored after its search; one statement where nothing was, else two."""
    parts = list(parts_behind(session, scheme, found.newest[scheme.name]))
    if parts:
        _search(session, scheme, campaign_id, parts, prints, found)


def _search(  # noqa: PLR0913
    session: Session,
    scheme: Scheme,
    campaign_id: int,
    parts: Sequence[Part],
    prints: Sequence[bytes],
    found: Searched,
) -> None:
    asking: dict[int, list[bytes]] = {}
    for print in prints:
        found.found.setdefault((scheme.name, print), [])
        for number in scheme.candidates(parts, campaign_id, print):
            asking.setdefault(number, []).append(print)
    for number, theirs in _prints(session, asking):
        for print in asking[number]:
            if like := likened(scheme, print, number, theirs):
                found.found[scheme.name, print].append(like)


def likened(scheme: Scheme, print: bytes, number: int, theirs: bytes) -> Like | None:
    """Return how near a print is to another, of that number; None where it is not."""
    likeness = scheme.near(print, theirs)
    if likeness is None:
        return None
    return Like(number, likeness, 0 if scheme is PICTURES else same_sentences(print, theirs))


def _prints(session: Session, numbers: Collection[int]) -> Iterator[tuple[int, bytes]]:
    """Yield the prints of ``numbers``; a hundred at a time in memory."""
    if not numbers:
        return
    # In the statement itself: there may be more than a driver takes as parameters.
    wanted: Any = bindparam("ids", sorted(numbers), expanding=True, literal_execute=True)
    query = (
        select(Fingerprint.id, Fingerprint.print)
        .where(col(Fingerprint.id).in_(wanted))
        .order_by(col(Fingerprint.id))
        .execution_options(yield_per=100)
    )
    for number, print in session.exec(query):
        yield number or 0, print
