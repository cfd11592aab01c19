"""Which pieces of evidence prove that a finding was mended, and which no longer do."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.database import found_as
from models.evidence.evidence import Evidence, EvidenceRevision
from models.findings.finding import FindingProof, TakenStep
from models.findings.known import KnownFinding
from models.keys import key_of
from models.rules.evidence.pieces import number_of
from models.rules.evidence.words import EvidenceState
from models.rules.findings.words import FindingStep

PROVE = (FindingStep.RECTIFY, FindingStep.ANSWER)  # the piece of a promise proves no mending


def pieces_for_proof(
    session: Session, campaign_id: int, numbers: Collection[int]
) -> dict[int, Evidence]:
    """Return the pieces of evidence of these numbers that can prove something, by number.

    What was withdrawn or sent back, or is a draft still, proves nothing.
    """
    query = (
        select(Evidence)
        .join(EvidenceRevision, col(EvidenceRevision.evidence_id) == Evidence.id)
        .where(
            Evidence.campaign_id == campaign_id,
            col(Evidence.number).in_(list(numbers)),
            col(Evidence.withdrawn).is_(False),
            EvidenceRevision.number == Evidence.latest,
            col(EvidenceRevision.state).in_([EvidenceState.SUBMITTED, EvidenceState.ACCEPTED]),
        )
    )
    return {piece.number: piece for piece in session.exec(query)}


def new_proofs(
    one: KnownFinding, step: TakenStep, pieces: Mapping[int, Evidence]
) -> Iterator[FindingProof]:
    """Yield what a step proves by its pieces, each once in a cycle."""
    if step.step not in PROVE:
        return
    for code in filter(None, step.pieces.split("、")):
        piece = pieces[number_of(code) or 0]
        if piece.number not in one.proofs:
            one.proofs[piece.number] = True
            finding_id, cycle = key_of(one.row), one.cycle.number
            yield FindingProof(finding_id=finding_id, cycle=cycle, evidence_id=key_of(piece))


def forget_spent(session: Session, findings: Iterable[KnownFinding]) -> None:
    """Forget the proofs of what was taken back; the pieces themselves stay in the library."""
    for one in findings:
        if one.spent:
            pieces = select(Evidence.id).where(
                Evidence.campaign_id == one.row.campaign_id, col(Evidence.number).in_(one.spent)
            )
            session.connection().execute(
                delete(FindingProof).where(
                    col(FindingProof.finding_id) == key_of(one.row),
                    col(FindingProof.cycle) == one.cycle.number,
                    col(FindingProof.evidence_id).in_(pieces),
                )
            )


_NAMED = """
    SELECT e.number, e.title, e.withdrawn, r.state
    FROM evidence e JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE e.campaign_id = :campaign AND {which} ORDER BY e.number"""
_OF_UNIT = """NOT e.withdrawn AND r.state IN ('submitted', 'accepted')
    AND (:unit = 0 OR e.provider_id = :unit)"""


@dataclass(frozen=True, slots=True)
class NamedPiece:
    """A piece of evidence as a finding's page names it."""

    number: int
    title: str
    withdrawn: bool
    state: str

    @property
    def code(self) -> str:
        """Return what it is called: E0001."""
        return f"E{self.number:04d}"

    @property
    def standing(self) -> str:
        """Return where its review stands, in words."""
        return "已撤回" if self.withdrawn else EvidenceState(self.state).chinese


def pieces_named(session: Session, campaign_id: int, numbers: Collection[int]) -> list[NamedPiece]:
    """Return the pieces of these ``numbers``, by number; one statement."""
    which = f"e.number IN ({', '.join(str(int(one)) for one in numbers) or 'NULL'})"
    return found_as(session, NamedPiece, _NAMED.format(which=which), {"campaign": campaign_id})


def pieces_to_name(session: Session, campaign_id: int, unit_id: int | None) -> list[NamedPiece]:
    """Return what a unit (None: anybody) handed in that can prove something, by number; one statement."""
    values = {"campaign": campaign_id, "unit": unit_id or 0}
    return found_as(session, NamedPiece, _NAMED.format(which=_OF_UNIT), values)
