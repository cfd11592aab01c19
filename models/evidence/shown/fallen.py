"""Why something that was reported as done is due again: the words a notice of it has, as SQL."""

from models.evidence.shown.telling import LONGEST_REASON, NAMED_PIECE, inside_sql

# The first of the pieces that fell, of those that prove the part; `own` finds those that name it.
_FALLEN = f"""(
    SELECT min({NAMED_PIECE} || CASE WHEN r.state = 'returned'
               THEN '退回了：' || {inside_sql("r.reason", LONGEST_REASON)}
               ELSE '有效期到 ' || CAST(e.expires_on AS VARCHAR(10)) || '，已过期' END)
    FROM evidence_use x
    JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    LEFT JOIN demand d ON d.id = x.demand_id AND NOT d.withdrawn
    WHERE e.campaign_id = item.campaign_id AND NOT x.withdrawn
      AND (r.state = 'returned' OR (r.state <> 'draft' AND e.expires_on < :today))
      AND ({{own}} OR (({{demanded}})
           AND (e.provider_id IS NULL OR e.provider_id = item.unit_id))))"""  # noqa: S608

# Of what is open and has a day on which it was reported as done; empty for everything else.
_WORDS = """CASE WHEN item.done_on IS NULL THEN ''
    ELSE CAST(item.done_on AS VARCHAR(10)) || ' 报过完成，' || coalesce({fallen} || '。', '')
         || '请补正后再报' END"""
REOPENED = {
    "assignment": _WORDS.format(
        fallen=_FALLEN.format(
            own="x.assignment_id = item.id",
            demanded="d.indicator_id = item.indicator_id OR d.work_item_id = item.work_item_id",
        )
    ),
    "milestone": _WORDS.format(
        fallen=_FALLEN.format(
            own="x.assignment_id IN (SELECT o.id FROM assignment o WHERE NOT o.withdrawn"
            " AND o.work_item_id = item.work_item_id AND o.unit_id = item.unit_id)",
            demanded="d.work_item_id = item.work_item_id",
        )
    ),
}
