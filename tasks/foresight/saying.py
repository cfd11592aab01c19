"""What the last forecast of a campaign says to whoever asks: a sentence, the record beside it, and its lines."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from models.campaign.campaign import campaigns_named, looking_at
from models.database import open_session
from models.foresight.shown import (
    SHOWN_DAYS,
    LikelyItem,
    ShownForecast,
    StageForecast,
    stages_and_forecast,
)
from models.foresight.spoken import Record, Spoken, forecast_record, spoken_forecasts
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


def forecast_of(slug: str, today: date) -> tuple[ShownForecast | None, Record]:
    """Return the last forecast as it holds on ``today``, and what came of those before."""
    with looking_at(slug) as (session, campaign):
        _, shown = stages_and_forecast(session, key_of(campaign), today)
        return shown, forecast_record(session, key_of(campaign), today)


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


def forecast_json(slug: str, shown: ShownForecast, record: Record) -> Mapping[str, Any]:
    """Return the object that ``shifan forecast --json`` prints for a campaign."""
    whole = shown.campaign
    return {
        "campaign": slug,
        "day": shown.day.isoformat(),
        "enough": shown.enough,
        "known": shown.known,
        "likely_this_month": shown.likely if shown.enough else None,
        "late": whole.late if whole else None,
        "stages": [_stage(one) for one in shown.stages],
        "items": [_item(one) for one in shown.items],
        "helps": [_item(one) for one in shown.helps],
        "record": {"said": record.said, "late": record.late},
    }


def _stage(one: StageForecast) -> Mapping[str, Any]:
    return {"ordinal": one.ordinal, "name": one.name, "late": one.late, **_days(one)}


def _item(one: LikelyItem) -> Mapping[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "unit": one.unit,
        "due": one.due.isoformat() if one.due else None,
        "late": one.late,
        "gain": one.gain,
        "helped_stage": one.helped or None,
        **_days(one),
    }


def _days(one: StageForecast | LikelyItem) -> Mapping[str, Any]:
    days = one.days
    pairs = ((days.half_first, days.half_last), (days.most_first, days.most_last))
    half, most = ([day.isoformat() if day else None for day in pair] for pair in pairs)
    return {"half": half, "most": most}
