"""Read a corrected review workbook back into a plan; every fault by sheet, row and column, all at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from models.plan.schema import Plan, PlanGroup, PlanStage, PlanTask, RecurringDuty, Target
from models.rules.bounds import shown
from tasks.plans.review_cells import CellFault, read_where, show_where
from tasks.plans.review_file import Review, head_cells, open_review
from tasks.plans.review_layout import (
    DUTIES,
    FIELDS,
    GROUPS,
    INFO,
    STAGES,
    TARGETS,
    TASKS,
    Column,
    Sheet,
    get,
)
from tasks.plans.review_values import (
    only_doubtful,
    origin_of,
    plain,
    put,
    settle,
    sheet_of,
    shows,
    target_of,
    task_in,
)
from tasks.workbook.grey_cells import GreyCells
from tasks.workbook.opening import Broken

MODELS: dict[str, type[BaseModel]] = {
    STAGES.name: PlanStage,
    TASKS.name: PlanTask,
    TARGETS.name: Target,
    DUTIES.name: RecurringDuty,
    GROUPS.name: PlanGroup,
}


def read_review(path: Path) -> Plan:
    """Return the plan of a corrected workbook; what its sheets do not show is as it was written.

    Raises DocumentError when the file is no review workbook, PlanError with all faults when it has some.
    """
    return take_review(path)[0]


def take_review(path: Path) -> tuple[Plan, list[str]]:
    """Return the plan as `read_review` does, and what of the workbook was not taken."""
    review = open_review(path)
    reader = _Reader(review.original, review, review.book.faults.lines)
    plan = reader.read(head_cells(review))
    review.book.faults.stop()
    return plan, review.book.notes() + reader.grey.notes()


@dataclass
class _Reader:
    original: Plan
    review: Review
    faults: list[str]
    grey: GreyCells = field(default_factory=lambda: GreyCells("改过"))
    places: dict[int, int] = field(default_factory=dict)  # id of an item -> its row
    tasks_by_origin: dict[str, Any] = field(default_factory=dict)
    origins: dict[str, set[str]] = field(default_factory=dict)  # sheet -> where its rows come from

    def read(self, head: Mapping[str, tuple[int, Any]]) -> Plan:
        plan = self.original.model_copy(deep=True)
        self._read_fields(head, plan)
        plan.stages = self._items(STAGES, self.original.stages)
        plan.tasks = self._items(TASKS, self.original.tasks)
        plan.recurring = self._items(DUTIES, self.original.recurring)
        plan.groups = self._items(GROUPS, self.original.groups)
        self._read_targets(plan)
        self._check_ordinals(plan)
        return plan

    def _read_fields(self, head: Mapping[str, tuple[int, Any]], plan: Plan) -> None:
        for column in FIELDS:
            if column.head not in head:
                continue
            number, cell = head[column.head]
            old = get(self.original, column.field)
            value = self._cell(INFO, number, column, cell, old)
            if value is not _BAD:
                self._set(plan, column, value, f"{INFO}表 第{number}行 “{column.head}”列")

    def _set(self, plan: Plan, column: Column, value: Any, place: str) -> None:
        try:
            setattr(plan, column.field, value)
        except ValidationError:
            self.faults.append(f"{place}：“{shown(str(value))}”不合要求")
        else:
            if column.field == "kind" and value is not None:
                plan.is_plan = value.is_plan

    def _items(self, sheet: Sheet, old: Sequence[Any]) -> list[Any]:
        items = []
        for number, cells, origin in self.review.rows(sheet, self.grey):
            self.origins.setdefault(sheet.name, set()).add(origin)
            before = origin_of(origin, old)
            item = self._item(sheet, number, cells, before)
            if item is not None:
                items.append(item)
                self.places[id(item)] = number
                if sheet is TASKS:
                    self.tasks_by_origin[origin] = item
        return items

    def _item(self, sheet: Sheet, number: int, cells: dict[str, Any], before: Any) -> Any:
        """Return the item of a row: the one it comes from, with what the row says."""
        values: dict[str, Any] = before.model_dump() if before is not None else {}
        faulty = False
        for column in sheet.columns:
            if column.field == "belongs":
                continue
            old = get(before, column.field) if before is not None else _NEW
            value = self._cell(sheet.name + "表", number, column, cells.get(column.head), old)
            if value is _BAD:
                faulty = True
            else:
                put(values, column, value)
        if faulty:
            return None
        settle(values)
        try:
            return MODELS[sheet.name].model_validate(values)
        except ValidationError as error:
            for each in error.errors():
                self.faults.append(self._named(sheet, number, each))
            return None

    def _named(self, sheet: Sheet, number: int, error: Any) -> str:
        name = str(error["loc"][0]) if error["loc"] else ""
        head = next((c.head for c in sheet.columns if c.field.split(".")[0] == name), name)
        return f"{sheet.name}表 第{number}行 “{head}”列：“{shown(str(error.get('input')))}”不合要求"

    def _cell(self, place: str, number: int, column: Column, cell: Any, old: Any) -> Any:
        """Return the value of a cell; one that still shows the old value is the old value."""
        if isinstance(cell, Broken):
            self.faults.append(f"{sheet_of(place)} 第{number}行 “{column.head}”列：{cell.words}")
            return _BAD
        if old is not _NEW and shows(column, old) == plain(cell):
            return old
        try:
            value = column.kind.read(cell)
        except CellFault as fault:
            self.faults.append(f"{sheet_of(place)} 第{number}行 “{column.head}”列：{fault}")
            return _BAD
        if column.needed and value in (None, "", []):
            self.faults.append(f"{sheet_of(place)} 第{number}行 “{column.head}”列：不能空着")
            return _BAD
        return value

    def _read_targets(self, plan: Plan) -> None:
        """Put each target where it came from, or where 所属 now says."""
        for task in plan.tasks:
            task.targets = []
        for stage in plan.stages:
            stage.targets = []
        plan.other_targets = []
        tasks = {f"任务{task.ordinal}": task for task in plan.tasks}
        stages = {f"阶段{stage.ordinal}": stage for stage in plan.stages}
        for number, cells, origin in self.review.rows(TARGETS, self.grey):
            if not origin and only_doubtful(cells):
                self.review.book.note(
                    f"表“{TARGETS.name}”第 {number} 行没有收：要求、数值、原文词句都空着"
                )
                continue
            if isinstance(cells["所属"], Broken):
                self.faults.append(f"指标表 第{number}行 “所属”列：{cells['所属'].words}")
                continue
            target = self._item(TARGETS, number, cells, target_of(origin, self.original))
            if target is None:
                continue
            belongs = str(cells.get("所属") or "")
            if belongs == show_where(target.where):
                plan.other_targets.append(target)
                continue
            belongs = "".join(belongs.split()).removesuffix(".0")
            owner = tasks.get(belongs) or self._same_task(origin, belongs)
            owner = owner or (stages.get(belongs) if origin.startswith("s") else None)
            if owner is not None:
                owner.targets.append(target)
            elif self._went_with_its_task(origin, belongs):
                continue
            elif belongs.startswith("任务") and belongs[2:].isdecimal():
                written = shown(belongs[2:])
                self.faults.append(f"指标表 第{number}行 “所属”列：没有序号为 {written} 的任务")
            else:
                self._stands_elsewhere(target, belongs, number)
                plan.other_targets.append(target)

    def _stands_elsewhere(self, target: Target, belongs: str, number: int) -> None:
        try:
            target.where = read_where(belongs) or target.where
        except CellFault as fault:
            self.faults.append(f"指标表 第{number}行 “所属”列：{fault}")

    def _same_task(self, origin: str, belongs: str) -> Any:
        """Return the task a target came from when that was renumbered and the target says so no more."""
        return self.tasks_by_origin.get(task_in(origin)) if self._was_in(origin, belongs) else None

    def _was_in(self, origin: str, belongs: str) -> bool:
        """Say whether a target of the original stood in the task that its row still names."""
        task = origin_of(task_in(origin), self.original.tasks)
        return task is not None and belongs == f"任务{task.ordinal}"

    def _went_with_its_task(self, origin: str, belongs: str) -> bool:
        """Say whether a target's task was deleted, or has a fault of its own that is told already."""
        if any(fault.startswith(f"{TASKS.name}表") for fault in self.faults):
            return True
        deleted = task_in(origin) not in self.origins.get(TASKS.name, set())
        return deleted and self._was_in(origin, belongs)

    def _check_ordinals(self, plan: Plan) -> None:
        for sheet, items in ((STAGES, plan.stages), (TASKS, plan.tasks)):
            seen: dict[int, int] = {}
            for item in items:
                row = self.places[id(item)]
                first = seen.setdefault(item.ordinal, row)
                if first != row:
                    self.faults.append(
                        f"{sheet.name}表 第{row}行 “序号”列：{item.ordinal} 在第{first}行已经用过"
                    )


class _Bad:
    """Stands for a cell that could not be taken."""


_BAD = _Bad()


_NEW = object()  # in place of the old value of a row that is new
