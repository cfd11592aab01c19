"""The figures that gates need: each read by one statement for all the stages that are asked about."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.cascade.ready import all_below_ready
from models.database import run
from models.decisions.at_a_glance import steps_of
from models.decisions.confirmation import Confirmation, all_standing
from models.evidence.covering import all_unproved_parts
from models.evidence.reviewing import UnreviewedDemand, all_unreviewed_demands
from models.figures.scoring import Scored, how_many_scored
from models.keys import key_of
from models.papers.versions import all_blanks_of_reports
from models.rules.gates.values import BelowReady, Step
from models.rules.words import StageKind
from models.units.unit import all_unexpanded_groups

# Work is gathered by campaign first: no index finds the work of one unit, and looked for unit by unit
# ten thousand units take seconds.
_LIAISONS = """
    SELECT u.campaign_id, u.name, a.leads, min(CASE WHEN p.vacant THEN NULL ELSE p.tag END) AS tag
    FROM (SELECT unit_id, max(CASE WHEN role = 'lead' THEN 1 ELSE 0 END) AS leads FROM assignment
          WHERE campaign_id IN :these AND NOT withdrawn GROUP BY unit_id) AS a
    JOIN unit u ON u.id = a.unit_id
    LEFT JOIN post p ON p.unit_id = u.id AND p.level = 1
    GROUP BY u.id, u.campaign_id, u.name, a.leads ORDER BY u.id"""

_WITHOUT_LEDGER = """
    SELECT u.campaign_id, u.name FROM unit u
    WHERE u.campaign_id IN :these
      AND u.id IN (SELECT unit_id FROM assignment WHERE campaign_id IN :these AND NOT withdrawn)
      AND u.id NOT IN (SELECT unit_id FROM ledger_issue
                       WHERE campaign_id IN :these AND unit_id IS NOT NULL)
    ORDER BY u.id"""

_UNFINISHED = """
    SELECT u.campaign_id, u.name, a.unchecked, a.unfinished FROM (
        SELECT unit_id, count(CASE WHEN state = 'open' THEN 1 END) AS unchecked,
               count(CASE WHEN state = 'started' THEN 1 END) AS unfinished
        FROM assignment
        WHERE campaign_id IN :these AND state IN ('open', 'started') AND NOT withdrawn
        GROUP BY unit_id) AS a
    JOIN unit u ON u.id = a.unit_id ORDER BY u.id"""

# What is overdue in all, and behind it how the problems of each unit stand: one statement.
_OVERDUE = """
    SELECT own.id AS campaign_id, 0 AS place, '' AS unit,
           (SELECT count(*) FROM assignment a WHERE a.campaign_id = own.id AND NOT a.withdrawn
              AND a.state IN ('open', 'started') AND a.due < :today)
         + (SELECT count(*) FROM milestone m WHERE m.campaign_id = own.id AND NOT m.withdrawn
              AND m.state IN ('open', 'started') AND m.due < :today
              AND m.kind <> 'stage_end') AS late, 0 AS unclosed, 0 AS elsewhere, 0 AS unlooked
    FROM campaign own WHERE own.id IN :these
    UNION ALL
    SELECT f.campaign_id, coalesce(u.id, 0) + 1, coalesce(u.name, ''),
           count(CASE WHEN f.state IN ('assigned', 'declined') AND c.due < :today THEN 1 END),
           count(CASE WHEN f.state NOT IN ('closed', 'ended') THEN 1 END),
           count(CASE WHEN f.state IN ('rectified', 'watched') THEN 1 END),
           count(CASE WHEN f.state = 'closed' AND c.looked_on IS NULL THEN 1 END)
    FROM finding f JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    LEFT JOIN unit u ON u.id = f.unit_id
    WHERE f.campaign_id IN :these AND f.kind = 'problem' GROUP BY f.campaign_id, u.id, u.name
    ORDER BY 2"""

_COUNTS = """
    SELECT campaign_id, count(CASE WHEN self_score IS NULL THEN 1 END) AS unscored_parts,
           count(CASE WHEN office_score IS NULL THEN 1 END) AS unreviewed_parts,
           count(CASE WHEN state IN ('open', 'started') THEN 1 END) AS unreached_parts,
           count(DISTINCT CASE WHEN state IN ('open', 'started') THEN indicator_id END) AS unreached
    FROM assignment
    WHERE campaign_id IN :these AND NOT withdrawn AND indicator_id IS NOT NULL
    GROUP BY campaign_id"""

# The stages that are not closed, and how many finished mock assessments had each method in them.
_EARLIER = """
    SELECT campaign_id, '' AS method, name, ordinal FROM stage
    WHERE campaign_id IN :these AND status <> 'closed'
    UNION ALL
    SELECT d.campaign_id, p.method, '', count(DISTINCT d.id) FROM drill d
    JOIN workpaper p ON p.drill_id = d.id AND p.reviewed_at IS NOT NULL AND p.score IS NOT NULL
    WHERE d.campaign_id IN :these AND d.state = 'finished' GROUP BY d.campaign_id, p.method
    ORDER BY 2, 4"""

OWN_STEP = ("分级", "县区", "区县")  # what a step says that is each county's and department's own
Rows = Mapping[int, Sequence[Any]]  # by campaign


@dataclass(frozen=True, slots=True)
class GateFigures:
    """What the tables say, by campaign, of ``steps`` and ``confirmed`` by stage; what no gate asks for is empty."""

    steps: Mapping[int, list[Step]]
    confirmed: Mapping[int, list[Confirmation]]
    open_groups: Mapping[int, list[str]]
    below: Mapping[int, BelowReady]
    overdue: Rows
    liaisons: Rows
    without_ledger: Rows
    unfinished: Rows
    counts: Rows
    earlier: Rows
    scored: Mapping[int, Scored]
    blanks: Mapping[int, int]
    unproved: Mapping[int, dict[str, int]]
    unreviewed: Mapping[int, list[UnreviewedDemand]]
    demanding: Collection[int]  # stages


def figures_of(
    session: Session,
    asked: Sequence[tuple[Campaign, Stage]],
    required: Collection[int],
    today: date,
) -> GateFigures:
    """Return the figures of stages on ``today``, by at most twenty statements however many there are.

    At the stages that are ``required`` to, each county and department must have a plan of its own, as at those
    one of whose steps is theirs. Source: 金昌 2025, 三（一）4 分级贯彻落实, 县区、市直各部门单位同步开展.
    """
    ids = list({key_of(campaign): None for campaign, _ in asked})
    steps = steps_of(session, ids)
    launching = _at(asked, StageKind.LAUNCH)
    demanding = {
        key_of(stage): key_of(campaign)
        for campaign, stage in asked
        if stage.kind == StageKind.LAUNCH
        and (stage.id in required or _names_own_plans(steps.get(key_of(stage), ())))
    }
    accepting = _at(asked, StageKind.ACCEPTANCE)  # the only gate that asks for those before it
    scoring = _at(asked, StageKind.SELF_EVALUATION, StageKind.ACCEPTANCE)
    working = _at(asked, StageKind.IMPLEMENTATION, StageKind.ACCEPTANCE)
    return GateFigures(
        steps=steps,
        confirmed=all_standing(session, [key_of(stage) for _, stage in asked]),
        open_groups=all_unexpanded_groups(session, ids),
        below=all_below_ready(session, ids, list(dict.fromkeys(demanding.values()))),
        overdue=_rows(session, _OVERDUE, ids, today),
        liaisons=_rows(session, _LIAISONS, launching, today),
        without_ledger=_rows(session, _WITHOUT_LEDGER, launching, today),
        unfinished=_rows(session, _UNFINISHED, working, today),
        counts=_rows(session, _COUNTS, scoring, today),
        earlier=_rows(session, _EARLIER, accepting, today),
        scored=how_many_scored(session, scoring),
        blanks=all_blanks_of_reports(session, scoring) if scoring else {},
        unproved=all_unproved_parts(session, _at(asked, StageKind.IMPLEMENTATION), today),
        unreviewed=all_unreviewed_demands(session, _at(asked, StageKind.SELF_EVALUATION), today),
        demanding=demanding.keys(),
    )


def _at(asked: Iterable[tuple[Campaign, Stage]], *kinds: StageKind) -> list[int]:
    """Return the campaigns that are asked about a stage of one of ``kinds``."""
    return list({key_of(campaign): None for campaign, stage in asked if stage.kind in kinds})


def _names_own_plans(steps: Iterable[Step]) -> bool:
    return any(word in step.title for step in steps for word in OWN_STEP)


def _rows(session: Session, sql: str, these: Sequence[int], today: date) -> Rows:
    """Return what a statement finds of ``these`` campaigns, by the campaign; none is asked of no campaign."""
    found: dict[int, list[Any]] = {}
    if these:
        for row in run(session, sql, {"these": tuple(these), "today": today}):
            found.setdefault(row.campaign_id, []).append(row)
    return found
