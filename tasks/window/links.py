"""Personal links, links that work once, and secret addresses: made, read, and withdrawn."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from models.audit.chain import NewEntry, lock_chain, record
from models.database import open_session
from models.errors import NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.window.entry import LINK_LASTS, ONCE_LASTS, holds
from models.units.unit import Post
from models.window.account import account_numbered
from models.window.posts import posts_called
from models.window.spent import is_spent, spend
from models.window.withdrawn import EVERY_LINK, generation_of, post_scope, withdraw_scope
from tasks.window.tokens import TokenKind, instant_of, minute_of, read_signed, sign
from tasks.window.visitors import Visitor, new_stay, of_account, of_post, whole_numbers


def personal_token(post_id: int, campaign_id: int, now: datetime) -> str:
    """Return what a personal link of a post shows: good for two weeks, bound to post and campaign.

    For the post's own channel alone: whoever holds it reads what the post may see. It opens pages of that
    campaign only; of a message it was told everything (`tasks.window.told`).
    """
    with open_session(read_only=True) as session:
        generation = generation_of(session, EVERY_LINK, post_scope(post_id))
    return sign(TokenKind.POST, post_id, campaign_id, generation, minute_of(now))


def once_token(account_id: int, now: datetime) -> str:
    """Return what a link shows that lets an account in once, within a day."""
    with open_session(read_only=True) as session:
        account = account_numbered(session, account_id)
        generation = generation_of(session) + (account.generation if account else 0)
    return sign(TokenKind.ONCE, account_id, generation, minute_of(now), new_stay(now).word)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nobody is let in, in one line; ``waits`` where nothing was looked at, and nothing written down.

    ``post`` is whose link it was, where we signed it ourselves: what to ask a code for.
    """

    line: str
    waits: bool = False
    post: str = ""


EXPIRED = Refusal("这个链接已经过期；请用新的一条提醒里的链接，或在下面要一个验证码")
WITHDRAWN = Refusal("这个链接已经收回，或岗位有变；请用新的一条提醒里的链接，或在下面要一个验证码")
NO_LINK = Refusal(
    "这个链接不完整或不是这里发出的；请从收到的消息里重新打开，不要改动地址，或在下面要一个验证码"
)
ANOTHER = "请用口令登录，或在运行示范的电脑上再要一个"
USED = Refusal(f"这个链接只能用一次，已经用过；{ANOTHER}")
ONCE_OVER = Refusal(f"这个链接已经失效；{ANOTHER}")


def holder_of_link(token: str, now: datetime) -> Visitor | Refusal:
    """Return whom a personal link lets in, or why nobody; reads only, so that opening it spends nothing."""
    said = read_signed(TokenKind.POST, token)
    numbers = whole_numbers(said, 4) if said else None
    if numbers is None:
        return NO_LINK
    post_id, campaign_id, generation, minute = numbers
    with open_session(read_only=True) as session:
        found = of_post(session, post_id, new_stay(now))
    if found is None or found.campaign_id != campaign_id:
        return WITHDRAWN
    if not holds(instant_of(minute), LINK_LASTS, now):
        return replace(EXPIRED, post=found.name)
    return found if found.generation == generation else replace(WITHDRAWN, post=found.name)


def is_once(token: str) -> bool:
    """Say whether a token is one of a link that works once."""
    return read_signed(TokenKind.ONCE, token) is not None


def foresee_once(token: str, now: datetime) -> Refusal | None:
    """Return why a link that works once lets nobody in; None where it would. Spends nothing."""
    found = _once(token, now, spending=False)
    return found if isinstance(found, Refusal) else None


def enter_once(token: str, now: datetime) -> Visitor | Refusal:
    """Return whom a link that works once lets in, and spend it; of two at once it lets in one."""
    return _once(token, now, spending=True)


def _once(token: str, now: datetime, *, spending: bool) -> Visitor | Refusal:
    said = read_signed(TokenKind.ONCE, token)
    numbers = whole_numbers(said[:3], 3) if said and len(said) == 4 else None
    if not said or numbers is None or not isinstance(said[3], str):
        return ONCE_OVER
    account_id, generation, minute = numbers
    made, word = instant_of(minute), said[3]
    if not holds(made, ONCE_LASTS, now):
        return ONCE_OVER
    with open_session(read_only=not spending) as session:
        found = of_account(session, account_id, new_stay(now))
        if found is None or found.generation != generation:
            return ONCE_OVER
        until = made + ONCE_LASTS + timedelta(days=1)
        gone = not spend(session, word, until, now) if spending else is_spent(session, [word])
    return USED if gone else found


def withdraw_links(post: str, by: str, campaign: str | None, moment: Moment) -> list[str]:
    """Withdraw the personal links of every post called so, or of all (“全部”); return whose they were.

    ``post`` is a channel tag or a title (市司法局联络员). Links and stays of before count no more;
    the next message brings new ones. Raises NotFoundError for a post that is none.
    """
    with open_session() as session:
        lock_chain(session)
        if post.strip() == "全部":
            withdraw_scope(session, EVERY_LINK, moment.now)
            record(session, None, moment, NewEntry(by.strip(), "links-withdrawn", "全部岗位", {}))
            return ["全部岗位"]
        found: list[tuple[Post, str]] = posts_called(session, post.strip(), campaign)
        if not found:
            raise NotFoundError(
                f"没有叫“{post}”的岗位；请写标签或职务，如 市司法局、组长，或写 全部"
            )
        for one, name in found:
            withdraw_scope(session, post_scope(key_of(one)), moment.now)
            record(
                session, one.campaign_id, moment, NewEntry(by.strip(), "links-withdrawn", name, {})
            )
        return [name for _, name in found]
