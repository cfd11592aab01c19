"""Who would decide for himself, or be asked in vain: said when lists are loaded, checked, and asked."""

from collections.abc import Sequence
from datetime import date
from itertools import permutations

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at
from models.database import open_session
from models.decisions.decision import (
    Decision,
    all_campaign_posts,
    asked_posts,
    campaign_posts,
    decision_numbered,
)
from models.decisions.delegation import Delegation, all_delegations, delegations_of, holder_of
from models.keys import key_of
from models.rules.decisions.deputies import Loan, Seat, circles, own_request, same_people
from models.units.unit import Post, unit_pairs
from tasks.decisions.codes.code_channels import unread_codes
from tasks.office.reach import channels_now


def entanglements(
    session: Session, campaign: Campaign, today: date, to_come: Delegation | None = None
) -> list[str]:
    """Return a line, with the mend, for everything in posts, deputies and channels that bites itself.

    Deputies in a circle or in a row, one person in two posts, one robot for two posts (and therefore
    no code). ``to_come`` is a delegation that waits for its code yet.
    """
    lent = delegations_of(session, key_of(campaign), today)
    if to_come is not None and to_come.id not in {one.id for one in lent}:
        lent.append(to_come)
    return _entangled(campaign, campaign_posts(session, key_of(campaign)), lent)


def all_entanglements(
    session: Session, campaigns: Sequence[Campaign], today: date
) -> dict[int, list[str]]:
    """Return what `entanglements` does of each campaign; two statements for all of them, none for none."""
    ids = [key_of(campaign) for campaign in campaigns]
    if not ids:
        return {}
    posts, lent = all_campaign_posts(session, ids), all_delegations(session, ids, today)
    return {
        id: _entangled(one, posts[id], lent[id]) for id, one in zip(ids, campaigns, strict=True)
    }


def _entangled(campaign: Campaign, posts: Sequence[Post], lent: Sequence[Delegation]) -> list[str]:
    titles = {post.id: post.title for post in posts}
    loans = [
        Loan(titles[one.post_id], titles[one.deputy_id], one.first, one.last)
        for one in lent
        if one.post_id in titles and one.deputy_id in titles
    ]
    lines = circles(loans) + same_people([_seat(post) for post in posts])
    unread = unread_codes(campaign, posts)
    return lines + unread + _one_robot(campaign, posts, unread)


def entanglements_of(slug: str | None, today: date) -> list[str]:
    """Return everything that would keep a question of the campaign ``slug`` from its own decider."""
    with looking_at(slug) as (session, campaign):
        return entanglements(session, campaign, today)


def own_request_of(decision_id: int, today: date) -> list[str]:
    """Return a line where whoever put the question would decide it himself."""
    with open_session(read_only=True) as session:
        return about_question(session, decision_numbered(session, decision_id), today)


def about_question(session: Session, decision: Decision, today: date) -> list[str]:
    """Return a line where whoever put ``decision`` is among those who decide it."""
    asked = [post for _, post in asked_posts(session, key_of(decision))]
    deciders = [_seat(holder_of(session, post, today).person) for post in asked]
    seats = [_seat(post) for post in campaign_posts(session, decision.campaign_id)]
    line = own_request(decision.asked_by, deciders, seats)
    return [line] if line else []


def _seat(post: Post) -> Seat:
    return Seat(post.title, post.tag)


def _one_robot(campaign: Campaign, posts: Sequence[Post], said: Sequence[str]) -> list[str]:
    """Return a line for each two posts with one channel, unless ``said`` begins with one of them."""
    channels = None if campaign.is_demo else channels_now()
    if channels is None:
        return []
    lines, seen = [], set()
    for post, other in permutations(posts, 2):
        pair = frozenset((post.tag, other.tag))
        if pair in seen or other.tag.lower() not in channels.shared_with(post.tag):
            continue
        seen.add(pair)
        if len(pair) == 2 and not any(line.startswith((post.title, other.title)) for line in said):
            lines.append(
                f"{post.title}和{other.title}的消息进同一个机器人、邮箱或手机：互相看得到，"
                f"催办和升级等于没有换人；请给“{other.tag}”另配一个通道"
            )
    return lines


def shared_in_units(session: Session, campaign: Campaign) -> list[str]:
    """Return a line of the units whose liaison and head have one channel; empty where none have."""
    channels = None if campaign.is_demo else channels_now()
    if channels is None:
        return []
    same = [
        unit
        for unit, liaison, head in unit_pairs(session, key_of(campaign))
        if liaison == head or head.lower() in channels.shared_with(liaison)
    ]
    if not same:
        return []
    named = "、".join(same[:3]) + (f"等 {len(same)} 个单位" if len(same) > 3 else "")
    return [
        f"{named}的联络员和单位负责人共用一个通道，逾期升级等于没有升级；请给负责人的标签另配通道"
    ]
