"""The ledger of burden: read it, and take a leader's word for more."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.decisions.decision import campaign_posts
from models.errors import ProgressError
from models.keys import key_of
from models.notices.burden import (
    AskAllowance,
    Burden,
    allow_asks,
    allowed_by,
    burden_of_week,
    monday_of,
)
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.units.unit import unit_named
from notifications.rendering import render
from tasks.office.ladder import plan_field


def burden(slug: str | None, day: date) -> tuple[list[Burden], int | None]:
    """Return every unit's asks in the week of ``day`` in the plan's order, and the plan's budget."""
    with looking_at(slug) as (session, campaign):
        rows = burden_of_week(session, key_of(campaign), day)
        return rows, plan_field(campaign, "asks_per_week")


def burden_json(rows: list[Burden], budget: int | None, day: date) -> Mapping[str, object]:
    """Return the object that ``shifan burden --json`` prints."""
    units = [{k: v for k, v in asdict(row).items() if k != "unit_id"} for row in rows]
    return {"week": monday_of(day).isoformat(), "budget": budget, "units": units}


def allow(slug: str | None, unit: str, *, by: str, reason: str, moment: Moment) -> int:
    """Let a unit be asked beyond the budget this week; return how many notices may go now.

    Repeatable: where somebody's word stands already and nothing waits, nothing is recorded or told.
    """
    if not by.strip():
        raise ProgressError("没有写明由哪位领导（职务）同意")
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_named(session, campaign_id, unit)
        week = monday_of(moment.today)
        word = AskAllowance(
            campaign_id=campaign_id,
            unit_id=unit_id,
            week=week,
            by_post=by.strip(),
            reason=reason,
            at=moment.now,
        )
        known = allowed_by(session, campaign_id, unit_id, week)
        freed = allow_asks(session, word)
        if known and not freed:
            return 0  # nobody need hear twice of what stands
        facts = {"week": week, "reason": reason, "notices": freed}
        said = NewEntry(by.strip(), "asks-allowed", unit, facts)
        entry = record(session, campaign_id, moment, said)
        _tell_who_agreed(session, campaign_id, unit, by.strip(), key_of(entry), moment)
        return freed


def _tell_who_agreed(
    session: Session, campaign_id: int, unit: str, by: str, entry_id: int, moment: Moment
) -> None:
    """Tell the leader at once in whose name it was recorded."""
    words = render("decision/asks_allowed.md.j2", unit=unit, by=by, entry=entry_id).strip()
    word = Word("campaign", campaign_id, "asks_allowed", str(entry_id), words, urgent=True)
    posts = campaign_posts(session, campaign_id)
    told = [(key_of(post), word) for post in posts if post.title == by]
    tell(session, campaign_id, told, moment)
