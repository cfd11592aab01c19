"""The conditions of the gates that the office vouches for: which wait for its word, which have it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, looking_at, stages_of
from models.decisions.gate import gates_of
from models.keys import key_of
from models.rules.gates.checks import Bound
from models.rules.gates.table import GATES
from models.rules.gates.values import GateReport
from models.rules.words import UNDER_WAY, StageKind, StageStatus
from tasks.office.reach import lazily_reachable


@dataclass(frozen=True, slots=True)
class OfficeCondition:
    """A condition that the office may vouch for.

    ``said`` is its standing word, empty without one; ``against`` what the tables hold against it. With
    ``counts`` it is given with a number.
    """

    rule: str
    demand: str
    said: str
    against: Sequence[str]
    counts: bool


@dataclass(frozen=True, slots=True)
class StageConditions:
    """A stage with the conditions that the office vouches for; ``status`` in words."""

    ordinal: int
    name: str
    status: str
    under_way: bool
    conditions: Sequence[OfficeCondition]

    @property
    def waits(self) -> int:
        """Return how many wait for the office's word: of a stage under way, open and not confirmed."""
        open_ones = [one for one in self.conditions if one.against and not one.said]
        return len(open_ones) if self.under_way else 0


def office_conditions(slug: str | None, today: date) -> Sequence[StageConditions]:
    """Return the stages that are not closed with what the office may confirm, those under way first."""
    with looking_at(slug) as (session, campaign):
        return vouched_for(session, campaign, today)


def vouched_for(
    session: Session, campaign: Campaign, today: date, *, waiting: bool = False
) -> Sequence[StageConditions]:
    """Return what `office_conditions` does, in the caller's session; ``waiting`` only of stages under way.

    As many statements for all stages as for one.
    """
    stages = [s for s in stages_of(session, key_of(campaign)) if s.status != StageStatus.CLOSED]
    stages = [s for s in stages if s.status in UNDER_WAY] if waiting else stages
    asked = [(campaign, stage) for stage in stages]
    gates = gates_of(session, asked, today, lazily_reachable())
    found = [_of_stage(stage, gates[key_of(stage)]) for stage in stages]
    return sorted((one for one in found if one.conditions), key=lambda one: not one.under_way)


def _of_stage(stage: Stage, report: GateReport) -> StageConditions:
    said = {one.rule: one.text for one in report.confirmed}
    against: dict[str, list[str]] = {}
    for one in (*report.obstacles, *report.unmeasured):
        against.setdefault(one.rule, []).append(one.text)
    asked = [
        OfficeCondition(
            rule.id,
            rule.demand,
            said.get(rule.id, ""),
            against.get(rule.id, ()),
            rule.bound is Bound.AT_LEAST,
        )
        for rule in GATES[StageKind(stage.kind)]
        if rule.confirmable and rule.id not in report.skipped
    ]
    status = StageStatus(stage.status)
    return StageConditions(
        stage.ordinal, stage.name, status.chinese, status in UNDER_WAY, tuple(asked)
    )
