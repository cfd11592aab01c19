"""Made-up facts for a template: every list has a row, so that every name there is can be seen and tried."""

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from models.papers.annual.facts import FigureLine, GoalLine, YearFacts
from models.papers.briefings.issue import Issue
from models.papers.facts import ReportFacts
from models.papers.finding_rows import RectifiedFinding
from models.papers.parts import PartLine
from models.papers.quoted import CountedRows, Missing, Quoted
from models.rules.figures.words import IssueState, PaperKind
from models.rules.words import OFFICE, Progress, Role
from notifications.paper_blocks import Draft
from tasks.papers.annual.drafts import IN_TEXT, YearHead, annual_draft
from tasks.papers.briefings.drafts import Masthead, issue_draft
from tasks.papers.drafts import report_draft
from tasks.papers.work_drafts import (
    DispatchHow,
    Heading,
    bulletin_draft,
    checklist_draft,
    dispatch_draft,
    problems_draft,
    rectification_draft,
)

DAY = date(2025, 1, 1)
WORD = "示例"
_SINGLE: dict[Any, object] = {
    str: WORD,
    int: 1,
    float: 1.0,
    bool: True,
    date: DAY,
    Quoted: Quoted("made-up", "1", "示例的来源。"),
    Missing: Missing(WORD, WORD),
}
Made = TypeVar("Made")


def made_up(kind: type[Made], **own: object) -> Made:
    """Return a value of ``kind``, a dataclass, with something made up in every field but those of ``own``."""
    assert is_dataclass(kind)
    hints = get_type_hints(kind)
    values = {one.name: _value(hints[one.name]) for one in fields(kind) if one.name not in own}
    return kind(**values, **own)


def made_up_draft(kind: PaperKind) -> Draft:
    """Return a paper of ``kind`` about nothing, with a row in every list."""
    head = Heading("示例市法治政府建设示范创建工作实施方案", "示例市人民政府", DAY)
    part = made_up(PartLine, role=Role.LEAD, state=Progress.OPEN)
    facts = made_up(ReportFacts)
    drafts: dict[PaperKind, Any] = {
        PaperKind.REPORT: lambda: report_draft(facts, DAY, WORD, None, {}),
        PaperKind.PROBLEMS: lambda: problems_draft(facts, head),
        PaperKind.RECTIFICATION: lambda: rectification_draft(
            [part], head, [made_up(RectifiedFinding)]
        ),
        PaperKind.BULLETIN: lambda: bulletin_draft(facts, [part], head),
        PaperKind.BRIEFING: lambda: issue_draft(
            made_up(Issue, state=IssueState.ISSUED, series=0), made_up(Masthead), WORD
        ),
        PaperKind.ANNUAL: lambda: annual_draft(
            YearFacts(
                DAY.year,
                DAY,
                [
                    made_up(FigureLine, count=CountedRows(f"annual/{key}/{DAY.year}", "1", WORD))
                    for key in (*IN_TEXT, "visit")
                ],
                [made_up(GoalLine)],
                [made_up(GoalLine)],
            ),
            YearHead(WORD, WORD, WORD, DAY, WORD),
            {},
        ),
        PaperKind.CHECKLIST: lambda: checklist_draft(WORD, [part], head),
        PaperKind.DISPATCH: lambda: dispatch_draft(
            WORD, [part], DispatchHow(WORD, WORD, OFFICE, DAY), head
        ),
    }
    draft: Draft = drafts[kind]()
    return draft


def _value(hint: Any) -> object:
    if get_origin(hint) is Sequence:
        return [_value(get_args(hint)[0])]
    several = [one for one in get_args(hint) if one is not NoneType]
    if several:  # what is printed is a number with its rows, where it may be one
        return _value(Quoted if Quoted in several else several[0])
    return _SINGLE[hint] if hint in _SINGLE else made_up(hint)
