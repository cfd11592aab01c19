"""Deliver: gather what may go out, claim it, send it, write down the answers."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from sqlmodel import Session

from models.database import open_session
from models.decision_codes import wipe_codes
from models.outbox import (
    Claim,
    WaitingNotice,
    answered,
    claim,
    mark_unsendable,
    post_message,
    put_back,
    settle,
    waiting_notices,
)
from models.rate_limit import back_off, take_token
from models.settings import settings
from notifications.channels import Answer, Channels, Target, load_channels
from notifications.letter import letter
from notifications.message import Message

Clock = Callable[[], datetime]


@dataclass(slots=True)
class Delivered:
    """What one round came to: messages made, deliveries by result, notices that nobody can get."""

    messages: int = 0
    sent: int = 0
    refused: int = 0
    resting: int = 0
    unsendable: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def in_words(self) -> str:
        """Return the round in one line."""
        parts = [f"发出 {self.sent} 条消息"]
        if self.refused:
            parts.append(f"{self.refused} 条被拒,稍后重试或已停止,见 delivery 表里通道的答复")
        if self.resting:
            parts.append(f"{self.resting} 条因通道限速稍后再发")
        parts += [f"{n} 条提醒没有发出:{WHY[reason]}" for reason, n in self.unsendable.items()]
        if self.faults:
            parts.append(f"通道配置有 {len(self.faults)} 处不能使用,请运行 shifan channels check")
        return ";".join(parts)


WHY = {
    "demo": "演示活动的提醒不外发",
    "no-channels-file": "没有配置通道,提醒只在界面上显示",
    "no-channel": "收件人没有对应的通道",
}


def deliver(clock: Clock) -> Delivered:
    """Send what may go out now; return what it came to.

    May run twice or at the same time as itself: a delivery is claimed before it is sent. Killed
    between a provider's yes and our record, it is sent once more and says so.
    """
    result = Delivered()
    channels = load_channels(settings().channels)
    result.faults = channels.faults
    with open_session() as session:
        _gather(session, channels, clock(), result)
    while claims := _claimed(clock()):
        _send(channels, claims, clock, result)
    with open_session() as session:
        settle(session)
        wipe_codes(session, clock())
    return result


def _gather(session: Session, channels: Channels, now: datetime, result: Delivered) -> None:
    notices = waiting_notices(session, now)
    for (_, tag), group in groupby(notices, key=lambda n: (n.campaign_id, n.tag)):
        together = list(group)
        reason = _unsendable(together[0], channels, tag)
        if reason:
            mark_unsendable(session, together, reason)
            result.unsendable[reason] += len(together)
            continue
        words = letter(together)
        targets = [(target.id, target.kind) for target in channels.targets(tag)]
        post_message(
            session,
            together,
            targets,
            subject=words.subject,
            body=words.body_markdown,
            link=words.link,
            now=now,
        )
        result.messages += 1


def _unsendable(first: WaitingNotice, channels: Channels, tag: str) -> str:
    if first.is_demo:
        return "demo"
    if settings().channels is None:
        return "no-channels-file"
    return "" if channels.has(tag) else "no-channel"


def _claimed(now: datetime) -> list[Claim]:
    with open_session() as session:
        return claim(session, now)


def _send(channels: Channels, claims: Iterable[Claim], clock: Clock, result: Delivered) -> None:
    known = {t.id: t for tag in channels.tags for t in channels.targets(tag)}
    letters: list[tuple[Target, Message]] = []
    by_letter: dict[tuple[str, int], Claim] = {}
    for one in claims:
        target = known.get(one.target)
        if target is None:
            _write(
                one,
                Answer(False, "no-channel", "通道已从配置中删去", permanent=True),
                clock,
                result,
            )
            continue
        if wait := _wait_for(target, clock()):
            with open_session() as session:
                put_back(session, one.id, clock() + timedelta(seconds=wait))
            result.resting += 1
            continue
        subject = f"【重发】{one.subject}" if one.repeat else one.subject
        message = Message(subject, one.body, one.link)
        by_letter[target.id, id(message)] = one
        letters.append((target, message))
    for target, message, answer in channels.send_all(letters):
        if answer.retry_after and target.bucket:
            with open_session() as session:
                back_off(session, target.bucket, clock(), answer.retry_after)
        _write(by_letter[target.id, id(message)], answer, clock, result)


def _wait_for(target: Target, now: datetime) -> float:
    if not target.bucket:
        return 0.0
    with open_session() as session:
        return take_token(session, target.bucket, now)


def _write(one: Claim, answer: Answer, clock: Clock, result: Delivered) -> None:
    with open_session() as session:
        answered(
            session,
            one.id,
            now=clock(),
            delivered=answer.delivered,
            code=answer.code,
            answer=answer.text,
            permanent=answer.permanent,
            uncertain=answer.uncertain,
            retry_after=answer.retry_after,
        )
    result.sent += answer.delivered
    result.refused += not answer.delivered
