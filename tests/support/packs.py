"""Campaigns made of the packs that come with the program."""

from models.rules.calendar.moment import Moment
from tasks.plans.loading import find_plan, load_plan, read_plan


def load_pack(moment: Moment, slug: str = "second") -> str:
    """Load the campaign of the pack jinchang-2025 under the name ``slug``, which is returned."""
    load_plan(read_plan(find_plan("jinchang-2025")), slug=slug, start=None, moment=moment)
    return slug
