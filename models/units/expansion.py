"""Expand group references into assignments, through the members an operator listed."""

from sqlmodel import Session

from models.campaign.campaign import stages_of
from models.database import run
from models.plan.breakdown import Span, indicator_days
from models.rules.lights import begin_by

# A unit that already has a part in an item gets no second one through a group.
_ADD = """
    INSERT INTO assignment (campaign_id, work_item_id, indicator_id, unit_id, group_id, role,
                            begin_by, due, original_due, state, by_post, note, withdrawn)
    SELECT r.campaign_id, r.work_item_id, r.indicator_id, m.unit_id, min(r.group_id), min(r.role),
           max(d.begin_by), max(d.due), max(d.original_due), 'open', '', '', false
    FROM group_reference r
    JOIN unit_group_member m ON m.group_id = r.group_id
    JOIN unit u ON u.id = m.unit_id AND NOT u.retired
    LEFT JOIN milestone d ON d.work_item_id = r.work_item_id AND d.kind = 'work_item'
    WHERE r.campaign_id = :campaign
      AND NOT EXISTS (SELECT 1 FROM assignment a WHERE a.unit_id = m.unit_id
                      AND (a.work_item_id = r.work_item_id OR a.indicator_id = r.indicator_id))
    GROUP BY r.campaign_id, r.work_item_id, r.indicator_id, m.unit_id
"""

# Untouched work of a unit that is no longer listed is withdrawn; begun work stays on its record.
_WITHDRAW = """
    UPDATE assignment SET withdrawn = NOT EXISTS (
        SELECT 1 FROM group_reference r JOIN unit_group_member m ON m.group_id = r.group_id
        WHERE m.unit_id = assignment.unit_id
          AND (r.work_item_id = assignment.work_item_id OR r.indicator_id = assignment.indicator_id))
    WHERE campaign_id = :campaign AND group_id IS NOT NULL AND state = 'open'
"""

# Members follow the days of the work item that named their group.
_MOVE = """
    UPDATE assignment SET due = d.due, begin_by = d.begin_by, original_due = d.original_due
    FROM milestone d
    WHERE d.work_item_id = assignment.work_item_id AND d.kind = 'work_item'
      AND assignment.campaign_id = :campaign AND assignment.group_id IS NOT NULL
      AND (d.due IS DISTINCT FROM assignment.due OR d.begin_by IS DISTINCT FROM assignment.begin_by)
"""


# Indicators have no milestone; they are due when the implementation ends.
_INDICATOR_DAYS = """
    UPDATE assignment SET due = :due, begin_by = :begin_by, original_due = :original_due
    WHERE campaign_id = :campaign AND indicator_id IS NOT NULL
      AND (due IS DISTINCT FROM :due OR begin_by IS DISTINCT FROM :begin_by
           OR original_due IS DISTINCT FROM :original_due)
"""


def expand_groups(session: Session, campaign_id: int) -> int:
    """Give every member of a referenced group its assignment; return how many were added.

    Repeatable; what a unit has begun or done is never withdrawn. The days of indicators follow the
    stages as they now stand.
    """
    values: dict[str, object] = {"campaign": campaign_id}
    run(session, _WITHDRAW, values)
    run(session, _MOVE, values)
    added = run(session, _ADD, values).rowcount
    stages = stages_of(session, campaign_id)
    begin, due = indicator_days(Span(s.kind, s.planned_start, s.planned_end) for s in stages)
    _, original = indicator_days(Span(s.kind, s.original_start, s.original_end) for s in stages)
    days = {"due": due, "begin_by": begin_by(begin, due), "original_due": original}
    if due:
        run(session, _INDICATOR_DAYS, values | days)
    return added
