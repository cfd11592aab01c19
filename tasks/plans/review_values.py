"""Values of review cells: what a cell shows, where a row comes from, what goes into an item."""

import datetime
import re
from collections.abc import Sequence
from typing import Any

from models.plan.schema import Plan, Target
from tasks.plans.review_layout import Column


def plain(cell: Any) -> Any:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return "" if cell is None else cell


def shows(column: Column, old: Any) -> Any:
    return "" if old is None else plain(column.kind.show(old))


def place_in(text: str) -> int | None:
    """Return the place that the hidden column names, None when somebody wrote something else there."""
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else None


def origin_of(origin: str, old: Sequence[Any]) -> Any:
    place = place_in(origin)
    return old[place] if place is not None and place < len(old) else None


def target_of(origin: str, plan: Plan) -> Target | None:
    kind, rest = origin[:1], origin[1:]
    numbers = [n for part in rest.split("-") if (n := place_in(part)) is not None]
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


def task_in(origin: str) -> str:
    """Return where the task of a target stood in the original; empty for any other target."""
    return origin.removeprefix("t").split("-")[0] if origin.startswith("t") else ""


def sheet_of(place: str) -> str:
    return place if place.endswith("表") else place + "表"
