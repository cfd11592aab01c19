"""What a run is called in the window's lists: its flow, what it is about, and the campaign."""

from collections.abc import Callable, Mapping
from typing import Any

from prefect import runtime

from models.errors import CampaignError
from tasks.campaign.naming import campaign_in_words


def run_name(flow: str, form: str = "", *facts: str) -> Callable[[], str]:
    """Return a function that names a run after ``facts`` of its ``form`` and the campaign it is for.

    Without ``form`` the campaign is a parameter of its own, and a run for all campaigns names none.
    """

    def named() -> str:
        given = runtime.flow_run.parameters
        filled = given.get(form, {}) if form else given
        words = [flow, *(_field(filled, fact) for fact in facts)]
        campaign = _field(filled, "campaign")
        called = _called(campaign) if campaign or form else ""
        return " ".join(filter(None, words)) + (f"（{called}）" if called else "")

    return named


def _field(form: Any, name: str) -> str:
    """Return a field of a form, which is a mapping where the server made the run."""
    found = form.get(name) if isinstance(form, Mapping) else getattr(form, name, "")
    return str(found or "")


def _called(campaign: str) -> str:
    """Return what the campaign is called; as it was typed, or nothing, where it is not known."""
    try:
        return campaign_in_words(campaign or None)
    except CampaignError:
        return campaign
