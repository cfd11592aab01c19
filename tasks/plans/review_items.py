"""Rows of the review workbook as items of a plan: what a clerk changed, on what the answers had changed."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from models.plan.schema import Plan
from models.rules.bounds import shown
from models.rules.text import squeeze
from tasks.plans.doubt_reading import Answered
from tasks.plans.review_cells import PlanColumn, as_read
from tasks.plans.review_sheets import TASKS, PlanSheet, get
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

NEW = object()  # in place of the old value of a row that is new


class ItemReader:
    """Reads items, each from its row, its original, and what the answers made of that."""

    def __init__(self, answered: Answered, book: Book) -> None:
        self._answered, self._book = answered, book

    def item(self, sheet: PlanSheet, row: Row, before: Any, where: str) -> Any:
        """Return the item of a row: the one it comes from, with what answers and the row say; None for faults."""
        answered = item_at(self._answered.plan, where) if before is not None else None
        values: dict[str, Any] = answered.model_dump() if answered is not None else {}
        deadline: dict[str, Any] = values.get("deadline") or {}
        told = len(row.faults.lines)
        for column in sheet.fields:
            if not column.field or not (column.required or row.has(column.name)):
                continue
            value = read_value(row, column, NEW if before is None else get(before, column.field))
            if before is not None and not self._is_new(row, column, value, before, answered, where):
                continue
            part = column.field.removeprefix("deadline.")
            held = values if part == column.field else deadline
            held.pop(part, None)  # nothing there is what the model says of nothing
            if value is not None:
                held[part] = value
        if len(row.faults.lines) > told:
            return None
        if sheet is TASKS:
            values["deadline"] = deadline if any(deadline.values()) else None
        return _valid(sheet, row, values)

    def _is_new(
        self, row: Row, column: PlanColumn, value: Any, before: Any, answered: Any, where: str
    ) -> bool:
        """Say whether a cell was changed; then it wins over an answer, and that is told."""
        old, answer = get(before, column.field), get(answered, column.field)
        if value == old:
            return answer == old  # an answer stays
        if answer not in (old, value):
            self.overruled(row, f"{where}.{column.field}", f"“{column.name}”列")
        return True

    def overruled(self, row: Row, where: str, what: str) -> None:
        """Tell that an answer was not taken because the row says something else."""
        said = self._answered.row_of(where) or self._answered.row_of(where.rpartition(".")[0])
        self._book.note(
            f"{said or '表“请看一眼”'}的处理没有用：表“{row.sheet}”第 {row.number} 行{what}另外改过，按那里的收"
        )

    def is_removed(self, sheet: PlanSheet, row: Row, before: Any, where: str) -> bool:
        """Say whether an answer takes the item of an unchanged row out; a changed one stays, and that is told."""
        answer = self._answered.removed.get(where)
        if answer is None or before is None:
            return False
        changed = (
            column.name
            for column in sheet.fields
            if column.field and row.has(column.name)
            if column.of(get(before, column.field)) != as_read(row.cell(column.name))
        )
        place = f"表“{answer.sheet}”第 {answer.number} 行"
        if name := next(changed, ""):
            self._book.note(
                f"{place}选了“不是任务”，没有删：表“{row.sheet}”第 {row.number} 行“{name}”列另外改过，按那里的收"
            )
            return False
        self._book.note(f"{place}选了“不是任务”，表“{row.sheet}”第 {row.number} 行的一项没有收")
        return True


def _valid(sheet: PlanSheet, row: Row, values: dict[str, Any]) -> Any:
    try:
        return sheet.model.model_validate(values)
    except ValidationError as error:
        for each in error.errors():
            name = str(each["loc"][0]) if each["loc"] else ""
            heads = (c.name for c in sheet.fields if c.field.split(".")[0] == name)
            row.fault(next(heads, name), f"“{shown(str(each.get('input')))}”不合要求")
        return None


def read_value(row: Row, column: PlanColumn, old: Any) -> Any:
    """Return the value of a cell; one that still shows the old value is the old value."""
    if old is not NEW and column.of(old) == as_read(row.cell(column.name)):
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


def item_at(plan: Plan, where: str) -> Any:
    """Return the item at tasks[3] or tasks[3].targets[1]; None where there is none."""
    held: Any = plan
    for name, at in re.findall(r"([a-z_]+)\[(\d{1,9})\]", where):
        held = at_place(getattr(held, name), at)
        if held is None:
            return None
    return held


def at_place(items: Sequence[Any], text: str) -> Any:
    """Return the item at the place that the hidden column names, None when something else is written there."""
    place = int(text) if re.fullmatch("[0-9]{1,9}", text) else len(items)
    return items[place] if place < len(items) else None
