"""What of the plan of visits does not hold, a branch for each `Gap`: SQL for the patrol.

Every unit that is there, and not left out for a reason, is visited once in each round, and in all of them
as often as there must be rounds; nobody visits his own unit.
"""

from models.rules.notices.rule_words import VISITS_MISSING
from models.rules.visits.gaps import Gap
from models.rules.words import StageKind

# A unit that was succeeded is the other's from then on, whether or not it is retired.
IS_THERE = "NOT u.retired AND u.successor_id IS NULL"
# What a team may not visit: what it is made of and keeps away from, and who took these over.
OF_ITS_TEAM = """EXISTS (SELECT 1 FROM inspection_team_unit b LEFT JOIN unit k ON k.id = b.unit_id
    WHERE b.team_id = v.team_id AND v.unit_id IN (b.unit_id, k.successor_id))"""
_ROUNDS = "SELECT count(*) FROM inspection_round r WHERE r.campaign_id = s.campaign_id"
_NOT_VISITED = """NOT EXISTS (SELECT 1 FROM visit v
    WHERE v.round_id = r.id AND v.unit_id = u.id AND v.state <> 'withdrawn')"""
_UNITS = f"""
    JOIN unit u ON u.campaign_id = s.campaign_id AND {IS_THERE}
    LEFT JOIN unit_area a ON a.unit_id = u.id"""


def _gaps(kind: Gap, found: tuple[str, str, str], where: str) -> str:
    """Return a branch for the ten columns of `Found`: its id, its name and its number as they are ``found``."""
    id_, name, number = found
    return f"""
    SELECT '{VISITS_MISSING}', {id_}, p.id, {name}, '{kind}', CAST(s.rounds AS VARCHAR(9)), NULL,
           false, CAST({number} AS INTEGER), s.campaign_id
    FROM inspection_setting s JOIN {{office}} {where}"""  # noqa: S608


# A unit that a round under way, or planned already, does not visit.
_UNPLANNED = f"""JOIN inspection_round r ON r.campaign_id = s.campaign_id {_UNITS}
    WHERE s.campaign_id IN :these AND coalesce(a.left_out, '') = '' AND r.last >= :today
      AND (r.first <= :today OR EXISTS (
          SELECT 1 FROM visit v WHERE v.round_id = r.id AND v.state <> 'withdrawn'))
      AND {_NOT_VISITED}"""  # noqa: S608

# A visit to come that cannot stay: its unit or its team is no more, or the team has people of the unit.
_STALE = f"""JOIN visit v ON v.campaign_id = s.campaign_id
    JOIN inspection_round r ON r.id = v.round_id JOIN unit u ON u.id = v.unit_id
    JOIN inspection_team t ON t.id = v.team_id
    WHERE s.campaign_id IN :these AND v.state = 'planned' AND v.day >= :today
      AND (NOT ({IS_THERE}) OR t.withdrawn OR {OF_ITS_TEAM})"""

# In how many rounds each unit is visited; what was made at a unit that it took over counts.
_VISITS = """(SELECT x.unit_id, count(*) AS visits FROM (
    SELECT v.unit_id, v.round_id FROM visit v
    WHERE v.campaign_id IN :these AND v.state <> 'withdrawn'
    UNION SELECT k.successor_id, v.round_id FROM visit v JOIN unit k ON k.id = v.unit_id
    WHERE v.campaign_id IN :these AND v.state <> 'withdrawn') AS x GROUP BY x.unit_id)"""
# A unit that comes to too few, in whatever rounds are still to be; asked when the first round is over.
_SHORT = f"""{_UNITS} LEFT JOIN {_VISITS} AS n ON n.unit_id = u.id
    WHERE s.campaign_id IN :these AND coalesce(a.left_out, '') = ''
      AND EXISTS ({_ROUNDS} AND r.last < :today) AND coalesce(n.visits, 0) < s.rounds
      AND coalesce(n.visits, 0) + ({_ROUNDS} AND r.last >= :today AND {_NOT_VISITED})
          + CASE WHEN s.rounds > ({_ROUNDS}) THEN s.rounds - ({_ROUNDS}) ELSE 0 END < s.rounds"""

# All rounds are over, and there must be more; or the plan asks for them, its work is a month old, and there
# is none. Their name is how many there are.
_TOO_FEW = f"""LEFT JOIN (SELECT campaign_id, count(*) AS there, max(last) AS last FROM inspection_round
          WHERE campaign_id IN :these GROUP BY campaign_id) AS n ON n.campaign_id = s.campaign_id
    WHERE s.campaign_id IN :these AND ((n.there < s.rounds AND n.last < :today) OR (
        n.there IS NULL AND s.source <> '' AND EXISTS (SELECT 1 FROM stage g
            WHERE g.campaign_id = s.campaign_id AND g.kind = '{StageKind.IMPLEMENTATION}'
              AND g.planned_start < :month_ago)))"""  # noqa: S608

UNCOVERED = "\n    UNION ALL".join(
    (
        _gaps(Gap.UNPLANNED, ("u.id", "u.name", "r.number"), _UNPLANNED),
        _gaps(Gap.STALE, ("v.id", "'V' || r.number || '.' || v.number", "r.number"), _STALE),
        _gaps(Gap.SHORT, ("u.id", "u.name", "coalesce(n.visits, 0)"), _SHORT),
        _gaps(
            Gap.ROUNDS, ("s.id", "CAST(coalesce(n.there, 0) AS VARCHAR(9))", "s.rounds"), _TOO_FEW
        ),
    )
)
