"""What a rehearsal brings to light: which days are heaviest, who is asked how often, what should be mended first."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from models.rules.rehearsal.values import (
    AskedQuestion,
    Rehearsal,
    RehearsedMessage,
    WalkedStage,
)
from models.rules.words import Worded

HEAVIEST = 5  # days
NAMED = 8  # a line names as many things, and counts the rest


class Topic(Worded):
    """What a finding is about."""

    POST = "post", "岗位"
    UNSAID = "unsaid", "发不出的提醒"
    BUDGET = "budget", "每周次数"
    STAGE = "stage", "阶段"
    DECISION = "decision", "审批"
    GROUP = "group", "单位类别"
    DAY_OFF = "day-off", "休息日到期"
    HOLIDAYS = "holidays", "放假安排"
    CHANNELS = "channels", "通道"


@dataclass(frozen=True, slots=True)
class ToLookAt:
    """One thing to look at before the campaign starts: what it is, and what to do about it; ``command`` may be empty."""

    topic: Topic
    what: str
    todo: str
    command: str = ""  # that does it, for who types commands


@dataclass(frozen=True, slots=True)
class HeavyDay:
    """A day with many messages: how many, and to how many recipients."""

    day: date
    messages: int
    recipients: int


@dataclass(frozen=True, slots=True)
class WeekOfRecipient:
    """How many messages a recipient gets in the week of ``monday``.

    Of a unit's post also how often the unit is asked in all, and what its plan allows (0 for no bound).
    """

    recipient: str
    monday: date
    messages: int
    asks: int = 0
    budget: int = 0

    @property
    def full(self) -> bool:
        """Say whether its unit is asked as often as the plan allows: what comes then waits for a leader's word."""
        return 0 < self.budget <= self.asks


def heaviest(found: Rehearsal, most: int = HEAVIEST) -> list[HeavyDay]:
    """Return the days with the most messages, the heaviest first; of equal ones the earlier first."""
    counts = Counter(one.day for one in found.messages)
    readers: dict[date, set[str]] = {}
    for one in found.messages:
        readers.setdefault(one.day, set()).add(one.tag)
    days = sorted(counts, key=lambda day: (-counts[day], day))[:most]
    return [HeavyDay(day, counts[day], len(readers[day])) for day in days]


def by_week(found: Rehearsal) -> list[WeekOfRecipient]:
    """Return how many messages each recipient gets in each week, by week, then in the order of the posts."""
    asked = {(one.unit, one.monday): (one.asks, one.budget) for one in found.weeks}
    place = {one.recipient: n for n, one in enumerate(_in_order(found.messages))}
    counts: Counter[tuple[date, str, str]] = Counter()
    for one in found.messages:
        counts[one.day - timedelta(days=one.day.weekday()), one.recipient, one.unit] += 1
    return [
        WeekOfRecipient(recipient, monday, n, *asked.get((unit, monday), (0, 0)))
        for (monday, recipient, unit), n in sorted(
            counts.items(), key=lambda item: (item[0][0], place[item[0][1]], item[0][1])
        )
    ]


def findings(found: Rehearsal) -> list[ToLookAt]:
    """Return everything that should be looked at before the campaign starts, in the order of `Topic`."""
    every = [
        *_of_posts(found),
        *_unsaid(found),
        *_of_budget(found),
        *_of_stages(found.stages),
        *_of_questions(found),
        *_of_calendar(found),
    ]
    topics = list(Topic)
    return sorted(every, key=lambda one: topics.index(one.topic))


def _in_order(messages: Sequence[RehearsedMessage]) -> list[RehearsedMessage]:
    """Return one message of each recipient, units as they first appear, the campaign's own posts behind them."""
    first: dict[str, RehearsedMessage] = {}
    for one in messages:
        first.setdefault(one.recipient, one)
    return sorted(first.values(), key=lambda one: one.unit == "")


def _of_posts(found: Rehearsal) -> Iterator[ToLookAt]:
    for vacant, word, todo in (
        (True, "空缺", "在联系人表里填上，再装入"),
        (False, "没有通道", "在通道配置里给它的标签配上通道"),
    ):
        posts = [one for one in found.missing if one.vacant is vacant]
        for one in posts[:NAMED]:
            heard = "、".join(one.instead)
            instead = f"它的 {one.notices} 条提醒由{heard}代收" if heard else "没有人代收"
            yield ToLookAt(Topic.POST, f"{one.post}{word}：{instead}", todo)
        if len(posts) > NAMED:
            more = sum(one.notices for one in posts[NAMED:])
            what = f"另有 {len(posts) - NAMED} 个岗位{word}，{more} 条提醒由上一级代收，见“岗位”"
            yield ToLookAt(Topic.POST, what, todo)
    if found.assumed:
        what = "还没有配置通道：演练假定每个岗位都有一个通道"
        yield ToLookAt(
            Topic.CHANNELS, what, "配置好通道后再演练一次", "样例 deployments/channels.example.yaml"
        )


