"""Try a tag's channels with a message that asks for nothing, and say what is known of every channel."""

from dataclasses import dataclass
from datetime import date, datetime

from models.campaign.campaign import campaigns
from models.database import open_session
from models.errors import ChannelError
from models.notices.channel_health import ChannelHealth, Reply, health_by_target, keep_answer
from models.settings import local_minute, office_time, settings
from notifications.channels.channels import Channels
from notifications.markdown import typed
from notifications.saying.answer import Answer, Target
from notifications.saying.message import Message
from tasks.decisions.deputies.entanglements import entanglements, shared_in_units
from tasks.office.reach import tags_to_ask_about


@dataclass(frozen=True, slots=True)
class Tried:
    """What the targets of a tag answered to a test message."""

    tag: str
    answers: list[tuple[Target, Answer]]

    @property
    def lines(self) -> list[str]:
        """Return a line for each target."""
        return [_line(target, answer) for target, answer in self.answers]

    def require(self) -> None:
        """Raise ChannelError, with the providers' own words, when any target did not take it."""
        failed = [(target, answer) for target, answer in self.answers if not answer.delivered]
        if failed:
            reasons = "；".join(f"{to.kind} {no.code} {no.text}" for to, no in failed)
            all_ = len(self.answers)
            raise ChannelError(
                f"标签 {self.tag} 的 {all_} 个对象中有 {len(failed)} 个没有收到：{reasons}"
            )


def tried(channels: Channels, tag: str, now: datetime) -> Tried:
    """Send one test message to every target of ``tag``, keep the answers and return them.

    Raises ChannelError when nobody is configured for the tag.
    """
    targets = channels.targets(tag)
    if not targets:
        raise ChannelError(_nobody(channels, tag))
    letters = [(target, _test_message(tag, now)) for target in targets]
    answers = [(target, answer) for target, _, answer in channels.send_all(letters)]
    with open_session() as session:
        for target, answer in answers:
            reply = Reply(answer.delivered, answer.code, answer.text)
            keep_answer(session, target.id, target.kind, reply, now, tag)
    return Tried(tag, answers)


def shown(channels: Channels, today: date) -> list[str]:
    """Return a line for each target of each tag and how it did last, then what should be mended."""
    with open_session(read_only=True) as session:
        known = health_by_target(session)
        shared = [
            line
            for each in campaigns(session)
            for line in [
                *entanglements(session, each, today),
                *shared_in_units(session, each),
                *tags_to_ask_about(session, each),
            ]
        ]
        return [
            f"{tag}：{target}；{_history(known.get(target.id))}"
            for tag in channels.tags
            for target in channels.targets(tag)
        ] + [f"注意：{line}" for line in dict.fromkeys(shared)]


def _history(row: ChannelHealth | None) -> str:
    if row is None:
        return "还没有发送过"
    failed = "，没有失败过"
    if row.last_failure_at:
        failed = f"，上次失败 {_when(row.last_failure_at)}（返回码 {row.code}：{row.answer}）"
    return f"上次成功 {_when(row.last_success_at)}{failed}"


def _nobody(channels: Channels, tag: str) -> str:
    known = "、".join(channels.tags[:20]) or "（没有）"
    faults = "".join(f"\n  {fault}" for fault in channels.faults)
    also = f"\n配置文件里还有不能使用的通道：{faults}" if faults else ""
    return f"没有为标签 {tag} 配置任何通道，现有标签：{known}{also}"


def _line(target: Target, answer: Answer) -> str:
    result = "已收到" if answer.delivered else "没有收到"
    later = f"；请等 {answer.retry_after:g} 秒后再试" if answer.retry_after else ""
    return f"{target}：{result}（返回码 {answer.code}：{answer.text}）{later}"


def _test_message(tag: str, now: datetime) -> Message:
    at = office_time(now)
    return Message(
        subject="通道测试（请忽略）",
        body_markdown=f"这是发给标签 **{typed(tag, '**', '**')}** 的测试消息，{at:%m 月 %d 日 %H:%M}，无需处理。",
        link=settings().public_url,
    )


def _when(instant: datetime | None) -> str:
    return local_minute(instant) if instant else "从未"
