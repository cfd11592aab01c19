"""What the tests of alerts share: an office whose every post has a robot at a fake provider."""

import json
from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from models.campaign.campaign import Stage
from models.campaign.milestone import Milestone
from models.campaign.work import Assignment
from models.database import open_session
from models.notices.notice import Notice
from models.settings import moment_of
from models.units.unit import Post
from tasks.notices.delivery import deliver
from tasks.patrol.patrol import patrol_campaign

MONDAY = date(2025, 7, 21)
ONE_DAY = timedelta(days=1)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """Return an instant of the office's (UTC+8) clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def robots(tmp_path, monkeypatch, base: str, tags: list[str]) -> None:
    """Give each of ``tags`` a robot of its own, its key being the tag's place in the list.

    No stage is near its end any more: a leader who is asked to decide gets a code, a message of its own.
    """
    with open_session() as session:
        for stage in session.exec(select(Stage)):
            stage.planned_end = None
    entries = [
        {f"wecomrobot://key-{n:04d}-0000?base={base}&rto=2&cto=2": {"tag": tag}}
        for n, tag in enumerate(tags)
    ]
    path = tmp_path / "channels.yaml"
    path.write_text(json.dumps({"version": 1, "urls": entries}, ensure_ascii=False))
    path.chmod(0o600)
    monkeypatch.setenv("SHIFAN_CHANNELS", str(path))


def every_tag() -> list[str]:
    """Return the tag of every post, by id."""
    with open_session(read_only=True) as session:
        return list(session.exec(select(Post.tag).order_by(Post.id)))


def only(code: str, due: date) -> None:
    """Leave one open milestone (and its parts) in every campaign, due on ``due``."""
    with open_session() as session:
        kept = session.exec(select(Milestone).where(Milestone.code == code)).one()
        for row in session.exec(select(Milestone)):
            row.withdrawn, row.due = row.id != kept.id, due
        for stage in session.exec(select(Stage).where(Stage.ordinal <= 2)):
            stage.status, stage.opened_on = "active", date(2025, 6, 1)  # no news any more
        for part in session.exec(select(Assignment)):
            part.withdrawn = part.work_item_id != kept.work_item_id or kept.work_item_id is None
            part.due = due


def morning(slug: str, day: date, hour: int = 9):
    """Patrol and deliver on ``day``; return what the delivery came to."""
    patrol_campaign(slug, moment_of(at(day, hour), day))
    return deliver(lambda: at(day, hour, 1))


def states(**where) -> list[str]:
    """Return the states of the notices with these values."""
    with open_session(read_only=True) as session:
        query = select(Notice).order_by(Notice.id)
        return [
            n.state
            for n in session.exec(query)
            if all(getattr(n, k) == v for k, v in where.items())
        ]
