"""Store what was decided about pieces that came in: a fixed number of statements, and an entry each."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record_all
from models.evidence.evidence import Evidence, EvidenceMark, EvidenceRevision, EvidenceUse
from models.evidence.outcomes import Handed, PieceOutcome
from models.evidence.own_followed import follow_handed_in
from models.evidence.prints.near import add_prints
from models.evidence.reopening import follow_evidence
from models.rules.evidence.kinds import ending_of, kind_of
from models.rules.evidence.words import EvidenceKind


def store_pieces(
    session: Session, campaign_id: int, outcomes: Sequence[PieceOutcome], handed: Handed
) -> None:
    """Store ``outcomes``; an entry of the audit for each that changes something.

    What was reported as done follows its evidence (`follow_evidence`).
    """
    changed = [one for one in outcomes if one.changed]
    if not changed:
        return
    _store_new(session, campaign_id, changed)
    _store_revisions(session, changed, handed)
    _store_descriptions(session, changed)
    _store_uses(session, changed)
    add_prints(session, changed)
    _store_marks(session, changed)
    entries = [entry for one in changed for entry in _entries(one, handed.by_post.strip())]
    record_all(session, campaign_id, handed.moment, entries)
    follow_evidence(session, campaign_id, handed.by_post.strip(), handed.moment)
    follow_handed_in(session, campaign_id, handed.by_post.strip(), handed.moment)


def _store_new(session: Session, campaign_id: int, changed: Sequence[PieceOutcome]) -> None:
    new = [one for one in changed if one.piece and not one.piece.id and one.revision]
    first = [one for one in new if one.revision and one.revision.number == 1]
    if not first:
        return
    rows = [
        {
            "campaign_id": campaign_id,
            "number": one.piece.number,
            "kind": _kind(one),
            "provider_id": one.piece.provider_id,
            "latest": one.piece.latest.number,
            "withdrawn": False,
            **one.piece.said,
        }
        for one in first
        if one.piece
    ]
    session.connection().execute(insert(Evidence), rows)
    query = select(Evidence.number, Evidence.id).where(
        Evidence.campaign_id == campaign_id, col(Evidence.number) >= rows[0]["number"]
    )
    ids = dict(session.exec(query).all())
    for one in new:
        if one.piece:
            one.piece.id = ids[one.piece.number] or 0


def _kind(one: PieceOutcome) -> str:
    if one.look.kind:
        return one.look.kind
    if one.new.url and not one.look.sha256:
        return EvidenceKind.LINK
    return kind_of(one.look.media or ending_of(one.new.file_name))


def _store_revisions(session: Session, changed: Sequence[PieceOutcome], handed: Handed) -> None:
    new = [one for one in changed if one.revision and one.piece]
    if not new:
        return
    by, now = handed.by_post.strip(), handed.moment.now
    rows = [
        {
            "evidence_id": one.piece.id,
            "number": one.revision.number,
            "sha256": one.look.sha256,
            "algorithm": one.look.algorithm,
            "digest": one.look.digest,
            "size": one.look.size,
            "media": one.look.media,
            "file_name": one.new.file_name,
            "url": one.new.url.strip(),
            "received_id": one.new.received_id,
            "received_at": now,
            "uploaded_by": by,
            "via": handed.via,
            "state": one.revision.state,
            "state_by": by,
            "state_at": now,
            "reason": "",
        }
        for one in new
        if one.revision and one.piece
    ]
    session.connection().execute(insert(EvidenceRevision), rows)
    query = select(
        EvidenceRevision.evidence_id, EvidenceRevision.number, EvidenceRevision.id
    ).where(col(EvidenceRevision.evidence_id).in_({row["evidence_id"] for row in rows}))
    ids = {(evidence, number): id_ for evidence, number, id_ in session.exec(query)}
    for one in new:
        if one.revision and one.piece:
            one.revision.id = ids[one.piece.id, one.revision.number] or 0


def _store_descriptions(session: Session, changed: Sequence[PieceOutcome]) -> None:
    """Bring pieces that were there in line: their newest revision, and what was said of them anew."""
    rows: dict[int, dict[str, Any]] = {}
    for one in changed:
        if one.piece and (one.changes or (one.revision and one.revision.number > 1)):
            rows[one.piece.id] = {
                "row": one.piece.id,
                "newest": one.piece.latest.number,
                **{f"now_{name}": value for name, value in one.piece.said.items()},
            }
    if not rows:
        return
    names = [name.removeprefix("now_") for name in next(iter(rows.values())) if "now_" in name]
    columns: dict[str, Any] = {name: bindparam(f"now_{name}") for name in names}
    statement = update(Evidence).where(col(Evidence.id) == bindparam("row"))
    session.connection().execute(
        statement.values(latest=bindparam("newest"), **columns), list(rows.values())
    )


def _store_uses(session: Session, changed: Sequence[PieceOutcome]) -> None:
    wanted = {
        (one.piece.id, kind, id_): None for one in changed if one.piece for kind, id_ in one.uses
    }
    if not wanted:
        return
    ids = {evidence for evidence, _, _ in wanted}
    query = select(EvidenceUse).where(col(EvidenceUse.evidence_id).in_(ids))
    gone = [use for use in session.exec(query) if use.withdrawn]
    there = set()
    for use in gone:  # cited again: the row of before stands again
        key = (use.evidence_id, *use.proves)
        if key in wanted:
            use.withdrawn = False
            there.add(key)
    rows = [
        {
            "evidence_id": evidence,
            "assignment_id": id_ if kind == "assignment" else None,
            "demand_id": id_ if kind == "demand" else None,
            "milestone_id": id_ if kind == "milestone" else None,
            "withdrawn": False,
        }
        for evidence, kind, id_ in wanted
        if (evidence, kind, id_) not in there
    ]
    if rows:
        session.connection().execute(insert(EvidenceUse), rows)


def _store_marks(session: Session, changed: Iterable[PieceOutcome]) -> None:
    rows = [
        {
            "revision_id": one.revision.id,
            "check_id": finding.check,
            "detail": finding.detail,
            "other_id": other,
            "measure": finding.measure,
            "verdict": "",
            "judged_by": "",
            "judged_at": None,
            "why": "",
        }
        for one in changed
        if one.revision
        for finding, other in [
            *((finding, finding.other) for finding in one.findings),
            *((finding, like.id) for finding, like in one.alike),
        ]
    ]
    if rows:
        session.connection().execute(insert(EvidenceMark), rows)


def _entries(one: PieceOutcome, by: str) -> Iterator[NewEntry]:
    """Yield what is said in the audit of one piece: that it came, anew or first, or what it proves now."""
    piece = one.piece
    if piece is None:
        return
    items = list(one.new.items)
    if one.revision:
        facts: dict[str, Any] = {
            "title": piece.title,
            "version": one.revision.number,
            "items": items,
        }
        facts |= {"sha256": one.look.sha256, "file_name": one.new.file_name, "url": one.new.url}
        facts["provider"] = one.new.provider
        facts["found"] = [finding.check for finding in [*one.findings, *(f for f, _ in one.alike)]]
        what = "evidence-added" if one.revision.number == 1 else "evidence-revised"
        yield NewEntry(by, what, piece.code, {k: v for k, v in facts.items() if v})
    elif one.uses:
        yield NewEntry(by, "evidence-used", piece.code, {"items": items})
    if one.changes and not (one.revision and one.revision.number == 1):
        yield NewEntry(by, "evidence-described", piece.code, {"changed": list(one.changes)})
