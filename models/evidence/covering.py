"""Which parts of units have evidence, and which still need some."""

from datetime import date

from sqlmodel import Session

from models.database import run

# A part needs evidence unless it is 不适用, or every demand of its item says that nothing is to be shown. It
# has some when a piece that was handed in or accepted proves the part itself, or a demand of its item and
# comes from that unit or from the office, which provides for all; one whose time has run out proves nothing.
# Whose it is is asked so that no index answers: SQLite began with all that the office of any campaign provided.
_UNPROVED = """
    SELECT '' AS name, 0 AS missing, 0 AS place
    WHERE EXISTS (SELECT 1 FROM evidence WHERE campaign_id = :campaign)
    UNION ALL
    SELECT u.name, a.missing, u.id FROM (
        SELECT a.unit_id, count(*) AS missing FROM assignment a
        WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state <> 'dropped'
          AND EXISTS (SELECT 1 FROM evidence WHERE campaign_id = :campaign)
          AND NOT (
              EXISTS (SELECT 1 FROM demand d WHERE NOT d.withdrawn
                  AND (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id))
              AND NOT EXISTS (SELECT 1 FROM demand d WHERE NOT d.withdrawn AND d.needs_evidence
                  AND (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id)))
          AND a.id NOT IN (
              SELECT x.assignment_id FROM evidence_use x
              JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
                AND (e.expires_on IS NULL OR e.expires_on >= :today)
              JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
              WHERE x.assignment_id IS NOT NULL AND NOT x.withdrawn
                AND e.campaign_id = :campaign AND r.state IN ('submitted', 'accepted'))
          AND NOT EXISTS (
              SELECT 1 FROM demand d
              JOIN evidence_use x ON x.demand_id = d.id AND NOT x.withdrawn
              JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
                AND (e.expires_on IS NULL OR e.expires_on >= :today)
              JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
              WHERE (d.indicator_id = a.indicator_id OR d.work_item_id = a.work_item_id)
                AND coalesce(e.provider_id, a.unit_id) = a.unit_id
                AND r.state IN ('submitted', 'accepted'))
        GROUP BY a.unit_id) AS a
    JOIN unit u ON u.id = a.unit_id ORDER BY place"""


def unproved_parts(
    session: Session, campaign_id: int, today: date = date.min
) -> dict[str, int] | None:
    """Return how many parts of each unit still need evidence, without units that need none.

    None before the first piece of the campaign came in: an office that collects its evidence elsewhere is
    not told that all of it is missing. One statement.
    """
    found = {
        name: missing
        for name, missing, _ in run(session, _UNPROVED, {"campaign": campaign_id, "today": today})
    }
    return {name: missing for name, missing in found.items() if name} if found else None
