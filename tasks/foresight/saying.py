"""What the last forecast of a campaign says to whoever asks: a sentence, and the record beside it."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from models.campaign.campaign import campaigns_named, looking_at
from models.database import open_session
from models.foresight.record import forecast_record
from models.foresight.shown import SHOWN_DAYS
from models.foresight.spoken import Spoken, spoken_forecasts
from models.keys import key_of

NO_FORECAST = "还没有预计"


def spoken_of(slugs: Sequence[str], today: date) -> Mapping[str, Spoken]:
    """Return what is foreseen of the month of each campaign, by its name; two statements for all of them."""
    if not slugs:
        return {}
    with open_session(read_only=True) as session:
        found = {key_of(one): one.slug for one in campaigns_named(session, slugs)}
        since = today - timedelta(days=SHOWN_DAYS)
        spoken = spoken_forecasts(session, list(found), since, today)
    return {found[one]: said for one, said in spoken.items()}


def said_of(slug: str, today: date) -> str:
    """Return the sentence of a campaign's last forecast."""
    found = spoken_of([slug], today)
    return found[slug].sentence if slug in found else NO_FORECAST


def record_of(slug: str | None, today: date) -> str:
    """Return what came of the forecasts of a campaign, in words; empty while nothing of it has come due."""
    with looking_at(slug) as (session, campaign):
        return forecast_record(session, key_of(campaign), today).words


def spoken_json(spoken: Spoken | None) -> Mapping[str, Any] | None:
    """Return what a status prints of a forecast with ``--json``; None where there is none."""
    if spoken is None:
        return None
    return {
        "day": spoken.day.isoformat(),
        "enough": spoken.enough,
        "known": spoken.known,
        "likely_this_month": spoken.likely if spoken.enough else None,
        "sentence": spoken.sentence,
    }
