"""What a clerk writes instead of a reading: read as the cells of its column are, or as a document is.

A number is read as a target, a period as a duty, by the reader of documents itself. What is said of a whole
item names the column (牵头单位：市司法局), what is said of a text the item as well (任务3 完成日期：2026-06-30).
"""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from models.plan.proposals import RefusedProposal, Steps, steps_of, value_at
from models.plan.reading.targets.duties import find_duties
from models.plan.reading.targets.targets import find_targets
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.stops import LONGEST_SENTENCE
from models.plan.schema import Plan, RecurringDuty, Source, Target
from models.plan.vocabulary import in_force
from models.rules.bounds import LONGEST_NOTE, shown
from models.rules.text import squeeze
from tasks.plans.doubt_sheet import WRITTEN, DoubtAsked
from tasks.plans.place_words import ITEMS, column_of
from tasks.plans.review_cells import DATE, PlanColumn
from tasks.plans.review_sheets import PlanSheet
from tasks.workbook.cells import CellError, as_text
from tasks.workbook.rows import Row

A_TARGET = "一个指标，如“法治宣传覆盖率达到95%”"
A_DUTY = "一项周期工作，如“每月25日前报送进展”"
AN_ITEM = "哪一列，如“牵头单位：市司法局”"
A_PLACE = "哪一项、哪一列，如“任务3 牵头单位：市司法局”，或一个指标、一项周期工作"
STANDING = {"长期", "长期坚持", "持续推进"}
_PIECE = re.compile(r"(?:(任务|阶段)(\d{1,6})(?:“[^”]{0,60}”)?[ \s的·]?)?([^：:]{1,12})[：:](.*)")


class Written(NamedTuple):
    """A value for a place of the plan; ``instead`` of what the list there holds."""

    where: str
    value: Any
    instead: bool


def written_answer(row: Row, asked: DoubtAsked, plan: Plan) -> list[Written]:
    """Return what the answer in ``row`` puts where; faults of the row, and none, for what cannot be read."""
    before = len(row.faults.lines)
    try:
        found = list(_read(row, asked, plan))
    except RefusedProposal as why:
        row.fault(WRITTEN, str(why))
        return []
    except CellError as why:
        row.fault(WRITTEN, str(why))
        return []
    return found if len(row.faults.lines) == before else []


def _read(row: Row, asked: DoubtAsked, plan: Plan) -> Iterator[Written]:
    steps = steps_of(asked.where) if asked.where else ()
    if not steps:
        yield from _of_a_text(row, asked, plan)
        return
    value_at(plan, asked.where)  # a place at all
    _, column = column_of(steps)
    one = isinstance(steps[-1], int)
    if steps[-1] == "deadline":
        yield Written(asked.where, _deadline(row, value_at(plan, asked.where)), True)
    elif column is not None:
        yield Written(asked.where, _cell(row, column, row.cell(WRITTEN)), True)
    elif _is_list_of(steps, "other_targets", "targets"):
        yield from _counted(asked.where, _targets(row, asked), A_TARGET, one=one)
    elif _is_list_of(steps, "recurring"):
        yield from _counted(asked.where, _duties(row, asked, plan), A_DUTY, one=one)
    elif asked.unread and not _PIECE.fullmatch(row.text(WRITTEN).splitlines()[0]):
        yield from _of_a_text(row, asked, plan)
    else:
        sheet = ITEMS[_last(steps)][1] if _last(steps) in ITEMS else None
        yield from _labelled(row, asked.where, sheet, plan)


def _last(steps: Steps) -> str:
    return next(step for step in reversed(steps) if isinstance(step, str))


def _is_list_of(steps: Steps, *names: str) -> bool:
    return _last(steps) in names


def _counted(where: str, found: list[Any], expected: str, *, one: bool) -> Iterator[Written]:
    if not found or (one and len(found) > 1):
        raise CellError(f"没有读出{expected}")
    for each in found:
        yield Written(where, each.model_dump(), False)


