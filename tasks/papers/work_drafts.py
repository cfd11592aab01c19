"""The drafts of the papers about work under way: problems, rectification, dispatch, bulletin, checklist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.papers.facts import ProblemFacts, ReportFacts
from models.papers.finding_rows import RectifiedFinding
from models.papers.parts import PartLine
from models.papers.quoted import Dated
from notifications.paper_blocks import Draft, Grid, RedHead
from notifications.paper_drafting import drafted
from tasks.papers.drafts import NEXT_STEPS, aim_of, day_in_words, supplied_or_blank, with_blanks
from tasks.papers.texts import NO_TEXTS, Texts
from tasks.papers.word.columns import MOST_LINES, highest_cell

MOST_LATE = 30  # items that a bulletin names with their titles; more are named by unit and code


@dataclass(frozen=True, slots=True)
class Heading:
    """What every paper of a campaign says at its head: the campaign, who issues it, the day, a red head or none."""

    campaign: str
    issuer: str
    today: date
    red_head: RedHead | None = None

    @property
    def aim(self) -> str:
        """Return what the campaign is for, without its place."""
        return aim_of(self.campaign, self.issuer)

    @property
    def day(self) -> Dated:
        """Return the day in words."""
        return Dated(day_in_words(self.today))


@dataclass(frozen=True, slots=True)
class PressedUnit:
    """A unit that is pressed for several parts, named by their codes."""

    unit: str
    codes: str


@dataclass(frozen=True, slots=True)
class PressedPart:
    """A part that is pressed for, and what is wrong with it."""

    line: PartLine
    why: str


def problems_draft(facts: ReportFacts, head: Heading, found: Sequence[ProblemFacts] = ()) -> Draft:
    """Return the list of problems: those that were ``found`` and stand, then what is late or falls short."""
    title = f"{head.aim}问题清单"
    values = {
        "title": title,
        "today": head.day,
        "problems": [*found, *facts.problems],
        "waiting": facts.total.waiting,
    }
    return _turned(_draft("problems", values, head))


def rectification_draft(
    late: Sequence[PartLine], head: Heading, findings: Sequence[RectifiedFinding] = ()
) -> Draft:
    """Return the ledger of rectification, across the page: the findings first, then what else is late."""
    title = f"{head.aim}整改台账"
    coded = {one.code for one in findings}
    parts = _pressed([one for one in late if one.code not in coded], head.today)
    values = {
        "title": title,
        "today": head.day,
        "count": len(parts),
        "parts": parts,
        "findings": findings,
        "finding_count": len(findings),
        "closed_count": sum(bool(one.closed) for one in findings),
    }
    return replace(_draft("rectification", values, head), wide=True)


def bulletin_draft(
    facts: ReportFacts, late: Sequence[PartLine], head: Heading, texts: Texts = NO_TEXTS
) -> Draft:
    """Return the bulletin."""
    title = f"关于{head.aim}工作进展情况的通报"
    values = {
        "title": title,
        "today": head.day,
        "total": facts.total,
        "chapters": facts.chapters,
        "late": _pressed(late, head.today),
        "late_units": _by_unit(late),
        "many_late": len(late) > MOST_LATE,
        "next_steps": supplied_or_blank(NEXT_STEPS, texts),
        "issuer": head.issuer,
    }
    return with_blanks(_draft("bulletin", values, head))


@dataclass(frozen=True, slots=True)
class DispatchHow:
    """How a dispatch goes out: its number, its level, from whom, and by when an answer is due."""

    number: str
    level: str
    sender: str
    answer_by: date


def dispatch_draft(unit: str, parts: Sequence[PartLine], how: DispatchHow, head: Heading) -> Draft:
    """Return a dispatch, with the slip that comes back."""
    title = f"{how.level}督办单"
    late = sum(one.days_late(head.today) > 0 for one in parts)
    values = {
        "title": title,
        "unit": unit,
        "count": len(parts),
        "late_count": late,
        "near_count": len(parts) - late,
        "why": _why(late, len(parts) - late),
        "dispatch_number": how.number,
        "answer_by": Dated(day_in_words(how.answer_by)),
        "parts": _pressed(parts, head.today),
        "sender": how.sender,
        "today": head.day,
    }
    return _draft("dispatch", values, head)


def _why(late: int, near: int) -> str:
    said = "或".join(filter(None, ("已过时限" if late else "", "临近时限" if near else "")))
    return f"{said}，尚未完成"


def checklist_draft(unit: str, parts: Sequence[PartLine], head: Heading) -> Draft:
    """Return everything that a unit has to do."""
    title = f"{head.aim}工作清单（{unit}）"
    values = {"title": title, "today": head.day, "count": len(parts), "parts": parts}
    return _turned(_draft("checklist", values, head))


def _draft(template: str, values: Mapping[str, object], head: Heading) -> Draft:
    return Draft(
        str(values["title"]), drafted(template, **values), red_head=head.red_head, values=values
    )


def _turned(draft: Draft) -> Draft:
    """Return a list across the page where its cells were too high otherwise."""
    grids = [block for block in draft.blocks if isinstance(block, Grid)]
    return replace(draft, wide=any(highest_cell(one, wide=False) > MOST_LINES for one in grids))


def _by_unit(parts: Sequence[PartLine]) -> list[PressedUnit]:
    # A blank behind each code: without it LibreOffice ends a line within one.
    codes: dict[str, dict[str, None]] = {}
    for one in parts:
        codes.setdefault(one.unit, {})[one.code] = None
    return [PressedUnit(unit, "、 ".join(own)) for unit, own in codes.items()]


def _pressed(parts: Sequence[PartLine], today: date) -> list[PressedPart]:
    """Return what is wrong with each part; not how many days, which would be another number every morning."""
    return [
        PressedPart(one, "已过时限" if one.days_late(today) > 0 else "临近时限") for one in parts
    ]
