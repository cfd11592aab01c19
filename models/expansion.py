"""Expand group references into assignments, through the members an operator listed."""

from sqlmodel import Session

from models.database import run

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


def expand_groups(session: Session, campaign_id: int) -> int:
    """Give every member of a referenced group its assignment; return how many were added.

    Repeatable; what a unit has begun or done is never withdrawn.
    """
    values = {"campaign": campaign_id}
    run(session, _WITHDRAW, values)
    run(session, _MOVE, values)
    return run(session, _ADD, values).rowcount
