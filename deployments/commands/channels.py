"""`shifan channels`: show where messages would go, and try whether they arrive."""

import sys

from flows.running import clock
from models.campaign.campaign import campaigns
from models.database import open_session
from models.errors import ChannelError
from models.notices.channel_health import Health, Reply, health_by_target, keep_answer
from models.schema import ensure_schema
from models.settings import office_time, settings
from notifications.channels.channels import Channels, load_channels
from notifications.markdown import typed
from notifications.saying.answer import Answer
from notifications.saying.message import Message
from notifications.saying.target import Target
from tasks.decisions.deputies.entanglements import entanglements, shared_in_units
from tasks.notices.lists import in_words
from tasks.notices.self_test import self_test
from tasks.office.reach import tags_to_ask_about

NOT_CONFIGURED = "还没有配置通道：请把 SHIFAN_CHANNELS 指向通道配置文件（样例见 deployments/channels.example.yaml）"


def test_channel(tag: str) -> None:
    """Send one test message to every target of ``tag`` and print a line for each.

    Raises ChannelError when nobody is configured for the tag or any target did not take it.
    """
    channels = _configured()
    targets = channels.targets(tag)
    if not targets:
        raise ChannelError(_nobody(channels, tag))
    answers = [
        (target, answer)
        for target, _, answer in channels.send_all(
            (target, _test_message(tag)) for target in targets
        )
    ]
    for target, answer in answers:
        _say(_line(target, answer))
    _keep(answers)
    failed = [(target, answer) for target, answer in answers if not answer.delivered]
    if failed:
        reasons = "；".join(
            f"{target.kind} {answer.code} {answer.text}" for target, answer in failed
        )
        raise ChannelError(
            f"标签 {tag} 的 {len(targets)} 个对象中有 {len(failed)} 个没有收到：{reasons}"
        )
    _say(f"标签 {tag} 的 {len(targets)} 个对象都已收到")


def check_channels() -> None:
    """Print every tag with its targets and how each did last, without sending anything.

    Raises ChannelError when the file is missing, open to others, or has entries that cannot be used.
    """
    channels = _configured()
    ensure_schema(clock.now())
    with open_session(read_only=True) as session:
        known = health_by_target(session)
        shared = [
            line
            for each in campaigns(session)
            for line in [
                *entanglements(session, each, clock.today()),
                *shared_in_units(session, each),
                *tags_to_ask_about(session, each),
            ]
        ]
    for tag in channels.tags:
        for target in channels.targets(tag):
            _say(f"{tag}：{target}；{_history(known.get(target.id))}")
    for line in dict.fromkeys(shared):
        _say(f"注意：{line}")
    _say(f"共 {len(channels.tags)} 个标签")
    if channels.faults:
        lines = "\n".join(f"  {fault}" for fault in channels.faults)
        raise ChannelError(f"通道配置文件有 {len(channels.faults)} 处不能使用：\n{lines}")


def test_silently() -> None:
    """Test the channels without sending anything.

    Raises ChannelError that lists every fault.
    """
    _configured()
    ensure_schema(clock.now())
    found = self_test(clock.moment())
    _say(found.looked_at)
    if found.faults:
        lines = "\n".join(f"  {fault}" for fault in found.faults)
        raise ChannelError(f"通道自检发现 {len(found.faults)} 处问题：\n{lines}")
    _say("通道没有发现问题")


def _keep(answers: list[tuple[Target, Answer]]) -> None:
    ensure_schema(clock.now())
    with open_session() as session:
        for target, answer in answers:
            reply = Reply(answer.delivered, answer.code, answer.text)
            keep_answer(session, target.id, target.kind, reply, clock.now())


def _history(row: Health | None) -> str:
    if row is None:
        return "还没有发送过"
    failed = (
        f"，上次失败 {in_words(row.last_failure_at)}" if row.last_failure_at else "，没有失败过"
    )
    if row.last_failure_at:
        failed += f"（返回码 {row.code}：{row.answer}）"
    return f"上次成功 {in_words(row.last_success_at)}{failed}"


def _configured() -> Channels:
    path = settings().channels
    if path is None:
        raise ChannelError(NOT_CONFIGURED)
    return load_channels(path)


def _nobody(channels: Channels, tag: str) -> str:
    known = "、".join(channels.tags[:20]) or "（没有）"
    faults = "".join(f"\n  {fault}" for fault in channels.faults)
    also = f"\n配置文件里还有不能使用的通道：{faults}" if faults else ""
    return f"没有为标签 {tag} 配置任何通道，现有标签：{known}{also}"


def _line(target: Target, answer: Answer) -> str:
    result = "已收到" if answer.delivered else "没有收到"
    later = f"；请等 {answer.retry_after:g} 秒后再试" if answer.retry_after else ""
    return f"{target}：{result}（返回码 {answer.code}：{answer.text}）{later}"


def _test_message(tag: str) -> Message:
    now = office_time(clock.now())
    return Message(
        subject="通道测试（请忽略）",
        body_markdown=f"这是发给标签 **{typed(tag, '**', '**')}** 的测试消息，{now:%m 月 %d 日 %H:%M}，无需处理。",
        link=settings().public_url,
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
