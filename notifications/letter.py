"""A letter: several notices of one recipient as one message, the most urgent first."""

import re
from collections.abc import Mapping, Sequence

from models.campaign.lights import Board, Lights, lights_in_words
from models.notices.waiting import WaitingNotice
from models.rules import campaign_names
from models.rules.notices.ladder_table import rung_of
from models.rules.notices.rule_words import AT_ONCE_RULES, HOLIDAYS_UNKNOWN, RULE_WORDS
from models.rules.words import OFFICE, Level, Progress
from notifications import links
from notifications.markdown import Markdown, typed
from notifications.rendering import render
from notifications.saying.message import Message

LINES_SHOWN, UNITS_SHOWN = 10, 5
FORM, RECEIPT = "登记进展", "签收提醒"
LINK = re.compile(r"\]\((\S+?)\)")
CHINESE = re.compile("[\u4e00-\u9fff]")
STAGE_END = re.compile(r"S(\d+)\.END")
LONG = 10_000  # working days: before anything overdue
DECISION_RULES = {"decision_asked", "decision_reminder", "decision_escalated"}


def letter(
    notices: Sequence[WaitingNotice],
    number: int = 0,
    chain: str = "",
    boards: Mapping[int, Board] | None = None,
) -> Message:
    """Return message ``number`` that says all ``notices``: what, whose, by when, where to answer.

    The most overdue stands first; beyond ten lines it says how many more there are and where. Its
    link is the form to answer with, filled in: the decision that waits, else the receipt for all.
    ``chain`` is how the audit chain stands, the last line of all. With ``boards``, by campaign, the
    letter begins with how each campaign stands: the headline's number is the one of every page.
    """
    items = sorted(_latest([n for n in notices if not n.words]), key=_urgency)
    words = [notice for notice in notices if notice.words]
    names = list(dict.fromkeys(_name(n) for n in notices))
    red = sum(_workdays(n) > 0 for n in items)
    known = {n.campaign_id: n for n in items if n.campaign_id in (boards or {})}
    stand = {one: (boards or {})[one] for one in known}
    subject = render(
        "notice/subject.txt.j2",
        campaign=names[0] if len(names) == 1 else f"{len(names)} 个创建活动",
        red=red,
        other=len(items) - red,
        everywhere=sum(board.all.red for board in stand.values()) if red else 0,
        again=any(n.rule.startswith("again:") for n in items),
        said="、".join(dict.fromkeys(RULE_WORDS.get(n.rule, "通知") for n in words)),
    )
    receipt = _receipt(items, number)
    more = max(0, len(items) - LINES_SHOWN)
    body = render(
        "notice/body.md.j2",
        standing=[_standing(n, stand[one], several=len(names) > 1) for one, n in known.items()],
        words=_paragraphs(words, several=len(names) > 1),
        lines=[
            _line(notice, stand.get(notice.campaign_id), several=len(names) > 1)
            for notice in items[:LINES_SHOWN]
        ],
        chain=chain,
        more=more,
        whole=links.message(number) if more and number else "",
        receipt=receipt,
        week=links.artifact(links.WEEK),
        chart=links.artifact(links.CHART),
    )
    decision = _link(items[0]) if items and items[0].rule in DECISION_RULES else ""
    answer = decision or receipt or _answer_to(words) or links.artifact(links.WEEK)
    return Message(subject.strip(), body.strip(), answer)


def whole_page(notices: Sequence[WaitingNotice], number: int) -> str:
    """Return everything message ``number`` says as a page of HTML, each item as it is now.

    It lists what the letter counted: the ten lines that stand in it and all others.
    """
    items = sorted(_latest([n for n in notices if not n.words]), key=_urgency)
    return render(
        "notice/page.html.j2",
        number=number,
        names=list(dict.fromkeys(_name(n) for n in notices)),
        demo=any(n.is_demo for n in notices),
        words=[n.words for n in notices if n.words and n.rule not in AT_ONCE_RULES],
        lines=[
            _line(n, None, several=True) | {"state": Progress(n.state).chinese if n.state else ""}
            for n in items
        ],
        receipt=_receipt(items, number),
    )


def _standing(notice: WaitingNotice, board: Board, *, several: bool) -> str:
    """Return how a campaign stands, in the words of the patrol and the pages."""
    of = f"{_name(notice)}：" if several else ""
    return f"{of}全部 {board.all.total} 个事项，{lights_in_words(board.all)}"


def _answer_to(words: Sequence[WaitingNotice]) -> str:
    """Return where to answer what was done in the recipient's name; empty where nothing was."""
    said = [one.words for one in words if one.rule in AT_ONCE_RULES]
    found = [link[1] for one in said if (link := LINK.search(one))]
    return found[0] if found else ""


def _name(notice: WaitingNotice) -> str:
    """Return what the campaign of ``notice`` is called; a phone shows the first line.

    That is its 简称 where a person can read it (金昌 2025), else its title less what every plan's ends with.
    """
    if CHINESE.search(notice.slug):
        return campaign_names.label(notice.slug, notice.is_demo)
    title = notice.campaign
    for ending in ("实施方案", "工作方案", "行动方案", "方案"):
        if title.endswith(ending) and len(title) > len(ending) + 4:
            return title.removesuffix(ending)
    return title


