"""The figures a gate needs of a stage, each by one statement."""

from collections.abc import Callable
from datetime import date

from sqlmodel import Session

from models.campaign import Stage
from models.database import as_day, run
from models.items import OFFICE
from models.rules.gates import GateFacts, Step
from models.unit import unexpanded_groups

_STEPS = f"""
    SELECT m.code, m.title, coalesce(u.name, '{OFFICE}') AS owner, m.due
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.stage_id = :stage AND m.kind = 'step' AND m.state IN ('open', 'started')
      AND NOT m.withdrawn ORDER BY m.position"""  # noqa: S608

_LIAISONS = """
    SELECT u.name, max(CASE WHEN a.role = 'lead' THEN 1 ELSE 0 END) AS leads,
           min(CASE WHEN p.vacant THEN NULL ELSE p.tag END) AS tag
    FROM unit u
    JOIN assignment a ON a.unit_id = u.id AND NOT a.withdrawn
    LEFT JOIN post p ON p.unit_id = u.id AND p.level = 1
    WHERE u.campaign_id = :campaign GROUP BY u.id, u.name ORDER BY u.id"""

_UNFINISHED = """
    SELECT u.name, count(*) AS unfinished FROM assignment a JOIN unit u ON u.id = a.unit_id
    WHERE a.campaign_id = :campaign AND a.state IN ('open', 'started') AND NOT a.withdrawn
    GROUP BY u.id, u.name ORDER BY u.id"""

_COUNTS = """
    SELECT (SELECT count(*) FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn
              AND state IN ('open', 'started') AND due < :today)
         + (SELECT count(*) FROM milestone WHERE campaign_id = :campaign AND NOT withdrawn
              AND state IN ('open', 'started') AND due < :today AND kind <> 'stage_end') AS overdue,
           (SELECT count(*) FROM assignment WHERE campaign_id = :campaign AND NOT withdrawn
              AND indicator_id IS NOT NULL AND self_score IS NULL) AS unscored,
           (SELECT count(*) FROM indicator WHERE campaign_id = :campaign AND NOT withdrawn
              AND level = 3) AS indicators"""


def gate_facts(
    session: Session, stage: Stage, today: date, has_channel: Callable[[str], bool]
) -> GateFacts:
    """Return the figures of ``stage`` on ``today``; ``has_channel`` says whether a tag is reachable."""
    values = {"campaign": stage.campaign_id, "stage": stage.id, "today": today}
    steps = run(session, _STEPS, {"stage": stage.id})
    liaisons = list(run(session, _LIAISONS, {"campaign": stage.campaign_id}))
    unfinished = run(session, _UNFINISHED, {"campaign": stage.campaign_id})
    counts = run(session, _COUNTS, {k: values[k] for k in ("campaign", "today")}).one()
    return GateFacts(
        end=stage.planned_end,
        open_steps=[Step(s.code, s.title, s.owner, as_day(s.due)) for s in steps],
        open_groups=unexpanded_groups(session, stage.campaign_id),
        units_without_liaison=[row.name for row in liaisons if row.tag is None],
        unreachable=[r.name for r in liaisons if r.leads and r.tag and not has_channel(r.tag)],
        unfinished={row.name: row.unfinished for row in unfinished},
        overdue=counts.overdue,
        unscored=counts.unscored,
        indicators=counts.indicators,
    )
