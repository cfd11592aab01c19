"""Visitors of the window, as tests make them: the holder of a post there is, or an account."""

from sqlmodel import select

from models.database import open_session
from models.rules.window.sight import VisitorRole
from models.rules.words import OFFICE, Level
from models.units.unit import Post, Unit
from tasks.window.visitors import ACCOUNT, Visitor, new_stay, of_post
from tests.conftest import NOW


def post_of(unit: str = "", level: Level = Level.LIAISON, campaign_id: int = 1) -> int:
    """Return a unit's post, or without ``unit`` the campaign's own of that level."""
    with open_session(read_only=True) as session:
        of = select(Post, Unit).join(Unit, isouter=True).where(Post.level == level)
        rows = session.exec(of.where(Post.campaign_id == campaign_id)).all()
        [post] = [post for post, body in rows if (body.name if body else "") == unit]
        return post.id


def holder(unit: str = "", level: Level = Level.LIAISON, campaign_id: int = 1) -> Visitor:
    """Return the holder of such a post, as a personal link lets in."""
    with open_session(read_only=True) as session:
        return of_post(session, post_of(unit, level, campaign_id), new_stay(NOW))


def account(role: VisitorRole = VisitorRole.OFFICE, name: str = "小账号") -> Visitor:
    """Return somebody who came in by an account."""
    return Visitor(kind=ACCOUNT, number=1, name=name, by=OFFICE, role=role, stay=new_stay(NOW))
