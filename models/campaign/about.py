"""What a row speaks of: from ``subject_kind`` and ``subject_id`` of a row `n` to the item's own words.

SQL to join and to read from, the same for every question: a milestone, an assignment, a stage or a
unit. ``ITEM`` finds the two that have a state; ``ABOUT`` names whatever it is.
"""

ITEM = """
    LEFT JOIN milestone m ON n.subject_kind = 'milestone' AND m.id = n.subject_id
    LEFT JOIN assignment a ON n.subject_kind = 'assignment' AND a.id = n.subject_id"""
DUE = "coalesce(m.due, a.due)"
STATE = "coalesce(m.state, a.state, '')"
UNIT_ID = "coalesce(m.unit_id, a.unit_id)"
WORK_ITEM_ID = "coalesce(m.work_item_id, a.work_item_id)"

# The code of an assignment: its work item's or its indicator's.
ASSIGNED_CODE = "coalesce('W' || w.ordinal, i.code)"

ABOUT = f"""{ITEM}
    LEFT JOIN work_item w ON w.id = {WORK_ITEM_ID}
    LEFT JOIN indicator i ON i.id = a.indicator_id
    LEFT JOIN stage s ON n.subject_kind = 'stage' AND s.id = n.subject_id
    LEFT JOIN unit u ON u.id = coalesce(
        {UNIT_ID}, CASE WHEN n.subject_kind = 'unit' THEN n.subject_id END)"""
CODE = f"coalesce(m.code, {ASSIGNED_CODE}, 'S' || s.ordinal, '')"
TITLE = "coalesce(m.title, w.title, i.title, s.name, '')"
UNIT = "coalesce(u.name, '')"
