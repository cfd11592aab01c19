"""A corrected review workbook back into a plan; every fault by sheet, row and column, all at once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.errors import PlanError
from models.files.whole_file import shown_name
from models.plan.proposals import with_new
from models.plan.schema import Plan, PlanStage, PlanTask
from models.rules.bounds import shown
from tasks.documents.checks import DocumentError
from tasks.office.vocabulary import office_words
from tasks.plans.doubt_reading import Answered, take_answers
from tasks.plans.doubt_sheet import DOUBTS, DoubtAsked
from tasks.plans.review_cells import PlanColumn
from tasks.plans.review_items import ItemReader, at_place, read_value
from tasks.plans.review_sheets import (
    FIELDS,
    HIDDEN,
    INFO,
    ORIGIN,
    SHEETS,
    STAGES,
    TASKS,
    UNREAD,
    PlanSheet,
    get,
)
from tasks.plans.review_targets import TargetReader
from tasks.plans.text_sheet import TEXT
from tasks.workbook import opening
from tasks.workbook.cells import as_name
from tasks.workbook.matching import LISTS
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

ASIDE = (UNREAD, TEXT)  # for the eye only


@office_words()
def take_review(path: Path) -> tuple[Plan, list[str]]:
    """Return the plan of a corrected workbook, and what of the workbook was not taken.

    What its sheets do not show is as it was written; what a cell says wins over an answer to a doubt.
    Raises NotFoundError when there is no such file, DocumentError when it is no review workbook, PlanError
    with all faults when it has some.
    """
    name = shown_name(path)
    try:
        pages, notes = opening.read_pages(path)
    except PlanError as error:
        raise DocumentError(f"“{name}”{'；'.join(error.faults)}") from None
    aside = [sheet.name for sheet in ASIDE]
    book = Book(f"“{name}”", pages, [*SHEETS, DOUBTS], notes=notes, aside=aside)
    original, head = book.kept(HIDDEN), book.fields(INFO)
    missing = [sheet.name for sheet in SHEETS if not book.has(sheet)]
    missing += [INFO.name] if head is None else []
    missing += [HIDDEN] if original is None else []
    if missing or original is None or head is None:
        lists = [LISTS[each] for page in book.pages if (each := as_name(page.name)) in LISTS]
        other = lists and len(missing) > len(SHEETS)
        hint = f"；像是另一种表，请用 {lists[0]} 装回" if other else ""
        raise DocumentError(f"“{name}”不是审核表，缺少工作表：{'、'.join(missing)}{hint}")
    try:
        before, asked = _kept(original)
    except (ValidationError, ValueError, TypeError, RecursionError):
        raise DocumentError(f"“{name}”里的原始数据已损坏，请重新生成审核表") from None
    plan = _Reader(before, take_answers(before, asked, book), book).read(head)
    book.faults.stop()
    for sheet in ASIDE:
        book.look_aside(sheet)
    return plan, book.notes()


def _kept(text: str) -> tuple[Plan, list[DoubtAsked]]:
    """Return the plan as it was written, and its doubts, which older workbooks do not keep."""
    values = json.loads(text)
    asked = values.pop("doubts", []) if isinstance(values, dict) else []
    return Plan.model_validate(values), [DoubtAsked.model_validate(each) for each in asked]


@dataclass
class _Reader:
    original: Plan
    answered: Answered
    book: Book
    rows: dict[int, Row] = field(default_factory=dict)  # by the id of an item
    stages_by_origin: dict[str, PlanStage | None] = field(default_factory=dict)
    tasks_by_origin: dict[str, PlanTask | None] = field(default_factory=dict)

    def read(self, head: dict[str, Row]) -> Plan:
        plan = self.answered.plan.model_copy(deep=True)
        self.items = ItemReader(self.answered, self.book)
        for column in FIELDS:
            if row := head.get(column.name):
                self._set(plan, column, row)
        for sheet in SHEETS:
            if sheet.items:
                setattr(plan, sheet.items, self._items(sheet))
        targets = TargetReader(
            self.original, self.book, self.items, self._rows, self.tasks_by_origin
        )
        targets.read(plan)
        self._add_answers(plan)
        self._check_ordinals(plan)
        return plan

    def _set(self, plan: Plan, column: PlanColumn, row: Row) -> None:
        before = len(row.faults.lines)
        old, answer = get(self.original, column.field), get(self.answered.plan, column.field)
        value = read_value(row, column, old)
        if len(row.faults.lines) > before or (value == old and answer != old):
            return
        if answer not in (old, value):
            self.items.overruled(row, column.field, f"“{column.name}”")
        try:
            setattr(plan, column.field, value)
        except ValidationError:
            row.fault(column.name, f"“{shown(str(value))}”不合要求")
        else:
            if column.field == "kind" and value is not None:
                plan.is_plan = value.is_plan

    def _rows(self, sheet: PlanSheet) -> Iterator[tuple[Row, str]]:
        """Yield the rows that hold something with their origin; a row like one above is a fault."""
        seen: dict[tuple[str, ...], int] = {}
        for row in self.book.rows(sheet):
            origin = row.text(ORIGIN).removesuffix(".0")
            said = (origin, *(row.text(column.name) for column in sheet.fields))
            first = seen.setdefault(said, row.number)
            if first == row.number:
                yield row, origin
            else:
                place = f"表“{row.sheet}”第 {row.number} 行"
                self.book.faults.add(f"{place}：与第 {first} 行完全相同，请删去一行")

    def _items(self, sheet: PlanSheet) -> list[Any]:
        items = []
        old = getattr(self.original, sheet.items)
        for row, origin in self._rows(sheet):
            before, where = at_place(old, origin), f"{sheet.items}[{origin}]"
            if self.items.is_removed(sheet, row, before, where):
                continue
            item = self.items.item(sheet, row, before, where)
            if item is not None:
                items.append(item)
                self.rows[id(item)] = row
            if sheet is TASKS:
                self.tasks_by_origin[origin] = item
            if sheet is STAGES:
                self.stages_by_origin[origin] = item
        return items

    def _add_answers(self, plan: Plan) -> None:
        """Add what the answers added: to the plan, and to the items that are still there."""
        was, now = self.original, self.answered.plan
        for name in ("stages", "tasks", "recurring", "groups", "other_targets"):
            new = getattr(now, name)[len(getattr(was, name)) :]
            setattr(plan, name, with_new(getattr(plan, name), new))
        for name, kept in (("tasks", self.tasks_by_origin), ("stages", self.stages_by_origin)):
            for origin, item in kept.items():
                before = at_place(getattr(was, name), origin)
                if item is not None and before is not None:
                    after = at_place(getattr(now, name), origin)
                    item.targets = with_new(item.targets, after.targets[len(before.targets) :])

    def _check_ordinals(self, plan: Plan) -> None:
        for items in (plan.stages, plan.tasks):
            seen: dict[int, int] = {}
            for item in items:
                row = self.rows.get(id(item))
                number = row.number if row else 0
                first = seen.setdefault(item.ordinal, number)
                if row and first != number:
                    row.fault("序号", f"{item.ordinal} 在第 {first} 行已经用过")
