"""Hand a post's decisions to a deputy for some days, with a code of whoever lends them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.audit.chain import lock_chain
from models.campaign.campaign import require_open, writing_to
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.codes import Matter, Purpose, open_codes, stop_useless
from models.decisions.delegation import Delegation, Holder, asked_delegation, waiting_delegation
from models.decisions.tries import AT_COMMAND, HandedIn, Outcome
from models.decisions.typed_codes import Tried, use_code
from models.errors import DecisionError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from notifications import links
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.codes.codes import CodeLetter, post_code
from tasks.decisions.codes.wrong_code import NO_CODE, try_handed, wrong_in_words
from tasks.decisions.deputies.entanglements import entanglements
from tasks.decisions.deputies.lending import Lending, post_titled


@dataclass(frozen=True, slots=True)
class ToLend:
    """Which post's decisions are another's from ``first`` to ``last``, as ``by`` registers it."""

    post: str
    to: str
    first: date
    last: date
    by: str


@dataclass(frozen=True, slots=True)
class Lent:
    """What became of a delegation: it stands, or waits for the code of the post that lends."""

    id: int
    giver: str
    new: bool  # False: it stood already
    waits: bool = False
    entangled: Sequence[str] = ()  # what bites itself now, each with the mend


def delegate(slug: str | None, wish: ToLend, moment: Moment) -> Lent:
    """Let one post decide for another for some days; the latest delegation counts.

    A post that has a channel of its own must agree with a code sent there (`agree`), whoever
    registers it; nothing follows from the delegation before. Any other post is taken at the
    office's word, and every leader is told. A code that is out already stays with whoever got it.
    Repeatable: what stands is left alone, and a code that is out is not sent again. Raises
    DecisionError in one line.
    """
    if wish.last < wish.first or wish.last < moment.today:
        raise DecisionError(
            f"委托的结束日 {wish.last} 早于开始日 {wish.first} 或今天 {moment.today}"
        )
    if fault := post_fault(wish.by, "登记"):
        raise DecisionError(fault)
    with writing_to(slug) as (session, campaign):
        giver, deputy = (post_titled(session, campaign, title) for title in (wish.post, wish.to))
        if giver.id == deputy.id:
            raise DecisionError("不能委托给自己")
        by = wish.by.strip()
        asked = Delegation(
            campaign_id=key_of(campaign),
            post_id=key_of(giver),
            deputy_id=key_of(deputy),
            first=wish.first,
            last=wish.last,
            made_by=by,
            made_at=moment.now,
            agreed=False,
        )
        one = asked_delegation(session, asked)
        lending = Lending(session, campaign, one, giver, deputy)
        new = not one.agreed
        waits = new and bool(targets_of(campaign, giver.tag))
        if waits:
            _ask_for_consent(lending, moment)
        elif new:
            _stands(lending, moment, f"{giver.title}没有自己的通道，凭{by}登记")
        entangled = entanglements(session, campaign, moment.today, one)
        return Lent(key_of(one), giver.title, new=new, waits=waits, entangled=entangled)


def agree(delegation_id: int, code: str, moment: Moment, client: str = AT_COMMAND) -> Outcome:
    """Let a delegation stand, if ``code`` is the one sent to the post that lends.

    Repeatable: one that stands already says so. Of two at once one is first.
    """
    with open_session() as session:
        lock_chain(session)
        one = waiting_delegation(session, delegation_id)
        if one is None:
            raise DecisionError("没有等待同意的这一委托，请重新登记")
        lending = Lending.of(session, one)
        require_open(lending.campaign)
        giver, deputy = lending.giver.title, lending.deputy.title
        line = f"{one.first} 至 {one.last}，{giver}的审批由{deputy}代为决定"
        if one.agreed:
            return Outcome(True, (f"此前已登记：{line}",))
        matter = Matter(Purpose.DELEGATE, delegation_id)
        tried = try_handed(session, matter, HandedIn(code, "", client=client), moment.now)
        if tried.code is None:
            words = wrong_in_words(tried) or f"{NO_CODE[tried.result]}，请再运行一次这条命令"
            comma = "，" if tried.result is Tried.BLANK else "；"
            return Outcome(False, (f"{words}{comma}委托没有生效",))
        use_code(session, matter, tried.code)
        stop_useless(session, moment.now)
        _stands(lending, moment, "凭本人通道收到的验证码同意")
        return Outcome(True, (line,))


def _ask_for_consent(lending: Lending, moment: Moment) -> None:
    """Send the post that lends a code to agree with, unless one is out."""
    one, giver = lending.one, lending.giver
    matter = Matter(Purpose.DELEGATE, key_of(one))
    if open_codes(lending.session, matter, moment.now):
        return
    facts = {
        "giver": giver.title,
        "deputy": lending.deputy.title,
        "first": one.first,
        "last": one.last,
        "by": one.made_by,
    }
    page = links.board(lending.campaign.address)
    letter = CodeLetter(matter, Holder(giver, giver), "decision/consent", facts, page)
    if not post_code(lending.session, lending.campaign, letter, moment):
        raise DecisionError("今天为这一委托发出的验证码已到上限，请明天再试")


def _stands(lending: Lending, moment: Moment, how: str) -> None:
    """Let a delegation count from now on, and tell those it is about."""
    lending.one.agreed = True
    lending.record("delegation", "delegated", Occasion(lending.one.made_by, moment), {"how": how})
