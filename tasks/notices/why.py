"""Why was nobody told? One answer for every subject and day, with the facts behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from models.calendar.calendar import work_calendar
from models.calendar.too_early import REASON
from models.campaign.campaign import looking_at
from models.campaign.subjects import Subject, subject_named
from models.keys import key_of
from models.notices.trail import Trail, trails
from models.rules.notices.ladder import Bracket, Rung, brackets
from models.rules.notices.ladder_table import plain
from models.rules.notices.rule_words import NO_WAY
from models.rules.said import inside
from models.rules.words import FINISHED, Progress
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
OVER = "already-done"
HELD = {
    "next-window": "收件人这一时段已收到一条消息，合并到下一个工作日早上",
    "off-hours": "休息时间，等到下一个工作日早上",
    "over-budget": "本周提醒次数已到方案规定，等领导同意",
    "no-patrol": "当天没有巡查过，还没有写下提醒",
    "day-off": "当天休息，下一个工作日巡查",
    "waiting": "提醒已写下，还没有发出",
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
        "notices": [
            {"answer": one.answer, **_facts(one, _behind(one, found)[0])} for one in relevant
        ],
    }
    if relevant:
        first = min(relevant, key=lambda t: ANSWERS.index(t.answer))
        behind, words = _behind(first, found)
        facts |= {k: value for k, value in _facts(first, behind).items() if k != "rule"}
        return Why(found.name, on, first.answer, facts, words)
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
        state = Progress(found.state).chinese
        return f"不需要提醒：已登记为{state}{f'（{found.done_on}）' if found.done_on else ''}"
    if found.due is None:
        return "不需要提醒：没有写明时限"
    return f"不需要提醒：时限是 {found.due}，{on} 还不到提醒的日子"


def _facts(one: Trail, behind: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is known of a notice as ``--json`` prints it; what is empty is left out."""
    about = {
        "to": one.tag,
        "post": one.post,
        "rule": one.rule,
        "written_on": _iso(one.day),
        "stands_in_for_level": one.meant_for,
    }
    return {name: value for name, value in {**about, **behind}.items() if value not in (None, "")}


def _behind(one: Trail, found: Subject) -> tuple[Mapping[str, object], str]:
    """Return the facts that only a notice of this answer has, and the answer in words."""
    to, channel = f"{one.post}（标签 {one.tag}）", one.target_kind or ""
    sent = {"message": one.message_id, "channel": one.target_kind}
    match one.answer:
        case "delivered":
            facts = sent | {"at": _iso(one.delivered_at), "code": one.code}
            at = _local(one.delivered_at)
            return facts, f"已送达：{at} 送达{to}，通道 {channel}，消息 {one.message_id} 号"
        case "refused":
            again = one.next_try_at if one.delivery == "waiting" else None
            facts = {"code": one.code, "text": one.reply, "tries": one.attempts}
            return sent | facts | {"next_try": _iso(again)}, (
                f"被拒收：发给{to}，通道 {channel} 返回码 {one.code or ''}（{one.reply or ''}），"
                f"已试 {one.attempts or 0} 次，{f'{_local(again)} 再试' if again else '不再重试'}"
            )
        case "merged":
            return sent, f"已合并到消息 {one.message_id} 号，正在发给{to}"
        case "silenced":
            facts = {"silence": one.silence, "author": one.author, "reason": one.why}
            return facts | {"scope": one.scope, "until": _iso(one.until)}, (
                f"被静默：第 {one.silence} 号静默（{one.scope}），{one.author} 设置，"
                f"理由：{inside(one.why or '')}，到 {one.until} 为止"
            )
        case "acknowledged":
            at = _local(one.acknowledged_at)
            facts = {"by": one.by_post, "at": _iso(one.acknowledged_at)}
            words = f"已签收：{one.by_post} 于 {at} 签收，有效到 {one.runs_out}"
            return facts | {"runs_out": _iso(one.runs_out)}, words
        case "inhibited":
            words = f"被上一层预警覆盖：“{one.stage or ''}”阶段收尾已逾期，只提醒阶段，不逐项提醒"
            return {"stage": one.stage}, words
        case "no-channel":
            return {
                "reason": one.reason
            }, f"没有通道：{to}，{NO_WAY.get(one.reason, NO_WAY['no-channel'])}"
        case "not-due":
            return {"reason": one.reason or OVER}, (
                _taken_back(one, to) or _over(one) or _not_due(found, one.day)
            )
        case _:
            held = one.reason or one.later or one.state
            words = (
                f"等待：{HELD.get(held, '等到可以发送的时间')}；{_local(one.hold_until)} 起发给{to}"
            )
            return {"until": _iso(one.hold_until), "reason": held}, words


def _taken_back(one: Trail, to: str) -> str:
    if one.reason.startswith(REASON):
        return f"已收回：这条是本机时钟走快时写的（发给{to}），到日子再提醒"
    if one.reason == POST_GONE:
        return f"没有发给{to}：单位已停用或岗位空缺，改由上一级或创建办知道"
    return ""


def _over(one: Trail) -> str:
    """Say of what was written before its item was done that nobody will get it; empty for any other."""
    if not one.over or one.reason:
        return ""
    what = "这一项已经撤销" if one.over == "withdrawn" else f"已登记为{Progress(one.over).chinese}"
    return f"不需要提醒：{what}；以前写下、还没有发出的提醒不再发"


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _local(instant: datetime | None) -> str:
    return local_minute(instant) if instant else ""
