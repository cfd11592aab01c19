"""Tell a leader at once, on the leader's own channel, what was done in the leader's name."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session

from models.audit.chain import AuditEntry
from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, note
from models.decisions.codes import used_codes
from models.decisions.decision import (
    AskedPost,
    Decision,
    DecisionCode,
    asked_about,
    campaign_posts,
    every_asked_post,
)
from models.keys import key_of
from models.notices.writing import Word, tell
from models.rules.calendar.moment import Moment
from models.rules.decisions.decisions import Answer
from models.rules.decisions.objections import last_day
from models.rules.decisions.tries import MOST_WRONG
from models.rules.words import Level
from models.settings import local_minute
from models.units.unit import Post
from notifications import links
from notifications.rendering import render
from tasks.decisions.holders import Holder

OBJECTION_FORM = "提出异议"
IN_WINDOW, AT_COMMAND = (
    "界面",
    "命令行",
)  # where an answer comes from, without a door that says more
PLACES = {IN_WINDOW: "在界面上", AT_COMMAND: "在命令行"}


def objection_link(decision_id: int | None, post: Post) -> str:
    """Return the form in which ``post`` objects, filled in."""
    return links.form(OBJECTION_FORM, objection={"decision": decision_id, "by_post": post.title})


def way_in_words(code: DecisionCode, client: str = "") -> str:
    """Return how an answer came: by which code, and from where if that is known."""
    by = "凭发到其通道的验证码"
    if code.way == "sheet":
        by = f"凭{code.handed_by}打印转交的验证码单"
    place = PLACES.get(client, f"在界面上（来自 {client}）") if client else ""
    return f"{place}{by}"


def send_receipt(
    session: Session,
    decision: Decision,
    stage: Stage,
    holder: Holder,
    way: str,
    said: str,
    word: Occasion,
    entry_id: int,
    moment: Moment,
    came_to: str = "",
) -> None:
    """Tell whoever ``said`` it, and in whose place: what, when, by which way, and how to object."""
    facts = _facts(session, decision, stage, moment) | {
        "who": word.who or holder.name,
        "said": said,
        "came_to": came_to,
        "reason": word.reason,
        "way": way,
        "entry": entry_id,
        "last": last_day(moment.today, work_calendar(session)),
    }
    _tell(session, decision, "receipt", holder.both, facts, entry_id, moment)


def send_receipts(
    session: Session,
    decision: Decision,
    stage: Stage,
    verdict: Answer,
    last_id: int,
    client: str,
    moment: Moment,
) -> None:
    """Send a settled decision's receipt to everybody in whose name something was said about it.

    Who handed it on is told what the other decided. ``last_id`` is the post that spoke last, from
    ``client``; where the others' answers came from stands on their own receipts.
    """
    used = {code.post_id: code for code in used_codes(session, key_of(decision))}
    for asked, post in every_asked_post(session, key_of(decision)):
        code = used.get(key_of(post))
        if code is None or not (asked.answer or asked.gone):
            continue
        send_receipt(
            session,
            decision,
            stage,
            Holder(post, session.get_one(Post, code.holder_id)),
            way_in_words(code, client if post.id == last_id else ""),
            Answer(asked.answer).chinese if asked.answer else Answer.TRANSFER.chinese,
            Occasion(asked.said_by, moment, asked.reason),
            decision.audit_id or 0,
            moment,
            _came_to(decision, asked, verdict),
        )


def _came_to(decision: Decision, asked: AskedPost, verdict: Answer) -> str:
    if asked.answer == verdict.value:
        return f"延期到 {decision.new_end}" if verdict is Answer.POSTPONE else ""
    return f"由{decision.answered_by}最后决定：{verdict.chinese}"


def tell_of_sheet(
    session: Session,
    decision: Decision,
    stage: Stage,
    holder: Holder,
    word: Occasion,
    entry_id: int,
) -> None:
    """Tell whoever a sheet was printed for, and in whose place they decide."""
    moment = word.moment
    facts = _facts(session, decision, stage, moment) | {
        "by": word.who,
        "holder": holder.name,
        "reason": word.reason,
        "entry": entry_id,
    }
    _tell(session, decision, "code_printed", holder.both, facts, entry_id, moment)


def tell_of_worn_codes(
    session: Session, decision: Decision, stage: Stage, known: Sequence[Holder], moment: Moment
) -> None:
    """Tell the holders of codes that were tried too often, and the office, which finds out by whom.

    An entry of the audit keeps it.
    """
    entry = note(
        session,
        decision.campaign_id,
        Occasion("系统", moment),
        "decision-code-worn",
        f"S{stage.ordinal}",
        decision=decision.id,
        posts=[holder.name for holder in known],
    )
    office = [
        post for post in campaign_posts(session, decision.campaign_id) if post.level == Level.OFFICE
    ]
    facts = _facts(session, decision, stage, moment) | {
        "holders": "、".join(holder.name for holder in known),
        "most": MOST_WRONG,
        "entry": entry.id,
    }
    posts = [post for holder in known for post in holder.both] + office
    _tell(session, decision, "code_worn", posts, facts, key_of(entry), moment)


def tell_of_delegation(
    session: Session,
    campaign: Campaign,
    giver: Post,
    deputies: Sequence[Post],
    rule: str,
    facts: Mapping[str, object],
    entry: AuditEntry,
    moment: Moment,
    *,
    reachable: bool,
) -> None:
    """Tell who lends, who decides instead, and the office; every leader where who lends is not reachable."""
    own = campaign_posts(session, key_of(campaign))
    near = [post for post in own if post.level == Level.OFFICE or not reachable]
    words = render(
        f"decision/{rule}.md.j2",
        campaign=campaign.title,
        giver=giver.title,
        deputy="、".join(post.title for post in deputies),
        at=local_minute(moment.now),
        entry=entry.id,
        **facts,
    ).strip()
    word = Word("delegation", 0, rule, str(entry.id), words, urgent=True)
    told = {key_of(post): word for post in [giver, *deputies, *near]}
    tell(session, key_of(campaign), told.items(), moment)


def _facts(session: Session, decision: Decision, stage: Stage, moment: Moment) -> dict[str, object]:
    return {
        "campaign": session.get_one(Campaign, decision.campaign_id).title,
        "stage": asked_about(decision, stage.name),
        "decision": decision.id,
        "at": local_minute(moment.now),
    }


def _tell(
    session: Session,
    decision: Decision,
    rule: str,
    posts: Iterable[Post],
    facts: dict[str, object],
    entry_id: int,
    moment: Moment,
) -> None:
    def word(post: Post) -> Word:
        link = objection_link(decision.id, post)
        words = render(f"decision/{rule}.md.j2", **facts, link=link).strip()
        return Word("decision", key_of(decision), rule, str(entry_id), words, urgent=True)

    told = {key_of(post): word(post) for post in posts}
    tell(session, decision.campaign_id, told.items(), moment)
