"""A letter: several notices of one recipient as one message, the most urgent first."""

import re
from collections.abc import Mapping, Sequence

from models.campaign.lights import Board, lights_in_words
from models.evidence.shown.standing import EvidenceStanding
from models.foresight.spoken import Spoken
from models.notices.waiting import WaitingNotice
from models.rules.notices.rule_words import (
    AT_ONCE_RULES,
    HOLIDAYS_UNKNOWN,
    RIDING_RULES,
    RULE_WORDS,
)
from models.rules.run_kinds import runs_together
from notifications import links
from notifications.letter_lines import (
    DECISION_RULES,
    REGISTER,
    answer_page,
    campaign_of,
    deed_of,
    line_of,
    office_page,
    workdays,
)
from notifications.markdown import Markdown, typed
from notifications.rendering import render
from notifications.saying.message import Message

LINES_SHOWN, UNITS_SHOWN, RIDING_SHOWN, BOARDS_SHOWN = 10, 5, 5, 3
RIDING = list(RIDING_RULES)
LINK = re.compile(r"\]\((\S+?)\)")
LONG = 10_000  # working days: before anything overdue


def letter(
    notices: Sequence[WaitingNotice],
    number: int = 0,
    chain: str = "",
    boards: Mapping[int, Board] = {},
    evidence: Mapping[int, EvidenceStanding] = {},
    foreseen: Mapping[int, Spoken] = {},
) -> Message:
    """Return message ``number`` that says all ``notices``: what, whose, by when, where to answer.

    The most overdue stands first; beyond ten lines it says how many more there are and where. Its
    link is the page to answer on: the decision that waits, else the message itself, which is
    acknowledged and registered there. No link of it holds anything personal.
    ``chain`` is how the audit chain stands, the last line of all. With ``boards``, by campaign, the
    letter begins with how each campaign stands (and its ``evidence``, where there is some): the headline's
    number is the one of every page. A unit's own letter says how its own evidence stands. What is ``foreseen`` is said beside either, and never makes a
    letter.
    """
    items = once_each(notices)
    riding = sorted((n for n in notices if n.rule in RIDING_RULES), key=_riding_last)
    words = [n for n in notices if n.words and n.rule not in RIDING_RULES]
    names = list(dict.fromkeys(campaign_of(n) for n in notices))
    several = len(names) > 1
    red = sum(workdays(n) > 0 for n in items)
    known = {n.campaign_id: n for n in items if n.campaign_id in boards}
    subject = render(
        "notice/subject.txt.j2",
        campaign=names[0] if len(names) == 1 else f"{len(names)} 个{runs_together(names)}",
        red=red,
        other=len(items) - red,
        everywhere=sum(boards[one].all.red for one in known) if red else 0,
        again=any(n.rule.startswith("again:") for n in items),
        riding=len(riding),
        said="、".join(dict.fromkeys(RULE_WORDS.get(n.rule, "通知") for n in words)),
    )
    whole = links.message(number) if number else ""
    acknowledge = whole if _has_to_know(items) else ""
    more = max(0, len(items) - LINES_SHOWN)
    body = render(
        "notice/body.md.j2",
        standing=[
            _standing(n, boards[one], evidence.get(one), several=several)
            for one, n in known.items()
        ]
        + _foreseen(known, foreseen, several=several),
        words=_paragraphs(words, several=several),
        lines=[line_of(n, boards.get(n.campaign_id), several=several) for n in items[:LINES_SHOWN]],
        chain=chain,
        more=more,
        foreseen=_foreseen_of_the_unit(notices, foreseen, several=several),
        mine=_of_the_unit(notices, evidence, several=several),
        riding=[_paragraph(n, several=several) for n in riding[:RIDING_SHOWN]],
        riding_more=max(0, len(riding) - RIDING_SHOWN),
        whole=whole,
        acknowledge=acknowledge,
        registers=any(deed_of(n) == REGISTER for n in items),
        pages=_pages(notices),
    )
    decision = answer_page(items[0]) if items and items[0].rule in DECISION_RULES else ""
    answer = decision or acknowledge or _answer_to(words) or _page_of(items, notices) or whole
    answer = answer or links.mine()
    return Message(subject.strip(), body.strip(), answer)


def _standing(
    notice: WaitingNotice, board: Board, evidence: EvidenceStanding | None, *, several: bool
) -> str:
    """Return how a campaign stands, in the words of the patrol and the pages."""
    of = f"{campaign_of(notice)}：" if several else ""
    lit = f"{of}全部 {board.all.total} 个事项，{lights_in_words(board.all)}"
    return "；".join([lit, *(evidence.lines if evidence else ())])


def _foreseen(
    of: Mapping[int, WaitingNotice], foreseen: Mapping[int, Spoken], *, several: bool
) -> list[str]:
    """Return what may be late this month, a sentence for each campaign whose standing is said."""
    return [
        (f"{campaign_of(notice)}：" if several else "") + foreseen[one].line
        for one, notice in of.items()
        if one in foreseen and foreseen[one].line
    ]


