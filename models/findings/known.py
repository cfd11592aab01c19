"""Findings as they stand before steps are taken, by a fixed number of statements whatever their number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models.database import run
from models.evidence.evidence import Evidence, EvidenceRevision
from models.findings.finding import FindingCycle, RaisedFinding, TakenStep
from models.keys import key_of
from models.rules.evidence.words import EvidenceState
from models.rules.findings.life import FindingAsIs
from models.rules.findings.words import FindingStep
from models.units.unit import unit_names, units_of

# A proof counts while its piece stands and its newest revision was not sent back.
_PROOFS = """
    SELECT p.finding_id, p.cycle, p.evidence_id,
           NOT e.withdrawn AND r.state IN ('submitted', 'accepted') AS stands
    FROM finding_proof p
    JOIN finding f ON f.id = p.finding_id AND f.cycle = p.cycle
    JOIN evidence e ON e.id = p.evidence_id
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE f.campaign_id = :campaign"""

# What makes everything said before it in the cycle history: the same words after it are news.
AFRESH = frozenset({FindingStep.ASSIGN, FindingStep.UPHOLD, FindingStep.REFUSE, FindingStep.RECUR})


@dataclass(slots=True)
class KnownFinding:
    """A finding with its last cycle, the steps of that cycle, and how many proofs of it stand."""

    row: RaisedFinding
    cycle: FindingCycle
    unit: str = ""
    proofs: dict[int, bool] = field(default_factory=dict)  # by piece: whether it stands
    steps: list[TakenStep] = field(default_factory=list)

    @property
    def as_is(self) -> FindingAsIs:
        """Return it for the rules."""
        row, cycle = self.row, self.cycle
        return FindingAsIs(
            row.code,
            row.kind,
            row.state,
            row.found_on,
            self.unit,
            cycle.due,
            cycle.rectified_by,
            cycle.watch_until,
            sum(self.proofs.values()),
        )

    def said_already(self, step: TakenStep, *, on_any_day: bool, listed: bool) -> bool:
        """Say whether ``step`` was said in the same words since the finding last began afresh.

        Where it is ``listed``, in the whole cycle: an old list says nothing new.
        """
        for one in reversed(self.steps):
            same = (one.step, one.by_post, one.note, one.unit_id, one.pieces) == (
                step.step,
                step.by_post,
                step.note,
                step.unit_id,
                step.pieces,
            )
            if (
                same
                and step.day in (None, one.day)
                and (on_any_day or one.taken_on == step.taken_on)
            ):
                return True
            if one.step in AFRESH and not listed:
                return False
        return False


@dataclass(frozen=True, slots=True)
class KnownUnits:
    """The units of a campaign: ids by each of their names, full names by id, those that take nothing new."""

    ids: Mapping[str, int]
    names: Mapping[int, str]
    retired: Collection[int]

    @property
    def full(self) -> dict[str, str]:
        """Return the full name by each name."""
        return {name: self.names[unit_id] for name, unit_id in self.ids.items()}


def finding_units(session: Session, campaign_id: int) -> KnownUnits:
    """Return the units of a campaign for findings; three statements."""
    units = units_of(session, campaign_id)
    names = {key_of(unit): unit.name for unit in units}
    retired = {key_of(unit) for unit in units if unit.retired}
    return KnownUnits(unit_names(session, campaign_id), names, retired)


def findings_known(
    session: Session, campaign_id: int, codes: Collection[str], units: KnownUnits
) -> dict[str, KnownFinding]:
    """Return those of ``codes`` that there are, by code; three statements."""
    query = (
        select(RaisedFinding, FindingCycle)
        .join(FindingCycle, col(FindingCycle.finding_id) == RaisedFinding.id)
        .where(
            RaisedFinding.campaign_id == campaign_id,
            col(RaisedFinding.code).in_(list(codes)),
            col(FindingCycle.number) == col(RaisedFinding.cycle),
        )
    )
    found = {
        key_of(row): KnownFinding(row, cycle, units.names.get(row.unit_id or 0, ""))
        for row, cycle in session.exec(query)
    }
    steps = select(TakenStep).where(col(TakenStep.finding_id).in_(list(found)))
    for step in session.exec(steps.order_by(col(TakenStep.id))):
        if step.cycle == found[step.finding_id].cycle.number:
            found[step.finding_id].steps.append(step)
    for finding_id, _, piece, stands in run(session, _PROOFS, {"campaign": campaign_id}):
        if finding_id in found:
            found[finding_id].proofs[piece] = bool(stands)
    return {one.row.code: one for one in found.values()}


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
