"""Quieting: what a silence, an acknowledgement or a wider alarm covers is not said, and says why.

Nothing is lost by it: when the cause ends, what is still unfinished waits to be said again.
"""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from models.campaign.about import ITEM, UNIT_ID, WORK_ITEM_ID
from models.database import run
from models.notices.acknowledgement import STOOD

_OPEN = "n.campaign_id IN :these AND n.message_id IS NULL AND n.state IN ('waiting', 'unsendable')"

_REVIVE = """
    UPDATE notice SET state = 'waiting', reason = ''
    WHERE campaign_id IN :these AND state IN ('silenced', 'acknowledged', 'inhibited')
      AND reason NOT IN (
        SELECT 'silence:' || id FROM silence
        WHERE campaign_id IN :these AND ended_on IS NULL AND until >= :today
        UNION ALL
        SELECT 'acknowledgement:' || id FROM acknowledgement
        WHERE campaign_id IN :these AND runs_out >= :today AND ended_at IS NULL
        UNION ALL
        SELECT 'stage:' || s.id FROM stage s
        JOIN milestone e ON e.stage_id = s.id AND e.kind = 'stage_end'
        WHERE s.campaign_id IN :these AND e.state IN ('open', 'started') AND NOT e.withdrawn)"""

_SILENCE = f"""
    UPDATE notice SET state = 'silenced', reason = 'silence:' || hit.cause
    FROM (
        SELECT n.id, min(s.id) AS cause
        FROM silence s JOIN notice n ON n.campaign_id = s.campaign_id {ITEM}
        WHERE s.campaign_id IN :these AND s.ended_on IS NULL
          AND s.begins <= :today AND s.until >= :today
          AND {_OPEN} AND n.subject_kind IN ('milestone', 'assignment', 'stage')
          AND (s.unit_id IS NULL OR s.unit_id = {UNIT_ID})
          AND (s.work_item_id IS NULL OR s.work_item_id = {WORK_ITEM_ID})
          AND (s.indicator_id IS NULL OR s.indicator_id = a.indicator_id)
          AND (s.milestone_id IS NULL OR s.milestone_id = m.id)
          AND (s.stage_id IS NULL OR s.stage_id = m.stage_id
               OR (n.subject_kind = 'stage' AND n.subject_id = s.stage_id))
        GROUP BY n.id) AS hit
    WHERE notice.id = hit.id"""  # noqa: S608

_ACKNOWLEDGED = f"""
    UPDATE notice SET state = 'acknowledged', reason = 'acknowledgement:' || hit.cause
    FROM (
        SELECT n.id, max(k.id) AS cause
        FROM acknowledgement k JOIN notice n ON n.campaign_id = k.campaign_id
             AND n.subject_kind = k.subject_kind AND n.subject_id = k.subject_id
        WHERE k.campaign_id IN :these AND k.runs_out >= :today AND k.ended_at IS NULL
          AND {_OPEN} AND NOT n.urgent
        GROUP BY n.id) AS hit
    WHERE notice.id = hit.id"""  # noqa: S608

# The alarm that a stage's end is overdue says all there is to say of its items, to whoever hears it.
_INHIBIT = f"""
    UPDATE notice SET state = 'inhibited', reason = 'stage:' || hit.cause
    FROM (
        SELECT n.id, max(e.stage_id) AS cause
        FROM milestone e
        JOIN notice wide ON wide.campaign_id = e.campaign_id AND wide.subject_kind = 'milestone'
             AND wide.subject_id = e.id AND wide.rule LIKE '%overdue%'
             AND wide.state IN ('waiting', 'posted', 'sent')
        JOIN post p ON p.id = wide.post_id AND NOT p.unreachable
        JOIN notice n ON n.post_id = wide.post_id AND n.id <> wide.id {ITEM}
        LEFT JOIN milestone w ON w.work_item_id = a.work_item_id AND w.kind = 'work_item'
        WHERE e.campaign_id IN :these AND e.kind = 'stage_end'
          AND e.state IN ('open', 'started') AND NOT e.withdrawn
          AND {_OPEN} AND n.rule LIKE '%overdue%'
          AND coalesce(m.kind, '') <> 'stage_end'
          AND coalesce(m.stage_id, w.stage_id) = e.stage_id
          AND (wide.urgent OR NOT n.urgent)
        GROUP BY n.id) AS hit
    WHERE notice.id = hit.id"""  # noqa: S608

# What was said to be known moved since: it counts anew, from what it is now.
_MOVED = f"""
    UPDATE acknowledgement SET runs_out = :fresh, stood = now.stood
    FROM (SELECT n.id, coalesce({STOOD}, '') AS stood FROM acknowledgement n {ITEM}
          WHERE n.campaign_id IN :these AND n.runs_out < :today AND n.runs_out >= :since
            AND n.ended_at IS NULL) AS now
    WHERE acknowledgement.id = now.id AND acknowledgement.stood <> now.stood"""  # noqa: S608


def quieten(session: Session, campaign_id: int, today: date) -> None:
    """Bring every unsaid notice of a campaign in line with what covers it on ``today``."""
    quieten_all(session, [campaign_id], today, heard=[campaign_id])


def quieten_all(
    session: Session,
    campaign_ids: Sequence[int],
    today: date,
    *,
    heard: Sequence[int],
    revive: bool = True,
) -> None:
    """Bring every unsaid notice of the campaigns in line with what covers it on ``today``.

    Four statements at any size. What is covered by several keeps the first of: silence,
    acknowledgement, wider alarm. Where nothing is ``heard`` (no channels) no alarm covers another. Without ``revive`` what was quiet
    stays so: whether its cause has ended is not known.
    """
    values = {"these": tuple(campaign_ids), "today": today}
    for sql in (_REVIVE, _SILENCE, _ACKNOWLEDGED) if revive else (_SILENCE, _ACKNOWLEDGED):
        run(session, sql, values)
    if heard:
        run(session, _INHIBIT, {"these": tuple(heard)})


def renew_acknowledgements(
    session: Session, campaign_ids: Sequence[int], *, today: date, since: date, fresh: date
) -> int:
    """Let run-out acknowledgements of what moved count up to ``fresh``; return how many did."""
    values = {"these": tuple(campaign_ids), "today": today, "since": since, "fresh": fresh}
    return run(session, _MOVED, values).rowcount
