"""Who may say what of a piece of evidence, and from which state it may go where."""

from dataclasses import dataclass

from models.rules.bounds import LONGEST_NOTE
from models.rules.evidence.words import EVIDENCE_MOVES, EvidenceState

DECIDED = (EvidenceState.RETURNED, EvidenceState.ACCEPTED)
NEEDS_REASON = (EvidenceState.RETURNED,)


@dataclass(frozen=True, slots=True)
class PieceStanding:
    """A piece as somebody is about to say something of it.

    ``empty`` says that it is a promise without a file or link; ``uploaded_by`` is a post, ``unit`` the
    provider's name, empty where the office provides it.
    """

    code: str
    state: EvidenceState
    uploaded_by: str
    unit: str
    withdrawn: bool = False
    empty: bool = False


def decision_faults(
    piece: PieceStanding, to: EvidenceState, by_post: str, by_unit: str, reason: str
) -> list[str]:
    """Return why ``by_post`` (of ``by_unit``, empty for the office, leaders and groups) may not say so.

    Whoever handed a piece in cannot accept it; units hand in and do not decide. What was decided may be
    decided otherwise, or taken back, with a reason.
    """
    if to is EvidenceState.SUBMITTED and piece.state in DECIDED:
        return _taking_back_faults(piece, by_post, by_unit, reason)
    found = []
    if piece.withdrawn:
        found.append(f"{piece.code} 已经撤回")
    if to is EvidenceState.SUBMITTED:
        if by_unit and by_unit != piece.unit:
            found.append(f"{piece.code} 是 {piece.unit or '创建办'}的，{by_post}不能报出")
        if piece.empty:
            found.append(f"{piece.code} 还没有文件或网址，请用 shifan evidence add 补上")
    elif by_unit:
        found.append(f"{piece.code} 由创建办审核，{by_post}不能{_DEED[to]}")
    if to is EvidenceState.ACCEPTED and by_post == piece.uploaded_by:
        found.append(f"{piece.code} 是{by_post}报来的，不能由自己通过，请换一个岗位审核")
    if to not in EVIDENCE_MOVES[piece.state]:
        found.append(f"{piece.code} 现在是“{piece.state.chinese}”，不能改为“{to.chinese}”")
    back = (piece.state, to) == (EvidenceState.RETURNED, EvidenceState.ACCEPTED)
    if (to in NEEDS_REASON or back) and not reason.strip():
        found.append(
            f"{piece.code} {_DEED[to]}要写明理由，让单位知道怎样改"
            if not back
            else f"{piece.code} 已退回，改为通过要写明理由"
        )
    return found


def _taking_back_faults(piece: PieceStanding, by_post: str, by_unit: str, reason: str) -> list[str]:
    found = [f"{piece.code} 已经撤回"] if piece.withdrawn else []
    if by_unit:
        found.append(f"{piece.code} 由创建办审核，{by_post}不能收回“{piece.state.chinese}”")
    if not reason.strip():
        found.append(f"{piece.code} 收回“{piece.state.chinese}”要写明理由")
    return found


_DEED = {
    EvidenceState.ACCEPTED: "通过",
    EvidenceState.RETURNED: "退回",
    EvidenceState.SUBMITTED: "报出",
    EvidenceState.DRAFT: "改为草稿",
}


def withdrawal_faults(piece: PieceStanding, by_post: str, by_unit: str, reason: str) -> list[str]:
    """Return why ``by_post`` may not withdraw a piece: its provider and the office may, with a reason."""
    found = []
    if by_unit and by_unit != piece.unit:
        found.append(f"{piece.code} 是 {piece.unit or '创建办'}的，{by_post}不能撤回")
    if not reason.strip():
        found.append(f"{piece.code} 撤回要写明理由")
    return found


def reason_faults(reason: str) -> list[str]:
    """Return what is wrong with the words of a reason."""
    if len(reason) > LONGEST_NOTE:
        return [f"理由有 {len(reason)} 个字，请压缩到 {LONGEST_NOTE} 个字以内"]
    return []
