"""A code that was not right: say so, and replace what no longer counts."""

from sqlmodel import Session

from models.campaign.campaign import Stage
from models.decisions.decision import Decision, asked_posts
from models.decisions.typed_codes import CodeTried
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.units.unit import Post
from tasks.decisions.codes.codes import send_code
from tasks.decisions.codes.own_channel import tell_of_worn_codes
from tasks.decisions.codes.wrong_code import NO_CODE, wrong_in_words
from tasks.decisions.holders import holder_of


def wrong_code(
    session: Session, decision: Decision, stage: Stage, tried: CodeTried, moment: Moment
) -> str:
    """Return what is wrong with a code for a question; where none counts any more, new ones are sent."""
    if tried.worn:
        posts = [session.get_one(Post, post_id) for post_id in tried.worn]
        holders = [holder_of(session, post, moment.today) for post in posts]
        tell_of_worn_codes(session, decision, stage, holders, moment)
    if words := wrong_in_words(tried):
        return words
    why = NO_CODE[tried.result]
    if sent := _send_new(session, decision, stage, moment):
        return f"{why}，新的验证码已发往{'、'.join(sent)}的通道，请用新的验证码"
    return f"{why}；请工作人员运行 shifan decision code {decision.id} 打印新的验证码单"


def _send_new(session: Session, decision: Decision, stage: Stage, moment: Moment) -> list[str]:
    """Send a new code to each asked post that did not speak yet; return who got one."""
    return [
        post.title
        for asked, post in asked_posts(session, key_of(decision))
        if not asked.answer and send_code(session, decision, post, stage, moment)
    ]
