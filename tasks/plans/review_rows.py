"""The rows of the review workbook: what each item shows, where it comes from, why it is doubted."""

from collections.abc import Iterator, Sequence
from typing import Any

from models.plan.doubts import Doubt
from models.plan.schema import Plan, Source
from tasks.plans.review_cells import show_where
from tasks.plans.review_layout import DUTIES, GROUPS, STAGES, TARGETS, TASKS, Sheet, get

CELL = 32_000  # characters; a cell holds 32,767

Row = tuple[str, Any, str]  # origin, item, what it belongs to


def rows_of(sheet: Sheet, plan: Plan) -> Iterator[Row]:
    """Yield the items of a sheet with where each comes from (t3-1: task 3, its target 1, from 0)."""
    if sheet is STAGES:
        yield from ((f"{at}", stage, "") for at, stage in enumerate(plan.stages))
    elif sheet is TASKS:
        yield from ((f"{at}", task, "") for at, task in enumerate(plan.tasks))
    elif sheet is DUTIES:
        yield from ((f"{at}", duty, "") for at, duty in enumerate(plan.recurring))
    elif sheet is GROUPS:
        yield from ((f"{at}", group, "") for at, group in enumerate(plan.groups))
    else:
        for at, task in enumerate(plan.tasks):
            yield from (
                (f"t{at}-{i}", target, f"任务{task.ordinal}")
                for i, target in enumerate(task.targets)
            )
        for at, stage in enumerate(plan.stages):
            yield from (
                (f"s{at}-{i}", target, f"阶段{stage.ordinal}")
                for i, target in enumerate(stage.targets)
            )
        yield from (
            (f"o{at}", target, show_where(target.where))
            for at, target in enumerate(plan.other_targets)
        )


def maybe_rows(sheet: Sheet, doubts: Sequence[Doubt]) -> Iterator[Row]:
    """Yield the numbers that might be targets: rows with a doubt and a sentence, and nothing read."""
    if sheet is TARGETS:
        yield from (
            ("", doubt, "") for doubt in doubts if doubt.about == "target" and not doubt.ordinal
        )


def texts_of(sheet: Sheet, item: Any, doubts: Sequence[Doubt]) -> list[str]:
    """Return what each column of a row shows, the origin's aside."""
    if isinstance(item, Doubt):
        return [*("" for _ in sheet.columns), *texts_beside(sheet, item, doubts)]
    values = ((column, get(item, column.field)) for column in sheet.columns)
    shown = [str(column.kind.show(value)) if value is not None else "" for column, value in values]
    return [*shown, *texts_beside(sheet, item, doubts)]


def texts_beside(sheet: Sheet, item: Any, doubts: Sequence[Doubt]) -> list[str]:
    """Return place, sentence and doubts of an item, as cells hold them."""
    if isinstance(item, Doubt):
        return ["", item.sentence[:CELL], item.reason]
    source: Source | None = item.source
    sentence = source.sentence[:CELL] if source else ""
    return [place_of(source), sentence, "；".join(reasons_for(sheet, item, doubts))[:CELL]]


def place_of(source: Source | None) -> str:
    if source is None:
        return ""
    if source.page:
        return f"第{source.page}页"
    return f"第{source.line}行" if source.line else ""


def reasons_for(sheet: Sheet, item: Any, doubts: Sequence[Doubt]) -> list[str]:
    ordinal = getattr(item, "ordinal", None)
    return [d.reason for d in doubts if d.about == sheet.about and ordinal and d.ordinal == ordinal]
