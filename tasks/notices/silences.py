"""Silences: add, list, end; each is in the audit, and takes effect on what is not yet said."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.campaign.subjects import Subject, subject_named
from models.errors import ProgressError
from models.keys import key_of
from models.notices.covering import quieten
from models.notices.silence import (
    Silence,
    keep_silence,
    same_silence,
    silence_numbered,
    silences_of,
)
from models.rules.calendar.moment import Moment
from models.units.unit import unit_names

WHOLE = "全部"


@dataclass(frozen=True, slots=True)
class SilenceView:
    """A silence as it is listed."""

    id: int
    scope: str
    author: str
    reason: str
    begins: date
    until: date
    stands: bool


def add_silence(
    slug: str | None, scope: str, *, author: str, reason: str, until: date, moment: Moment
) -> int:
    """Silence ``scope`` (全部, a unit, a code, a code/unit) up to ``until``; return its number.

    Notices not yet said wait with the reason. Repeatable: the same again on a day returns the number it
    has. Raises ProgressError when author, reason or end are
    missing or past, NotFoundError for an unknown scope.
    """
    faults = [
        f"没有写明{what}" for what, text in (("设置人", author), ("理由", reason)) if not text
    ]
    if until < moment.today:
        faults.append(f"结束日期 {until} 已经过去")
    if faults:
        raise ProgressError(f"静默没有设置：{'；'.join(faults)}")
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        covered = _covered(session, campaign_id, scope.strip())
        silence = Silence(
            campaign_id=campaign_id,
            scope=covered.name,
            unit_id=covered.unit_id,
            work_item_id=covered.work_item_id,
            indicator_id=covered.indicator_id,
            milestone_id=covered.milestone_id,
            stage_id=covered.stage_id,
            author=author.strip(),
            author_tag="",
            reason=reason.strip(),
            begins=moment.today,
            until=until,
            made_at=moment.now,
        )
        if (known := same_silence(session, silence)) is not None:
            return known
        keep_silence(session, silence)
        facts = {"scope": silence.scope, "reason": silence.reason, "until": until}
        said = NewEntry(_who(author), "silence-added", f"silence {silence.id}", facts)
        record(session, campaign_id, moment, said)
        quieten(session, campaign_id, moment.today)
        return key_of(silence)


def end_silence(slug: str | None, number: int, *, by: str, moment: Moment) -> bool:
    """End silence ``number``; what it held back waits to be said. False when it had ended already."""
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        silence = silence_numbered(session, campaign_id, number)
        if silence.ended_on is not None:
            return False
        silence.ended_on, silence.ended_by = moment.today, by.strip()
        session.flush()
        said = NewEntry(_who(by), "silence-ended", f"silence {number}", {})
        record(session, campaign_id, moment, said)
        quieten(session, campaign_id, moment.today)
        return True


def list_silences(slug: str | None, today: date) -> list[SilenceView]:
    """Return every silence, the newest first."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        return [
            SilenceView(
                key_of(one),
                one.scope,
                one.author,
                one.reason,
                one.begins,
                one.until,
                one.ended_on is None and one.until >= today,
            )
            for one in silences_of(session, campaign_id)
        ]


def _covered(session: Session, campaign_id: int, scope: str) -> Subject:
    if scope == WHOLE:
        return Subject(scope)
    units = unit_names(session, campaign_id)
    if scope in units:
        return Subject(scope, unit_id=units[scope])
    return subject_named(session, campaign_id, scope)


def _who(typed: str) -> str:
    return typed.strip() or "操作员"
