"""What the rows of a returned workbook say of visits: when, by whom, each line's result, the problems."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.inspection.holding import CheckedLine, HeldVisit, ListedProblem
from models.inspection.visit import ProblemLine, VisitLine
from models.rules.bounds import A_DAY
from models.rules.visits.asked_of_units import burden_fault
from models.rules.visits.results import (
    conclusion_fault,
    due_fault,
    held_faults,
    own_word_fault,
)
from models.rules.visits.words import NOTHING_FOUND, CheckKind, CheckResult
from tasks.inspection.result_sheets import CHECKS, CONCLUSIONS, PROBLEMS, VISITS
from tasks.workbook.cells import as_code, as_day, as_name
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

_KINDS = {kind.chinese: kind for kind in CheckKind}
_RESULTS = {result.chinese: result for result in CheckResult}


@dataclass(frozen=True, slots=True)
class KnownVisits:
    """What a returned workbook may speak of: visits by code, what they list, the codes of items, today.

    ``senders`` are the units whose address it came from, where it came by mail.
    """

    visits: Mapping[str, VisitLine]
    problems: Mapping[int, Sequence[ProblemLine]]
    items: Collection[str]
    today: date
    senders: Collection[str] = ()


class ResultRows:
    """Reads the three sheets against the visits there are; faults stay in the book."""

    def __init__(self, book: Book, known: KnownVisits) -> None:
        """Read ``book``."""
        self._book, self._known = book, known
        self._visits: dict[str, Row] = {}
        self._listed: set[str] = set()  # visits that the workbook has a row for
        self._days: dict[str, date | None] = {}
        self._checks: dict[str, list[CheckedLine]] = defaultdict(list)
        self._problems: dict[str, list[ListedProblem]] = defaultdict(list)
        self._first: dict[str, Row] = {}  # of what is said of each visit beside its own row

    def held(self) -> list[HeldVisit]:
        """Return what came of every visit that the workbook says was made."""
        self._read_visits()
        self._read_checks()
        self._read_problems()
        for code in self._first.keys() - self._visits.keys():
            row = self._first[code]
            row.fault("编号", f"{code} 在“{VISITS.name}”表里没有填走访日期、走访人和结论")
        found = [self._held(code, row) for code, row in self._visits.items()]
        return [one for one in found if one]

    def _read_visits(self) -> None:
        for row in self._book.rows(VISITS):
            code = self._code(row)
            self._listed |= {code} - {""}
            if not any(row.text(column) for column in ("走访日期", "走访人", "结论", "说明")):
                continue  # not made yet
            if code in self._visits:
                row.fault("编号", f"{code} 与第 {self._visits[code].number} 行重复")
            elif code:
                self._visits[code] = row
                self._days[code] = row.read("走访日期", as_day, A_DAY)

    def _read_checks(self) -> None:
        if not self._book.has(CHECKS):
            return
        for row in self._book.rows(CHECKS):
            written = as_name(row.cell("结果"))
            code = self._code(row)
            if not written and not row.text("说明"):
                continue
            kind, result = _KINDS.get(as_name(row.cell("类别"))), _RESULTS.get(written)
            if kind is None:
                row.fault("类别", f"只能是 {'、'.join(_KINDS)}")
            if result is None:
                row.fault("结果", f"只能是 {'、'.join(_RESULTS)}")
            self._first.setdefault(code, row)
            if code and kind and result:
                line = CheckedLine(kind, row.text("内容"), result, row.text("说明"))
                self._checks[code].append(line)

    def _read_problems(self) -> None:
        if not self._book.has(PROBLEMS):
            return
        for row in self._book.rows(PROBLEMS):
            code = self._code(row)
            problem = self._problem(row, code)
            if problem and code:
                self._first.setdefault(code, row)
                self._problems[code].append(problem)

    def _problem(self, row: Row, code: str) -> ListedProblem | None:
        text, item = row.text("问题"), as_code(row.cell("涉及事项"))
        due = row.read("建议整改期限", as_day, A_DAY)
        if not text:
            row.fault("问题", "没有填写")
        elif fault := burden_fault(text):
            row.fault("问题", fault)
        if item and item not in self._known.items:
            row.fault("涉及事项", f"没有编号为“{item}”的任务或指标，可以不填")
        if fault := due_fault(due, self._days.get(code)):
            row.fault("建议整改期限", fault)
        known = next((one for one in self._there(code) if one.text == text), None)
        if known and (item, due) != (known.code, known.due):
            row.fault("问题", f"已登记为 {known.finding}，涉及事项和期限请在 shifan findings 里改")
        return ListedProblem(text, item, due) if text else None

    def _there(self, code: str) -> Sequence[ProblemLine]:
        visit = self._known.visits.get(code)
        return self._known.problems.get(visit.id, ()) if visit else ()

    def _code(self, row: Row) -> str:
        written = as_code(row.cell("编号"))
        code = written or (next(iter(self._listed)) if len(self._listed) == 1 else "")
        if code not in self._known.visits:
            row.fault(
                "编号", f"没有编号为“{code}”的走访" if code else "没有填写走访的编号，如 V1.3"
            )
            return ""
        return code

    def _held(self, code: str, row: Row) -> HeldVisit | None:
        visit, day = self._known.visits[code], self._days[code]
        by, end = row.text("走访人"), as_name(row.cell("结论"))
        wrong = held_faults(day, by, self._known.today)
        for column, words in wrong:
            if column != "走访日期" or not row.text(column) or day:
                row.fault(column, words)
        if fault := own_word_fault(visit.unit, self._known.senders):
            row.fault("编号", fault)
        if end and end not in CONCLUSIONS:
            row.fault("结论", f"只能是 {'、'.join(CONCLUSIONS)}")
        listed = self._problems[code]
        left = {one.text for one in self._there(code)} | {one.text for one in listed}
        if fault := conclusion_fault(len(left), nothing_found=end == NOTHING_FOUND):
            row.fault("结论", fault)
        if day is None or wrong:
            return None
        said = (tuple(listed), tuple(self._checks[code]), row.text("说明"))
        return HeldVisit(visit.id, day, by, end == NOTHING_FOUND, *said)
