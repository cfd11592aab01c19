"""The figures a gate needs of a stage, each by one statement, and what the plan says of gates."""

import json
from collections.abc import Callable, Sequence
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.cascade.ready import below_ready
from models.database import as_day, run
from models.decisions.confirmation import standing_of
from models.evidence.covering import unproved_parts
from models.evidence.reviewing import unreviewed_demands
from models.figures.scoring import score_lines
from models.keys import key_of
from models.papers.versions import blanks_of_report
from models.rules.figures.words import ScoreKind
from models.rules.gates.judge import judge
from models.rules.gates.plan import PlanGates
from models.rules.gates.values import FindingCounts, GateFacts, GateReport, Step
from models.rules.words import FINISHED, OFFICE, Progress, StageKind
from models.units.unit import unexpanded_groups

_STEPS = f"""
    SELECT m.code, m.title, coalesce(u.name, '{OFFICE}') AS owner, m.due, m.state
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.stage_id = :stage AND m.kind = 'step' AND NOT m.withdrawn ORDER BY m.position"""  # noqa: S608

# Work is gathered by campaign first: no index finds the work of one unit, and looked for unit by unit
# ten thousand units take seconds.
_LIAISONS = """
    SELECT u.name, a.leads, min(CASE WHEN p.vacant THEN NULL ELSE p.tag END) AS tag
    FROM (SELECT unit_id, max(CASE WHEN role = 'lead' THEN 1 ELSE 0 END) AS leads FROM assignment
          WHERE campaign_id = :campaign AND NOT withdrawn GROUP BY unit_id) AS a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN post p ON p.unit_id = u.id AND p.level = 1
    GROUP BY u.id, u.name, a.leads ORDER BY u.id"""

_WITHOUT_LEDGER = """
    SELECT u.name FROM unit u
    WHERE u.campaign_id = :campaign
      AND u.id IN (SELECT unit_id FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn)
      AND u.id NOT IN (SELECT unit_id FROM ledger_issue WHERE unit_id IS NOT NULL)
    ORDER BY u.id"""

_UNFINISHED = """
    SELECT u.name, a.unchecked, a.unfinished FROM (
        SELECT unit_id, count(CASE WHEN state = 'open' THEN 1 END) AS unchecked,
               count(CASE WHEN state = 'started' THEN 1 END) AS unfinished
        FROM assignment
        WHERE campaign_id = :campaign AND state IN ('open', 'started') AND NOT withdrawn
        GROUP BY unit_id) AS a
    JOIN unit u ON u.id = a.unit_id ORDER BY u.id"""

# What is overdue in all, and behind it how the problems of each unit stand: one statement.
_OVERDUE = """
    SELECT 0 AS place, '' AS unit,
           (SELECT count(*) FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn
              AND state IN ('open', 'started') AND due < :today)
         + (SELECT count(*) FROM milestone WHERE campaign_id = :campaign AND NOT withdrawn
              AND state IN ('open', 'started') AND due < :today
              AND kind <> 'stage_end') AS late, 0 AS unclosed, 0 AS elsewhere, 0 AS unlooked
    UNION ALL
    SELECT coalesce(u.id, 0) + 1, coalesce(u.name, ''),
           count(CASE WHEN f.state IN ('assigned', 'declined') AND c.due < :today THEN 1 END),
           count(CASE WHEN f.state NOT IN ('closed', 'ended') THEN 1 END),
           count(CASE WHEN f.state IN ('rectified', 'watched') THEN 1 END),
           count(CASE WHEN f.state = 'closed' AND c.looked_on IS NULL THEN 1 END)
    FROM finding f JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    LEFT JOIN unit u ON u.id = f.unit_id
    WHERE f.campaign_id = :campaign AND f.kind = 'problem' GROUP BY u.id, u.name
    ORDER BY 1"""

_COUNTS = """
    SELECT count(CASE WHEN self_score IS NULL THEN 1 END) AS unscored_parts,
           count(CASE WHEN office_score IS NULL THEN 1 END) AS unreviewed_parts,
           count(CASE WHEN state IN ('open', 'started') THEN 1 END) AS unreached_parts,
           count(DISTINCT CASE WHEN state IN ('open', 'started') THEN indicator_id END) AS unreached
    FROM assignment
    WHERE campaign_id = :campaign AND NOT withdrawn AND indicator_id IS NOT NULL"""

# The stages before that are not closed, and how many finished mock assessments had each method in them.
_EARLIER = """
    SELECT '' AS method, name, ordinal FROM stage
    WHERE campaign_id = :campaign AND ordinal < :ordinal AND status <> 'closed'
    UNION ALL
    SELECT p.method, '', count(DISTINCT d.id) FROM drill d
    JOIN workpaper p ON p.drill_id = d.id AND p.reviewed_at IS NOT NULL AND p.score IS NOT NULL
    WHERE d.campaign_id = :campaign AND d.state = 'finished' GROUP BY p.method
    ORDER BY 1, 3"""

OWN_STEP = ("分级", "县区", "区县")  # what a step says that is each county's and department's own


