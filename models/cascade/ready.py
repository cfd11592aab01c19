"""Whether counties and departments have a plan of their own under a campaign, and which have not."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from models.database import run
from models.rules.gates.values import BelowReady
from models.rules.words import RunKind

_CHILDREN = f"""
    SELECT c.parent_id, c.title, count(s.id) AS launching,
           c.parent_unit_id IS NULL AND c.run_kind = '{RunKind.CAMPAIGN.value}' AS unplaced
    FROM campaign c
    LEFT JOIN stage s ON s.campaign_id = c.id AND s.kind = 'launch'
         AND s.status NOT IN ('closed', 'withdrawn')
    WHERE c.parent_id IN :these AND c.state <> 'removed'
    GROUP BY c.id, c.parent_id, c.title, c.parent_unit_id, c.run_kind ORDER BY c.id"""  # noqa: S608

# A plan of a unit's own is loaded under this one, or known by the name of what it handed in. The counties are
# members of such a class of units; departments are those that have a part in the work.
_WITHOUT = """
    SELECT u.campaign_id, u.name, k.id IS NOT NULL AS county
    FROM unit u
    LEFT JOIN (
        SELECT DISTINCT m.unit_id AS id FROM unit_group g JOIN unit_group_member m ON m.group_id = g.id
        WHERE g.campaign_id IN :these AND g.name NOT LIKE '%党委%'
          AND (g.name LIKE '%县区%' OR g.name LIKE '%区县%' OR g.name LIKE '%旗县%'
               OR g.name LIKE '各县%' OR g.name LIKE '县（%' OR g.name LIKE '%县市区%')) AS k ON k.id = u.id
    WHERE u.campaign_id IN :these AND NOT u.retired
      AND (k.id IS NOT NULL OR u.id IN (
          SELECT unit_id FROM assignment WHERE campaign_id IN :these AND NOT withdrawn))
      AND NOT EXISTS (SELECT 1 FROM campaign c WHERE c.parent_id = u.campaign_id
          AND c.state <> 'removed' AND c.parent_unit_id = u.id)
      AND (k.id IS NOT NULL OR NOT EXISTS (SELECT 1 FROM evidence e
          WHERE e.provider_id = u.id AND NOT e.withdrawn AND e.title LIKE '%方案%'))
    ORDER BY u.id"""


@dataclass(slots=True)
class _Below:
    """What is read of one campaign, name by name."""

    children: list[str] = field(default_factory=list)
    not_ready: list[str] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    counties: list[str] = field(default_factory=list)
    departments: list[str] = field(default_factory=list)


def all_below_ready(
    session: Session, campaign_ids: Sequence[int], demanding: Collection[int]
) -> dict[int, BelowReady]:
    """Return what the counties and departments of each campaign have ready; at most two statements.

    Who lacks a plan is asked of those campaigns that are ``demanding`` one of each.
    """
    found = {one: _Below() for one in campaign_ids}
    for row in run(session, _CHILDREN, {"these": tuple(campaign_ids)}):
        below = found[row.parent_id]
        below.children.append(row.title)
        below.not_ready += [row.title] if row.launching else []
        below.unplaced += [row.title] if row.unplaced and row.parent_id in demanding else []
    for row in run(session, _WITHOUT, {"these": tuple(demanding)}) if demanding else ():
        below = found[row.campaign_id]
        (below.counties if row.county else below.departments).append(row.name)
    return {
        one: BelowReady(
            len(below.children),
            below.not_ready,
            below.unplaced,
            below.counties,
            below.departments,
        )
        for one, below in found.items()
    }
