"""What a stage is about, from its name and then from its place among the others."""

from collections.abc import Sequence

from models.plan.schema import PlanStage
from models.plan.vocabulary import Vocabulary
from models.rules.words import StageKind


def stage_kind(name: str, position: int, count: int, words: Vocabulary) -> StageKind:
    """Return the kind of the ``position``-th (from 0) of ``count`` stages; there is always one.

    宣传动员 -> launch; 整改提升 -> consolidation; 模拟评估 -> self_evaluation; a name that says
    nothing is read by its place: the first launches, the last consolidates, the others implement.
    """
    for kind, parts in words.stage_kinds:
        if any(part in name for part in parts):
            return kind
    if position == 0 and count > 1:
        return StageKind.LAUNCH
    if position == count - 1 and count > 2:
        return StageKind.CONSOLIDATION
    return StageKind.IMPLEMENTATION


def with_kinds(stages: Sequence[PlanStage], words: Vocabulary) -> list[PlanStage]:
    """Return the stages with every missing kind filled in; a kind that is given stays."""
    return [
        stage
        if stage.kind
        else stage.model_copy(update={"kind": stage_kind(stage.name, i, len(stages), words)})
        for i, stage in enumerate(stages)
    ]
