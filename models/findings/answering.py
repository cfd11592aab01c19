"""What the slip (回执) of a dispatch says of the findings it urges, as steps that a person's yes takes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models.errors import ProgressError
from models.evidence.evidence import Evidence, EvidenceRevision
from models.findings.dispatch import Dispatch
from models.findings.dispatching import urged_by
from models.findings.known import KnownFinding, finding_units, findings_known
from models.findings.steps import NewStep
from models.rules.bounds import shown
from models.rules.evidence.pieces import number_of
from models.rules.findings.words import (
    FROM_THE_PUBLIC,
    FindingState,
    FindingStep,
    state_in_words,
)


@dataclass(frozen=True, slots=True)
class SlipSaid:
    """What a slip says, as the person who says yes read it.

    ``mended`` are the codes of what is ticked as done, ``until`` the day by which the unit will have done the
    rest. With neither all of it is done.
    """

    mended: Sequence[str] = ()
    until: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Urged:
    """What a dispatch urges: the findings that its unit still has to mend, and the codes of all else."""

    findings: Sequence[KnownFinding]
    others: Sequence[str]


def urged_still(session: Session, row: Dispatch) -> Urged:
    """Return what a dispatch urges as it stands; of a unit that was merged, what its heir has now."""
    codes = urged_by(session, row.id or 0)
    units = finding_units(session, row.campaign_id)
    known = findings_known(session, row.campaign_id, codes, units)
    still = [
        known[code]
        for code in codes
        if code in known
        and known[code].row.state == FindingState.ASSIGNED
        and known[code].row.unit_id == units.now(row.unit_id)
    ]
    return Urged(still, [code for code in codes if code not in known])


def steps_by_slip(row: Dispatch, urged: Urged, slip: SlipSaid, by_post: str) -> list[NewStep]:
    """Return the steps that a yes takes: what is done is mended (or answered), the rest is promised.

    Raises ProgressError with every fault: a code that is none of its findings, an answer without words.
    """
    there = {one.row.code: one for one in urged.findings}
    mended = list(dict.fromkeys(code.strip().upper() for code in slip.mended))
    faults = [
        f"{shown(code)}不在{row.name}督办的问题里，或者已经报过整改、改交了"
        for code in mended
        if code not in there
    ]
    if not mended and slip.until is None:
        mended = list(there)
    public = [code for code in mended if code in there and there[code].row.kind in FROM_THE_PUBLIC]
    if public and not slip.note.strip():
        faults.append(f"{'、'.join(public)}是投诉建议，请写明答复的内容（--note）")
    if faults:
        raise ProgressError("；".join(faults))
    note = f"{row.name}回执：{slip.note.strip() or '已办结'}"
    steps = []
    for code, one in there.items():
        if code in mended:
            answered = one.row.kind in FROM_THE_PUBLIC
            step = FindingStep.ANSWER if answered else FindingStep.RECTIFY
            steps.append(NewStep(code, step, by_post, note))
        elif slip.until:
            promised = NewStep(
                code, FindingStep.PROMISE, by_post, f"{row.name}回执", day=slip.until
            )
            steps.append(promised)
    return steps


def steps_taken_back(session: Session, row: Dispatch, by_post: str, reason: str) -> list[NewStep]:
    """Return the steps that take back what a yes to this return had taken: those that its scan proves.

    Raises ProgressError where something was said of a finding since: that is taken back first.
    """
    pieces = _pieces_of(session, row)
    units = finding_units(session, row.campaign_id)
    known = findings_known(session, row.campaign_id, urged_by(session, row.id or 0), units)
    steps, faults = [], []
    for code, one in known.items():
        standing = one.standing
        if not any(_is_proved(step.pieces, pieces) for step in standing):
            continue
        if _is_proved(standing[-1].pieces, pieces):
            steps.append(NewStep(code, FindingStep.TAKE_BACK, by_post, f"{row.name}：{reason}"))
        else:
            now = state_in_words(one.row.kind, one.row.state)
            faults.append(
                f"{code} 现在是“{now}”，请先用 shifan findings take-back {code} 撤回以后的步骤"
            )
    if faults:
        raise ProgressError("；".join(faults))
    return steps


def _pieces_of(session: Session, row: Dispatch) -> Collection[int]:
    """Return the numbers of the pieces of evidence that are the scan of a dispatch."""
    query = (
        select(Evidence.number)
        .join(EvidenceRevision, col(EvidenceRevision.evidence_id) == Evidence.id)
        .where(
            Evidence.campaign_id == row.campaign_id,
            EvidenceRevision.sha256 == row.returned_sha256,
        )
    )
    return set(session.exec(query)) if row.returned_sha256 else set()


def _is_proved(codes: str, pieces: Collection[int]) -> bool:
    return any(number_of(code) in pieces for code in codes.split("、") if code)
