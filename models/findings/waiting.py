"""What of the findings waits for the office: to be handed out, decided, verified, closed, looked at again, confirmed."""

# Each with how many there are; the keys are those of `findings_wait` in the words of rules.
WAITING = """
    SELECT 'raised' AS what, count(*) AS items FROM finding
    WHERE campaign_id = :campaign AND state = 'raised'
    UNION ALL SELECT 'declined', count(*) FROM finding
    WHERE campaign_id = :campaign AND state = 'declined'
    UNION ALL SELECT 'rectified', count(*) FROM finding
    WHERE campaign_id = :campaign AND state = 'rectified'
    UNION ALL SELECT 'watched', count(*) FROM finding f
    JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    WHERE f.campaign_id = :campaign AND f.state = 'watched' AND c.watch_until < :today
    UNION ALL SELECT 'closed', count(*) FROM finding f
    JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
    WHERE f.campaign_id = :campaign AND f.kind = 'problem' AND f.state = 'closed'
      AND c.looked_on IS NULL AND c.closed_on <= :look_back
    UNION ALL SELECT 'returned', count(*) FROM dispatch
    WHERE campaign_id = :campaign AND state = 'returned'"""
