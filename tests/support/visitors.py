"""Visitors of the window, as tests make them: the holder of a post there is, or an account."""

from sqlmodel import select

from models.database import open_session
from models.rules.window.sight import VisitorRole, role_of_post
from models.rules.words import OFFICE, Level
from models.units.unit import Post, Unit
from tasks.window.visitors import ACCOUNT, POST, Visitor
from tests.conftest import NOW

STAY = {"session": "stay", "begun": NOW, "seen": NOW}


def holder(unit: str = "", level: Level = Level.LIAISON, campaign_id: int = 1) -> Visitor:
    """Return the holder of a unit's post, or without ``unit`` of the campaign's own of that level."""
    with open_session(read_only=True) as session:
        of = select(Post, Unit).join(Unit, isouter=True).where(Post.level == level)
        rows = session.exec(of.where(Post.campaign_id == campaign_id)).all()
        [(post, body)] = [one for one in rows if (one[1].name if one[1] else "") == unit]
        name = f"{unit}{post.title}"
        return Visitor(
            kind=POST,
            number=post.id,
            name=name,
            by=name,
            role=role_of_post(post.level),
            campaign_id=campaign_id,
            unit_id=post.unit_id,
            unit=unit,
            level=post.level,
            tag=post.tag,
            **STAY,
        )


def account(role: VisitorRole = VisitorRole.OFFICE, name: str = "小账号") -> Visitor:
    """Return somebody who came in by an account."""
    return Visitor(kind=ACCOUNT, number=1, name=name, by=OFFICE, role=role, **STAY)
