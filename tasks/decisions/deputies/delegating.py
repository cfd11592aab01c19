"""Hand a post's decisions to a deputy for some days, with a code of whoever lends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.campaign.campaign import Campaign, require_open, writing_to
from models.campaign.moves import Occasion, note
from models.database import open_session
from models.decisions.codes import Matter, Purpose, open_codes, stop_useless
from models.decisions.delegation import Delegation, same_delegation
from models.decisions.typed_codes import Tried, try_code, use_code
from models.errors import DecisionError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import normal
from models.rules.words import post_fault
from models.units.unit import Post
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.codes.codes import post_code
from tasks.decisions.codes.own_channel import AT_COMMAND, tell_of_delegation
from tasks.decisions.codes.wrong_code import NO_CODE, wrong_in_words
from tasks.decisions.deputies.delegations import post_titled
from tasks.decisions.deputies.entanglements import entanglements
from tasks.decisions.holders import Holder
from tasks.decisions.outcome import Outcome
from tasks.decisions.sealing import sealed_once


@dataclass(frozen=True, slots=True)
class Lent:
    """What became of a delegation: it stands, or waits for the code of the post that lends."""

    id: int
    giver: str
    new: bool  # False: it stood already
    waits: bool = False
    entangled: Sequence[str] = ()  # what bites itself now, each with the mend


def delegate(
    slug: str | None, post: str, to: str, first: date, last: date, by: str, moment: Moment
) -> Lent:
    """Let ``to`` decide for ``post`` from ``first`` to ``last``; the latest delegation counts.

    A post that has a channel of its own must agree with a code sent there (`agree`), whoever
    registers it; nothing follows from the delegation before. Any other post is taken at the
    office's word, and every leader is told. A code that is out already stays with whoever got it.
    Repeatable: what stands is left alone, and a code that is out is not sent again. Raises
    DecisionError in one line.
    """
    if last < first or last < moment.today:
        raise DecisionError(f"委托的结束日 {last} 早于开始日 {first} 或今天 {moment.today}")
    if fault := post_fault(by, "登记"):
        raise DecisionError(fault)
    with writing_to(slug) as (session, campaign):
        giver, deputy = (post_titled(session, campaign, title) for title in (post, to))
        if giver.id == deputy.id:
            raise DecisionError("不能委托给自己")
        found = same_delegation(session, key_of(giver), key_of(deputy), first, last)
        if found is not None and found.agreed:
            entangled = entanglements(session, campaign, moment.today)
            return Lent(key_of(found), giver.title, new=False, entangled=entangled)
        waits = bool(targets_of(campaign, giver.tag))
        one = found or Delegation(
            campaign_id=key_of(campaign),
            post_id=key_of(giver),
            deputy_id=key_of(deputy),
            first=first,
            last=last,
            made_by=by.strip(),
            made_at=moment.now,
            agreed=False,
        )
        one.made_by, one.made_at = by.strip(), moment.now
        session.add(one)
        session.flush()
        moment = moment
        if waits:
            _ask_for_consent(session, campaign, one, giver, deputy, moment)
        else:
            how = f"{giver.title}没有自己的通道，凭{by.strip()}登记"
            _stands(session, campaign, one, giver, deputy, moment, how)
        entangled = entanglements(session, campaign, moment.today, one)
        return Lent(key_of(one), giver.title, new=True, waits=waits, entangled=entangled)


def agree(delegation_id: int, code: str, moment: Moment, client: str = AT_COMMAND) -> Outcome:
    """Let a delegation stand, if ``code`` is the one sent to the post that lends.

    Repeatable: one that stands already says so. Of two at once one is first.
    """
    with open_session() as session:
        lock_chain(session)
        one = session.get(Delegation, delegation_id, populate_existing=True)
        if one is None or one.revoked:
            raise DecisionError("没有等待同意的这一委托，请重新登记")
        campaign = session.get_one(Campaign, one.campaign_id)
        require_open(campaign)
        giver, deputy = session.get_one(Post, one.post_id), session.get_one(Post, one.deputy_id)
        line = f"{one.first} 至 {one.last}，{giver.title}的审批由{deputy.title}代为决定"
        if one.agreed:
            return Outcome(True, (f"此前已登记：{line}",))
        if not normal(code):
            return Outcome(False, ("没有填写验证码，委托没有生效",))
        matter = Matter(Purpose.DELEGATE, delegation_id)
        tried = try_code(session, matter, sealed_once(code), client, moment.now)
        if tried.result is not Tried.RIGHT:
            words = wrong_in_words(tried) or f"{NO_CODE[tried.result]}，请再运行一次这条命令"
            return Outcome(False, (f"{words}；委托没有生效",))
        use_code(session, tried.code_id)
        stop_useless(session, moment.now)
        how = "凭本人通道收到的验证码同意"
        _stands(session, campaign, one, giver, deputy, moment, how)
        return Outcome(True, (line,))


def _ask_for_consent(
    session: Session, campaign: Campaign, one: Delegation, giver: Post, deputy: Post, moment: Moment
) -> None:
    """Send the post that lends a code to agree with, unless one is out."""
    matter = Matter(Purpose.DELEGATE, key_of(one))
    if open_codes(session, matter, moment.now):
        return
    facts = {
        "giver": giver.title,
        "deputy": deputy.title,
        "first": one.first,
        "last": one.last,
        "by": one.made_by,
    }
    holder = Holder(giver, giver)
    if not post_code(session, campaign, matter, holder, "decision/consent", facts, moment):
        raise DecisionError("今天为这一委托发出的验证码已到上限，请明天再试")


def _stands(
    session: Session,
    campaign: Campaign,
    one: Delegation,
    giver: Post,
    deputy: Post,
    moment: Moment,
    how: str,
) -> None:
    """Let a delegation count from now on, and tell those it is about."""
    one.agreed = True
    entry = note(
        session,
        key_of(campaign),
        Occasion(one.made_by, moment),
        "delegation",
        giver.title,
        to=deputy.title,
        first=one.first,
        last=one.last,
        how=how,
    )
    facts = {"first": one.first, "last": one.last, "how": how, "by": one.made_by}
    reachable = bool(targets_of(campaign, giver.tag))
    tell_of_delegation(
        session, campaign, giver, [deputy], "delegated", facts, entry, moment, reachable=reachable
    )
