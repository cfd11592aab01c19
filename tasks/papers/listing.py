"""The papers of a campaign and their versions."""

from collections.abc import Sequence

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.papers.versions import Version, versions_of


def paper_list(slug: str | None) -> tuple[str, Sequence[Version]]:
    """Return what the campaign is called and every version of its papers."""
    with looking_at(slug) as (session, campaign):
        return campaign.label, versions_of(session, key_of(campaign))
