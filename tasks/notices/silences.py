"""Silences: add, list, end; each is in the audit, and takes effect on what is not yet said."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import looking_at, writing_to
from models.campaign.subjects import subject_named
from models.errors import NotFoundError, ProgressError
from models.keys import key_of
from models.notices.covering import quieten
from models.notices.silence import Silence, silences_of
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from models.units.unit import Post, unit_names

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

    Notices not yet said wait with the reason. Raises ProgressError when author, reason or end are
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
        silence = _scoped(session, campaign_id, scope.strip(), moment.now)
        silence.author, silence.reason, silence.until = author.strip(), reason.strip(), until
        silence.begins = moment.today
        silence.author_tag = _tag_of(session, campaign_id, author.strip())
        session.add(silence)
        session.flush()
        facts = {"scope": silence.scope, "reason": silence.reason, "until": until}
        _record(session, campaign_id, author, "silence-added", silence, moment, facts)
        quieten(session, campaign_id, moment.today)
        return key_of(silence)


def end_silence(slug: str | None, number: int, *, by: str, moment: Moment) -> bool:
    """End silence ``number``; what it held back waits to be said. False when it had ended already."""
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        silence = session.get(Silence, number)
        if silence is None or silence.campaign_id != campaign_id:
            raise NotFoundError(f"没有第 {number} 号静默，现有的见 shifan silence list --all")
        if silence.ended_on is not None:
            return False
        silence.ended_on, silence.ended_by = moment.today, by.strip()
        session.flush()
        _record(session, campaign_id, by, "silence-ended", silence, moment, {})
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


def _scoped(session: Session, campaign_id: int, scope: str, now: datetime) -> Silence:
    silence = Silence(
        campaign_id=campaign_id,
        scope=scope,
        author="",
        author_tag="",
        reason="",
        begins=date.min,
        until=date.min,
        made_at=now,
    )
    names = unit_names(session, campaign_id)
    if scope == WHOLE:
        return silence
    if scope in names:
        silence.unit_id = names[scope]
        return silence
    found = subject_named(session, campaign_id, scope)
    silence.scope, silence.unit_id = found.name, found.unit_id
    silence.work_item_id, silence.indicator_id = found.work_item_id, found.indicator_id
    silence.milestone_id, silence.stage_id = found.milestone_id, found.stage_id
    return silence


def _tag_of(session: Session, campaign_id: int, author: str) -> str:
    """Return the tag of the author's post; the office's when the author names no post we know."""
    posts = select(Post).where(Post.campaign_id == campaign_id).order_by(col(Post.level).desc())
    found = [post.tag for post in session.exec(posts) if author in (post.tag, post.title)]
    return found[0] if found else Level.OFFICE.chinese


def _record(
    session: Session,
    campaign_id: int,
    who: str,
    what: str,
    silence: Silence,
    moment: Moment,
    facts: dict[str, object],
) -> None:
    subject = f"silence {silence.id}"
    record(session, campaign_id, moment, NewEntry(who.strip() or "操作员", what, subject, facts))
