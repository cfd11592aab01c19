"""Stages out of a table: a column for the stage, one for its time."""

from models.plan.reading.roles.roles import DEADLINE
from models.plan.reading.stages.dates import NUMBERED
from models.plan.reading.stages.stages import NO_DATE, StageReader, name_of, row_steps
from models.plan.reading.tables.heads import BEGIN, DOERS, STAGE, TEXT, TITLE, Table
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.schema import PlanStage
from models.plan.stage_kinds import stage_kind


def stages_of_table(table: Table, reader: StageReader) -> list[PlanStage]:
    """Return the stages of a table with a column for the stage and one for its time."""
    time_at = [*table.column(DEADLINE), *table.column(BEGIN)][0]
    name_at = next(iter(table.column(STAGE)), time_at)
    texts = [at for meaning in (TITLE, TEXT) for at in table.column(meaning)]
    stages: list[PlanStage] = []
    for row in table.rows:
        name, when = row.cells[name_at], _when(table, row)
        if name_at == time_at and when:  # a schedule names no stages
            stages.append(reader.read_row(len(stages) + 1, "", when, _text_of(row, texts), row))
            continue
        text = _text_of(row, texts)
        if stages and (not name or stages[-1].name == name_of(name, None)):
            _go_on(stages[-1], when, text, reader, row)  # merged over several rows
            continue
        if not name or (stages and name == row.cells[time_at]):
            continue
        bare = pattern(NUMBERED).sub("", name)
        if not bare and texts:
            first = row.cells[texts[0]]
            name = first if len(first) <= 16 else name
        stages.append(reader.read_row(len(stages) + 1, name, when, text, row))
    for index, stage in enumerate(stages):
        stage.kind = stage_kind(stage.name, index, len(stages), reader.words)
    return stages


def _when(table: Table, row: Passage) -> str:
    """Return the words of a row's time: 开始时间 | 结束时间 in columns of their own are one period."""
    end = next((row.cells[at] for at in table.column(DEADLINE)), "")
    begin = next((row.cells[at] for at in table.column(BEGIN)), "")
    if not begin or begin == end:
        return end
    if not pattern(r"\d|[上中下]旬|[初末底]|季度|{一}月").search(end):
        return f"{begin.removesuffix('起')}起，{end}".rstrip("，")  # 长期坚持
    return f"{begin.removesuffix('起')}至{end.removesuffix('前')}"


def _text_of(row: Passage, texts: list[int]) -> str:
    return "。".join(row.cells[at] for at in texts if row.cells[at])


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


def gives_tasks(table: Table) -> bool:
    """Say whether the rows of a table are read as tasks."""
    return table.is_task_table and (not table.is_stage_table or has_several_tasks(table))


def has_several_tasks(table: Table) -> bool:
    """Say whether the rows of a table of stages are tasks with bodies, of which a stage has several."""
    if not (table.is_stage_table and STAGE in table.columns and DOERS & set(table.columns)):
        return False
    names = [row.cells[table.column(STAGE)[0]] for row in table.rows]
    return len({name for name in names if name}) < len(names)
