"""Whether counties and departments have a plan of their own under a campaign, and which have not; one statement."""

from sqlmodel import Session

from models.database import run
from models.rules.gates.values import BelowReady
from models.rules.words import RunKind

# A plan of a unit's own is loaded under this one, or known by the name of what it handed in. Beside the campaigns
# below come the counties (members of such a class of units), then the departments that have a part in the work.
_BELOW = f"""
    SELECT 'child' AS what, c.title AS name, count(s.id) AS launching,
           c.parent_unit_id IS NULL AND c.run_kind = '{RunKind.CAMPAIGN.value}' AS unplaced, c.id AS place
    FROM campaign c
    LEFT JOIN stage s ON s.campaign_id = c.id AND s.kind = 'launch'
         AND s.status NOT IN ('closed', 'withdrawn')
    WHERE c.parent_id = :campaign AND c.state <> 'removed'
    GROUP BY c.id, c.title, c.parent_unit_id, c.run_kind
    UNION ALL
    SELECT CASE WHEN k.id IS NULL THEN 'department' ELSE 'county' END, u.name, 0, false, u.id
    FROM unit u
    LEFT JOIN (
        SELECT DISTINCT m.unit_id AS id FROM unit_group g JOIN unit_group_member m ON m.group_id = g.id
        WHERE g.campaign_id = :campaign AND g.name NOT LIKE '%党委%'
          AND (g.name LIKE '%县区%' OR g.name LIKE '%区县%' OR g.name LIKE '%旗县%'
               OR g.name LIKE '各县%' OR g.name LIKE '县（%' OR g.name LIKE '%县市区%')) AS k ON k.id = u.id
    WHERE :demanded AND u.campaign_id = :campaign AND NOT u.retired
      AND (k.id IS NOT NULL OR EXISTS (
          SELECT 1 FROM assignment a WHERE a.unit_id = u.id AND NOT a.withdrawn))
      AND NOT EXISTS (SELECT 1 FROM campaign c WHERE c.parent_id = :campaign
          AND c.state <> 'removed' AND c.parent_unit_id = u.id)
      AND (k.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM evidence e
          WHERE e.provider_id = u.id AND NOT e.withdrawn AND e.title LIKE '%方案%'))
    ORDER BY 5"""  # noqa: S608


def below_ready(session: Session, campaign_id: int, *, demanded: bool) -> BelowReady:
    """Return what the counties and departments of a campaign have ready."""
    rows = run(session, _BELOW, {"campaign": campaign_id, "demanded": demanded}).all()
    children = [row for row in rows if row.what == "child"]
    without = {
        what: [row.name for row in rows if row.what == what] for what in ("county", "department")
    }
    return BelowReady(
        len(children),
        [row.name for row in children if row.launching],
        [row.name for row in children if demanded and row.unplaced],
        without["county"],
        without["department"],
    )
