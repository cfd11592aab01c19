"""The ledger of burden: read it, and take a leader's word for more."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date

from sqlmodel import Session

from models.audit.chain import AuditEntry, NewEntry, record
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
    end_allowance,
    monday_of,
)
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
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
        _tell_who_agreed(session, entry, by.strip(), moment)
        return freed


def take_allowance_back(slug: str | None, unit: str, by: str, reason: str, moment: Moment) -> str:
    """Take back that a leader's word for a unit was recorded; return in one line what came of it.

    What was sent stays sent; what waits is counted against the plan's number again. The leader in whose
    name it was recorded is told. Repeatable: without a word of this week nothing is recorded.
    """
    if fault := post_fault(by, "撤回"):
        raise ProgressError(fault)
    with writing_to(slug) as (session, campaign):
        campaign_id, week = key_of(campaign), monday_of(moment.today)
        whose = end_allowance(session, campaign_id, unit_named(session, campaign_id, unit), week)
        if not whose:
            return f"{unit}本周没有登记过同意，或者此前已经撤回，没有变化"
        facts = {"week": week, "reason": reason, "post": whose}
        entry = record(
            session, campaign_id, moment, NewEntry(by.strip(), "asks-allowance-ended", unit, facts)
        )
        _tell_who_agreed(session, entry, whose, moment, "asks_allowance_ended")
        return f"已撤回{whose}对{unit}的同意"


def _tell_who_agreed(
    session: Session, entry: AuditEntry, by: str, moment: Moment, rule: str = "asks_allowed"
) -> None:
    """Tell the leader at once in whose name it was recorded, or was taken back."""
    campaign_id, number = entry.campaign_id or 0, key_of(entry)
    words = render(f"decision/{rule}.md.j2", unit=entry.subject, by=by, entry=number).strip()
    word = Word("campaign", campaign_id, rule, str(number), words, urgent=True)
    posts = campaign_posts(session, campaign_id)
    told = [(key_of(post), word) for post in posts if post.title == by]
    tell(session, campaign_id, told, moment)