def _unsaid(found: Rehearsal) -> Iterator[ToLookAt]:
    counts: Counter[str] = Counter()
    for one in found.unsaid:
        counts[one.reason] += one.count
    for reason, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield ToLookAt(Topic.UNSAID, f"{count} 条提醒没有发出：{reason}", "逐条见“没有发出”")


def _of_budget(found: Rehearsal) -> Iterator[ToLookAt]:
    full = [one for one in found.weeks if 0 < one.budget <= one.asks]
    if full:
        weeks, names = {one.monday for one in full}, list(dict.fromkeys(one.unit for one in full))
        what = f"{_named(names)}有 {len(weeks)} 周到了方案规定的每周次数，多出的提醒要等领导同意"
        yield ToLookAt(Topic.BUDGET, what, "错开时限，或事先请领导同意", "shifan burden")


def _of_stages(stages: Sequence[WalkedStage]) -> Iterator[ToLookAt]:
    for one in stages:
        name = f"第 {one.ordinal} 阶段“{one.name}”"
        if one.workdays == 0:
            yield ToLookAt(Topic.STAGE, f"{name}里没有一个工作日", "改方案里的起止日期后再装入")
        if not one.deciders:
            yield ToLookAt(
                Topic.STAGE,
                f"{name}没有可以审批的岗位",
                "在联系人表里填上组长或分管领导，再装入",
                "shifan posts export",
            )
        if one.start is None:
            yield ToLookAt(Topic.STAGE, f"{name}没有开始日", "在方案里写明，否则要等领导决定才启动")
        if one.end is None and not one.open_ended:
            yield ToLookAt(Topic.STAGE, f"{name}没有结束日", "在方案里写明，否则不会按期提请审批")
    for before, after in pairwise(stages):
        if apart := _overlap(before, after):
            what = (
                f"第 {after.ordinal} 阶段“{after.name}”与第 {before.ordinal} 阶段“{before.name}”"
                f"重叠 {apart} 天，比两个阶段开始相隔的天数还多"
            )
            yield ToLookAt(Topic.STAGE, what, "核对方案里的日期；确实如此的，两个阶段会同时催办")


def _overlap(before: WalkedStage, after: WalkedStage) -> int:
    """Return by how many days two stages overlap, where that is more than lie between their starts; else 0."""
    if before.start is None or before.end is None or after.start is None:
        return 0
    end = min(before.end, after.end or before.end)
    both = (end - after.start).days + 1
    return both if both > max(0, (after.start - before.start).days) else 0


def _of_questions(found: Rehearsal) -> Iterator[ToLookAt]:
    silent: dict[tuple[int, str], list[AskedQuestion]] = {}
    for one in found.questions:
        if one.answered_on is None:
            silent.setdefault((one.stage, one.name), []).append(one)
    for (stage, name), asked in sorted(silent.items()):
        of = "、".join(dict.fromkeys(post for one in asked for post in one.of))
        times = f"，共提请 {len(asked)} 次" if len(asked) > 1 else ""
        what = f"第 {stage} 阶段“{name}”的审批按这个进度没有答复：{asked[0].asked_on} 起提请{of}{times}"
        yield ToLookAt(Topic.DECISION, what, f"请在 {asked[0].due} 前答复，或办理委托")


def _of_calendar(found: Rehearsal) -> Iterator[ToLookAt]:
    if found.open_groups:
        what = f"没有写明有哪些单位的类别：{_named(found.open_groups)}；它们的任务还没有人办"
        yield ToLookAt(Topic.GROUP, what, "在单位名册里填上，再装入", "shifan units export")
    if found.due_days_off:
        codes = _named([f"{one.code}（{one.due}）" for one in found.due_days_off])
        what = f"{len(found.due_days_off)} 个事项在休息日到期：{codes}"
        yield ToLookAt(Topic.DAY_OFF, what, "提醒会在前一个工作日发出；要改期的，改方案后再装入")
    if found.last.year > found.holidays_until:
        what = f"{max(found.first.year, found.holidays_until + 1)} 年起的放假安排还没有公布，按周一至周五减去法定节假日计算"
        yield ToLookAt(
            Topic.HOLIDAYS, what, "公布后录入放假安排，再演练一次", "shifan holidays load"
        )


def _named(names: Sequence[str]) -> str:
    more = f"等 {len(names)} 个" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def rehearsal_line(found: Rehearsal) -> str:
    """Return a rehearsal in one line: what was walked, and what came of it."""
    worked = sum(1 for one in found.days if one.notices or one.messages)
    readers = len({one.tag for one in found.messages})
    return (
        f"【演练】{found.label} {found.first} 至 {found.last}，进度“{found.pace}”：{len(found.days)} 天里有 "
        f"{worked} 天发消息，共 {len(found.messages)} 条，收件人 {readers} 个，审批 {len(found.questions)} 次，"
        f"{len(findings(found))} 处要看"
    )
