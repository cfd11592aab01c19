"""A corrected review workbook back into a plan; every fault by sheet, row and column, all at once."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.errors import PlanError
from models.files.whole_file import shown_name
from models.plan.schema import Plan, PlanStage, PlanTask
from models.rules.bounds import shown
from models.rules.text import squeeze
from tasks.documents.checks import DocumentError
from tasks.office.vocabulary import office_words
from tasks.plans.review_cells import PlanColumn, as_read, read_where, show_where
from tasks.plans.review_sheets import (
    BELONGS,
    FIELDS,
    HIDDEN,
    INFO,
    ORIGIN,
    SHEETS,
    TARGETS,
    TASKS,
    UNREAD,
    PlanSheet,
    get,
)
from tasks.workbook import opening
from tasks.workbook.cells import as_name
from tasks.workbook.matching import LISTS
from tasks.workbook.opening import Broken
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row, ask_percent


@office_words()
def take_review(path: Path) -> tuple[Plan, list[str]]:
    """Return the plan of a corrected workbook, and what of the workbook was not taken.

    What its sheets do not show is as it was written. Raises NotFoundError when there is no such file,
    DocumentError when it is no review workbook, PlanError with all faults when it has some.
    """
    name = shown_name(path)
    try:
        pages, notes = opening.read_pages(path)
    except PlanError as error:
        raise DocumentError(f"“{name}”{'；'.join(error.faults)}") from None
    book = Book(f"“{name}”", pages, SHEETS, notes=notes, aside=[UNREAD.name])
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
        before = Plan.model_validate_json(original)
    except ValidationError:
        raise DocumentError(f"“{name}”里的原始数据已损坏，请重新生成审核表") from None
    plan = _Reader(before, book).read(head)
    book.faults.stop()
    book.look_aside(UNREAD)
    return plan, book.notes()


@dataclass
class _Reader:
    original: Plan
    book: Book
    rows: dict[int, Row] = field(default_factory=dict)  # by the id of an item
    tasks_by_origin: dict[str, PlanTask | None] = field(default_factory=dict)

    def read(self, head: dict[str, Row]) -> Plan:
        plan = self.original.model_copy(deep=True)
        for column in FIELDS:
            if row := head.get(column.name):
                self._set(plan, column, row)
        for sheet in SHEETS:
            if sheet.items:
                items = self._items(sheet, getattr(self.original, sheet.items))
                setattr(plan, sheet.items, items)
        self._read_targets(plan)
        self._check_ordinals(plan)
        return plan

    def _set(self, plan: Plan, column: PlanColumn, row: Row) -> None:
        before = len(row.faults.lines)
        value = _value(row, column, get(self.original, column.field))
        if len(row.faults.lines) > before:
            return
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

    def _items(self, sheet: PlanSheet, old: Sequence[Any]) -> list[Any]:
        items = []
        for row, origin in self._rows(sheet):
            item = self._item(sheet, row, _at(old, origin))
            if item is not None:
                items.append(item)
                self.rows[id(item)] = row
            if sheet is TASKS:
                self.tasks_by_origin[origin] = item
        return items

    def _item(self, sheet: PlanSheet, row: Row, before: Any) -> Any:
        """Return the item of a row: the one it comes from, with what the row says."""
        values: dict[str, Any] = before.model_dump() if before is not None else {}
        deadline: dict[str, Any] = values.get("deadline") or {}

        told = len(row.faults.lines)
        for column in sheet.fields:
            if not column.field or not (column.required or row.has(column.name)):
                continue
            value = _value(row, column, _NEW if before is None else get(before, column.field))
            part = column.field.removeprefix("deadline.")
            held = values if part == column.field else deadline
            held.pop(part, None)  # nothing there is what the model says of nothing
            if value is not None:
                held[part] = value
        if len(row.faults.lines) > told:
            return None
        if sheet is TASKS:
            values["deadline"] = deadline if any(deadline.values()) else None
        try:
            return sheet.model.model_validate(values)
        except ValidationError as error:
            for each in error.errors():
                name = str(each["loc"][0]) if each["loc"] else ""
                heads = (c.name for c in sheet.fields if c.field.split(".")[0] == name)
                row.fault(next(heads, name), f"“{shown(str(each.get('input')))}”不合要求")
            return None

    def _read_targets(self, plan: Plan) -> None:
        """Put each target where it came from, or where 所属 now says."""
        plan.other_targets = []
        owners: list[PlanTask | PlanStage] = [*plan.tasks, *plan.stages]
        for each in owners:
            each.targets = []
        tasks = {f"任务{task.ordinal}": task for task in plan.tasks}
        stages = {f"阶段{stage.ordinal}": stage for stage in plan.stages}
        for row, origin in self._rows(TARGETS):
            if not origin and not any(row.text(c.name) for c in TARGETS.fields if c.needed):
                self.book.note(
                    f"表“{TARGETS.name}”第 {row.number} 行没有收：要求、数值、原文词句都空着"
                )
                continue
            written = _target_at(self.original, origin)
            target = self._item(TARGETS, row, written)
            if target and (written is None or written.value != target.value):
                ask_percent(row, "数值", target.unit)
            if target is None or isinstance(row.cell(BELONGS), Broken):
                continue
            if str(row.cell(BELONGS)) == show_where(target.where):
                plan.other_targets.append(target)
                continue
            belongs = as_name(row.cell(BELONGS)).removesuffix(".0")
            before = _at(self.original.tasks, _task_in(origin))
            stays = before is not None and belongs == f"任务{before.ordinal}"
            owner: PlanTask | PlanStage | None = tasks.get(belongs) or (
                self.tasks_by_origin.get(_task_in(origin)) if stays else None
            )
            owner = owner or (stages.get(belongs) if origin.startswith("s") else None)
            if owner is not None:
                owner.targets.append(target)
            elif self._went_with_its_task(origin, stays=stays):
                continue
            elif belongs.startswith("任务") and belongs[2:].isdecimal():
                row.fault(BELONGS, f"没有序号为 {shown(belongs[2:])} 的任务")
            else:
                target.where = row.read(BELONGS, read_where, "") or target.where
                plan.other_targets.append(target)

    def _went_with_its_task(self, origin: str, *, stays: bool) -> bool:
        """Say whether a target's task was deleted, or has a fault of its own that is told already."""
        if any(fault.startswith(f"表“{TASKS.name}") for fault in self.book.faults.lines):
            return True
        return stays and _task_in(origin) not in self.tasks_by_origin

    def _check_ordinals(self, plan: Plan) -> None:
        for items in (plan.stages, plan.tasks):
            seen: dict[int, int] = {}
            for item in items:
                row = self.rows[id(item)]
                first = seen.setdefault(item.ordinal, row.number)
                if first != row.number:
                    row.fault("序号", f"{item.ordinal} 在第 {first} 行已经用过")


