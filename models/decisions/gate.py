"""What gates say: the figures of their stages put together, and what the plan says of gates."""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.decisions.gate_figures import GateFigures, figures_of
from models.keys import key_of
from models.rules.figures.words import ScoreKind
from models.rules.gates.judge import judge
from models.rules.gates.plan import PlanGates
from models.rules.gates.values import BelowReady, FindingCounts, GateFacts, GateReport
from models.rules.words import OFFICE, StageKind

Asked = Sequence[tuple[Campaign, Stage]]
HasChannel = Callable[[str], bool]


def plan_gates(campaign: Campaign) -> PlanGates:
    """Return what the campaign's plan says of gates and decisions, the usual where it says nothing."""
    if '"gates"' not in campaign.plan_json:
        return PlanGates()
    return PlanGates.model_validate(json.loads(campaign.plan_json).get("gates") or {})


def gate_of(
    session: Session, campaign: Campaign, stage: Stage, today: date, has_channel: HasChannel
) -> GateReport:
    """Return what the gate of ``stage`` says on ``today``."""
    return gates_of(session, [(campaign, stage)], today, has_channel)[key_of(stage)]


def gates_of(
    session: Session, asked: Asked, today: date, has_channel: HasChannel
) -> dict[int, GateReport]:
    """Return what the gate of each stage says on ``today``, by the same statements as for one."""
    plans = _plans(campaign for campaign, _ in asked)
    facts = _facts_of(session, asked, plans, today, has_channel)
    return {
        key_of(stage): judge(StageKind(stage.kind), facts[key_of(stage)], plans[key_of(campaign)])
        for campaign, stage in asked
    }


def gate_facts(
    session: Session, campaign: Campaign, stage: Stage, today: date, has_channel: HasChannel
) -> GateFacts:
    """Return the figures of ``stage`` on ``today``; ``has_channel`` says whether a tag is reachable."""
    asked = [(campaign, stage)]
    return _facts_of(session, asked, _plans([campaign]), today, has_channel)[key_of(stage)]


def _plans(campaigns: Iterable[Campaign]) -> dict[int, PlanGates]:
    return {id: plan_gates(one) for id, one in {key_of(one): one for one in campaigns}.items()}


def _facts_of(
    session: Session,
    asked: Asked,
    plans: dict[int, PlanGates],
    today: date,
    has_channel: HasChannel,
) -> dict[int, GateFacts]:
    if not asked:
        return {}
    required = {
        key_of(stage)
        for campaign, stage in asked
        if plans[key_of(campaign)].demands("children-ready", stage.ordinal)
    }
    figures = figures_of(session, asked, required, today)
    return {
        key_of(stage): _facts(figures, campaign, stage, has_channel) for campaign, stage in asked
    }


def _facts(
    figures: GateFigures, campaign: Campaign, stage: Stage, has_channel: HasChannel
) -> GateFacts:
    """Put together what the figures of all say of one stage, by its kind."""
    one, id = key_of(campaign), key_of(stage)
    kind = StageKind(stage.kind)
    launching, accepting = kind is StageKind.LAUNCH, kind is StageKind.ACCEPTANCE
    scoring = accepting or kind is StageKind.SELF_EVALUATION
    working = accepting or kind is StageKind.IMPLEMENTATION
    liaisons = figures.liaisons.get(one, ()) if launching else ()
    unfinished = figures.unfinished.get(one, ()) if working else ()
    late, *findings = figures.overdue[one]
    earlier = figures.earlier.get(one, ()) if accepting else ()
    unreviewed = figures.unreviewed.get(one) if kind is StageKind.SELF_EVALUATION else None
    return GateFacts(
        ordinal=stage.ordinal,
        end=stage.planned_end,
        issued=bool(campaign.issued_on or campaign.document_number),
        steps=figures.steps.get(id, ()),
        open_groups=figures.open_groups[one],
        units_without_liaison=[row.name for row in liaisons if row.tag is None],
        without_ledger=[row.name for row in figures.without_ledger.get(one, ()) if launching],
        unreachable=[r.name for r in liaisons if r.leads and r.tag and not has_channel(r.tag)],
        below=_below(figures.below[one], demanded=id in figures.demanding),
        unchecked={row.name: row.unchecked for row in unfinished if row.unchecked},
        unfinished={row.name: row.unfinished for row in unfinished if row.unfinished},
        overdue=late.late,
        findings={row.unit or OFFICE: FindingCounts(*row[3:]) for row in findings} or None,
        unproved=figures.unproved.get(one) if kind is StageKind.IMPLEMENTATION else None,
        unreviewed_demands=None if unreviewed is None else [row.name for row in unreviewed],
        **_scoring(figures, one) if scoring else {},
        report_blanks=figures.blanks.get(one) if scoring else 0,
        rehearsed={f"rehearsed-{row.method}": row.ordinal for row in earlier if row.method},
        earlier_open=[r.name for r in earlier if not r.method and r.ordinal < stage.ordinal],
        confirmed={row.rule: row.said for row in figures.confirmed[id]},
    )


def _below(found: BelowReady, *, demanded: bool) -> BelowReady:
    """Return who lacks a plan of its own only where each must have one; another stage may ask for it."""
    return found if demanded else BelowReady(found.children, found.not_ready)


def _scoring(figures: GateFigures, campaign_id: int) -> dict[str, Any]:
    """Return how many indicators, and how many parts of units in them, lack a score or are not done."""
    scored = figures.scored[campaign_id]
    lacking = {
        name: scored.indicators - scored.given[kind]
        for name, kind in (("unscored", ScoreKind.SELF), ("unreviewed", ScoreKind.OFFICE))
    }
    [parts] = figures.counts.get(campaign_id, [None])
    counted = (
        {} if parts is None else {k: v for k, v in parts._mapping.items() if k != "campaign_id"}
    )
    return counted | lacking | {"indicators": scored.indicators}
