"""A code as it was handed in: tried under its seal, what it came to in words, and what replaces codes that no longer count."""

from datetime import datetime

from sqlmodel import Session

from models.decisions.codes import Matter
from models.decisions.delegation import holder_of
from models.decisions.hearing import Hearing
from models.decisions.tries import HandedIn
from models.decisions.typed_codes import CodeTried, Tried, try_code, was_used
from models.rules.decisions.codes import normal
from models.rules.decisions.tries import FREE, wait_in_words
from models.units.unit import Post
from tasks.decisions.codes.codes import send_code
from tasks.decisions.codes.own_channel import tell_of_worn_codes
from tasks.decisions.sealing import sealed_once

NO_CODE = {
    Tried.WORN: "验证码被试错太多次，已经停用",
    Tried.EXPIRED: "验证码已过期",
    Tried.NONE: "还没有可用的验证码",
}


def try_handed(
    session: Session, matter: Matter, handed: HandedIn, now: datetime, post_id: int | None = None
) -> CodeTried:
    """Try the code that was handed in, under its seal; one that was left blank is not tried."""
    if not normal(handed.code):
        return CodeTried(Tried.BLANK)
    return try_code(session, matter, sealed_once(handed.code), handed.client, now, post_id)


def is_used(session: Session, matter: Matter, handed: HandedIn) -> bool:
    """Say whether the code that was handed in did its work before."""
    return bool(normal(handed.code)) and was_used(session, matter, sealed_once(handed.code))


def wrong_in_words(tried: CodeTried) -> str:
    """Return what became of a code that was not right, and how long to wait; empty where none is out."""
    if tried.result is Tried.BLANK:
        return "没有填写验证码"
    if tried.result is Tried.WAIT:
        return f"输错太多，还要等 {wait_in_words(tried.wait)}才能再试；这一次填的没有比对，也不影响别人"
    if tried.result is Tried.USED:
        return "这个验证码已经用过"
    if tried.result is not Tried.WRONG:
        return ""
    if tried.wait:
        return f"验证码不正确，已错 {tried.wrong} 次，请等 {wait_in_words(tried.wait)}再试"
    return f"验证码不正确，再错 {FREE - tried.wrong} 次就要等一等才能再试"


def wrong_code(one: Hearing, tried: CodeTried) -> str:
    """Return what is wrong with a code for a question; where none counts any more, new ones are sent."""
    if tried.worn:
        posts = [one.session.get_one(Post, post_id) for post_id in tried.worn]
        today = one.moment.today
        tell_of_worn_codes(one, [holder_of(one.session, post, today) for post in posts])
    if words := wrong_in_words(tried):
        return words
    why = NO_CODE[tried.result]
    if sent := [post.title for post in one.silent if send_code(one, post)]:
        return f"{why}，新的验证码已发往{'、'.join(sent)}的通道，请用新的验证码"
    return f"{why}；请工作人员运行 shifan decision code {one.id} 打印新的验证码单"
