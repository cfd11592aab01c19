"""Take in what came of visits: the workbook of the team, or one visit by command."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import NewEntry, record, record_all
from models.campaign.campaign import writing_to
from models.errors import CampaignError, PlanError
from models.files.whole_file import read_given, shown_name, write_whole
from models.inspection.holding import HeldOutcome, HeldVisit, ListedProblem, hold_visits
from models.inspection.open_points import item_codes
from models.inspection.taking_back import take_back_visit
from models.inspection.visit import ProblemLine, problems_of, visit_coded, visit_lines
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.visits.asked_of_units import burden_fault
from models.rules.visits.results import conclusion_fault, due_fault, held_faults
from models.rules.words import post_fault
from tasks.guarded.many import ManyWorker
from tasks.inspection.result_rows import KnownVisits, ResultRows
from tasks.inspection.result_sheets import PROBLEMS, RESULT_SHEETS, VISITS
from tasks.ledgers.sheets import WHY_RETURNED, as_returned
from tasks.lists.taking import Loaded, returned_book
from tasks.workbook.cells import as_code
from tasks.workbook.marking import marked_book
from tasks.workbook.opening import CLOSE_IT, LARGEST_FILE
from tasks.workbook.reading import Book, book_of

RETURNED = "退回"  # the folder of marked copies, beside what came in
WhoseAddress = Callable[[Session, int], Collection[str]]  # the units that sent it, by campaign


def of_nobody(_session: Session, _campaign_id: int) -> Collection[str]:
    """Return no unit: the office itself has the workbook."""
    return ()


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
    content = read_given(path, LARGEST_FILE, "督导结果表", CLOSE_IT)
    book = results_book(shown_name(path), content)
    try:
        taken = take_results(slug, book, moment)
    except PlanError as error:
        copy = _put_back(path, marked_results(content, book))
        if copy is None:
            raise
        told = f"标红的退回件在 {copy}，改好后再装入"
        raise PlanError(error.subject, [*error.faults, told]) from None
    return Loaded(taken.changes, f"{taken.campaign}：{taken.line}", book.notes(), "")


@dataclass(frozen=True, slots=True)
class TakenResults:
    """What a workbook came to: its campaign, what each visit it says was made came to."""

    campaign_id: int
    campaign: str
    outcomes: Sequence[HeldOutcome]

    @property
    def changes(self) -> int:
        """Return how many things were new."""
        return sum(one.changes for one in self.outcomes)

    @property
    def line(self) -> str:
        """Return it in one line."""
        if not self.outcomes:
            return "没有填好的走访"
        changed = sum(one.changes > 0 for one in self.outcomes)
        problems = sum(one.problems for one in self.outcomes)
        same = "" if changed else "，与已登记的相同"
        return f"读到 {len(self.outcomes)} 次走访、问题 {problems} 个；登记 {changed} 次{same}"


def results_book(name: str, content: bytes, many: ManyWorker | None = None) -> Book:
    """Open a team's workbook; raises PlanError in one line for one that cannot be read."""
    return book_of(name, content, tuple(map(as_returned, RESULT_SHEETS)), many=many)


def take_results(
    slug: str | None, book: Book, moment: Moment, whose: WhoseAddress = of_nobody
) -> TakenResults:
    """Register what ``book`` says of visits, in one transaction; ``whose`` are the units that sent it.

    The post that made a visit is the one the chain names. A unit's word on its own visit is a fault.
    Repeatable. Raises PlanError with every fault, which stand in the book; nothing is written then.
    """
    with returned_book(slug, book, moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        known = known_visits(session, campaign_id, moment.today)
        known = replace(known, senders=frozenset(whose(session, campaign_id)))
        held = ResultRows(book, known).held()
        book.faults.stop()
        outcomes = hold_visits(session, campaign_id, held, moment)
        said = [_entry(one, book.name) for one in outcomes if one.changes]
        record_all(session, campaign_id, moment, said)
        return TakenResults(campaign_id, taken.campaign.label, outcomes)


def marked_results(content: bytes, book: Book) -> bytes | None:
    """Return a team's workbook with the faults of its rows red; None where no row is wrong."""
    return marked_book(content, book.faults.places, (VISITS, PROBLEMS), WHY_RETURNED)


def known_visits(session: Session, campaign_id: int, today: date) -> KnownVisits:
    """Return what a returned workbook may speak of."""
    lines = visit_lines(session, campaign_id)
    problems: dict[int, list[ProblemLine]] = {}
    for one in problems_of(session, campaign_id):
        problems.setdefault(one.visit_id, []).append(one)
    codes = item_codes(session, campaign_id)
    return KnownVisits({line.code: line for line in lines}, problems, codes, today)


def _entry(one: HeldOutcome, file: str = "") -> NewEntry:
    facts = {"problems": one.problems, **({"file": file} if file else {})}
    return NewEntry(one.by_post, "visits-held", one.code, facts)


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
            record(session, campaign_id, moment, _entry(outcome))
        return outcome


def take_back_result(slug: str | None, code: str, by: str, reason: str, moment: Moment) -> bool:
    """Take back what was registered of a visit by mistake; False where nothing was. Repeatable.

    Raises ProgressError where it listed problems; nothing is written then.
    """
    if fault := post_fault(by, "撤回"):
        raise CampaignError(fault)
    with writing_to(slug) as (session, campaign):
        visit = visit_coded(session, key_of(campaign), code)
        new = take_back_visit(session, visit, by, reason)
        if new:
            said = NewEntry(by, "visit-taken-back", code.strip().upper(), {"reason": reason})
            record(session, key_of(campaign), moment, said)
        return new


def _put_back(path: Path, copy: bytes | None) -> Path | None:
    """Write a marked copy beside what came in; None where there is none, or it cannot be written."""
    folder = path.parent / RETURNED
    try:
        if copy is not None:
            folder.mkdir(exist_ok=True)
            write_whole(folder / path.name, copy, lasting=False)
    except OSError:
        return None
    return folder / path.name if copy is not None else None
