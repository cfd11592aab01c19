"""Why was nobody told? One answer for every subject and day, with the facts behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from models.calendar.calendar import work_calendar
from models.calendar.too_early import REASON
from models.campaign.campaign import looking_at
from models.campaign.subjects import Subject, subject_named
from models.keys import key_of
from models.notices.trail import Trail, trails
from models.rules.notices.ladder import Bracket, Rung, brackets
from models.rules.notices.ladder_table import plain
from models.rules.notices.rule_words import NO_WAY
from models.rules.words import FINISHED
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
    facts: Mapping[str, object]
    words: str

    def as_json(self) -> Mapping[str, object]:
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
    facts: dict[str, object] = {
        "title": found.title,
        "due": found.due.isoformat() if found.due else None,
        "rung": rung.rule if rung else None,
        "notices": [{"answer": one.answer, **_facts(one)} for one in relevant],
    }
    if relevant:
        first = min(relevant, key=lambda t: ANSWERS.index(t.answer))
        facts |= {name: value for name, value in _facts(first).items() if name != "rule"}
        return Why(found.name, on, first.answer, facts, _in_words(first, found))
    finished = found.state in FINISHED and (found.done_on is None or found.done_on <= on)
    if rung is None or finished:
        words = _not_due(found, on)
        return Why(found.name, on, "not-due", facts | {"state": found.state}, words)
    reason = "no-patrol" if works else "day-off"
    facts |= {"reason": reason, "until": (on if works else following).isoformat()}
    return Why(found.name, on, "held", facts, f"等待：{HELD[reason]}")


def _rung(due: date | None, found: list[Bracket]) -> Rung | None:
    if due is None:
        return None
    return next((b.rung for b in found if b.first <= due <= b.last), None)


def _not_due(found: Subject, on: date) -> str:
    if found.state in FINISHED:
        return f"不需要提醒：已登记为完成或不适用{f'（{found.done_on}）' if found.done_on else ''}"
    if found.due is None:
        return "不需要提醒：没有写明时限"
    return f"不需要提醒：时限是 {found.due}，{on} 还不到提醒的日子"


def _facts(one: Trail) -> Mapping[str, object]:
    """Return what is known of a notice as ``--json`` prints it; what is empty is left out."""
    about = {
        "to": one.tag,
        "post": one.post,
        "rule": one.rule,
        "written_on": _iso(one.day),
        "stands_in_for_level": one.meant_for,
    }
    known = {**about, **_facts_behind(one)}
    return {name: value for name, value in known.items() if value not in (None, "")}


def _facts_behind(one: Trail) -> dict[str, object]:
    sent: dict[str, object] = {"message": one.message_id, "channel": one.target_kind}
    if one.answer == "delivered":
        return sent | {"at": _iso(one.delivered_at), "code": one.code}
    if one.answer == "refused":
        refused: dict[str, object] = {"code": one.code, "text": one.reply, "tries": one.attempts}
        return sent | refused | {"next_try": _iso(_next_try(one))}
    if one.answer == "merged":
        return sent
    if one.answer == "silenced":
        said: dict[str, object] = {"silence": one.silence, "author": one.author, "reason": one.why}
        return said | {"scope": one.scope, "until": _iso(one.until)}
    if one.answer == "acknowledged":
        at, runs_out = _iso(one.acknowledged_at), _iso(one.runs_out)
        return {"by": one.by_post, "at": at, "runs_out": runs_out}
    if one.answer == "inhibited":
        return {"stage": one.stage}
    if one.answer in ("no-channel", "not-due"):
        return {"reason": one.reason}
    return {"until": _iso(one.hold_until), "reason": _held_for(one)}


def _in_words(one: Trail, found: Subject) -> str:
    to = f"{one.post}（标签 {one.tag}）"
    channel = one.target_kind or ""
    if one.answer == "delivered":
        at = _local(one.delivered_at)
        return f"已送达：{at} 送达{to}，通道 {channel}，消息 {one.message_id} 号"
    if one.answer == "refused":
        again = _next_try(one)
        later = f"，{_local(again)} 再试" if again else "，不再重试"
        return (
            f"被拒收：发给{to}，通道 {channel} 返回码 {one.code or ''}"
            f"（{one.reply or ''}），已试 {one.attempts or 0} 次{later}"
        )
    if one.answer == "merged":
        return f"已合并到消息 {one.message_id} 号，正在发给{to}"
    if one.answer == "silenced":
        return (
            f"被静默：第 {one.silence} 号静默（{one.scope}），{one.author} 设置，"
            f"理由：{one.why}，到 {one.until} 为止"
        )
    if one.answer == "acknowledged":
        at = _local(one.acknowledged_at)
        return f"已签收：{one.by_post} 于 {at} 签收，有效到 {one.runs_out}"
    if one.answer == "inhibited":
        return f"被上一层预警覆盖：“{one.stage or ''}”阶段收尾已逾期，只提醒阶段，不逐项提醒"
    if one.answer == "no-channel":
        return f"没有通道：{to}，{NO_WAY[one.reason]}"
    if one.answer == "not-due" and one.reason.startswith(REASON):
        return f"已收回：这条是本机时钟走快时写的（发给{to}），到日子再提醒"
    if one.answer == "not-due" and one.reason == POST_GONE:
        return f"没有发给{to}：单位已停用或岗位空缺，改由上一级或创建办知道"
    if one.answer == "not-due":
        return _not_due(found, one.day)
    reason = HELD.get(_held_for(one), "等到可以发送的时间")
    return f"等待：{reason}；{_local(one.hold_until)} 起发给{to}"


def _next_try(one: Trail) -> datetime | None:
    return one.next_try_at if one.delivery == "waiting" else None


def _held_for(one: Trail) -> str:
    return one.reason or one.later or one.state


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _local(instant: datetime | None) -> str:
    """Return an instant as the office reads it; one that does not say its zone is UTC, as SQLite's are."""
    if instant is None:
        return ""
    return local_minute(instant if instant.tzinfo else instant.replace(tzinfo=UTC))
