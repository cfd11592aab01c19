"""Give out one-time codes: to the post's own channel, or on a sheet that the operator hands over."""

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from models.audit.chain import lock_chain
from models.campaign.campaign import Campaign
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.codes import Matter, NewCode, keep_code, may_send, open_codes
from models.decisions.decision import ASKED
from models.decisions.delegation import Holder, holder_of, holders_of
from models.decisions.hearing import Hearing
from models.decisions.question_codes import keep_codes, used_up
from models.errors import DecisionError
from models.keys import key_of
from models.notices.notice import Message
from models.notices.posting import Posting, post_messages
from models.rules.calendar.moment import Moment
from models.rules.decisions.codes import make_code, matches
from models.rules.words import post_fault
from models.settings import local_minute
from models.units.unit import Post
from notifications import links
from notifications.rendering import render
from tasks.decisions.codes.code_channels import targets_of
from tasks.decisions.codes.own_channel import tell_in_person
from tasks.decisions.making import CODE_PLACE, UNTIL_PLACE, good_until
from tasks.decisions.sealing import new_seal, sealed

Choose = Callable[[str], str]  # picks one character of an alphabet
AT_ONCE = timedelta(minutes=1)  # how long a button pressed twice shows the same sheet


@dataclass(frozen=True, slots=True)
class CodeLetter:
    """A message that brings a code: what the code is for, whose it is, the words around it.

    ``page`` is where the code is typed, or what it is about is read where somebody else types it. One that is
    ``urgent`` waits for no morning: its holder stands before the door.
    """

    matter: Matter
    holder: Holder
    template: str
    facts: Mapping[str, object]
    page: str = ""
    urgent: bool = False


def send_code(one: Hearing, post: Post) -> bool:
    """Send a new code to whoever decides for ``post``, as a message of its own.

    Returns False where nobody can be reached or today's number of codes is used up; then a code can
    be had on a sheet.
    """
    return bool(send_codes(one.session, [(one, post)]))


def send_codes(session: Session, asked: Sequence[tuple[Hearing, Post]]) -> int:
    """Send new codes as `send_code` does, each for a question to one post; return how many go out.

    By constantly many statements; none for none.
    """
    if not asked:
        return 0
    moment = asked[0][0].moment
    ids = {one.id for one, _ in asked}
    holders = holders_of(session, [post for _, post in asked], moment.today)
    no_more = used_up(session, ids, moment.today)
    going: list[tuple[Hearing, Holder, Posting]] = []
    for one, post in asked:
        holder = holders[key_of(post)]
        targets = targets_of(one.campaign, holder.person.tag)
        if targets and (one.id, key_of(post)) not in no_more:
            facts = {"stage": one.title, "decision": one.id}
            page = links.question(one.id)
            letter = CodeLetter(one.matter, holder, "decision/code", facts, page)
            going.append((one, holder, _posting(one.campaign, letter, targets, moment)))
    numbers = post_messages(session, [posting for *_, posting in going])
    promised = [
        (one.id, _promised(holder, number, posting.not_before))
        for (one, holder, posting), number in zip(going, numbers, strict=True)
    ]
    if promised:
        keep_codes(session, promised, moment)
    return len(promised)


def post_code(session: Session, campaign: Campaign, letter: CodeLetter, moment: Moment) -> bool:
    """Promise a new code in a message of its own; False as `send_code` says.

    The code itself is made when the message goes out.
    """
    holder = letter.holder
    if not may_send(session, letter.matter, key_of(holder.post), moment.today):
        return False
    targets = targets_of(campaign, holder.person.tag)
    if not targets:
        return False
    posting = _posting(campaign, letter, targets, moment)
    [number] = post_messages(session, [posting])
    new = _promised(holder, number, posting.not_before, urgent=letter.urgent)
    keep_code(session, letter.matter, new, moment)
    return True


