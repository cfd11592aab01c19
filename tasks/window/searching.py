"""Search by name: units and items that hold what was typed."""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import normalize

from models.campaign.campaign import looking_at
from models.campaign.searching import (
    ItemFound,
    UnitFound,
    findings_holding,
    items_holding,
    units_holding,
)
from models.keys import key_of
from models.rules.bounds import LONGEST_NAME, UNSEEN

MOST = 60  # of each kind on a page
WORDS = 5  # of what was typed; more make nothing clearer


@dataclass(frozen=True, slots=True)
class SearchShown:
    """What was looked for and found; ``more`` says that there is more than the page holds."""

    slug: str
    address: str
    campaign: str
    is_demo: bool
    typed: str
    units: Sequence[UnitFound]
    items: Sequence[ItemFound]
    findings: Sequence[ItemFound]
    more: bool

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was found."""
        return not self.units and not self.items and not self.findings


def searched(slug: str, typed: str, own: int | None = None) -> SearchShown:
    """Return the units, items and findings whose name, title or code holds every word of ``typed``; reads only.

    ``own`` leaves only that unit and what it has a part in. Nothing typed finds nothing.
    """
    plain = " ".join(normalize("NFKC", UNSEEN.sub("", typed)).split())[:LONGEST_NAME]
    words = plain.split()[:WORDS]
    with looking_at(slug) as (session, campaign):
        campaign_id, most = key_of(campaign), MOST + 1
        units = units_holding(session, campaign_id, words, most, own) if words else []
        items = items_holding(session, campaign_id, words, most, own) if words else []
        found = findings_holding(session, campaign_id, words, most, own) if words else []
        return SearchShown(
            campaign.slug,
            campaign.address,
            campaign.label,
            campaign.is_demo,
            plain,
            units[:MOST],
            items[:MOST],
            found[:MOST],
            more=max(len(units), len(items), len(found)) > MOST,
        )
