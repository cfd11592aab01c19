"""What a later plan changes in the stages: their days, names, steps and numbers."""

from collections.abc import Sequence

from models.plan.changes.likeness import bare
from models.plan.changes.pairing import Pairing, Thing, pair_up
from models.plan.changes.said import (
    ChangeKind,
    PlanChange,
    PlanPart,
    called,
    joined_and_left,
    moved_day,
    reworded,
)
from models.plan.changes.tasks import target_says
from models.plan.schema import PlanStage


def pair_stages(old: Sequence[PlanStage], new: Sequence[PlanStage]) -> Pairing:
    """Pair the stages of two plans: by name, else by number, and by what they are about."""
    return pair_up([_thing(one) for one in old], [_thing(one) for one in new])


def _thing(stage: PlanStage) -> Thing:
    kind = {stage.kind.value} if stage.kind else set()
    return Thing(str(stage.ordinal), stage.name, frozenset(kind))


def pair_steps(old: Sequence[str], new: Sequence[str]) -> Pairing:
    """Pair the steps of a stage; a step that is not there any more left a blank in its place."""
    return pair_up([Thing("", one) for one in old], [Thing("", one) for one in new])


def stage_changes(old: Sequence[PlanStage], new: Sequence[PlanStage]) -> list[PlanChange]:
    """Return what changed in the stages, in the order of their numbers."""
    pairing = pair_stages(old, new)
    changes = []
    for pair in pairing.pairs:
        before, after = old[pair.old], new[pair.new]
        says = _says(before, after)
        if says or pair.asked:
            ordinals = (before.ordinal, after.ordinal)
            changes.append(
                PlanChange(
                    PlanPart.STAGE,
                    ChangeKind.CHANGED,
                    stage_called(before),
                    says,
                    pair.asked,
                    *ordinals,
                )
            )
    for place in pairing.gone:
        stage = old[place]
        changes.append(
            PlanChange(PlanPart.STAGE, ChangeKind.GONE, stage_called(stage), old=stage.ordinal)
        )
    for place in pairing.fresh:
        stage = new[place]
        days = f"{stage.start or '未定'} 至 {_end(stage)}"
        changes.append(
            PlanChange(
                PlanPart.STAGE, ChangeKind.NEW, stage_called(stage), [days], new=stage.ordinal
            )
        )
    return sorted(changes, key=lambda one: one.old or one.new or 0)


def stage_called(stage: PlanStage) -> str:
    """Return a stage as a line names it."""
    return f"第 {stage.ordinal} 阶段{called(stage.name)}"


def _end(stage: PlanStage) -> str:
    return "不设结束" if stage.open_ended and not stage.end else str(stage.end or "未定")


def _says(before: PlanStage, after: PlanStage) -> list[str]:
    says = []
    if before.ordinal != after.ordinal:
        says.append(f"序号 {before.ordinal} → {after.ordinal}")
    if bare(before.name) != bare(after.name):
        says += reworded("名称", before.name, after.name)
    says += moved_day("开始日", before.start, after.start)
    if before.end and after.end:
        says += moved_day("结束日", before.end, after.end)
    elif _end(before) != _end(after):
        says.append(f"结束日 {_end(before)} → {_end(after)}")
    says += _steps(before.steps, after.steps)
    return says + target_says(before.targets, after.targets)


def _steps(old: Sequence[str], new: Sequence[str]) -> list[str]:
    before, after = [one for one in old if one], [one for one in new if one]
    says, pairing = [], pair_steps(before, after)
    for pair in pairing.pairs:
        one, other = before[pair.old], after[pair.new]
        if bare(one) != bare(other):
            says += reworded("步骤", one, other)
    gone = [called(before[place], 60) for place in pairing.gone]
    fresh = [called(after[place], 60) for place in pairing.fresh]
    return says + joined_and_left("步骤", gone, fresh)
