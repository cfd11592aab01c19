"""What proves what: the SQL that finds, for each part of a unit, the pieces that stand behind it."""

# ``needing``: the parts for which something has to be shown, as `models.evidence.covering` says.
# ``proof``: which pieces prove a part, by themselves or through a demand of its item; of another unit's
# pieces only those that name the part, of the office's those for all. ``proven``: each part with what it has.
# What has run out by :today is 'expired' and stands no longer. ``reopened`` was reported as done and its
# evidence fell. Nothing is looked at before the first piece of the campaign came in. ``used`` and ``demanded``
# are laid down one after the other: PostgreSQL would begin with the demands of all campaigns and their parts.
PROOF = """
    piece (id, campaign_id, provider_id, state) AS MATERIALIZED (
        SELECT e.id, e.campaign_id, e.provider_id, CASE WHEN r.state IN ('submitted', 'accepted')
            AND e.expires_on < :today THEN 'expired' ELSE r.state END FROM evidence e
        JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
        WHERE e.campaign_id IN :these AND NOT e.withdrawn),
    shown (indicator_id, work_item_id, wanted) AS MATERIALIZED (
        SELECT indicator_id, work_item_id, sum(CASE WHEN needs_evidence THEN 1 ELSE 0 END)
        FROM demand WHERE campaign_id IN :these AND NOT withdrawn
          AND campaign_id IN (SELECT campaign_id FROM piece)
        GROUP BY indicator_id, work_item_id),
    needing (id, campaign_id, unit_id, state, reopened) AS MATERIALIZED (
        SELECT a.id, a.campaign_id, a.unit_id, a.state,
               CASE WHEN a.state = 'started' AND a.done_on IS NOT NULL THEN 1 ELSE 0 END
        FROM assignment a
        WHERE a.campaign_id IN :these AND NOT a.withdrawn AND a.state <> 'dropped'
          AND a.campaign_id IN (SELECT campaign_id FROM piece)
          AND coalesce(a.indicator_id, 0) NOT IN
              (SELECT indicator_id FROM shown WHERE wanted = 0 AND indicator_id IS NOT NULL)
          AND coalesce(a.work_item_id, 0) NOT IN
              (SELECT work_item_id FROM shown WHERE wanted = 0 AND work_item_id IS NOT NULL)),
    used AS MATERIALIZED (
        SELECT x.assignment_id, x.demand_id, p.id AS piece, p.campaign_id, p.provider_id, p.state
        FROM piece p JOIN evidence_use x ON x.evidence_id = p.id AND NOT x.withdrawn),
    demanded AS MATERIALIZED (
        SELECT x.piece, x.campaign_id, x.provider_id, x.state, d.indicator_id, d.work_item_id
        FROM used x JOIN demand d ON d.id = x.demand_id AND d.campaign_id IN :these),
    proof (part, piece, state) AS MATERIALIZED (
        SELECT assignment_id, piece, state FROM used WHERE assignment_id IS NOT NULL
        UNION
        SELECT a.id, d.piece, d.state FROM demanded d
        JOIN assignment a ON a.campaign_id = d.campaign_id AND a.indicator_id = d.indicator_id
        WHERE d.provider_id IS NULL OR d.provider_id = a.unit_id
        UNION
        SELECT a.id, d.piece, d.state FROM demanded d
        JOIN assignment a ON a.campaign_id = d.campaign_id AND a.work_item_id = d.work_item_id
        WHERE d.provider_id IS NULL OR d.provider_id = a.unit_id),
    proven (part, stands, sent_back) AS MATERIALIZED (
        SELECT part, max(CASE WHEN state IN ('submitted', 'accepted') THEN 1 ELSE 0 END),
               max(CASE WHEN state = 'returned' THEN 1 ELSE 0 END)
        FROM proof GROUP BY part)"""
