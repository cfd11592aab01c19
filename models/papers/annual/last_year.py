"""Last year's figures as the last version of last year's report said them."""

import json
from collections.abc import Mapping

from sqlmodel import Session, col, or_, select

from models.campaign.campaign import Campaign
from models.papers.annual.goals import HEAD
from models.papers.paper import Paper
from models.papers.quoted import CountedRows
from models.rules.annual.figures import YEAR_FIGURES
from models.rules.figures.words import PaperKind
from models.rules.words import CampaignState


def figures_last_said(session: Session, campaign: Campaign, year: int) -> Mapping[str, CountedRows]:
    """Return by key the figures of the newest report of ``year``, of this campaign or another of its issuer.

    Of a demonstration only another demonstration's; of one whose plan names no issuer its own alone.
    What was printed then stands, whatever the tables say by now; the row of each is the version that says it.
    """
    query = (
        select(Paper.facts, Paper.title, Paper.version)
        .join(Campaign, col(Campaign.id) == col(Paper.campaign_id))
        .where(
            Paper.kind == PaperKind.ANNUAL,
            Paper.subject == str(year),
            Campaign.issuer == campaign.issuer,
            Campaign.is_demo == campaign.is_demo,
            Campaign.state != CampaignState.REMOVED,
            or_(Campaign.issuer != "", Campaign.id == campaign.id),
        )
        .order_by(col(Paper.id).desc())
        .limit(1)
    )
    facts, title, version = session.exec(query).first() or ("", "", 0)
    said = json.loads(facts)["figures"] if facts else []
    measures = {one.key: one for one in YEAR_FIGURES}
    found = {}
    for key, text, _ in said:
        kind, _, rest = key.partition("/")
        name, _, of = rest.partition("/")
        if kind == "annual" and of == str(year):
            if name not in measures:
                continue
            called = f"{year}年{measures[name].name}"
            row = (
                f"第 {version} 版",
                f"《{title}》所写：{text} {measures[name].measure}",
                "—",
                "—",
            )
            note = f"{called}，{year}年度报告最后一版（第 {version} 版）所写。"
            found[name] = CountedRows(key, text, note, called, HEAD, (row,))
    return found
