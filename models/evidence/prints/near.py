"""Find what came in among what is there: a picture or a text of another event or unit, changed a little."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, insert
from sqlmodel import Session, col, select

from models.evidence.evidence import Evidence, EvidenceRevision
from models.evidence.known import KnownPiece, KnownRevision, Units
from models.evidence.outcomes import PieceOutcome
from models.evidence.prints.fingerprint import Fingerprint
from models.evidence.prints.records import stored_parts
from models.evidence.prints.searching import PICTURES, SCHEMES, Part, Scheme
from models.evidence.prints.texts import same_sentences
from models.rules.evidence.findings import Finding
from models.rules.evidence.near import near_words, one_event

MOST_MARKS = 3  # of one check on one revision: the nearest pieces
Pair = tuple[PieceOutcome, bytes]  # what came in, and its print


@dataclass(frozen=True, slots=True)
class Near:
    """A stored or new revision that something is near to; ``sentences`` are those that both texts have."""

    revision: KnownRevision
    likeness: float  # 0 to 1
    sentences: int = 0


def mark_near(
    session: Session, campaign_id: int, outcomes: Sequence[PieceOutcome], units: Units
) -> None:
    """Add to ``outcomes`` what they are near to: in the campaign, and among what came before in the same call.

    Never another revision of the same piece, a piece withdrawn, the same file (which has its own check),
    or one of the same unit and the same day, which is the same event. Two statements a kind of print.
    """
    new = [one for one in outcomes if one.revision and one.piece]
    for scheme in SCHEMES:
        pairs = [(one, print) for one in new if (print := _print_of(one, scheme))]
        if not pairs:
            continue
        asking = _asking(stored_parts(session, scheme), scheme, campaign_id, pairs)
        found: list[list[Near]] = [[] for _ in pairs]
        _among_stored(session, scheme, asking, pairs, found)
        _among_new(scheme, pairs, found)
        for (one, _), near in zip(pairs, found, strict=True):
            one.alike += [(_finding(scheme, other, units), other.revision) for other in _best(near)]


def add_prints(session: Session, outcomes: Sequence[PieceOutcome]) -> None:
    """Store the prints of new revisions, whose rows are there; one statement."""
    rows = [
        {"revision_id": one.revision.id, "scheme": scheme.name, "print": print}
        for one in outcomes
        if one.revision
        for scheme in SCHEMES
        if (print := _print_of(one, scheme))
    ]
    if rows:
        session.connection().execute(insert(Fingerprint), rows)


def _print_of(one: PieceOutcome, scheme: Scheme) -> bytes | None:
    return one.look.picture if scheme is PICTURES else one.look.text


def _asking(
    parts: Sequence[Part], scheme: Scheme, campaign_id: int, pairs: Sequence[Pair]
) -> dict[int, list[int]]:
    """Return which stored prints may be near to which of ``pairs``."""
    asking: dict[int, list[int]] = {}
    for at, (_, print) in enumerate(pairs):
        for id_ in scheme.candidates(parts, campaign_id, print):
            asking.setdefault(id_, []).append(at)
    return asking


def _among_stored(
    session: Session,
    scheme: Scheme,
    asking: Mapping[int, Sequence[int]],
    pairs: Sequence[Pair],
    found: Sequence[list[Near]],
) -> None:
    for id_, other, theirs in _others(session, asking):
        for at in asking[id_]:
            one, print = pairs[at]
            if near := _near(scheme, one, print, other, theirs):
                found[at].append(near)


def _among_new(scheme: Scheme, pairs: Sequence[Pair], found: Sequence[list[Near]]) -> None:
    whole = scheme.part((at, 0, print) for at, (_, print) in enumerate(pairs))
    for at, (one, print) in enumerate(pairs):
        for before in scheme.candidates([whole.from_to(0, at)], 0, print) if at else ():
            other, theirs = pairs[before]
            if other.revision and (near := _near(scheme, one, print, other.revision, theirs)):
                found[at].append(near)


def _near(
    scheme: Scheme, one: PieceOutcome, print: bytes, other: KnownRevision, theirs: bytes
) -> Near | None:
    mine = one.revision
    if mine is None or not _comparable(mine, other):
        return None
    likeness = scheme.near(print, theirs)
    if likeness is None:
        return None
    return Near(other, likeness, 0 if scheme is PICTURES else same_sentences(print, theirs))


def _comparable(mine: KnownRevision, other: KnownRevision) -> bool:
    one, two = mine.piece, other.piece
    same = one.number == two.number or mine.sha256 == other.sha256
    return not (same or two.withdrawn or one_event(_event(one), _event(two)))


def _event(piece: KnownPiece) -> tuple[object, object]:
    return piece.provider_id, piece.said.get("fact_on")


def _best(near: Collection[Near]) -> list[Near]:
    """Return the nearest, of each piece its nearest revision."""
    found: dict[int, Near] = {}
    for one in sorted(near, key=lambda one: (-one.likeness, one.revision.piece.number)):
        found.setdefault(one.revision.piece.number, one)
    return list(found.values())[:MOST_MARKS]


def _finding(scheme: Scheme, near: Near, units: Units) -> Finding:
    piece = near.revision.piece
    whose = units.named(piece.provider_id) or "创建办"
    words = near_words(scheme.check, piece.code, piece.title, whose, near.likeness, near.sentences)
    return Finding(scheme.check, words, measure=round(near.likeness, 3))


def _others(session: Session, ids: Collection[int]) -> Iterator[tuple[int, KnownRevision, bytes]]:
    """Yield the prints of ``ids`` with their revisions, by number; a hundred at a time in memory."""
    if not ids:
        return
    # In the statement itself: there may be more than a driver takes as parameters.
    wanted: Any = bindparam("ids", sorted(ids), expanding=True, literal_execute=True)
    query = (
        select(Fingerprint.id, Fingerprint.print, EvidenceRevision, Evidence)
        .join(EvidenceRevision, col(EvidenceRevision.id) == Fingerprint.revision_id)
        .join(Evidence, col(Evidence.id) == EvidenceRevision.evidence_id)
        .where(col(Fingerprint.id).in_(wanted))
        .order_by(col(Fingerprint.id))
        .execution_options(yield_per=100)
    )
    for id_, print, row, piece in session.exec(query):
        known = KnownPiece(
            piece.number, piece.title, piece.provider_id, piece.withdrawn, piece.id or 0
        )
        known.said["fact_on"] = piece.fact_on
        revision = KnownRevision(known, row.number, row.sha256, row.url, row.state, row.id or 0)
        yield id_ or 0, revision, print
