"""The numbers that a plan has its work items reach (网上可办率不低于90%), as demands that units report figures for."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.evidence.demands.reading import ReadDemand
from models.plan.schema import Plan, Target
from models.rules.evidence.demands import same_number, shares_of

_PERIODS = {"yearly": "year", "quarterly": "quarter", "monthly": "month"}


class _Line(Protocol):
    """What is looked at of a demand that is there."""

    @property
    def indicator_id(self) -> int | None: ...
    @property
    def text(self) -> str: ...
    @property
    def op(self) -> str: ...
    @property
    def value(self) -> float | None: ...
    @property
    def unit_of_value(self) -> str: ...
    @property
    def withdrawn(self) -> bool: ...


def goals_of_work(session: Session, campaign_id: int) -> dict[int, list[ReadDemand]]:
    """Return the demands that the plan's targets make, by the ordinal of their work item; one statement."""
    plan = Plan.model_validate_json(session.get_one(Campaign, campaign_id).plan_json)
    return {
        task.ordinal: [_goal(target) for target in task.targets if not target.implicit]
        for task in plan.tasks
    }


def goals_left(session: Session, campaign_id: int, lines: Iterable[_Line]) -> list[str]:
    """Return the numbers of the plan that no demand of an indicator asks for (`same_number`), as W18 总数的5%."""
    asked = [one for one in lines if one.indicator_id and not one.withdrawn]
    return [
        f"W{ordinal} {goal.text}"
        for ordinal, goals in goals_of_work(session, campaign_id).items()
        for goal in goals
        if asked and not any(same_number(goal, one) for one in asked)
    ]


def _goal(target: Target) -> ReadDemand:
    text = f"{target.metric_hint}{target.raw}"
    per = _PERIODS.get(target.period or "", "")
    counted, out_of = shares_of(text, target.unit)
    return ReadDemand(text, target.op, target.value, target.unit, per, counted, out_of)