def _posting(
    campaign: Campaign, letter: CodeLetter, targets: Sequence[tuple[str, str]], moment: Moment
) -> Posting:
    words = {"campaign": campaign.title, "code": CODE_PLACE, "until": UNTIL_PLACE, **letter.facts}
    message = Message(
        campaign_id=key_of(campaign),
        tag=letter.holder.person.tag,
        subject=render(f"{letter.template}_subject.txt.j2", **words).strip(),
        body=render(f"{letter.template}_body.md.j2", **words).strip(),
        link=letter.page,
        made_at=moment.now,
        secret=True,
        urgent=letter.urgent,
    )
    return Posting(message, targets, max(moment.hold_until, moment.now))


def _promised(
    holder: Holder, message_id: int, goes_at: datetime, *, urgent: bool = False
) -> NewCode:
    ends = good_until(goes_at, urgent=urgent)
    return NewCode(holder, "channel", new_seal(), ends, message_id=message_id)


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
    decision_id: int,
    post_title: str | None,
    by: str,
    reason: str,
    moment: Moment,
    choose: Choose = secrets.choice,
) -> CodeSheet:
    """Make a new code for a post that no channel reaches, and record who hands it over.

    A post that has a channel gets its code there; a sheet for it needs a reason. Whoever it is for
    is told at once, and the earlier code is void. Raises DecisionError in one line.
    """
    if fault := post_fault(by, "转交验证码单"):
        raise DecisionError(fault)
    by = by.strip()
    with open_session() as session:
        lock_chain(session)
        one = Hearing.numbered(session, decision_id, moment)
        if one.decision.status != ASKED:
            raise DecisionError(f"审批 {decision_id} 已经结束，不再需要验证码")
        holder = holder_of(session, _asked_post(one, post_title), moment.today)
        if targets_of(one.campaign, holder.person.tag) and not reason.strip():
            raise DecisionError(
                f"{holder.person.title}有自己的通道，验证码会发到那里；确需打印时请用 --reason 写明原因"
            )
        code, ends = make_code(choose), good_until(max(moment.hold_until, moment.now))
        new = NewCode(holder, "sheet", new_seal(code), ends, handed_by=by)
        keep_code(session, one.matter, new, moment)
        word = Occasion(by, moment, reason.strip())
        entry = one.note("decision-code-printed", word, holder=holder.name)
        facts = {"by": by, "holder": holder.name, "reason": word.reason}
        tell_in_person(one, "code_printed", holder.both, key_of(entry), facts)
        until = local_minute(ends)
        return CodeSheet(one.campaign.title, one.title, decision_id, holder.name, code, until, by)


def printed_just_now(
    decision_id: int, post_title: str | None, moment: Moment, choose: Choose
) -> CodeSheet | None:
    """Return the sheet whose code ``choose`` made within `AT_ONCE`; None for any other code, and later.

    A button pressed twice shows what it made the first time. Reads only.
    """
    code = make_code(choose)
    with open_session(read_only=True) as session:
        one = Hearing.numbered(session, decision_id, moment)
        for kept in open_codes(session, one.matter, moment.now):
            fresh = kept.way == "sheet" and moment.now - kept.made_at <= AT_ONCE
            if fresh and matches(sealed(code), kept.salt, kept.hash):
                holder = holder_of(session, _asked_post(one, post_title), moment.today)
                until, by = local_minute(kept.expires_at), kept.handed_by
                return CodeSheet(
                    one.campaign.title, one.title, decision_id, holder.name, code, until, by
                )
    return None


def _asked_post(one: Hearing, title: str | None) -> Post:
    asked = one.asked
    chosen = [post for voice, post in asked if title in (None, post.title) and not voice.answer]
    names = "、".join(post.title for _, post in asked)
    if not chosen and any(title in (None, post.title) for _, post in asked):
        raise DecisionError(f"{title or names}已经表态，不再需要验证码")
    if not chosen:
        raise DecisionError(f"审批 {one.id} 没有请 {title} 决定，请的是：{names}")
    if len(chosen) > 1:
        raise DecisionError(f"审批 {one.id} 请了多个岗位决定，请用 --post 写明是哪一个：{names}")
    return chosen[0]
