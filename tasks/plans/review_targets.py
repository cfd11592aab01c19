"""The sheet of targets as it came back: each target where it came from, or where 所属 now says."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from models.plan.schema import Plan, PlanStage, PlanTask, Target
from models.rules.bounds import shown
from tasks.plans.review_cells import read_where, show_where
from tasks.plans.review_items import ItemReader, at_place, item_at
from tasks.plans.review_sheets import BELONGS, TARGETS, TASKS
from tasks.workbook.cells import as_name
from tasks.workbook.opening import Broken
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row, ask_percent

Owner = PlanTask | PlanStage
_LISTS = {"t": "tasks", "s": "stages"}


@dataclass
class TargetReader:
    """Reads the targets of a plan whose tasks and stages are read: ``by_origin`` holds the tasks that stayed."""

    original: Plan
    book: Book
    items: ItemReader
    rows: Callable[..., Iterator[tuple[Row, str]]]
    by_origin: Mapping[str, PlanTask | None]

    def read(self, plan: Plan) -> None:
        """Put each target to its owner."""
        plan.other_targets = []
        owners: list[Owner] = [*plan.tasks, *plan.stages]
        for each in owners:
            each.targets = []
        tasks = {f"任务{task.ordinal}": task for task in plan.tasks}
        stages = {f"阶段{stage.ordinal}": stage for stage in plan.stages}
        for row, origin in self.rows(TARGETS):
            if not origin and not any(row.text(c.name) for c in TARGETS.fields if c.needed):
                self.book.note(
                    f"表“{TARGETS.name}”第 {row.number} 行没有收：要求、数值、原文词句都空着"
                )
                continue
            where = place_of_target(origin)
            written = item_at(self.original, where) if where else None
            if self.items.is_removed(TARGETS, row, written, where):
                continue
            target = self.items.item(TARGETS, row, written, where)
            if target and (written is None or written.value != target.value):
                ask_percent(row, "数值", target.unit)
            if target is None or isinstance(row.cell(BELONGS), Broken):
                continue
            self._place(plan, row, origin, target, tasks, stages)

    def _place(
        self,
        plan: Plan,
        row: Row,
        origin: str,
        target: Target,
        tasks: Mapping[str, PlanTask],
        stages: Mapping[str, PlanStage],
    ) -> None:
        if str(row.cell(BELONGS)) == show_where(target.where):
            plan.other_targets.append(target)
            return
        belongs = as_name(row.cell(BELONGS)).removesuffix(".0")
        before = at_place(self.original.tasks, _task_in(origin))
        stays = before is not None and belongs == f"任务{before.ordinal}"
        owner: Owner | None = tasks.get(belongs) or (
            self.by_origin.get(_task_in(origin)) if stays else None
        )
        owner = owner or (stages.get(belongs) if origin.startswith("s") else None)
        if owner is not None:
            owner.targets.append(target)
        elif self._went_with_its_task(origin, stays=stays):
            return
        elif belongs.startswith("任务") and belongs[2:].isdecimal():
            row.fault(BELONGS, f"没有序号为 {shown(belongs[2:])} 的任务")
        else:
            target.where = row.read(BELONGS, read_where, "") or target.where
            plan.other_targets.append(target)

    def _went_with_its_task(self, origin: str, *, stays: bool) -> bool:
        """Say whether a target's task was deleted, or has a fault of its own that is told already."""
        if any(fault.startswith(f"表“{TASKS.name}") for fault in self.book.faults.lines):
            return True
        return stays and _task_in(origin) not in self.by_origin


def place_of_target(origin: str) -> str:
    """Return where the target of a row stood in the original: t3-1 is tasks[3].targets[1]; empty for a new one."""
    if found := re.fullmatch(r"o(\d{1,9})", origin):
        return f"other_targets[{found[1]}]"
    found = re.fullmatch(r"([ts])(\d{1,9})-(\d{1,9})", origin)
    return f"{_LISTS[found[1]]}[{found[2]}].targets[{found[3]}]" if found else ""


def _task_in(origin: str) -> str:
    """Return where the task of a target stood in the original; empty for any other target."""
    return origin.removeprefix("t").split("-")[0] if origin.startswith("t") else ""
