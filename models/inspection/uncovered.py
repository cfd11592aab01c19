"""Which units a round leaves out, and whether there are as many rounds as there must be: SQL for the patrol."""

from models.rules.notices.rule_words import VISITS_MISSING

# A row for each unit that a round under way (or planned already) does not visit, ``items`` its number; and one,
# ``flag`` true, where all rounds are over and there must be more: ``items`` how many, ``name`` how many there are.
UNCOVERED = f"""
    SELECT '{VISITS_MISSING}', u.id, p.id, u.name, '', '', NULL, false, r.number
    FROM inspection_round r JOIN unit u ON u.campaign_id = r.campaign_id AND NOT u.retired
    LEFT JOIN unit_area a ON a.unit_id = u.id JOIN {{office}}
    WHERE r.campaign_id = :campaign AND coalesce(a.left_out, '') = ''
      AND (r.first <= :today OR EXISTS (
          SELECT 1 FROM visit x WHERE x.round_id = r.id AND x.state <> 'withdrawn'))
      AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.round_id = r.id AND v.unit_id = u.id
          AND v.state <> 'withdrawn')
    UNION ALL
    SELECT '{VISITS_MISSING}', s.id, p.id, CAST(n.there AS VARCHAR(9)), '', '', NULL, true, s.rounds
    FROM inspection_setting s
    JOIN (SELECT campaign_id, count(*) AS there, max(last) AS last FROM inspection_round
          WHERE campaign_id = :campaign GROUP BY campaign_id) AS n ON n.campaign_id = s.campaign_id
    JOIN {{office}}
    WHERE s.campaign_id = :campaign AND n.there < s.rounds AND n.last < :today"""  # noqa: S608
