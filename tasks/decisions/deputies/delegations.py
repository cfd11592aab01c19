"""Delegations that stand: end them early, list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign, campaign_named, campaigns, writing_to
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.codes import open_codes, void_codes
from models.decisions.decision import open_decisions
from models.decisions.delegation import delegations_of
from models.decisions.hearing import Hearing
from models.errors import DecisionError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.units.unit import Post
from tasks.decisions.codes.codes import send_code
from tasks.decisions.deputies.lending import Lending, post_titled


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation in a list; ``stands`` says whether it holds today already."""

    campaign: str
    post: str
    deputy: str
    first: date
    last: date
    by: str
    stands: bool


def undelegate(slug: str | None, post: str, by: str, reason: str, moment: Moment) -> list[str]:
    """End every delegation of ``post`` that stands or is to come; return the deputies.

    A code that a deputy holds is worthless from now on, and the post gets one of its own. Those it
    is about are told. Raises DecisionError in one line.
    """
    if fault := post_fault(by, "登记"):
        raise DecisionError(fault)
    with writing_to(slug) as (session, campaign):
        giver = post_titled(session, campaign, post)
        said = Occasion(by.strip(), moment, reason.strip())
        titles = end_delegations(session, campaign, giver, said)
        if not titles:
            raise DecisionError(f"{giver.title}没有生效或将要生效的委托，不需要结束")
        _take_codes_back(session, campaign, giver, moment)
        return titles


def end_delegations(
    session: Session,
    campaign: Campaign,
    giver: Post,
    said: Occasion,
    to: Sequence[Post] = (),
) -> list[str]:
    """End every delegation of ``giver``, or those to some deputies; return the deputies' titles."""
    chosen = {deputy.id for deputy in to}
    deputies = []
    for one in delegations_of(session, key_of(campaign), said.moment.today):
        if one.post_id != giver.id or (chosen and one.deputy_id not in chosen):
            continue
        one.revoked = True
        lending = Lending.of(session, one)
        deputies.append(lending.deputy)
        lending.record("delegation-ended", "delegation_ended", said, {})
    session.flush()
    return list(dict.fromkeys(deputy.title for deputy in deputies))


def _take_codes_back(session: Session, campaign: Campaign, giver: Post, moment: Moment) -> None:
    for decision in open_decisions(session, campaign.id):
        one = Hearing.of(session, decision, moment)
        lent = [
            code
            for code in open_codes(session, one.matter, moment.now)
            if code.post_id == giver.id and code.holder_id != giver.id
        ]
        if lent and giver.id in {post.id for post in one.silent}:
            void_codes(session, one.matter, giver.id)
            send_code(one.in_hours(), giver)


def delegation_rows(slug: str | None, today: date) -> list[DelegationRow]:
    """Return the delegations that stand or are to come, of one campaign or of all."""
    with open_session(read_only=True) as session:
        chosen = [campaign_named(session, slug)] if slug else campaigns(session)
        return [
            DelegationRow(
                campaign.slug,
                session.get_one(Post, one.post_id).title,
                session.get_one(Post, one.deputy_id).title,
                one.first,
                one.last,
                one.made_by,
                one.first <= today,
            )
            for campaign in chosen
            for one in delegations_of(session, key_of(campaign), today)
        ]
