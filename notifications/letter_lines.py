"""A line of a letter: one item, where it stands, and the page to answer on."""

import re

from models.campaign.lights import Board, Lights
from models.notices.waiting import WaitingNotice
from models.rules import campaign_names
from models.rules.notices.ladder_table import rung_of
from models.rules.notices.office_pages import PAGE_OF_RULE
from models.rules.notices.rule_words import RULE_WORDS
from models.rules.window.own_pages import own_page
from models.rules.words import OFFICE, Level, MilestoneKind
from notifications import links

REGISTER, LOOK, DECIDE, OUTCOME = "登记进展", "查看事项", "办理审批", "查看审批"
STAGE = "看这个阶段还差什么"
CHINESE = re.compile("[\u4e00-\u9fff]")
STAGE_END = re.compile(r"S(\d+)\.END")
# What is registered where it lives, and not on its page: findings, complaints, drills, incidents, visits,
# submissions.
ELSEWHERE = re.compile(r"[FCMY]\d+|V\d+\.\d+|D\d+\.[0-9-]+\.\d+")
# Of these what has a page of its own in the window, by the letter of its code: what its owner does there.
OWN_DEEDS = {
    "F": (MilestoneKind.FINDING, "查看问题、报整改"),
    "C": (MilestoneKind.COMPLAINT, "查看内容、答复"),
    "V": (MilestoneKind.VISIT, "查看走访、报结果"),
}
DECISION_RULES = {"decision_asked", "decision_reminder", "decision_escalated"}


def campaign_of(notice: WaitingNotice) -> str:
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


def workdays(notice: WaitingNotice) -> int:
    """Return how many working days an item is late by its rung of the ladder; negative before its day."""
    rung = rung_of(notice.rule)
    return rung.workdays if rung else 0


def line_of(notice: WaitingNotice, board: Board | None, *, several: bool) -> dict[str, str]:
    """Return the words of one item; with ``several`` campaigns it names its own."""
    return {
        "when": f"{_mark(notice)}{_when(notice)}",
        "code": notice.code,
        "title": notice.title,
        "owner": notice.owner,
        "due": notice.due.isoformat() if notice.due else "未定",
        "link": answer_page(notice),
        "deed": deed_of(notice),
        "detail": _folded(notice, board) or _detail(notice.detail),
        "campaign": campaign_of(notice) if several else "",
    }


def _folded(notice: WaitingNotice, board: Board | None) -> str:
    """Return what the alarm that a stage is overdue says for: everything overdue within the stage."""
    end = STAGE_END.fullmatch(notice.code)
    if not end or board is None or workdays(notice) <= 0:
        return ""
    theirs, ours = board.stages.get(int(end[1]), (Lights(), Lights()))
    counted = {"各单位": theirs.red, OFFICE: ours.red - 1}  # less the end itself
    said = "、".join(f"{who} {n} 项" for who, n in counted.items() if n > 0)
    return f"阶段逾期，含{said}" if said else "阶段逾期"


def _when(notice: WaitingNotice) -> str:
    """Return which rung the item stands on, in words; a due day off is told on the last day worked."""
    rung = rung_of(notice.rule)
    today = rung is not None and rung.workdays == 0
    early = today and notice.due and notice.day and notice.due > notice.day
    return "今日到期（时限是休息日）" if early else rule_in_words(notice.rule)


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


def deed_of(notice: WaitingNotice) -> str:
    """Return what is done on the page to answer on, as its link says it."""
    if notice.subject_kind == "stage":
        if notice.rule in DECISION_RULES and notice.decision_id:
            return DECIDE
        return OUTCOME if _has_outcome(notice) else STAGE
    if notice.level >= Level.LEADER:
        return LOOK
    if ELSEWHERE.fullmatch(notice.code) and notice.subject_kind == "milestone":
        theirs = notice.owner_id == notice.unit_id and bool(_own_page(notice))
        return OWN_DEEDS[notice.code[0]][1] if theirs else LOOK
    return REGISTER if notice.owner_id == notice.unit_id else LOOK


def answer_page(notice: WaitingNotice) -> str:
    """Return the page that answers what is said: the question, its outcome, the item or its form.

    A leader is asked to know and to decide: registering progress is the units' and the office's, each its
    own. What has a life of its own (a finding, a visit) has a page of its own that says how it stands.
    A unit reads of a stage what it still must show, and not what leaders decided.
    """
    deed = deed_of(notice)
    if deed in (DECIDE, OUTCOME):
        number = notice.decision_id if deed == DECIDE else notice.last_decision_id
        return links.question(number or 0)
    if deed == STAGE:
        return links.board(notice.address, "gate")
    if own := _own_page(notice):
        return links.board(notice.address, own)
    part = notice.owner_id if notice.subject_kind == "assignment" else None
    page = links.register_page if deed == REGISTER else links.item_page
    return page(notice.address, notice.code, part)


def _own_page(notice: WaitingNotice) -> str:
    """Return the page of a finding, a complaint or a visit; empty for what has none, as an indicator of that code."""
    known = ELSEWHERE.fullmatch(notice.code) and notice.subject_kind == "milestone"
    kind, _ = OWN_DEEDS.get(notice.code[:1], ("", "")) if known else ("", "")
    return own_page(kind, notice.code)


def office_page(notice: WaitingNotice) -> str:
    """Return the office's page where what was said in words is seen to; empty where there is none."""
    page = PAGE_OF_RULE.get(notice.rule)
    told = notice.level == Level.OFFICE and notice.unit_id is None
    return links.board(notice.address, f"o/{page.value}") if page and told else ""


def _has_outcome(notice: WaitingNotice) -> bool:
    """Say whether it tells of a question about a stage to somebody who may read how that ended."""
    asked = notice.rule != "stage_opened"
    return asked and notice.unit_id is None and notice.last_decision_id is not None
