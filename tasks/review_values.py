"""Values of review cells: what a cell shows, where a row comes from, what goes into an item."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from models.plan.schema import Plan, PlanTask, Target
from tasks.review_layout import Column


def plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return "" if cell is None else cell


def shows(column: Column, old: Any) -> Any:
    return "" if old is None else plain(column.kind.show(old))


ORIGIN = re.compile(
    r"(?:[ots])?[0-9]{1,6}(?:-[0-9]{1,6})?"
)  # as we wrote it; anything else is none


def origin_of(origin: str, old: Sequence[Any]) -> Any:
    """Return the item of ``old`` that a row says it comes from, None for a new row or any other text."""
    plain = ORIGIN.fullmatch(origin) and origin.isdecimal()
    return old[int(origin)] if plain and int(origin) < len(old) else None


def task_of(origin: str, plan: Plan) -> PlanTask | None:
    """Return the task whose target a row was, None when it was no task's."""
    if not ORIGIN.fullmatch(origin) or not origin.startswith("t"):
        return None
    at = int(origin.removeprefix("t").split("-")[0])
    return plan.tasks[at] if at < len(plan.tasks) else None


def target_of(origin: str, plan: Plan) -> Target | None:
    """Return the target that a row says it comes from, None for a new row or any other text."""
    if not ORIGIN.fullmatch(origin):
        return None
    kind, rest = origin[:1], origin[1:]
    numbers = [int(part) for part in rest.split("-") if part]
    try:
        if kind == "o":
            return plan.other_targets[numbers[0]]
        if kind == "t":
            return plan.tasks[numbers[0]].targets[numbers[1]]
        if kind == "s":
            return plan.stages[numbers[0]].targets[numbers[1]]
    except IndexError:
        return None
    return None


def only_doubtful(cells: dict[str, Any]) -> bool:
    return all(cells.get(head) in (None, "") for head in ("要求", "数值", "原文词句"))


def put(values: dict[str, Any], column: Column, value: Any) -> None:
    if column.field.startswith("deadline."):
        deadline = values.get("deadline") or {}
        deadline[column.field.removeprefix("deadline.")] = value
        values["deadline"] = deadline
    elif value is None and column.kind.choices == ("是", "否"):
        values[column.field] = False
    elif value is None and column.field in {
        "number",
        "section",
        "unit",
        "metric_hint",
        "raw",
        "where",
    }:
        values[column.field] = "" if column.field != "raw" or "freq" in values else None
    else:
        values[column.field] = value


def settle(values: dict[str, Any]) -> None:
    """Drop a deadline in which nothing is filled."""
    deadline = values.get("deadline")
    if isinstance(deadline, dict):
        deadline["open_ended"] = bool(deadline.get("open_ended"))
        values["deadline"] = deadline if any(deadline.values()) else None
