"""Write what goes along on visits: a checklist as Word, and the workbook in which its result comes back."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at
from models.errors import CampaignError, NotFoundError
from models.inspection.checklist_line import LineEntry, office_lines
from models.inspection.open_points import ProblemBefore, UnitPoint, problems_before, unit_points
from models.inspection.team import SEPARATOR, team_named, team_units, unit_roles
from models.inspection.visit import ProblemLine, VisitLine, problems_of, visit_lines
from models.inspection.visit_round import round_numbered, rounds_of
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind
from models.rules.visits.words import CheckKind, TeamRole, numbers_of, visit_code
from models.units.unit import units_of
from tasks.inspection.result_sheets import ChecklistRow, VisitSheet, result_parts
from tasks.inspection.visit_drafts import visit_checklist_draft, visit_schedule_draft
from tasks.lists.belonging import VISIT_RESULTS, list_title
from tasks.papers.keeping import Composed, PaperOrder, write_paper
from tasks.workbook.writing import write_workbook


@dataclass(frozen=True, slots=True)
class ChecklistOrder:
    """Whose checklists: of one visit, or of a round, of all teams or one; where to, by which post."""

    out: Path
    code: str = ""
    number: int | None = None
    team: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class WrittenChecklists:
    """How many were written, and how many workbooks lay there already and were left alone."""

    visits: int
    left: int
    schedule: str = ""


def write_visit_checklists(
    slug: str | None, order: ChecklistOrder, moment: Moment
) -> WrittenChecklists:
    """Write the checklist of each visit that is still to be made, and its workbook, into a folder.

    Repeatable: papers are written anew, a workbook that lies there (somebody may have filled it in) is
    left alone. A whole round comes with its schedule. Raises NotFoundError where there is no such visit.
    """
    with looking_at(slug) as (session, campaign):
        visits = _chosen(session, campaign, order)
        sheets = _sheets(session, campaign, visits, moment)
        title = list_title(campaign, VISIT_RESULTS, moment.today)
    order.out.mkdir(parents=True, exist_ok=True)
    left = 0
    for one in sheets:
        name = f"{one.visit.code}-{_file_name(one.visit.unit)}"
        compose = partial(_checklist, one)
        paper = PaperOrder(order.out / f"{name}-督导检查清单.docx", order.by)
        write_paper(slug, paper, moment, compose)
        book = order.out / f"{name}-督导结果.xlsx"
        if book.exists():
            left += 1
        else:
            write_workbook(book, result_parts([one], title))
    schedule = "" if order.code or order.team else _schedule(slug, order, visits, moment)
    return WrittenChecklists(len(sheets), left, schedule)


def _file_name(unit: str) -> str:
    return "".join("_" if mark in '\\/:*?"<>|' else mark for mark in unit)[:60]


def _chosen(session: Session, campaign: Campaign, order: ChecklistOrder) -> list[VisitLine]:
    campaign_id = key_of(campaign)
    if order.team:
        team_named(session, campaign_id, order.team)
    if order.code:
        numbers = numbers_of(order.code)
        wanted = visit_code(*numbers) if numbers else order.code
        found = [one for one in visit_lines(session, campaign_id) if one.code == wanted]
        if not found:
            raise NotFoundError(f"没有编号为 {order.code} 的走访，见 shifan inspection show")
        return found
    number = order.number or _under_way(session, campaign_id)
    round_numbered(session, campaign_id, number)
    lines = visit_lines(session, campaign_id, number)
    waiting = [one for one in lines if not one.is_held and not one.gone]
    found = [one for one in waiting if order.team in ("", one.team)]
    if not found:
        raise CampaignError(
            f"第 {number} 轮没有待走访的单位；还没有排的，请先运行 shifan inspection plan"
        )
    return found


def _under_way(session: Session, campaign_id: int) -> int:
    """Return the first round in which a unit is still to be visited; the first of all where none is."""
    waiting = [one.round_number for one in visit_lines(session, campaign_id) if not one.is_held]
    rounds = [one.number for one in rounds_of(session, campaign_id)]
    return min(waiting or rounds, default=1)


def _sheets(
    session: Session, campaign: Campaign, visits: Sequence[VisitLine], moment: Moment
) -> list[VisitSheet]:
    """Return each visit, all of one round, with its lines; a constant number of statements."""
    campaign_id = key_of(campaign)
    lines = office_lines(session, campaign_id)
    before = problems_before(session, campaign_id, visits[0].round_number)
    points = unit_points(session, campaign_id, moment.today, before)
    listed: dict[int, list[ProblemLine]] = defaultdict(list)
    for problem in problems_of(session, campaign_id):
        listed[problem.visit_id].append(problem)
    return [
        VisitSheet(
            one,
            checklist_rows(lines, before.get(one.unit_id, ()), points.get(one.unit_id, ())),
            listed[one.id],
        )
        for one in visits
    ]


def checklist_rows(
    lines: Sequence[LineEntry], before: Sequence[ProblemBefore], points: Sequence[UnitPoint]
) -> list[ChecklistRow]:
    """Return the lines of a checklist: the office's, what was found before, the unit's own, open ones first."""
    found = [ChecklistRow(one.kind, one.text) for one in lines]
    found += [ChecklistRow(CheckKind.BEFORE, one.text, one.standing) for one in before]
    seen: dict[str, ChecklistRow] = {}
    for point in points:
        seen.setdefault(point.words, ChecklistRow(CheckKind.POINT, point.words, point.standing))
    return [*found, *seen.values()]


def _checklist(one: VisitSheet, _session: Session, _campaign: Campaign) -> Composed:
    subject = f"{one.visit.code} {one.visit.unit}"
    return Composed(PaperKind.VISIT, visit_checklist_draft(one), subject)


def _schedule(
    slug: str | None, order: ChecklistOrder, visits: Sequence[VisitLine], moment: Moment
) -> str:
    number = visits[0].round_number

    def compose(session: Session, campaign: Campaign) -> Composed:
        campaign_id = key_of(campaign)
        one = round_numbered(session, campaign_id, number)
        every = visit_lines(session, campaign_id, number)
        draft = visit_schedule_draft(one, every, _bodies(session, campaign_id))
        return Composed(PaperKind.SCHEDULE, draft, f"第 {number} 轮")

    name = f"第{number}轮督导安排.docx"
    write_paper(slug, PaperOrder(order.out / name, order.by), moment, compose)
    return name


def _bodies(session: Session, campaign_id: int) -> Mapping[int, str]:
    names = {key_of(unit): unit.name for unit in units_of(session, campaign_id)}
    roles = unit_roles(team_units(session, campaign_id))
    return {
        team: SEPARATOR.join(names[unit] for unit in units[TeamRole.BODY])
        for team, units in roles.items()
    }
