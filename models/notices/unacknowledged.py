"""What nobody acknowledged: said again, then told to the next level up; a statement each."""

from datetime import timedelta

from sqlmodel import Session

from models.database import run
from models.notices.due import COLUMNS
from models.notices.seats import GONE, SEATS
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.notices.ladder_table import Ladder

AGAIN, RISEN = "again:", "unanswered:"
NOT_LONGER_THAN = timedelta(days=60)  # older silence is history, not news

# Told long enough ago, still the last word to that post, unfinished, due on the same day, and no
# acknowledgement of it counts.
_UNANSWERED = """
    FROM notice n
    LEFT JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
    LEFT JOIN assignment a ON n.subject_kind = 'assignment' AND a.id = n.subject_id
    {join}
    WHERE n.campaign_id = :campaign AND n.state = 'sent' AND n.told_on BETWEEN :oldest AND :late
      AND n.rule IN ({rules})
      AND coalesce(m.state, a.state) IN ('open', 'started')
      AND NOT coalesce(m.withdrawn, a.withdrawn)
      AND CAST(coalesce(m.due, a.due) AS VARCHAR(10)) = n.occurrence
      AND NOT EXISTS (SELECT 1 FROM acknowledgement k WHERE k.campaign_id = n.campaign_id
          AND k.subject_kind = n.subject_kind AND k.subject_id = n.subject_id
          AND k.runs_out >= :today)
      AND NOT EXISTS (SELECT 1 FROM notice l WHERE l.campaign_id = n.campaign_id
          AND l.subject_kind = n.subject_kind AND l.subject_id = n.subject_id
          AND l.post_id = {heard_by} AND {newer})
    ON CONFLICT DO NOTHING"""

_GONE = GONE.format(of="p.campaign_id = :campaign")
_AGAIN = f"""
    INSERT INTO notice ({COLUMNS})
    SELECT n.campaign_id, n.subject_kind, n.subject_id, '{AGAIN}' || n.rule, n.level, n.occurrence,
           n.post_id, :today, :now, CASE WHEN n.urgent THEN :soon ELSE :hold END, 'waiting', '', '',
           n.meant_for, n.urgent
    {_UNANSWERED.replace("ON CONFLICT", f"AND n.post_id NOT IN ({_GONE}) ON CONFLICT")}"""  # noqa: S608

_RISEN = f"""
    INSERT INTO notice ({COLUMNS})
    WITH {SEATS}
    SELECT n.campaign_id, n.subject_kind, n.subject_id, '{RISEN}' || substr(n.rule, :skip),
           s.post_level, n.occurrence, s.post_id, :today, :now,
           CASE WHEN s.post_level = 5 THEN :soon ELSE :hold END, 'waiting', '', '',
           NULLIF(n.level + 1, s.post_level), s.post_level = 5
    {_UNANSWERED}"""  # noqa: S608


def write_unanswered(
    session: Session, campaign_id: int, ladder: Ladder, calendar: WorkCalendar, *, moment: Moment
) -> int:
    """Repeat what was not acknowledged in time, and raise what was repeated in vain.

    Return how many notices are new. Three statements at any size; each repeats and rises once.
    """
    if not ladder.asking:
        return 0
    late = calendar.late_since(moment.today, ladder.acknowledge_within)
    values = {
        "campaign": campaign_id,
        "today": moment.today,
        "now": moment.now,
        "hold": moment.hold_until,
        "soon": min(moment.now, moment.hold_until),
        "late": late,
        "oldest": late - NOT_LONGER_THAN,
    }
    asked = list(ladder.asking)
    risen = [RISEN + rule for rule in asked]
    again = _write(session, _AGAIN, values, asked + risen, "", "n.post_id", "l.id > n.id")
    up = "JOIN seat s ON s.unit_id = coalesce(m.unit_id, a.unit_id, 0) AND s.level = n.level + 1"
    known = "l.occurrence = n.occurrence AND l.created_at >= n.created_at"
    for prefix in (AGAIN, AGAIN + RISEN):
        rules = [prefix + rule for rule in asked]
        again += _write(
            session,
            _RISEN,
            values | {"skip": len(prefix) + 1},
            rules,
            up,
            "s.post_id",
            known,
        )
    return again


def _write(
    session: Session,
    sql: str,
    values: dict[str, object],
    rules: list[str],
    join: str,
    heard_by: str,
    newer: str,
) -> int:
    names = {f"rule{i}": rule for i, rule in enumerate(rules)}
    filled = sql.format(
        rules=", ".join(f":{name}" for name in names),
        join=join,
        heard_by=heard_by,
        newer=newer,
    )
    return run(session, filled, {**values, **names}).rowcount
