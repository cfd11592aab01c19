"""Stages out of a table: a column for the stage, one for its time."""

from models.plan.passages import Passage
from models.plan.patterns import pattern
from models.plan.roles import DEADLINE
from models.plan.schema import PlanStage
from models.plan.stage_dates import NUMBERED
from models.plan.stage_kinds import stage_kind
from models.plan.stages import StageReader, name_of
from models.plan.table_heads import STAGE, TEXT, TITLE, Table


def stages_of_table(table: Table, reader: StageReader) -> list[PlanStage]:
    """Return the stages of a table with a column for the stage and one for its time."""
    time_at = table.column(DEADLINE)[0]
    name_at = next(iter(table.column(STAGE)), time_at)
    texts = [at for meaning in (TITLE, TEXT) for at in table.column(meaning)]
    stages: list[PlanStage] = []
    for row in table.rows:
        name, when = row.cells[name_at], row.cells[time_at]
        if name_at == time_at and when:  # a schedule names no stages
            stages.append(reader.read_row(len(stages) + 1, "", when, _text_of(row, texts), row))
            continue
        if not name or (stages and name == row.cells[time_at]):
            continue
        if stages and stages[-1].name == name_of(name, None):
            continue  # a stage merged over several rows
        text = _text_of(row, texts)
        bare = pattern(NUMBERED).sub("", name)
        if not bare and texts:
            first = row.cells[texts[0]]
            name = first if len(first) <= 16 else name
        stages.append(reader.read_row(len(stages) + 1, name, when, text, row))
    for index, stage in enumerate(stages):
        stage.kind = stage_kind(stage.name, index, len(stages), reader.words)
    return stages


def _text_of(row: Passage, texts: list[int]) -> str:
    return "。".join(row.cells[at] for at in texts if row.cells[at])
