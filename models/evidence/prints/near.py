"""Mark what came in and is near to what is there: a picture or a text of another event or unit."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from models.evidence.evidence import Evidence, EvidenceRevision
from models.evidence.known import KnownPiece, KnownRevision, Units
from models.evidence.outcomes import PieceOutcome
from models.evidence.prints.alike import (
    Like,
    Searched,
    likened,
    print_of,
    prints_of,
    search_later,
    search_near,
)
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.packing import print_row
from models.evidence.prints.searching import PICTURES, SCHEMES, Scheme
from models.rules.evidence.findings import Finding
from models.rules.evidence.near import (
    named_piece,
    near_picture_words,
    near_text_words,
    one_event,
)

MOST_MARKS = 3  # of one check on one revision: the nearest pieces
Pair = tuple[PieceOutcome, str, bytes]  # what came in, and of its prints one with its place


@dataclass(frozen=True, slots=True)
class Near:
    """A stored or new revision that something is near to, and how near."""

    revision: KnownRevision
    like: Like
    place: str = ""  # where in what came in stands the picture that is near


def mark_near(
    session: Session,
    campaign_id: int,
    outcomes: Sequence[PieceOutcome],
    units: Units,
    searched: Searched | None,
) -> None:
    """Add to ``outcomes`` what they are near to: in the campaign, and among what came before in the same call.

    ``searched`` is what `search_near` found before the writing began. Here, where nobody else writes, only
    what was stored since is looked at: of two at once the later is marked. Never another revision of the
    same piece, a piece withdrawn, the same file (which has its own check), or one of the same unit and the
    same day, which is the same event. Two or three statements a kind of print.
    """
    searched = searched or Searched()
    new = [one for one in outcomes if one.revision and one.piece]
    for scheme in SCHEMES:
        pairs = [
            (one, *print) for one in new for print in prints_of(scheme, print_of(one.look, scheme))
        ]
        if not pairs:
            continue
        likes = _likes(session, scheme, campaign_id, pairs, searched)
        found: dict[int, list[Near]] = {id(one): [] for one, *_ in pairs}
        _among_stored(session, pairs, likes, found)
        _among_new(scheme, pairs, found)
        for one in new:
            near = _best(found.get(id(one), ()))
            one.alike += [(_finding(scheme, other, units), other.revision) for other in near]


def add_prints(session: Session, outcomes: Sequence[PieceOutcome]) -> None:
    """Store the prints of new revisions, whose rows are there; one statement."""
    rows = [
        {"revision_id": one.revision.id, "scheme": scheme.name, "print": print}
        for one in outcomes
        if one.revision
        for scheme in SCHEMES
        if (print := print_of(one.look, scheme))
    ]
    if rows:
        session.connection().execute(insert(Fingerprint), rows)


def _likes(
    session: Session,
    scheme: Scheme,
    campaign_id: int,
    pairs: Sequence[Pair],
    searched: Searched,
) -> list[list[Like]]:
    """Return what each of ``pairs`` is near to; what was not searched before is searched now."""
    left = [one.look for one, _, print in pairs if (scheme.name, print) not in searched.found]
    prints = [print for *_, print in pairs if (scheme.name, print) in searched.found]
    if left:
        searched.found |= search_near(session, campaign_id, left).found
    if prints:
        search_later(session, scheme, campaign_id, list(dict.fromkeys(prints)), searched)
    return [searched.found[scheme.name, print] for *_, print in pairs]


def _among_stored(
    session: Session,
    pairs: Sequence[Pair],
    likes: Sequence[Sequence[Like]],
    found: Mapping[int, list[Near]],
) -> None:
    revisions = dict(
        _revisions(session, {print_row(like.number) for some in likes for like in some})
    )
    for at, (one, place, _) in enumerate(pairs):
        for like in likes[at]:
            other = revisions.get(print_row(like.number))
            if other and one.revision and _comparable(one.revision, other):
                found[id(one)].append(Near(other, like, place))


def _among_new(scheme: Scheme, pairs: Sequence[Pair], found: Mapping[int, list[Near]]) -> None:
    whole = scheme.part((at, 0, print) for at, (*_, print) in enumerate(pairs))
    for at, (one, place, print) in enumerate(pairs):
        [some] = scheme.candidates([whole.from_to(0, at)], 0, [print]) if at else [[]]
        for before in some:
            other, there, theirs = pairs[before]
            mine = one.revision
            if not (mine and other.revision and _comparable(mine, other.revision)):
                continue
            if like := likened(scheme, print, before, (there, theirs)):
                found[id(one)].append(Near(other.revision, like, place))


def _comparable(mine: KnownRevision, other: KnownRevision) -> bool:
    one, two = mine.piece, other.piece
    same = one.number == two.number or mine.sha256 == other.sha256
    return not (same or two.withdrawn or one_event(_event(one), _event(two)))


def _event(piece: KnownPiece) -> tuple[object, object]:
    return piece.provider_id, piece.said.get("fact_on")


def _best(near: Collection[Near]) -> list[Near]:
    """Return the nearest, of each piece its nearest revision."""
    found: dict[int, Near] = {}
    for one in sorted(near, key=lambda one: (-one.like.likeness, one.revision.piece.number)):
        found.setdefault(one.revision.piece.number, one)
    return list(found.values())[:MOST_MARKS]


def _finding(scheme: Scheme, near: Near, units: Units) -> Finding:
    piece = near.revision.piece
    whose = units.named(piece.provider_id) or "创建办"
    like, other = near.like, named_piece(piece.code, piece.title, whose)
    if scheme is PICTURES:
        words = near_picture_words(other, like.likeness, near.place, like.place)
    else:
        words = near_text_words(other, like.likeness, like.sentences)
    return Finding(scheme.check, words, measure=round(like.likeness, 3))


def _revisions(session: Session, numbers: Collection[int]) -> Iterator[tuple[int, KnownRevision]]:
    """Yield the revisions of the prints in the rows of ``numbers``, by that; one statement."""
    if not numbers:
        return
    wanted: Any = bindparam("ids", sorted(numbers), expanding=True, literal_execute=True)
    query = (
        select(Fingerprint.id, EvidenceRevision, Evidence)
        .join(EvidenceRevision, col(EvidenceRevision.id) == Fingerprint.revision_id)
        .join(Evidence, col(Evidence.id) == EvidenceRevision.evidence_id)
        .where(col(Fingerprint.id).in_(wanted))
        .order_by(col(Fingerprint.id))
    )
    for number, row, piece in session.exec(query):
        known = KnownPiece(
            piece.number, piece.title, piece.provider_id, piece.withdrawn, piece.id or 0
        )
        known.said["fact_on"] = piece.fact_on
        revision = KnownRevision(known, row.number, row.sha256, row.url, row.state, row.id or 0)
        yield number or 0, revision
