"""What `make province` came to: read from our tables and from what the provider took."""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import select

from models.campaign.rounds import rounds_on
from models.database import open_session
from models.notices.notice import Message, Notice
from tests.tools.fake_provider import Taken

NUMBER = re.compile(r"/m/(\d+)")  # of a message, in the link to it


@dataclass
class Outcome:
    """What it came to; ``faults`` must be empty."""

    campaigns: int
    seconds: float = 0.0
    alone: float = 0.0  # campaigns a second of one worker
    together: float = 0.0  # of all, before anything was killed
    struck: float = 0.0  # of all, while one of each kind was killed
    ticks: int = 0  # how often the patrol of all was asked for
    runs: int = 0
    notices: int = 0
    messages: int = 0
    killed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        ratio = self.together / self.alone if self.alone else 0.0
        rows = (
            (
                "创建活动",
                f"{self.campaigns} 个，全部巡查" if not self.faults else f"{self.campaigns} 个",
            ),
            ("用时", f"{self.seconds:.0f} 秒"),
            ("一个工作进程", f"每秒 {self.alone:.2f} 个"),
            ("全部工作进程", f"每秒 {self.together:.2f} 个，是一个的 {ratio:.1f} 倍"),
            ("强行结束过", "、".join(self.killed) or "没有"),
            *([("其间", f"每秒 {self.struck:.2f} 个")] if self.killed else []),
            ("全省巡查运行了", f"{self.ticks} 次，逐个巡查 {self.runs} 次"),
            ("提醒", f"{self.notices} 条，合成 {self.messages} 条消息"),
            ("丢失或重复", "；".join(self.faults) or "没有"),
        )
        lines = [f"| {what} | {said} |" for what, said in rows]
        return "\n".join(["| 项目 | 结果 |", "| --- | --- |", *lines])


def rounds_of_the_day(day: date) -> set[str]:
    """Return the campaigns that have their round of ``day``."""
    with open_session(read_only=True) as session:
        return {one.slug for one in rounds_on(session, day) if one.at}


def count(out: Outcome, day: date, taken: Sequence[Taken]) -> None:
    """Count what is there, and write down as faults what is missing or double; ``taken`` by the provider."""
    if missing := out.campaigns - len(rounds_of_the_day(day)):
        out.faults.append(f"{missing} 个没有巡查记录")
    with open_session(read_only=True) as session:
        notices = [
            (n.campaign_id, n.subject_kind, n.subject_id, n.rule, n.level, n.occurrence, n.post_id)
            for n in session.exec(select(Notice))
        ]
        regular = select(Message).where(~Message.urgent, ~Message.secret)  # type: ignore[arg-type,operator]
        windows = [(one.tag, one.window) for one in session.exec(regular)]
    out.notices, out.messages = len(notices), len(windows)
    of_each = Counter(notice[0] for notice in notices)
    if len(set(of_each.values())) != 1 or len(of_each) != out.campaigns:
        out.faults.append(f"各活动的提醒数不一样：{dict(Counter(of_each.values()))}")
    # A leader hears of an urgent thing, or gets a code, by a message of its own: counted by its number.
    copies = [
        (one.key, number[1] if (number := NUMBER.search(one.text)) else one.text)
        for one in taken
        if "重发" not in one.text
    ]
    for what, all_ in (("提醒", notices), ("消息", windows), ("没有标明重发的消息", copies)):
        if twice := _twice(all_):
            out.faults.append(f"{twice} 条{what}重复")
    if not windows or not copies:
        out.faults.append("没有发出消息")


def _twice(found: Iterable[Hashable]) -> int:
    return sum(n > 1 for n in Counter(found).values())
