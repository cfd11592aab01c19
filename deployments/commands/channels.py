"""`shifan channels`: show where messages would go, and try whether they arrive."""

import sys
from zoneinfo import ZoneInfo

from flows import clock
from models.errors import ChannelError
from models.settings import settings
from notifications.answer import Answer
from notifications.channels import Channels, load_channels
from notifications.message import Message
from notifications.target import Target

NOT_CONFIGURED = (
    "还没有配置通道:请把 SHIFAN_CHANNELS 指向通道配置文件(样例见 deployments/channels.example.yaml)"
)


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
    failed = [(target, answer) for target, answer in answers if not answer.delivered]
    if failed:
        reasons = ";".join(
            f"{target.kind} {answer.code} {answer.text}" for target, answer in failed
        )
        raise ChannelError(
            f"标签 {tag} 的 {len(targets)} 个对象中有 {len(failed)} 个没有收到:{reasons}"
        )
    _say(f"标签 {tag} 的 {len(targets)} 个对象都已收到")


def check_channels() -> None:
    """Print every tag with its targets, without sending anything.

    Raises ChannelError when the file is missing, open to others, or has entries that cannot be used.
    """
    channels = _configured()
    for tag in channels.tags:
        for target in channels.targets(tag):
            _say(f"{tag}:{target}")
    _say(f"共 {len(channels.tags)} 个标签")
    if channels.faults:
        lines = "\n".join(f"  {fault}" for fault in channels.faults)
        raise ChannelError(f"通道配置文件有 {len(channels.faults)} 处不能使用:\n{lines}")


def _configured() -> Channels:
    path = settings().channels
    if path is None:
        raise ChannelError(NOT_CONFIGURED)
    return load_channels(path)


def _nobody(channels: Channels, tag: str) -> str:
    known = "、".join(channels.tags[:20]) or "(没有)"
    faults = "".join(f"\n  {fault}" for fault in channels.faults)
    also = f"\n配置文件里还有不能使用的通道:{faults}" if faults else ""
    return f"没有为标签 {tag} 配置任何通道,现有标签:{known}{also}"


def _line(target: Target, answer: Answer) -> str:
    result = "已收到" if answer.delivered else "没有收到"
    later = f";请等 {answer.retry_after:g} 秒后再试" if answer.retry_after else ""
    return f"{target}:{result}(返回码 {answer.code}:{answer.text}){later}"


def _test_message(tag: str) -> Message:
    now = clock.now().astimezone(ZoneInfo(settings().time_zone))
    return Message(
        subject="通道测试(请忽略)",
        body_markdown=f"这是发给标签 **{tag}** 的测试消息,{now:%m 月 %d 日 %H:%M},无需处理。",
        link=settings().public_url,
    )


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