def plan_gates(campaign: Campaign) -> PlanGates:
    """Return what the campaign's plan says of gates and decisions, the usual where it says nothing."""
    if '"gates"' not in campaign.plan_json:
        return PlanGates()
    return PlanGates.model_validate(json.loads(campaign.plan_json).get("gates") or {})


def gate_of(
    session: Session,
    campaign: Campaign,
    stage: Stage,
    today: date,
    has_channel: Callable[[str], bool],
) -> GateReport:
    """Return what the gate of ``stage`` says on ``today``."""
    facts = gate_facts(session, campaign, stage, today, has_channel)
    return judge(StageKind(stage.kind), facts, plan_gates(campaign))


def _demands_own_plans(campaign: Campaign, stage: Stage, steps: Sequence[str]) -> bool:
    """Say whether each county and department must have a plan of its own.

    The plan requires it by name, or a step of the stage is theirs. Source: 金昌 2025, 三（一）4 分级贯彻落实,
    县区、市直各部门单位同步开展.
    """
    required = plan_gates(campaign).demands("children-ready", stage.ordinal)
    return required or any(word in title for title in steps for word in OWN_STEP)


def _scoring(session: Session, campaign_id: int) -> dict[str, int]:
    """Return how many indicators, and how many parts of units in them, lack a score or are not done."""
    parts = run(session, _COUNTS, {"campaign": campaign_id}).one()._asdict()
    counting = [line for line in score_lines(session, campaign_id) if line.counts]
    lacking = {
        name: sum(line.points(kind) is None for line in counting)
        for name, kind in (("unscored", ScoreKind.SELF), ("unreviewed", ScoreKind.OFFICE))
    }
    return parts | lacking | {"indicators": len(counting)}


def _unreviewed(session: Session, stage: Stage, today: date) -> list[str] | None:
    """Return the demands without accepted evidence, where the gate asks for them."""
    if stage.kind != StageKind.SELF_EVALUATION:
        return None
    found = unreviewed_demands(session, stage.campaign_id, today)
    return None if found is None else [one.name for one in found]


def gate_facts(
    session: Session,
    campaign: Campaign,
    stage: Stage,
    today: date,
    has_channel: Callable[[str], bool],
) -> GateFacts:
    """Return the figures of ``stage`` on ``today``; ``has_channel`` says whether a tag is reachable."""
    one = {"campaign": stage.campaign_id}
    steps = run(session, _STEPS, {"stage": stage.id}).all()
    launching = stage.kind == StageKind.LAUNCH
    liaisons = list(run(session, _LIAISONS, one)) if launching else []
    without_ledger = run(session, _WITHOUT_LEDGER, one).scalars().all() if launching else []
    implementing = stage.kind == StageKind.IMPLEMENTATION
    working = stage.kind in (StageKind.IMPLEMENTATION, StageKind.ACCEPTANCE)
    unfinished = list(run(session, _UNFINISHED, one)) if working else []
    late, *findings = run(session, _OVERDUE, one | {"today": today})
    scoring = stage.kind in (StageKind.SELF_EVALUATION, StageKind.ACCEPTANCE)
    counts = _scoring(session, stage.campaign_id) if scoring else {}
    accepting = stage.kind == StageKind.ACCEPTANCE  # the only gate that asks for those before it
    before = run(session, _EARLIER, one | {"ordinal": stage.ordinal}) if accepting else ()
    earlier = [(method, name, int(count)) for method, name, count in before]
    demanded = launching and _demands_own_plans(campaign, stage, [title for _, title, *_ in steps])
    below = below_ready(session, stage.campaign_id, demanded=demanded)
    return GateFacts(
        ordinal=stage.ordinal,
        end=stage.planned_end,
        issued=bool(campaign.issued_on or campaign.document_number),
        steps=[
            Step(code, title, owner, as_day(due), state in FINISHED, state == Progress.DROPPED)
            for code, title, owner, due, state in steps
        ],
        open_groups=unexpanded_groups(session, stage.campaign_id),
        units_without_liaison=[row.name for row in liaisons if row.tag is None],
        without_ledger=without_ledger,
        unreachable=[r.name for r in liaisons if r.leads and r.tag and not has_channel(r.tag)],
        below=below,
        unchecked={row.name: row.unchecked for row in unfinished if row.unchecked},
        unfinished={row.name: row.unfinished for row in unfinished if row.unfinished},
        overdue=late.late,
        findings={row.unit or OFFICE: FindingCounts(*row[2:]) for row in findings} or None,
        unproved=unproved_parts(session, stage.campaign_id, today) if implementing else None,
        unreviewed_demands=_unreviewed(session, stage, today),
        **counts,
        report_blanks=blanks_of_report(session, stage.campaign_id) if scoring else 0,
        rehearsed={f"rehearsed-{method}": count for method, _, count in earlier if method},
        earlier_open=[name for method, name, _ in earlier if not method],
        confirmed={one.rule: one.said for one in standing_of(session, key_of(stage))},
    )
