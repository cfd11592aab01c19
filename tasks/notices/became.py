"""What became of a notice: its facts for programs, and the same in words for people."""

from collections.abc import Mapping
from datetime import date, datetime

from models.calendar.too_early import REASON
from models.campaign.subjects import Subject
from models.notices.trail import Trail
from models.rules.notices.rule_words import NO_WAY
from models.rules.said import day_said, inside
from models.rules.words import FINISHED, Progress
from models.settings import local_day, local_minute
from models.units.leaving import POST_GONE

OVER, DEMO = "already-done", "demo"
HELD = {
    "next-window": "收件人这一时段已收到一条消息，合并到下一个工作日早上",
    "off-hours": "休息时间，等到下一个工作日早上",
    "over-budget": "本周提醒次数已到方案规定，等领导同意",
    "no-patrol": "当天没有巡查过，还没有写下提醒",
    "day-off": "当天休息，下一个工作日巡查",
    "waiting": "提醒已写下，还没有发出",
}


def not_due_in_words(found: Subject, on: date, *, plainly: bool = False) -> str:
    """Return why nobody need hear of ``found`` on ``on``; ``plainly`` with days as people say them."""
    if found.state in FINISHED:
        state = Progress(found.state).chinese
        return f"不需要提醒：已登记为{state}{f'（{_on(found.done_on, plainly=plainly)}）' if found.done_on else ''}"
    if found.due is None:
        return "不需要提醒：没有写明时限"
    due, day = _on(found.due, plainly=plainly), _on(on, plainly=plainly)
    return f"不需要提醒：时限是 {due}，{day} 还不到提醒的日子"


def facts_of(one: Trail, behind: Mapping[str, object]) -> Mapping[str, object]:
    """Return what is known of a notice as ``--json`` prints it; what is empty is left out."""
    about = {
        "to": one.tag,
        "post": one.post,
        "rule": one.rule,
        "written_on": _iso(one.day),
        "stands_in_for_level": one.meant_for,
    }
    return {name: value for name, value in {**about, **behind}.items() if value not in (None, "")}


def became(
    one: Trail, found: Subject, *, plainly: bool = False
) -> tuple[Mapping[str, object], str]:
    """Return the facts that only a notice of this answer has, and the answer in words.

    ``plainly``: the words name posts and nothing of how these are reached, neither tag nor channel nor
    what a provider wrote.
    """
    to = one.post if plainly else f"{one.post}（标签 {one.tag}）"
    channel = "" if plainly else f"，通道 {one.target_kind or ''}"
    sent = {"message": one.message_id, "channel": one.target_kind}
    match one.answer:
        case "delivered":
            facts = sent | {"at": _iso(one.delivered_at), "code": one.code}
            at = _said_at(one.delivered_at, plainly=plainly)
            return facts, f"已送达：{at} 送达{to}{channel}，消息 {one.message_id} 号"
        case "refused":
            again = one.next_try_at if one.delivery == "waiting" else None
            facts = {"code": one.code, "text": one.reply, "tries": one.attempts}
            answered = "" if plainly else f" 返回码 {one.code or ''}（{one.reply or ''}）"
            return sent | facts | {"next_try": _iso(again)}, (
                f"被拒收：发给{to}{channel}{answered}，"
                f"已试 {one.attempts or 0} 次，{f'{_said_at(again, plainly=plainly)} 再试' if again else '不再重试'}"
            )
        case "merged":
            return sent, f"已合并到消息 {one.message_id} 号，正在发给{to}"
        case "silenced":
            facts = {"silence": one.silence, "author": one.author, "reason": one.why}
            return facts | {"scope": one.scope, "until": _iso(one.until)}, (
                f"被静默：第 {one.silence} 号静默（{one.scope}），{one.author} 设置，"
                f"理由：{inside(one.why or '')}，到 {_on(one.until, plainly=plainly)} 为止"
            )
        case "acknowledged":
            at = _said_at(one.acknowledged_at, plainly=plainly)
            facts = {"by": one.by_post, "at": _iso(one.acknowledged_at)}
            words = (
                f"已签收：{one.by_post} 于 {at} 签收，有效到 {_on(one.runs_out, plainly=plainly)}"
            )
            return facts | {"runs_out": _iso(one.runs_out)}, words
        case "inhibited":
            words = f"被上一层预警覆盖：“{one.stage or ''}”阶段收尾已逾期，只提醒阶段，不逐项提醒"
            return {"stage": one.stage}, words
        case "no-channel":
            no_way = NO_WAY.get(one.reason, NO_WAY["no-channel"])
            if plainly and one.reason != DEMO:
                no_way = "还没有办法发给这个岗位，由创建办登记"
            return {"reason": one.reason}, f"没有通道：{to}，{no_way}"
        case "not-due":
            return {"reason": one.reason or OVER}, (
                _taken_back(one, to)
                or _over(one)
                or not_due_in_words(found, one.day, plainly=plainly)
            )
        case _:
            held = one.reason or one.later or one.state
            words = f"等待：{HELD.get(held, '等到可以发送的时间')}；{_said_at(one.hold_until, plainly=plainly)} 起发给{to}"
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


def _on(day: date | None, *, plainly: bool) -> str:
    return day_said(day) if plainly and day else str(day)


def _said_at(instant: datetime | None, *, plainly: bool) -> str:
    """Return an instant on the office's clock, with its day as people say it where it is said ``plainly``."""
    if instant is None:
        return ""
    minute = local_minute(instant)
    return f"{day_said(local_day(instant))} {minute[-5:]}" if plainly else minute
