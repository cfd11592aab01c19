"""Findings as they stand before steps are taken, by a fixed number of statements whatever their number."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models.database import run
from models.findings.finding import FindingCycle, RaisedFinding, TakenStep
from models.keys import key_of
from models.rules.findings.life import FindingAsIs, standing_steps
from models.rules.findings.words import FindingStep
from models.units.succession import successors
from models.units.unit import unit_names, units_of

# A proof counts while its piece stands and its newest revision was not sent back.
_PROOFS = """
    SELECT p.finding_id, e.number,
           NOT e.withdrawn AND r.state IN ('submitted', 'accepted') AS stands
    FROM finding_proof p
    JOIN finding f ON f.id = p.finding_id AND f.cycle = p.cycle
    JOIN evidence e ON e.id = p.evidence_id
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    WHERE f.campaign_id = :campaign"""

# What makes everything said before it in the cycle history: the same words after it are news.
AFRESH = frozenset(
    {
        FindingStep.ASSIGN,
        FindingStep.UPHOLD,
        FindingStep.REFUSE,
        FindingStep.RECUR,
        FindingStep.TAKE_BACK,
    }
)


@dataclass(slots=True)
class KnownFinding:
    """A finding with its last cycle, the steps of that cycle, and how many proofs of it stand."""

    row: RaisedFinding
    cycle: FindingCycle
    unit: str = ""
    proofs: dict[int, bool] = field(default_factory=dict)  # by a piece's number: whether it stands
    spent: list[int] = field(default_factory=list)  # those that prove it no more
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
            self.standing[-1].step if self.standing else "",
        )

    @property
    def standing(self) -> list[TakenStep]:
        """Return the steps of the last cycle that stand, without what was taken back."""
        return [self.steps[place] for place in standing_steps(one.step for one in self.steps)]

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
    """The units of a campaign: ids by each of their names, full names by id, those that take nothing new.

    ``heirs`` gives the unit that stands for each that was succeeded.
    """

    ids: Mapping[str, int]
    names: Mapping[int, str]
    retired: Collection[int]
    heirs: Mapping[int, int] = field(default_factory=dict)

    @property
    def full(self) -> dict[str, str]:
        """Return the full name by each name."""
        return {name: self.names[unit_id] for name, unit_id in self.ids.items()}

    def now(self, unit_id: int | None) -> int | None:
        """Return the unit that has by now what ``unit_id`` had."""
        return self.heirs.get(unit_id or 0, unit_id)

    def retired_fault(self, unit_id: int | None) -> str:
        """Return why nothing new can be handed to a unit; empty where it can."""
        if unit_id not in self.retired:
            return ""
        heir = self.names.get(self.heirs.get(unit_id or 0, 0), "接手的单位")
        return f"{self.names[unit_id or 0]}已停用，请交给{heir}"


def finding_units(session: Session, campaign_id: int) -> KnownUnits:
    """Return the units of a campaign for findings; four statements."""
    units = units_of(session, campaign_id)
    names = {key_of(unit): unit.name for unit in units}
    retired = {key_of(unit) for unit in units if unit.retired}
    heirs = successors(session, campaign_id)
    return KnownUnits(unit_names(session, campaign_id), names, retired, heirs)


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
    for finding_id, number, stands in run(session, _PROOFS, {"campaign": campaign_id}):
        if finding_id in found:
            found[finding_id].proofs[number] = bool(stands)
    return {one.row.code: one for one in found.values()}
