"""A letter: several notices of one recipient as one message, the most urgent first."""

from collections.abc import Sequence

from models.outbox import WaitingNotice
from models.rules.ladder import LADDER
from models.telling import STAGE_RULES
from notifications import links
from notifications.message import Message
from notifications.rendering import render

LINES_SHOWN = 10
RUNGS = {rung.rule: rung for rung in LADDER}
FORM, WEEK, CHART = "登记进展", "this-week", "chart"
LONG = 10_000  # working days: before anything overdue
DECISION_RULES = {"decision_asked", "decision_reminder", "decision_escalated"}


def letter(notices: Sequence[WaitingNotice]) -> Message:
    """Return one message that says all ``notices``: what, whose, by when, and where to answer.

    The most overdue stands first; beyond ten lines it says how many more there are and where.
    """
    notices = _latest(notices)
    ordered = sorted(notices, key=_urgency)
    red = sum(RUNGS[n.rule].workdays > 0 for n in notices if n.rule in RUNGS)
    subject = render(
        "notice/subject.txt.j2",
        campaign=notices[0].campaign,
        red=red,
        other=len(notices) - red,
        repeat=False,
    )
    body = render(
        "notice/body.md.j2",
        lines=[_line(notice) for notice in ordered[:LINES_SHOWN]],
        more=max(0, len(notices) - LINES_SHOWN),
        week=links.artifact(WEEK),
        chart=links.artifact(CHART),
    )
    return Message(subject.strip(), body.strip(), _link(ordered[0]) or links.artifact(WEEK))


def _latest(notices: Sequence[WaitingNotice]) -> list[WaitingNotice]:
    """Return one notice per item: after an outage the furthest rung says what the others said.

    What is said of a stage are different things (opened, asked about, returned), and each stays.
    """
    found: dict[tuple[str, str, str], WaitingNotice] = {}
    for notice in sorted(notices, key=_urgency, reverse=True):
        rule = notice.rule if notice.subject_kind == "stage" else ""
        found[notice.code, notice.owner, rule] = notice
    return list(found.values())


def _urgency(notice: WaitingNotice) -> tuple[int, str, str]:
    if notice.rule in DECISION_RULES:  # somebody waits for the recipient's own word
        return (-LONG, str(notice.due), notice.code)
    rung = RUNGS.get(notice.rule)
    return (-rung.workdays if rung else 0, str(notice.due), notice.code)


def _line(notice: WaitingNotice) -> dict[str, str]:
    rung = RUNGS.get(notice.rule)
    return {
        "when": rung.chinese if rung else STAGE_RULES.get(notice.rule, "阶段启动"),
        "code": notice.code,
        "title": notice.title,
        "owner": notice.owner,
        "due": notice.due.isoformat() if notice.due else "未定",
        "link": _link(notice),
        "deed": "填写审批意见" if notice.subject_kind == "stage" else "登记进展",
        "detail": notice.detail,
    }


def _link(notice: WaitingNotice) -> str:
    """Return the form to answer with, filled in; a stage's only while a decision about it is asked."""
    if notice.subject_kind == "stage":
        asked = notice.rule in DECISION_RULES and notice.flow_run
        return links.run(notice.flow_run) if asked else ""
    part = {"unit": notice.owner} if notice.subject_kind == "assignment" else {}
    return links.form(FORM, progress={"code": notice.code, **part})
