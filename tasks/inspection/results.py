"""Take in what came of visits: the workbook of the team, or one visit by command."""

import marshal
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.campaign.campaign import writing_to
from models.errors import CampaignError, PlanError
from models.files.whole_file import read_given, write_whole
from models.inspection.holding import HeldOutcome, HeldVisit, ListedProblem, hold_visits
from models.inspection.open_points import item_codes
from models.inspection.visit import ProblemLine, problems_of, visit_coded, visit_lines
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.visits.asked_of_units import burden_fault
from models.rules.visits.results import conclusion_fault, due_fault, held_faults
from tasks.guarded.guard import worker
from tasks.inspection.result_rows import KnownVisits, ResultRows
from tasks.inspection.result_sheets import PROBLEMS, RESULT_SHEETS, VISITS
from tasks.ledgers.sheets import WHY_RETURNED, as_returned
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_code
from tasks.workbook.declaring import Kind
from tasks.workbook.rows import FaultPlace

RETURNED = "退回"  # the folder of marked copies, beside what came in
LARGEST = 20_000_000  # bytes of a workbook
MOST_MARKED = 2_000  # faults


@dataclass(frozen=True, slots=True)
class SaidOfVisit:
    """What somebody types of one visit; problems are added to those that are listed already."""

    code: str
    visited_on: date
    by_post: str
    nothing_found: bool
    problems: tuple[str, ...] = ()
    item: str = ""
    due: date | None = None


def load_results(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Take a team's workbook in: every visit it says was made, or nothing where a row is wrong.

    Repeatable: handed in twice, the second time changes nothing. Killed midway nothing is written.
    Raises PlanError with every fault by sheet, row and column; a copy with the wrong cells red lies in
    the folder 退回 beside it then.
    """
    sheets = tuple(as_returned(sheet) for sheet in RESULT_SHEETS)
    places: list[FaultPlace] = []
    try:
        with returned(slug, path, sheets, moment) as taken:
            known = known_visits(taken.session, taken.campaign_id, moment.today)
            held = ResultRows(taken.book, known).held()
            places = taken.book.faults.places
            taken.book.faults.stop()
            outcomes = hold_visits(taken.session, taken.campaign_id, held, moment)
            changed = [one for one in outcomes if one.changes]
            for one in changed:
                taken.record("visits-held", _facts(one))
            return taken.loaded(sum(one.changes for one in changed), *_said(outcomes, changed))
    except PlanError as error:
        copy = _marked(path, places) if places else None
        if copy is None:
            raise
        told = f"标红的退回件在 {copy}，改好后再装入"
        raise PlanError(error.subject, [*error.faults, told]) from None


def known_visits(session: Session, campaign_id: int, today: date) -> KnownVisits:
    """Return what a returned workbook may speak of."""
    lines = visit_lines(session, campaign_id)
    problems: dict[int, list[ProblemLine]] = {}
    for one in problems_of(session, campaign_id):
        problems.setdefault(one.visit_id, []).append(one)
    codes = item_codes(session, campaign_id)
    return KnownVisits({line.code: line for line in lines}, problems, codes, today)


def _facts(one: HeldOutcome) -> dict[str, object]:
    return {"visits": [one.code], "problems": one.problems}


def _said(outcomes: Sequence[HeldOutcome], changed: Sequence[HeldOutcome]) -> tuple[str, str]:
    if not outcomes:
        return "没有填好的走访", ""
    problems = sum(one.problems for one in outcomes)
    same = "，与已登记的相同" if not changed else ""
    return f"读到 {len(outcomes)} 次走访、问题 {problems} 个", f"登记 {len(changed)} 次{same}"


def set_result(slug: str | None, said: SaidOfVisit, moment: Moment) -> HeldOutcome:
    """Register what came of one visit. Repeatable: a problem of the same words is the same one.

    Raises CampaignError with every fault; nothing is written then.
    """
    with writing_to(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        visit = visit_coded(session, campaign_id, said.code)
        there = problems_of(session, campaign_id, key_of(visit))
        listed = tuple(ListedProblem(text, as_code(said.item), said.due) for text in said.problems)
        faults = [words for _, words in held_faults(said.visited_on, said.by_post, moment.today)]
        left = {one.text for one in there} | {one.text for one in listed}
        faults += [conclusion_fault(len(left), nothing_found=said.nothing_found)]
        faults += [burden_fault(text) for text in said.problems]
        faults += [due_fault(said.due, said.visited_on)]
        if said.item and as_code(said.item) not in item_codes(session, campaign_id):
            faults.append(f"没有编号为“{said.item}”的任务或指标")
        if wrong := list(filter(None, faults)):
            raise CampaignError("；".join(wrong))
        by = said.by_post.strip()
        held = HeldVisit(key_of(visit), said.visited_on, by, said.nothing_found, listed)
        [outcome] = hold_visits(session, campaign_id, [held], moment)
        if outcome.changes:
            entry = NewEntry(by, "visits-held", outcome.code, _facts(outcome))
            record(session, campaign_id, moment, entry)
        return outcome


def _marked(path: Path, places: Sequence[FaultPlace]) -> Path | None:
    """Write a copy of the workbook with its faults red; None where none can be made or written."""
    faults = [(one.sheet, one.row, one.column, one.words) for one in places[:MOST_MARKED]]
    days = [
        column.name
        for sheet in (VISITS, PROBLEMS)
        for column in sheet.columns
        if column.kind is Kind.DAY
    ]
    content = read_given(path, LARGEST, "督导结果表")
    folder = path.parent / RETURNED
    try:
        with worker("tasks.workbook.marked:marked") as reader:
            message = marshal.dumps((content, faults, days, WHY_RETURNED))
            copy = next((bytes(part) for part in reader.parts(message)), None)
        if copy is None:
            return None
        folder.mkdir(exist_ok=True)
        write_whole(folder / path.name, copy, lasting=False)
    except (CampaignError, OSError):
        return None
    return folder / path.name