_NEW = object()  # in place of the old value of a row that is new


def _value(row: Row, column: PlanColumn, old: Any) -> Any:
    """Return the value of a cell; one that still shows the old value is the old value."""
    if old is not _NEW and column.of(old) == as_read(row.cell(column.name)):
        return old
    before = len(row.faults.lines)
    value = row.read(column.name, column.read, column.expected)
    if len(row.faults.lines) > before:
        return value
    read = old if isinstance(old, list) else []  # lines of the document stay beside new ones
    for line in row.text(column.name).splitlines():
        if squeeze(line) not in read and (words := column.refused(line.strip())):
            row.fault(column.name, words)
    if column.needed and value in (None, "", []):
        row.fault(column.name, "不能空着")
    return value


def _at(items: Sequence[Any], text: str) -> Any:
    """Return the item at the place that the hidden column names, None when something else is written there."""
    place = int(text) if re.fullmatch("[0-9]{1,9}", text) else len(items)
    return items[place] if place < len(items) else None


def _target_at(plan: Plan, origin: str) -> Any:
    kind, (first, _, second) = origin[:1], origin[1:].partition("-")
    if kind == "o":
        return _at(plan.other_targets, first)
    owner = _at(plan.tasks if kind == "t" else plan.stages if kind == "s" else (), first)
    return _at(owner.targets, second) if owner is not None else None


def _task_in(origin: str) -> str:
    """Return where the task of a target stood in the original; empty for any other target."""
    return origin.removeprefix("t").split("-")[0] if origin.startswith("t") else ""