def _foreseen_of_the_unit(
    notices: Sequence[WaitingNotice], foreseen: Mapping[int, Spoken], *, several: bool
) -> list[str]:
    """Return what the recipient's own unit may be late with this month, a line for each campaign."""
    said = {}
    for one in notices:
        line = foreseen[one.campaign_id].of_unit(one.unit_id) if one.campaign_id in foreseen else ""
        if line:
            said[one.campaign_id] = (f"{campaign_of(one)}：" if several else "") + line
    return list(said.values())


def _riding_last(notice: WaitingNotice) -> int:
    """Return where it is said: what rides in a message last, in the order of its rules."""
    return RIDING.index(notice.rule) if notice.rule in RIDING_RULES else -1


def _of_the_unit(
    notices: Sequence[WaitingNotice], evidence: Mapping[int, EvidenceStanding], *, several: bool
) -> list[str]:
    """Return how the evidence of the recipient's own unit stands, a line for each campaign."""
    said = {}
    for one in notices:
        standing = evidence.get(one.campaign_id)
        mine = standing.of_unit(one.unit_id) if standing else None
        if mine and mine.words:
            said[one.campaign_id] = (f"{campaign_of(one)}：" if several else "") + mine.words
    return list(said.values())


def _answer_to(words: Sequence[WaitingNotice]) -> str:
    """Return where to answer what was done in the recipient's name; empty where nothing was."""
    said = [one.words for one in words if one.rule in AT_ONCE_RULES]
    found = [link[1] for one in said if (link := LINK.search(one))]
    return found[0] if found else ""


def _page_of(items: Sequence[WaitingNotice], notices: Sequence[WaitingNotice]) -> str:
    """Return the page of the one thing that is said; empty where more is said than that."""
    return answer_page(items[0]) if len(items) == len(notices) == 1 else ""


def _has_to_know(items: Sequence[WaitingNotice]) -> bool:
    """Say whether there is anything to acknowledge."""
    return any(one.subject_kind in ("milestone", "assignment") for one in items)


def _pages(notices: Sequence[WaitingNotice]) -> list[tuple[str, str]]:
    """Return the pages that show the rest, by name: the recipient's own unit, the board, what is due.

    With several campaigns the board of each, and what waits for whoever reads.
    """
    one, *others = {one.campaign_id: one for one in notices}.values()
    if others:
        shown = [one, *others][:BOARDS_SHOWN]
        boards = [(f"看板（{campaign_of(one)}）", links.board(one.address)) for one in shown]
        return [*boards, ("我的待办", links.mine())]
    board = ("看板", links.board(one.address))
    if one.unit_id:
        return [("本单位事项", links.unit_page(one.address, one.unit_id)), board]
    return [board, ("本周到期", links.board(one.address, "week"))]


def _paragraphs(words: Sequence[WaitingNotice], *, several: bool) -> list[str]:
    """Return what is said in free words, a paragraph each.

    Units over their budget are said together; what is the same for every campaign and day, once.
    """
    over = [notice for notice in words if notice.rule == "over_budget"]
    once = {one.rule: one for one in words if one.rule == HOLIDAYS_UNKNOWN}
    single = [one for one in words if one.rule not in ("over_budget", *once)]
    said = [_paragraph(one, several=several) for one in single]
    said += [_paragraph(one, several=False) for one in once.values()]
    if over:
        units = list(dict.fromkeys(one.owner for one in over))
        shown = "、".join(units[:UNITS_SHOWN]) + ("等" if len(units) > UNITS_SHOWN else "")
        said.append(
            f"{shown} {len(units)} 个单位本周已被提醒到方案规定的次数，再提醒须您同意。"
            "同意请告知创建办，由创建办登记；不同意不必回复，下周再发"
        )
    return said


def _paragraph(one: WaitingNotice, *, several: bool) -> str:
    """Return what one notice says, with the office's page that sees to it.

    What we said of a decision is our own Markdown, with its links.
    """
    of = f"{campaign_of(one)}：" if several else ""
    if one.rule in AT_ONCE_RULES:
        return Markdown(typed(of) + one.words)
    page = office_page(one)
    return Markdown(f"{typed(of + one.words)} [办理]({page})") if page else of + one.words


def once_each(notices: Sequence[WaitingNotice]) -> list[WaitingNotice]:
    """Return one notice per item, the most urgent first, without what is said in free words.

    After an outage the furthest rung says what the others said.

    What is said of a stage are different things (opened, asked about, returned), and each stays.
    """
    found: dict[tuple[int, str, str, str], WaitingNotice] = {}
    for notice in sorted((n for n in notices if not n.words), key=_urgency, reverse=True):
        rule = notice.rule if notice.subject_kind == "stage" else ""
        found[notice.campaign_id, notice.code, notice.owner, rule] = notice
    return sorted(found.values(), key=_urgency)


def _urgency(notice: WaitingNotice) -> tuple[int, str, str]:
    asked = notice.rule in DECISION_RULES  # somebody waits for the recipient's own word
    return (-LONG if asked else -workdays(notice), str(notice.due), notice.code)
