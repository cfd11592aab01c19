"""Whose a message is: the post that holds its tag, in each campaign that its links may lead to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign
from models.database import found_as, list_of
from models.decisions.decision import Decision

# The post that the message was written to before others of the same tag, then the furthest up the ladder.
_POSTS = """
    SELECT g.id AS message_id, g.campaign_id AS of_campaign, p.campaign_id, p.id AS post_id
    FROM message g
    JOIN post p ON p.tag = g.tag AND NOT p.vacant
    JOIN campaign c ON c.id = p.campaign_id AND NOT c.is_demo AND c.state <> 'removed'
    LEFT JOIN unit u ON u.id = p.unit_id
    WHERE g.id IN :messages AND NOT coalesce(u.retired, false)
    ORDER BY (EXISTS (SELECT 1 FROM notice n WHERE n.message_id = g.id AND n.post_id = p.id)
           OR EXISTS (SELECT 1 FROM decision_code d WHERE d.message_id = g.id AND d.holder_id = p.id)),
        p.level, p.id DESC"""
