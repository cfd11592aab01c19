"""Why was nobody told? One answer for every subject and day, with the facts behind it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from models.calendar.calendar import work_calendar
from models.calendar.too_early import REASON
from models.campaign.campaign import looking_at
from models.campaign.subjects import Subject, subject_named
from models.keys import key_of
from models.notices.trail import Trail, trails
from models.rules.notices.ladder import Rung, brackets
from models.rules.notices.ladder_table import plain
from models.rules.words import Progress
from models.settings import local_minute
from models.units.leaving import POST_GONE
from tasks.office.ladder import ladder_of

# The first of these that any notice of the day came to is the answer: what reached somebody before
# what did not, what is under way before what was left unsaid.
ANSWERS = (
    "delivered",
    "refused",
    "merged",
    "held",
    "acknowledged",
    "silenced",
    "inhibited",
    "no-channel",
    "not-due",
)
NO_CHANNEL = {
    "no-channels-file": "没有配置通道",
    "demo": "演示活动不外发",
    "no-channel": "收件人的标签没有对应的通道",
}
FINISHED = (Progress.DONE, Progress.DROPPED)
HELD = {
    "next-window": "收件人这一时段已收到一条消息，合并到下一个工作日早上",
    "off-hours": "休息时间，等到下一个工作日早上",
    "over-budget": "本周提醒次数已到方案规定，等领导同意",
    "no-patrol": "当天没有巡查过，还没有写下提醒",
    "day-off": "当天休息，下一个工作日巡查",
    "waiting": "已写下，等待发送",
}


@dataclass(frozen=True, slots=True)
class Why:
    """The answer for one subject on one day: a stable word, its facts, and Chinese for people."""

    subject: str
    on: date
    answer: str
    facts: dict[str, Any]
    words: str

    def as_json(self) -> dict[str, Any]:
        """Return the object that ``--json`` prints."""
        return {
            "subject": self.subject,
            "on": self.on.isoformat(),
            "answer": self.answer,
            "facts": self.facts,
        }


def why(slug: str | None, subject: str, on: date) -> Why:
    """Return what became of the word about ``subject`` on ``on``; writes nothing.

    A rung that was told on an earlier day still counts on ``on``, until the next rung. Raises
    NotFoundError for an unknown subject.
    """
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        found = subject_named(session, campaign_id, subject)
        calendar = work_calendar(session)
        rung = _rung(found.due, brackets(on, calendar, ladder_of(campaign).rungs))
        said = trails(session, campaign_id, found.rows, on)
        works = calendar.is_workday(on)
        following = calendar.next_workday(on)
    relevant = [t for t in said if t.day == on or (rung and plain(t.rule) == rung.rule)]
    facts: dict[str, Any] = {
        "title": found.title,
        "due": found.due.isoformat() if found.due else None,
        "rung": rung.rule if rung else None,
        "notices": [{"answer": t.answer, **t.facts} for t in relevant],
    }
    if relevant:
        first = min(relevant, key=lambda t: ANSWERS.index(t.answer))
        facts |= {name: value for name, value in first.facts.items() if name != "rule"}
        return Why(found.name, on, first.answer, facts, _in_words(first, found))
    finished = found.state in FINISHED and (found.done_on is None or found.done_on <= on)
    if rung is None or finished:
        words = _not_due(found, on)
        return Why(found.name, on, "not-due", facts | {"state": found.state}, words)
    reason = "no-patrol" if works else "day-off"
    facts |= {"reason": reason, "until": (on if works else following).isoformat()}
    return Why(found.name, on, "held", facts, f"等待：{HELD[reason]}")


def _rung(due: date | None, found: list[Any]) -> Rung | None:
    if due is None:
        return None
    return next((b.rung for b in found if b.first <= due <= b.last), None)


def _not_due(found: Subject, on: date) -> str:
    if found.state in FINISHED:
        return f"不需要提醒：已登记为完成或不适用{f'（{found.done_on}）' if found.done_on else ''}"
    if found.due is None:
        return "不需要提醒：没有写明时限"
    return f"不需要提醒：时限是 {found.due}，{on} 还不到提醒的日子"


def _in_words(trail: Trail, found: Subject) -> str:
    facts = trail.facts
    to = f"{facts['post']}（标签 {facts['to']}）"
    if trail.answer == "delivered":
        return f"已送达：{_local(facts.get('at'))} 送达{to}，通道 {facts.get('channel', '')}，消息 {facts['message']} 号"
    if trail.answer == "refused":
        later = f"，{_local(facts['next_try'])} 再试" if "next_try" in facts else "，不再重试"
        return (
            f"被拒收：发给{to}，通道 {facts.get('channel', '')} 返回码 {facts.get('code', '')}"
            f"（{facts.get('text', '')}），已试 {facts.get('tries', 0)} 次{later}"
        )
    if trail.answer == "merged":
        return f"已合并到消息 {facts['message']} 号，正在发给{to}"
    if trail.answer == "silenced":
        return (
            f"被静默：第 {facts['silence']} 号静默（{facts['scope']}），{facts['author']} 设置，"
            f"理由：{facts['reason']}，到 {facts['until']} 为止"
        )
    if trail.answer == "acknowledged":
        return f"已签收：{facts['by']} 于 {_local(facts['at'])} 签收，有效到 {facts['runs_out']}"
    if trail.answer == "inhibited":
        return f"被上一层预警覆盖：“{facts.get('stage', '')}”阶段收尾已逾期，只提醒阶段，不逐项提醒"
    if trail.answer == "no-channel":
        return f"没有通道：{to}，{NO_CHANNEL.get(facts.get('reason', ''), '没有对应的通道')}"
    if trail.answer == "not-due" and str(facts.get("reason")).startswith(REASON):
        return f"已收回：这条是本机时钟走快时写的（发给{to}），到日子再提醒"
    if trail.answer == "not-due" and facts.get("reason") == POST_GONE:
        return f"没有发给{to}：单位已停用或岗位空缺，改由上一级或创建办知道"
    if trail.answer == "not-due":
        return _not_due(found, trail.day)
    reason = HELD.get(facts.get("reason", ""), "等到可以发送的时间")
    return f"等待：{reason}；{_local(facts.get('until'))} 起发给{to}"


def _local(text: str | None) -> str:
    """Return an instant as the office reads it."""
    if not text:
        return ""
    instant = datetime.fromisoformat(text)
    instant = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    return local_minute(instant)
