"""Say of evidence what becomes of it: one transaction for several pieces."""

from collections.abc import Sequence

from models.campaign.campaign import looking_at, writing_to
from models.errors import ProgressError
from models.evidence.checks_kept import CheckRecord, check_records
from models.evidence.deciding import (
    SaidOfEvidence,
    decide_evidence,
    judge_marks,
    withdraw_evidence,
)
from models.evidence.reviewing import drafts_among
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.evidence.words import EvidenceState, Verdict


def decide_pieces_of(
    slug: str | None, codes: Sequence[str], to: EvidenceState, said: SaidOfEvidence
) -> list[str]:
    """Submit, return or accept pieces; return the codes that changed. SaidOfEvidence again it changes nothing."""
    with writing_to(slug) as (session, campaign):
        return decide_evidence(session, key_of(campaign), codes, to, said)


def take_back_decisions(slug: str | None, codes: Sequence[str], said: SaidOfEvidence) -> list[str]:
    """Take back that pieces were accepted or returned, so that they wait again; return the codes that changed.

    A draft was never decided. Again it changes nothing. Raises ProgressError with every fault.
    """
    with writing_to(slug) as (session, campaign):
        drafts = drafts_among(session, key_of(campaign), codes)
        if drafts:
            raise ProgressError(
                f"{'、'.join(drafts)} 还是草稿，没有审核过；报出用 shifan evidence submit"
            )
        return decide_evidence(session, key_of(campaign), codes, EvidenceState.SUBMITTED, said)


def withdraw_pieces(slug: str | None, codes: Sequence[str], said: SaidOfEvidence) -> list[str]:
    """Withdraw pieces; return the codes that changed. SaidOfEvidence again it changes nothing."""
    with writing_to(slug) as (session, campaign):
        return withdraw_evidence(session, key_of(campaign), codes, said)


def judge_evidence(
    slug: str | None, code: str, marks: Sequence[int], verdict: str, said: SaidOfEvidence
) -> int:
    """Judge marks of a piece by the word an office uses; return how many changed."""
    sayable = [one for one in Verdict if one.is_judgement]
    meant = next((one for one in sayable if verdict in (one.chinese, one.value)), None)
    if meant is None:
        words = "、".join(one.chinese for one in sayable)
        raise ProgressError(f"没有“{shown(verdict)}”这个认定，只能是 {words}")
    with writing_to(slug) as (session, campaign):
        return judge_marks(session, key_of(campaign), code, marks, meant, said)


def checks_so_far(slug: str | None) -> list[CheckRecord]:
    """Return what became of every check's marks."""
    with looking_at(slug) as (session, campaign):
        return check_records(session, key_of(campaign))