def _of_a_text(row: Row, asked: DoubtAsked, plan: Plan) -> Iterator[Written]:
    """Read an answer about words that no field holds: an item and its column, or a target, or a duty."""
    own = (
        f"{asked.where}.targets" if asked.where.startswith(("tasks", "stages")) else "other_targets"
    )
    text = row.text(WRITTEN)
    if _PIECE.fullmatch(text.splitlines()[0]):
        yield from _labelled(row, "", None, plan)
        return
    targets, duties = _targets(row, asked), _duties(row, asked, plan)
    if not targets and not duties:
        raise CellError(f"写的是“{shown(text)}”，看不出收到哪里，应写明{A_PLACE}")
    for target in targets:
        yield Written(own, target.model_dump(), False)
    for duty in duties:
        yield Written("recurring", duty.model_dump(), False)


def _labelled(row: Row, where: str, sheet: PlanSheet | None, plan: Plan) -> Iterator[Written]:
    for line in row.text(WRITTEN).splitlines():
        found = _PIECE.fullmatch(line.strip())
        if found is None:
            if line.strip():
                raise CellError(f"写的是“{shown(line)}”，应写明{AN_ITEM if where else A_PLACE}")
            continue
        place, own = (where, sheet) if not found[1] else _item(found[1], int(found[2]), plan)
        name = squeeze(found[3])
        column = next((each for each in own.fields if each.name == name), None) if own else None
        if not place or column is None or not column.field:
            raise CellError(
                f"写的是“{shown(line)}”，没有这一列，应写明{AN_ITEM if where else A_PLACE}"
            )
        yield Written(f"{place}.{column.field}", _cell(row, column, found[4].strip()), True)


def _item(word: str, ordinal: int, plan: Plan) -> tuple[str, PlanSheet]:
    name = next(name for name, each in ITEMS.items() if each[0] == word)
    for at, item in enumerate(getattr(plan, name)):
        if item.ordinal == ordinal:
            return f"{name}[{at}]", ITEMS[name][1]
    raise CellError(f"没有序号为 {ordinal} 的{word}")


def _cell(row: Row, column: PlanColumn, cell: object) -> Any:
    """Return a value as its column reads it; raises CellError with what was expected."""
    text = as_text(cell)
    try:
        value = column.read(cell)
    except CellError:
        raise
    except (ValueError, OverflowError):
        raise CellError(f"写的是“{shown(text)}”，“{column.name}”应为{column.expected}") from None
    for line in text.splitlines():
        if words := column.refused(line.strip()):
            raise CellError(words)
    if value is None or (column.needed and value == []):
        raise CellError(f"“{column.name}”不能空着")
    return value


def _deadline(row: Row, old: Any) -> Any:
    cell = row.cell(WRITTEN)
    raw = old.raw if old else None
    if squeeze(as_text(cell)) in STANDING:
        return {"raw": raw or as_text(cell), "open_ended": True}
    column = column_of(("tasks", "deadline", "date"))[1] or DATE
    return {"raw": raw or as_text(cell), "date": _cell(row, column, cell)}


def _targets(row: Row, asked: DoubtAsked) -> list[Target]:
    found = find_targets(_passage(row), in_force(), _where_of(asked) or None)
    return [each.model_copy(update={"source": _source(asked)}) for each in found]


def _duties(row: Row, asked: DoubtAsked, plan: Plan) -> list[RecurringDuty]:
    steps = steps_of(asked.where) if asked.where else ()
    where = _where_of(asked)
    if steps[:1] in (("tasks",), ("stages",)) and isinstance(steps[1], int):
        item = getattr(plan, str(steps[0]))[steps[1]]
        where = f"{str(steps[0]).removesuffix('s')} {item.ordinal}"
    found = find_duties(_passage(row), where)
    return [each.model_copy(update={"source": _source(asked)}) for each in found]


def _passage(row: Row) -> Passage:
    text = squeeze(row.text(WRITTEN))
    if len(text) > LONGEST_NOTE:
        raise CellError(f"有 {len(text)} 个字，最多 {LONGEST_NOTE} 个字")
    return Passage(text, ())


def _where_of(asked: DoubtAsked) -> str:
    said = asked.proposal.get("where") if isinstance(asked.proposal, dict) else None
    return said if isinstance(said, str) else ""


def _source(asked: DoubtAsked) -> Source:
    line = asked.line if asked.line and asked.line > 0 else None
    return Source(line=line, sentence=asked.text[:LONGEST_SENTENCE])
