"""What has a page of its own kind in the window: findings, complaints and visits; all else is an item's page."""

from collections.abc import Mapping
from urllib.parse import quote

from models.rules.words import MilestoneKind

# The part of the address behind the campaign's, before the code.
OWN_PAGES: Mapping[str, str] = {
    MilestoneKind.FINDING: "f",
    MilestoneKind.COMPLAINT: "f",
    MilestoneKind.VISIT: "visits",
}


def own_page(kind: str, code: str) -> str:
    """Return the path behind the campaign's of what a milestone of ``kind`` is about: f/F1; empty for an item's page."""
    there = OWN_PAGES.get(kind)
    return f"{there}/{quote(code, safe='')}" if there else ""
