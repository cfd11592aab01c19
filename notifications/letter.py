"""A letter: several notices of one recipient as one message, the most urgent first."""

from collections.abc import Sequence

from models.outbox import WaitingNotice
from models.rules.ladder_table import rung_of
from models.telling import STAGE_RULES
from notifications import links
from notifications.message import Message
from notifications.rendering import render

LINES_SHOWN = 10
FORM, RECEIPT, WEEK, CHART = "登记进展", "签收提醒", "this-week", "chart"
LONG = 10_000  # working days: before anything overdue
DECISION_RULES = {"decision_asked", "decision_reminder", "decision_escalated"}
WHAT = {
    "stage_opened": "阶段启动",
    "all_clear": "每日报告",
    "silence_stands": "静默仍在生效",
    "dead_letter": "消息没有送达",
    "channel_fault": "通道异常",
    "over_budget": "超出每周次数",
}


def letter(notices: Sequence[WaitingNotice], number: int = 0, chain: str = "") -> Message:
    """Return message ``number`` that says all ``notices``: what, whose, by when, where to answer.

    ``chain`` is how the audit chain stands, near the top so that no channel cuts it off. The most overdue stands first; beyond ten lines it says how many more there are and where. Its
    link is the receipt for all of them, filled in.
    """
    items = sorted(_latest([n for n in notices if not n.words]), key=_urgency)
    words = [notice for notice in notices if notice.words]
    red = sum(_workdays(n) > 0 for n in items)
    subject = render(
        "notice/subject.txt.j2",
        campaign=notices[0].campaign,
        red=red,
        other=len(items) - red,
        again=any(n.rule.startswith("again:") for n in items),
        said="、".join(dict.fromkeys(WHAT.get(n.rule, "通知") for n in words)),
    )
    body = render(
        "notice/body.md.j2",
        words=[notice.words for notice in words],
        chain=chain,
        lines=[_line(notice) for notice in items[:LINES_SHOWN]],
        more=max(0, len(items) - LINES_SHOWN),
        week=links.artifact(WEEK),
        chart=links.artifact(CHART),
    )
    return Message(subject.strip(), body.strip(), _receipt(items, number))


def _receipt(items: Sequence[WaitingNotice], number: int) -> str:
    """Return the form to acknowledge with; the week's page where there is nothing to acknowledge."""
    if not items or not number:
        return (_link(items[0]) if items else "") or links.artifact(WEEK)
    return links.form(RECEIPT, receipt={"message": number, "by_post": items[0].tag})


def _latest(notices: Sequence[WaitingNotice]) -> list[WaitingNotice]:
    """Return one notice per item: after an outage the furthest rung says what the others said.

    What is said of a stage are different things (opened, asked about, returned), and each stays.
    """
    found: dict[tuple[str, str, str], WaitingNotice] = {}
    for notice in sorted(notices, key=_urgency, reverse=True):
        rule = notice.rule if notice.subject_kind == "stage" else ""
        found[notice.code, notice.owner, rule] = notice
    return list(found.values())


def _workdays(notice: WaitingNotice) -> int:
    rung = rung_of(notice.rule)
    return rung.workdays if rung else 0


def _urgency(notice: WaitingNotice) -> tuple[int, str, str]:
    if notice.rule in DECISION_RULES:  # somebody waits for the recipient's own word
        return (-LONG, str(notice.due), notice.code)
    return (-_workdays(notice), str(notice.due), notice.code)


def _line(notice: WaitingNotice) -> dict[str, str]:
    rung = rung_of(notice.rule)
    return {
        "when": f"{_mark(notice)}{rung.chinese if rung else _what(notice)}",
        "code": notice.code,
        "title": notice.title,
        "owner": notice.owner,
        "due": notice.due.isoformat() if notice.due else "未定",
        "link": _link(notice),
        "deed": "填写审批意见" if notice.subject_kind == "stage" else "登记进展",
        "detail": notice.detail,
    }


def _what(notice: WaitingNotice) -> str:
    return STAGE_RULES.get(notice.rule) or WHAT.get(notice.rule, "提醒")


def _mark(notice: WaitingNotice) -> str:
    """Return what became of the notice before: said again, or risen because nobody acknowledged it."""
    if notice.rule.startswith("again:"):
        return "【再次提醒】"
    if notice.rule.startswith("unanswered:"):
        return "【下级未签收】"
    return "【代转】" if notice.meant_for else ""


def _link(notice: WaitingNotice) -> str:
    """Return the form to answer with, filled in; a stage's only while a decision about it is asked."""
    if notice.subject_kind == "stage":
        asked = notice.rule in DECISION_RULES and notice.flow_run
        return links.run(notice.flow_run) if asked else ""
    part = {"unit": notice.owner} if notice.subject_kind == "assignment" else {}
    return links.form(FORM, progress={"code": notice.code, **part})
