"""What of the findings waits for the office: to be handed out, decided, verified, closed, looked at again, confirmed."""

# Each with how many there are; the keys are those of `findings_wait` in the words of rules.
WAITING = """
    SELECT campaign_id, state AS what, count(*) AS items FROM finding
    WHERE campaign_id IN :these AND state IN ('raised', 'declined', 'rectified')
    GROUP BY campaign_id, state
    UNION ALL SELECT f.campaign_id, 'watched', count(*) FROM finding f
    JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    WHERE f.campaign_id IN :these AND f.state = 'watched' AND c.watch_until < :today
    GROUP BY f.campaign_id
    UNION ALL SELECT f.campaign_id, 'closed', count(*) FROM finding f
    JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    WHERE f.campaign_id IN :these AND f.kind = 'problem' AND f.state = 'closed'
      AND c.looked_on IS NULL AND c.closed_on <= :look_back
    GROUP BY f.campaign_id
    UNION ALL SELECT campaign_id, 'returned', count(*) FROM dispatch
    WHERE campaign_id IN :these AND state = 'returned' GROUP BY campaign_id"""
