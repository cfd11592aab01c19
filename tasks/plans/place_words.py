"""A place in a plan and what stands there, in a clerk's words: 任务3“加强普法”牵头单位：市司法局."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from models.plan.field_words import in_words
from models.plan.proposals import RefusedProposal, Steps, steps_of, value_after, value_at
from models.plan.schema import Deadline, Plan, RecurringDuty, Target
from models.rules.bounds import shown
from tasks.plans.review_cells import PlanColumn
from tasks.plans.review_sheets import DUTIES, FIELDS, GROUPS, STAGES, TARGETS, TASKS, PlanSheet

ITEMS: dict[
    str, tuple[str, PlanSheet, str]
] = {  # a list: what an item is called, its sheet, what names it
    "stages": ("阶段", STAGES, "name"),
    "tasks": ("任务", TASKS, "title"),
    "recurring": ("周期工作", DUTIES, "what"),
    "groups": ("机构", GROUPS, "name"),
    "other_targets": ("指标", TARGETS, "raw"),
    "targets": ("指标", TARGETS, "raw"),
}
# Fields that name their item: of these the item is told alone.
NAMING = {
    ("tasks", "title"),
    ("stages", "name"),
    ("groups", "name"),
    ("recurring", "what"),
    ("recurring", "raw"),
}
NOTHING = "（空）"


def plan_item_in_words(plan: Plan, steps: Steps, *, brief: bool = False) -> str:
    """Return what a clerk calls the item that ``steps`` lead to or into: 任务3“加强普法”指标“95%以上”.

    A ``brief`` one has its number alone where it has one.
    """
    told = ""
    held: Any = plan
    for at, step in enumerate(steps):
        held = held[step] if isinstance(step, int) else getattr(held, step)
        if not isinstance(step, int) or (name := str(steps[at - 1])) not in ITEMS:
            continue
        word, _, title = ITEMS[name]
        number = getattr(held, "ordinal", "")
        told += (
            f"{word}{number}"
            if brief and number
            else f"{word}{number}“{shown(getattr(held, title))}”"
        )
    return told


def column_of(steps: Steps) -> tuple[PlanSheet | None, PlanColumn | None]:
    """Return the sheet and the column of the review workbook that show the field at ``steps``."""
    names = [step for step in steps if isinstance(step, str)]
    lists = [name for name in names if name in ITEMS]
    if not lists:
        return None, next((each for each in FIELDS if [each.field] == names), None)
    sheet = ITEMS[lists[-1]][1]
    field = ".".join(names[names.index(lists[-1]) + 1 :])
    return sheet, next((each for each in sheet.fields if field and each.field == field), None)


def where_in_words(plan: Plan, where: str, *, brief: bool = False) -> str:
    """Return a place for a clerk, as the review workbook calls it; as it is written where it is none."""
    try:
        steps = steps_of(where)
        value_at(plan, where)
    except RefusedProposal:
        return where
    item = plan_item_in_words(plan, steps, brief=brief)
    if isinstance(steps[-1], int) and str(steps[-2]) in ITEMS:
        return item
    names = [step for step in steps if isinstance(step, str)]
    if tuple(names) in NAMING:
        return f"{item}名称" if brief and item.endswith(tuple("0123456789")) else item
    _, column = column_of(steps)
    field = column.name if column else in_words([names[-1]])
    return f"{item}{field}"


def is_item(where: str) -> bool:
    """Say whether a place is an item, or the field that names one: its words are told with it."""
    steps = steps_of(where)
    return (
        isinstance(steps[-1], int)
        or tuple(each for each in steps if isinstance(each, str)) in NAMING
    )


def value_in_words(where: str, value: Any) -> str:
    """Return what stands at a place, as its cell shows it; 空 for nothing."""
    _, column = column_of(steps_of(where))
    if column is not None and not isinstance(value, BaseModel):
        told = str(column.of(value)).replace("\n", "；")
    else:
        told = _in_words(value)
    return told or NOTHING


def proposal_in_words(plan: Plan, where: str, proposal: Any) -> str:
    """Return what a yes would do; empty where there is no proposal, or it cannot stand there.

    Of a list of names all that would then stand there, so that it is what may be written instead.
    """
    try:
        old, new = value_at(plan, where), value_after(plan, where, proposal)
    except RefusedProposal:
        return ""
    if isinstance(new, list) and any(isinstance(each, BaseModel) for each in new):
        added = "；".join(_in_words(each) for each in new[len(old) :])
        return f"增加{ITEMS[str(steps_of(where)[-1])][0]}：{added}" if added else ""
    return f"{_field(where)}：{value_in_words(where, new)}" if new != old else ""


def _field(where: str) -> str:
    steps = steps_of(where)
    _, column = column_of(steps)
    return (
        column.name if column else in_words([step for step in steps if isinstance(step, str)][-1:])
    )


def _in_words(value: Any) -> str:
    match value:
        case Target():
            amount = f"{_shown_of(TARGETS, value, 'op')}{value.value:g}{value.unit}"
            return f"{value.metric_hint} {amount}（{value.raw}）".lstrip()
        case RecurringDuty():
            return f"{value.freq.chinese}，{value.what}（{value.raw}）"
        case Deadline():
            day = "长期" if value.open_ended and not value.date else value.date or ""
            return f"{day}（{value.raw}）" if value.raw else str(day)
        case BaseModel():
            return shown(str(getattr(value, "title", "") or getattr(value, "name", "")))
        case list() | tuple():
            return "、".join(map(_in_words, value))
        case None:
            return ""
        case _:
            return str(value)


def _shown_of(sheet: PlanSheet, item: BaseModel, field: str) -> str:
    column = next(each for each in sheet.fields if each.field == field)
    return str(column.of(getattr(item, field)))


def some_lines(parts: Sequence[str], most: int) -> str:
    """Return lines, at most so many; of the others their number."""
    left = len(parts) - most
    return "\n".join([*parts[:most], *([f"……另有 {left} 处"] if left > 0 else [])])
