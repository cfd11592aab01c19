"""Posts as people name them who want to come in, or whose links are withdrawn."""

from sqlmodel import Session, col, select

from models.campaign.campaign import campaign_named, campaigns
from models.keys import key_of
from models.units.unit import Post, Unit


def posts_called(session: Session, name: str, slug: str | None) -> list[tuple[Post, str]]:
    """Return the filled posts whose tag, title or unit and title is ``name``, each with its full name.

    In the campaign ``slug``, or in every one under way; one statement.
    """
    chosen = [campaign_named(session, slug)] if slug else campaigns(session)
    query = (
        select(Post, Unit.name)
        .join(Unit, col(Unit.id) == col(Post.unit_id), isouter=True)
        .where(
            col(Post.campaign_id).in_([key_of(one) for one in chosen]),
            col(Post.vacant).is_(False),
            col(Unit.retired).is_not(True),
        )
        .order_by(col(Post.id))
    )
    return [
        (post, full)
        for post, unit in session.exec(query)
        if name
        in (
            post.tag,
            full := called_in_full(post.title, unit or ""),
            post.title if not unit else full,
        )
    ]


def called_in_full(title: str, unit: str) -> str:
    """Return what the holder of a post is called: 市司法局联络员, 组长."""
    return title if not unit or title.startswith(unit) else unit + title
