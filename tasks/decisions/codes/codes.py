"""Give out one-time codes: to the post's own channel, or on a sheet that the operator hands over."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, note
from models.database import open_session
from models.decisions.codes import Matter, keep_code, may_send
from models.decisions.decision import ASKED, Decision, asked_about, asked_posts, decision_numbered
from models.errors import DecisionError
from models.keys import key_of
from models.notices.notice import Message
from models.notices.outbox import post_message
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import make_code
from models.rules.words import post_fault
from models.settings import settings
from models.units.unit import Post
from notifications.rendering import render
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.codes.own_channel import tell_of_sheet
from tasks.decisions.holders import Holder, holder_of
from tasks.decisions.making import CODE_PLACE, UNTIL_PLACE, until
from tasks.decisions.sealing import sealed


def send_code(
    session: Session, decision: Decision, post: Post, stage: Stage, moment: Moment
) -> bool:
    """Send a new code to whoever decides for ``post``, as a message of its own.

    Returns False where nobody can be reached or today's number of codes is used up; then a code can
    be had on a sheet.
    """
    campaign = session.get_one(Campaign, decision.campaign_id)
    holder = holder_of(session, post, moment.today)
    facts = {"stage": asked_about(decision, stage.name), "decision": decision.id}
    return post_code(
        session, campaign, Matter.question(decision.id), holder, "decision/code", facts, moment
    )


def post_code(
    session: Session,
    campaign: Campaign,
    matter: Matter,
    holder: Holder,
    template: str,
    facts: Mapping[str, object],
    moment: Moment,
) -> bool:
    """Promise ``holder`` a new code for ``matter`` in a message of its own; False as `send_code` says.

    The code itself is made when the message goes out.
    """
    if not may_send(session, matter, key_of(holder.post), moment.today):
        return False
    targets = targets_of(campaign, holder.person.tag)
    if not targets:
        return False
    words = {"campaign": campaign.title, "code": CODE_PLACE, "until": UNTIL_PLACE, **facts}
    message = Message(
        campaign_id=key_of(campaign),
        tag=holder.person.tag,
        subject=render(f"{template}_subject.txt.j2", **words).strip(),
        body=render(f"{template}_body.md.j2", **words).strip(),
        made_at=moment.now,
        secret=True,
    )
    not_before = max(moment.hold_until, moment.now)
    message_id = post_message(session, message, targets, not_before=not_before)
    _keep(session, matter, holder, "", "channel", moment, message_id=message_id)
    return True


def _keep(
    session: Session,
    matter: Matter,
    holder: Holder,
    code: str,
    way: str,
    moment: Moment,
    *,
    handed_by: str = "",
    message_id: int | None = None,
) -> None:
    keep_code(
        session,
        matter=matter,
        post_id=key_of(holder.post),
        holder_id=key_of(holder.person),
        sealed=sealed(code),
        salt=secrets.token_hex(16),
        hours=settings().decision_code_hours,
        way=way,
        moment=moment,
        good_from=max(moment.hold_until, moment.now),
        handed_by=handed_by,
        message_id=message_id,
    )


@dataclass(frozen=True, slots=True)
class CodeSheet:
    """What is printed and handed over; the only place outside the channel where a code is readable."""

    campaign: str
    stage: str
    decision_id: int
    holder: str
    code: str
    until: str
    handed_by: str


def print_code(
    decision_id: int, post_title: str | None, by: str, reason: str, moment: Moment
) -> CodeSheet:
    """Make a new code for a post that no channel reaches, and record who hands it over.

    A post that has a channel gets its code there; a sheet for it needs a reason. Whoever it is for
    is told at once, and the earlier code is void. Raises DecisionError in one line.
    """
    if fault := post_fault(by, "转交验证码单"):
        raise DecisionError(fault)
    with open_session() as session:
        lock_chain(session)
        decision = decision_numbered(session, decision_id)
        if decision.status != ASKED:
            raise DecisionError(f"审批 {decision_id} 已经结束，不再需要验证码")
        post = _asked_post(session, decision, post_title)
        campaign = session.get_one(Campaign, decision.campaign_id)
        stage = session.get_one(Stage, decision.stage_id)
        holder = holder_of(session, post, moment.today)
        if targets_of(campaign, holder.person.tag) and not reason.strip():
            raise DecisionError(
                f"{holder.person.title}有自己的通道，验证码会发到那里；确需打印时请用 --reason 写明原因"
            )
        code = make_code(secrets.choice)
        moment = moment
        matter = Matter.question(decision.id)
        _keep(session, matter, holder, code, "sheet", moment, handed_by=by.strip())
        occasion = Occasion(by.strip(), moment, reason.strip())
        entry = note(
            session,
            key_of(campaign),
            occasion,
            "decision-code-printed",
            f"S{stage.ordinal}",
            decision=decision.id,
            holder=holder.name,
        )
        tell_of_sheet(session, decision, stage, holder, occasion, key_of(entry))
        return CodeSheet(
            campaign.title,
            asked_about(decision, stage.name),
            decision_id,
            holder.name,
            code,
            until(moment.now, settings().decision_code_hours),
            by.strip(),
        )


def _asked_post(session: Session, decision: Decision, title: str | None) -> Post:
    asked = asked_posts(session, key_of(decision))
    chosen = [post for one, post in asked if title in (None, post.title) and not one.answer]
    names = "、".join(post.title for _, post in asked)
    if not chosen and any(title in (None, post.title) for _, post in asked):
        raise DecisionError(f"{title or names}已经表态，不再需要验证码")
    if not chosen:
        raise DecisionError(f"审批 {decision.id} 没有请 {title} 决定，请的是：{names}")
    if len(chosen) > 1:
        raise DecisionError(
            f"审批 {decision.id} 请了多个岗位决定，请用 --post 写明是哪一个：{names}"
        )
    return chosen[0]
