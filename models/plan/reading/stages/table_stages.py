"""Stages out of a table: a column for the stage, one for its time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.reading.roles.roles import DEADLINE
from models.plan.reading.stages.dates import NUMBERED
from models.plan.reading.stages.stages import NO_DATE, StageReader, name_of, row_steps
from models.plan.reading.tables.heads import BEGIN, STAGE, TARGET, TEXT, TITLE, Table
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.schema import PlanStage
from models.plan.stage_kinds import stage_kind


@dataclass(frozen=True, slots=True)
class ReadStage:
    """A stage as read, its texts without its date, and all the passages that are part of it."""

    stage: PlanStage
    texts: list[Passage] = field(default_factory=list)
    places: list[Passage] = field(default_factory=list)


def stages_of_table(table: Table, reader: StageReader) -> list[ReadStage]:
    """Return the stages of a table with a column for the stage and one for its time."""
    time_at = [*table.column(DEADLINE), *table.column(BEGIN)][0]
    name_at = next(iter(table.column(STAGE)), time_at)
    told = [at for meaning in (TITLE, TEXT) for at in table.column(meaning)]
    found: list[ReadStage] = []
    for row in table.rows:
        name, when = row.cells[name_at], _when(table, row)
        text = "。".join(row.cells[at] for at in told if row.cells[at])
        scheduled = name_at == time_at and bool(when)  # a schedule names no stages
        merged = not name or bool(found) and found[-1].stage.name == name_of(name, None)
        caption = not scheduled and not merged and bool(found) and name == row.cells[time_at]
        if scheduled or not merged and not caption:
            name = "" if scheduled else _name(name, row, told)
            found.append(ReadStage(reader.read_row(len(found) + 1, name, when, text, row)))
        elif found and merged:
            _go_on(found[-1].stage, when, text, reader, row)
        if found:
            found[-1].places.append(row)
            cells = [row.cells[at] for at in (*told, *table.column(TARGET)) if not caption]
            found[-1].texts.extend(Passage(cell, row.marks[:1]) for cell in cells if cell)
    for index, read in enumerate(found):
        read.stage.kind = stage_kind(read.stage.name, index, len(found), reader.words)
    return found


def _name(name: str, row: Passage, told: Sequence[int]) -> str:
    """Return what names the stage of a row: beside a number alone the first short text."""
    first = row.cells[told[0]] if told else ""
    numbered = bool(told) and not pattern(NUMBERED).sub("", name)
    return first if numbered and len(first) <= 16 else name


def _when(table: Table, row: Passage) -> str:
    """Return the words of a row's time: 开始时间 | 结束时间 in columns of their own are one period."""
    end = next((row.cells[at] for at in table.column(DEADLINE)), "")
    begin = next((row.cells[at] for at in table.column(BEGIN)), "")
    if not begin or begin == end:
        return end
    if not pattern(r"\d|[上中下]旬|[初末底]|季度|{一}月").search(end):
        return f"{begin.removesuffix('起')}起，{end}".rstrip("，")  # 长期坚持
    return f"{begin.removesuffix('起')}至{end.removesuffix('前')}"


def _go_on(stage: PlanStage, when: str, text: str, reader: StageReader, row: Passage) -> None:
    """Add a further row of a stage: what is done then, and its days where it has others."""
    stage.steps += [step for step in row_steps(text) if step not in stage.steps]
    if not when or when == stage.raw:
        return
    if stage.raw is None:
        reader.doubts = [doubt for doubt in reader.doubts if doubt != (stage.ordinal, NO_DATE)]
    more = reader.read_row(stage.ordinal, stage.name, when, "", row)
    starts = [day for day in (stage.start, more.start) if day]
    ends = [day for day in (stage.end, more.end) if day]
    stage.start, stage.end = min(starts, default=None), max(ends, default=None)
    stage.open_ended = stage.open_ended or more.open_ended
    stage.raw = "；".join(words for words in (stage.raw, more.raw) if words)
