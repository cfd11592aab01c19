"""Search what is stored for what comes in looks like; it only reads, and is done before the writing begins."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.evidence.outcomes import LookedAt
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.packing import place_in, print_row, unpacked
from models.evidence.prints.records import parts_behind, stored_parts
from models.evidence.prints.searching import PICTURES, SCHEMES, Part, Scheme
from models.evidence.prints.texts import same_sentences


@dataclass(frozen=True, slots=True)
class Like:
    """A stored print that one that comes in is near to; ``sentences`` are those that both texts have."""

    number: int  # of the stored print
    likeness: float  # 0 to 1
    sentences: int = 0
    place: str = ""  # of a picture, in the document that it stands in


@dataclass(slots=True)
class Searched:
    """What prints were found near to, by scheme and print; and the newest print that was looked at."""

    newest: dict[str, int] = field(default_factory=dict)
    found: dict[tuple[str, bytes], list[Like]] = field(default_factory=dict)


def print_of(look: LookedAt, scheme: Scheme) -> bytes | None:
    """Return the print of a kind that a file has, as it is stored."""
    return look.picture if scheme is PICTURES else look.text


def prints_of(scheme: Scheme, stored: bytes | None) -> list[tuple[str, bytes]]:
    """Return the single prints in what is stored of a file, each with its place."""
    if not stored:
        return []
    return unpacked(stored) if scheme is PICTURES else [("", stored)]


def search_near(session: Session, campaign_id: int, looks: Iterable[LookedAt]) -> Searched:
    """Return which stored prints of a campaign those of ``looks`` are near to; writes no row.

    At most four statements a kind of print, whatever the number of ``looks``. What is stored afterwards
    is not among it: `search_later` adds that.
    """
    found, given = Searched(), list(looks)
    for scheme in SCHEMES:
        every = (prints_of(scheme, print_of(look, scheme)) for look in given)
        prints = list(dict.fromkeys(print for some in every for _, print in some))
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
    for print, near in zip(prints, scheme.candidates(parts, campaign_id, prints), strict=True):
        found.found.setdefault((scheme.name, print), [])
        for number in near:
            asking.setdefault(number, []).append(print)
    for number, place, theirs in _prints(session, scheme, asking):
        for print in asking[number]:
            if like := likened(scheme, print, number, (place, theirs)):
                found.found[scheme.name, print].append(like)


def likened(scheme: Scheme, print: bytes, number: int, other: tuple[str, bytes]) -> Like | None:
    """Return how near a print is to another, of that number, place and print; None where it is not."""
    place, theirs = other
    likeness = scheme.near(print, theirs)
    if likeness is None:
        return None
    sentences = 0 if scheme is PICTURES else same_sentences(print, theirs)
    return Like(number, likeness, sentences, place)


def _prints(
    session: Session, scheme: Scheme, numbers: Collection[int]
) -> Iterator[tuple[int, str, bytes]]:
    """Yield the prints of ``numbers`` with their places; a hundred rows at a time in memory."""
    if not numbers:
        return
    # In the statement itself: there may be more than a driver takes as parameters.
    asked: dict[int, list[int]] = {}
    for number in sorted(numbers):
        asked.setdefault(print_row(number), []).append(number)
    wanted: Any = bindparam("ids", list(asked), expanding=True, literal_execute=True)
    query = (
        select(Fingerprint.id, Fingerprint.print)
        .where(col(Fingerprint.id).in_(wanted))
        .order_by(col(Fingerprint.id))
        .execution_options(yield_per=100)
    )
    for row, stored in session.exec(query):
        prints = prints_of(scheme, stored)
        for number in asked[row or 0]:
            # An index gone wrong may name what is not there.
            if place_in(number) < len(prints):
                yield number, *prints[place_in(number)]
