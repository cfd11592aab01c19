"""Last year's figures as the last version of last year's report said them."""

import json
from collections.abc import Mapping

from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign
from models.papers.paper import Paper
from models.papers.quoted import Quoted
from models.rules.figures.words import PaperKind


def figures_last_said(session: Session, campaign: Campaign, year: int) -> Mapping[str, Quoted]:
    """Return by key the figures of the newest report of ``year``, of this campaign or another of its issuer."""
    query = (
        select(Paper.facts)
        .join(Campaign, col(Campaign.id) == col(Paper.campaign_id))
        .where(
            Paper.kind == PaperKind.ANNUAL,
            Paper.subject == str(year),
            Campaign.issuer == campaign.issuer,
        )
        .order_by(col(Paper.id).desc())
        .limit(1)
    )
    facts = session.exec(query).first()
    said = json.loads(facts)["figures"] if facts else []
    found = {}
    for key, text, _ in said:
        kind, _, rest = key.partition("/")
        name, _, of = rest.partition("/")
        if kind == "annual" and of == str(year):
            found[name] = Quoted(key, text, f"{year}年度报告最后一版所写。")
    return found
