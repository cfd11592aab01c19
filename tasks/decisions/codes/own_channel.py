"""Tell a leader at once, on the leader's own channel, what was done in the leader's name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from models.calendar.calendar import work_calendar
from models.campaign.moves import Occasion
from models.decisions.codes import used_codes
from models.decisions.decision import AskedPost, DecisionCode, campaign_posts, every_asked_post
from models.decisions.delegation import Holder
from models.decisions.hearing import Hearing
from models.decisions.tries import AT_COMMAND, IN_WINDOW
from models.keys import key_of
from models.rules.decisions.answers import Answer
from models.rules.decisions.objections import last_day
from models.rules.decisions.tries import MOST_WRONG
from models.rules.words import Level
from models.settings import local_minute
from models.units.unit import Post
from notifications import links
from notifications.rendering import render

PLACES = {IN_WINDOW: "在界面上", AT_COMMAND: "在命令行"}


def way_in_words(code: DecisionCode, client: str = "") -> str:
    """Return how an answer came: by which code, and from where if that is known."""
    by = "凭发到其通道的验证码"
    if code.way == "sheet":
        by = f"凭{code.handed_by}打印转交的验证码单"
    place = PLACES.get(client, f"在界面上（来自 {client}）") if client else ""
    return f"{place}{by}"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was ``said`` in a holder's name: on whose word, by which way, under which entry of the audit."""

    holder: Holder
    said: str
    word: Occasion
    way: str
    entry_id: int
    came_to: str = ""


def send_receipt(one: Hearing, receipt: Receipt) -> None:
    """Tell whoever said it, and in whose place: what, when, by which way, and how to object."""
    facts = {
        "who": receipt.word.who or receipt.holder.name,
        "said": receipt.said,
        "came_to": receipt.came_to,
        "reason": receipt.word.reason,
        "way": receipt.way,
        "last": last_day(one.moment.today, work_calendar(one.session)),
    }
    tell_in_person(one, "receipt", receipt.holder.both, receipt.entry_id, facts)


def send_receipts(one: Hearing, verdict: Answer, last_id: int, client: str) -> None:
    """Send a settled decision's receipt to everybody in whose name something was said about it.

    Who handed it on is told what the other decided. ``last_id`` is the post that spoke last, from
    ``client``; where the others' answers came from stands on their own receipts.
    """
    used = {code.post_id: code for code in used_codes(one.session, one.id)}
    for asked, post in every_asked_post(one.session, one.id):
        code = used.get(key_of(post))
        if code is None or not (asked.answer or asked.gone):
            continue
        receipt = Receipt(
            Holder(post, one.session.get_one(Post, code.holder_id)),
            Answer(asked.answer or Answer.TRANSFER).chinese,
            Occasion(asked.said_by, one.moment, asked.reason),
            way_in_words(code, client if post.id == last_id else ""),
            one.decision.audit_id or 0,
            _came_to(one, asked, verdict),
        )
        send_receipt(one, receipt)


def _came_to(one: Hearing, asked: AskedPost, verdict: Answer) -> str:
    if asked.answer == verdict.value:
        return f"延期到 {one.decision.new_end}" if verdict is Answer.POSTPONE else ""
    return f"由{one.decision.answered_by}最后决定：{verdict.chinese}"


def tell_of_worn_codes(one: Hearing, known: Sequence[Holder]) -> None:
    """Tell the holders of codes that were tried too often, and the office, which finds out by whom.

    An entry of the audit keeps it.
    """
    names = [holder.name for holder in known]
    entry = one.note("decision-code-worn", Occasion("系统", one.moment), posts=names)
    own = campaign_posts(one.session, one.stage.campaign_id)
    office = [post for post in own if post.level == Level.OFFICE]
    posts = [post for holder in known for post in holder.both] + office
    facts = {"holders": "、".join(names), "most": MOST_WRONG}
    tell_in_person(one, "code_worn", posts, key_of(entry), facts)


def tell_in_person(
    one: Hearing, rule: str, posts: Iterable[Post], entry_id: int, facts: Mapping[str, object]
) -> None:
    """Tell each of ``posts`` at once, in the words of ``rule``, what was done under an entry of the audit."""
    known = {
        **facts,
        "campaign": one.campaign.title,
        "stage": one.title,
        "decision": one.id,
        "at": local_minute(one.moment.now),
        "entry": entry_id,
    }
    template = f"decision/{rule}.md.j2"
    pages = {"link": links.objection(one.id), "question": links.question(one.id)}
    words = render(template, **known, **pages).strip()
    one.tell_at_once(rule, {key_of(post): words for post in posts}, entry_id)