def _receipt(items: Sequence[WaitingNotice], number: int) -> str:
    """Return the form to acknowledge with; empty where there is nothing to acknowledge."""
    known = [one for one in items if one.subject_kind in ("milestone", "assignment")]
    if not known or not number:
        return ""
    return links.form(RECEIPT, receipt={"message": number, "by_post": known[0].tag})


def _paragraphs(words: Sequence[WaitingNotice], *, several: bool) -> list[str]:
    """Return what is said in free words, a paragraph each.

    Units over their budget are said together; what is the same for every campaign and day, once.
    """
    over = [notice for notice in words if notice.rule == "over_budget"]
    once = {one.rule: one for one in words if one.rule == HOLIDAYS_UNKNOWN}
    single = [one for one in words if one.rule not in ("over_budget", *once)]
    said = [_paragraph(one, several=several) for one in single]
    said += [one.words for one in once.values()]
    if over:
        units = list(dict.fromkeys(one.owner for one in over))
        shown = "、".join(units[:UNITS_SHOWN]) + ("等" if len(units) > UNITS_SHOWN else "")
        said.append(
            f"{shown} {len(units)} 个单位本周已被提醒到方案规定的次数，再提醒须您同意。"
            "同意请告知创建办登记（shifan burden allow）；不同意不必回复，下周再发"
        )
    return said


def _paragraph(one: WaitingNotice, *, several: bool) -> str:
    """Return what one notice says; what we said of a decision is our own Markdown, with its links."""
    of = f"{_name(one)}：" if several else ""
    if one.rule in AT_ONCE_RULES:
        return Markdown(typed(of) + one.words)
    return of + one.words


def _latest(notices: Sequence[WaitingNotice]) -> list[WaitingNotice]:
    """Return one notice per item: after an outage the furthest rung says what the others said.

    What is said of a stage are different things (opened, asked about, returned), and each stays.
    """
    found: dict[tuple[int, str, str, str], WaitingNotice] = {}
    for notice in sorted(notices, key=_urgency, reverse=True):
        rule = notice.rule if notice.subject_kind == "stage" else ""
        found[notice.campaign_id, notice.code, notice.owner, rule] = notice
    return list(found.values())


def _workdays(notice: WaitingNotice) -> int:
    rung = rung_of(notice.rule)
    return rung.workdays if rung else 0


def _urgency(notice: WaitingNotice) -> tuple[int, str, str]:
    if notice.rule in DECISION_RULES:  # somebody waits for the recipient's own word
        return (-LONG, str(notice.due), notice.code)
    return (-_workdays(notice), str(notice.due), notice.code)


def _line(notice: WaitingNotice, board: Board | None, *, several: bool) -> dict[str, str]:
    return {
        "when": f"{_mark(notice)}{_when(notice)}",
        "code": notice.code,
        "title": notice.title,
        "owner": notice.owner,
        "due": notice.due.isoformat() if notice.due else "未定",
        "link": _link(notice),
        "deed": "填写审批意见" if notice.subject_kind == "stage" else "登记进展",
        "detail": _folded(notice, board) or _detail(notice.detail),
        "campaign": _name(notice) if several else "",
    }


def _folded(notice: WaitingNotice, board: Board | None) -> str:
    """Return what the alarm that a stage is overdue says for: everything overdue within the stage."""
    end = STAGE_END.fullmatch(notice.code)
    if not end or board is None or _workdays(notice) <= 0:
        return ""
    theirs, ours = board.stages.get(int(end[1]), (Lights(), Lights()))
    counted = {"各单位": theirs.red, OFFICE: ours.red - 1}  # less the end itself
    said = "、".join(f"{who} {n} 项" for who, n in counted.items() if n > 0)
    return f"阶段逾期，含{said}" if said else "阶段逾期"


def _when(notice: WaitingNotice) -> str:
    """Return which rung the item stands on, in words; a due day off is told on the last day worked."""
    rung = rung_of(notice.rule)
    if rung is None:
        return rule_in_words(notice.rule)
    early = rung.workdays == 0 and notice.due and notice.day and notice.due > notice.day
    return "今日到期（时限是休息日）" if early else rung.chinese


def _detail(words: str) -> str:
    return words if not words or words[:3] in ("理由：", "理由" + ":") else f"说明：{words}"


def rule_in_words(rule: str) -> str:
    """Return why something is told, in an office's words: a rung of the ladder, or what happened."""
    rung = rung_of(rule)
    return rung.chinese if rung else RULE_WORDS.get(rule, "提醒")


def _mark(notice: WaitingNotice) -> str:
    """Return what became of the notice before: said again, or risen because nobody acknowledged it."""
    if notice.rule.startswith("again:"):
        return "【再次提醒】"
    if notice.rule.startswith("unanswered:"):
        return "【下级未签收】"
    return "【代转】" if notice.meant_for else ""


def _link(notice: WaitingNotice) -> str:
    """Return the form to answer with, filled in; a stage's only while a decision about it is asked.

    A leader is asked to know and to decide: registering progress is the units' and the office's.
    """
    if notice.subject_kind == "stage":
        asked = notice.rule in DECISION_RULES and notice.flow_run
        return links.run(notice.flow_run) if asked else ""
    if notice.level >= Level.LEADER:
        return ""
    part = {"unit": notice.owner} if notice.subject_kind == "assignment" else {}
    return links.form(FORM, progress={"code": notice.code, **part, "campaign": notice.slug})
