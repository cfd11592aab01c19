"""Hand a post's decisions to a deputy for some days."""

from datetime import date, datetime

from models.campaign import campaign_named
from models.database import open_session
from models.decision import Delegation, campaign_posts
from models.errors import DecisionError
from models.stage_moves import Occasion, note


def delegate(
    slug: str | None,
    post: str,
    to: str,
    first: date,
    last: date,
    by: str,
    now: datetime,
    today: date,
) -> None:
    """Let ``to`` decide for ``post`` from ``first`` to ``last``; the latest delegation counts.

    A code that is out already stays with whoever got it. Raises DecisionError in one line.
    """
    if last < first or last < today:
        raise DecisionError(f"委托的结束日 {last} 早于开始日 {first} 或今天 {today}")
    if not by.strip():
        raise DecisionError("没有写明由谁(职务)登记")
    with open_session() as session:
        campaign = campaign_named(session, slug)
        posts = {p.title: p for p in campaign_posts(session, campaign.id or 0)}
        for title in (post, to):
            if title not in posts:
                raise DecisionError(f"没有名为 {title} 的岗位,现有:{'、'.join(posts)}")
        if post == to:
            raise DecisionError("不能委托给自己")
        session.add(
            Delegation(
                campaign_id=campaign.id or 0,
                post_id=posts[post].id or 0,
                deputy_id=posts[to].id or 0,
                first=first,
                last=last,
                made_by=by.strip(),
                made_at=now,
            )
        )
        note(
            session,
            campaign.id or 0,
            Occasion(by.strip(), today, now),
            "delegation",
            post,
            to=to,
            first=first,
            last=last,
        )
