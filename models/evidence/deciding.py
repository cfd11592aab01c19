"""What people say of pieces: handed in, returned, accepted, withdrawn; of marks: true or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, update
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record_all
from models.errors import NotFoundError, ProgressError
from models.evidence.evidence import Evidence, EvidenceMark, EvidenceRevision
from models.evidence.known import units_known
from models.evidence.own_followed import follow_handed_in
from models.evidence.reopening import follow_evidence
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.deciding import (
    DECIDED,
    PieceStanding,
    decision_faults,
    reason_faults,
    withdrawal_faults,
)
from models.rules.evidence.pieces import number_of
from models.rules.evidence.words import EvidenceState, Verdict
from models.rules.words import post_fault

Pair = tuple[Evidence, EvidenceRevision]

DEEDS_OF = {
    EvidenceState.SUBMITTED: "evidence-submitted",
    EvidenceState.RETURNED: "evidence-returned",
    EvidenceState.ACCEPTED: "evidence-accepted",
}


@dataclass(frozen=True, slots=True)
class SaidOfEvidence:
    """Who says something, why and when."""

    by_post: str
    reason: str
    moment: Moment


def decide_evidence(
    session: Session,
    campaign_id: int,
    codes: Sequence[str],
    to: EvidenceState,
    said: SaidOfEvidence,
) -> list[str]:
    """Let the newest revisions of ``codes`` stand at ``to``; return the codes that changed.

    What stands there already is left as it is. Several at once: with one fault nothing is written. What was
    reported as done follows its evidence (`follow_evidence`).
    Raises ProgressError with every fault, NotFoundError for codes that are none.
    """
    pairs, units = _pieces(session, campaign_id, codes, said), units_known(session, campaign_id)
    by, reason = said.by_post.strip(), said.reason.strip()
    unit = units.named(units.of_post(by))
    moving = [pair for pair in pairs if pair[1].state != to or pair[0].withdrawn]
    faults = [
        fault
        for pair in moving
        for fault in decision_faults(
            _standing(pair, units.named(pair[0].provider_id)), to, by, unit, reason
        )
    ]
    _stop(faults)
    now = said.moment.now
    rows = [
        {"row": key_of(revision), "to": to, "by": by, "when": now, "because": reason}
        for _, revision in moving
    ]
    if rows:
        statement = update(EvidenceRevision).where(col(EvidenceRevision.id) == bindparam("row"))
        values: dict[str, Any] = {
            "state": bindparam("to"),
            "state_by": bindparam("by"),
            "state_at": bindparam("when"),
            "reason": bindparam("because"),
        }
        session.connection().execute(statement.values(**values), rows)
    entries = [
        NewEntry(
            by,
            _deed(revision, to),
            piece.code,
            {
                "title": piece.title,
                "version": revision.number,
                "reason": reason,
                "old": revision.state,
            },
        )
        for piece, revision in moving
    ]
    record_all(session, campaign_id, said.moment, entries)
    changed = [piece.code for piece, _ in moving]
    if changed:
        follow_evidence(session, campaign_id, by, said.moment)
        follow_handed_in(session, campaign_id, by, said.moment)
    return changed


def _deed(revision: EvidenceRevision, to: EvidenceState) -> str:
    taken_back = to is EvidenceState.SUBMITTED and revision.state in DECIDED
    return "evidence-reconsidered" if taken_back else DEEDS_OF[to]


def withdraw_evidence(
    session: Session, campaign_id: int, codes: Sequence[str], said: SaidOfEvidence
) -> list[str]:
    """Let pieces count no more, their files and their history stay; return the codes that changed.

    Raises what `decide_evidence` does.
    """
    pairs, units = _pieces(session, campaign_id, codes, said), units_known(session, campaign_id)
    by, reason = said.by_post.strip(), said.reason.strip()
    unit = units.named(units.of_post(by))
    moving = [pair for pair in pairs if not pair[0].withdrawn]
    _stop(
        [
            fault
            for pair in moving
            for fault in withdrawal_faults(
                _standing(pair, units.named(pair[0].provider_id)), by, unit, reason
            )
        ]
    )
    for piece, _ in moving:
        piece.withdrawn = True
    session.flush()
    entries = [
        NewEntry(by, "evidence-withdrawn", piece.code, {"title": piece.title, "reason": reason})
        for piece, _ in moving
    ]
    record_all(session, campaign_id, said.moment, entries)
    changed = [piece.code for piece, _ in moving]
    if changed:
        follow_evidence(session, campaign_id, by, said.moment)
        follow_handed_in(session, campaign_id, by, said.moment)
    return changed


def judge_marks(
    session: Session,
    campaign_id: int,
    code: str,
    marks: Sequence[int],
    verdict: Verdict,
    said: SaidOfEvidence,
) -> int:
    """Say of marks of a piece's newest revision that they are true or not; return how many changed.

    Without ``marks`` all that nobody has judged. A verdict may be changed by a later one; the chain keeps
    both. Raises ProgressError with every fault, NotFoundError for a piece or mark that is none.
    """
    [(piece, revision)] = _pieces(session, campaign_id, [code], said)
    units = units_known(session, campaign_id)
    by, reason = said.by_post.strip(), said.reason.strip()
    faults = []
    if units.of_post(by) is not None:
        faults.append(f"标记由创建办认定，{by}不能认定")
    if by == revision.uploaded_by:
        faults.append(f"{piece.code} 是{by}报来的，标记不能由自己认定")
    if not reason:
        faults.append("认定标记要写明理由")
    _stop(faults)
    query = select(EvidenceMark).where(EvidenceMark.revision_id == key_of(revision))
    found = {key_of(one): one for one in session.exec(query.order_by(col(EvidenceMark.id)))}
    if unknown := [str(one) for one in marks if one not in found]:
        raise NotFoundError(
            f"{piece.code} 最新一版没有第 {'、'.join(unknown)} 号标记，见 shifan evidence show {piece.code}"
        )
    chosen = [found[one] for one in marks] or [one for one in found.values() if not one.verdict]
    moving = [one for one in chosen if (one.verdict, one.why) != (verdict, reason)]
    for one in moving:
        one.verdict, one.judged_by, one.why = verdict, by, reason
        one.judged_at = said.moment.now
    session.flush()
    entries = [
        NewEntry(
            by,
            "mark-judged",
            piece.code,
            {"check_id": one.check_id, "verdict": verdict.chinese, "reason": reason},
        )
        for one in moving
    ]
    return record_all(session, campaign_id, said.moment, entries)


def _pieces(
    session: Session, campaign_id: int, codes: Sequence[str], said: SaidOfEvidence
) -> list[Pair]:
    """Return the pieces with their newest revisions, in the order of the codes, each once."""
    numbers = {code: number_of(code) for code in codes}
    wanted = [number for number in dict.fromkeys(numbers.values()) if number]
    query = (
        select(Evidence, EvidenceRevision)
        .join(EvidenceRevision, col(EvidenceRevision.evidence_id) == Evidence.id)
        .where(
            Evidence.campaign_id == campaign_id,
            col(Evidence.number).in_(wanted),
            col(EvidenceRevision.number) == Evidence.latest,
        )
    )
    found = {piece.number: (piece, revision) for piece, revision in session.exec(query)}
    if missing := [code for code, number in numbers.items() if number not in found]:
        raise NotFoundError(
            f"没有编号为“{'、'.join(shown(one) for one in missing)}”的材料，应为 E0003 这样的编号；"
            "全部编号见 shifan evidence list"
        )
    faults = reason_faults(said.reason)
    if fault := post_fault(said.by_post, "登记"):
        faults.append(fault)
    _stop(faults)
    return [found[number] for number in wanted]


def _standing(pair: Pair, unit: str) -> PieceStanding:
    piece, revision = pair
    empty = not (revision.sha256 or revision.url)
    return PieceStanding(
        piece.code,
        EvidenceState(revision.state),
        revision.uploaded_by,
        unit,
        piece.withdrawn,
        empty,
    )


def _stop(faults: Sequence[str]) -> None:
    if faults:
        raise ProgressError("；".join(dict.fromkeys(faults)))
