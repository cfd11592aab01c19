"""Which kind a stage is, from the words of its name and its place in the plan."""

from collections.abc import Sequence

from models.plan.schema import PlanStage, StageKind

# Asked in this order: 迎接验收 before 提升, 自评 before 整改. The first word found decides.
STAGE_WORDS: tuple[tuple[StageKind, tuple[str, ...]], ...] = (
    (StageKind.ACCEPTANCE, ("验收", "迎检", "迎评", "核验", "国家评审", "省级评估", "总结")),
    (StageKind.LAUNCH, ("部署", "动员", "启动", "发动", "宣传", "筹备", "准备", "调查", "摸底")),
    (StageKind.SELF_EVALUATION, ("自评", "初审", "初评", "模拟", "预评", "自查自评", "自查验收")),
    (StageKind.CONSOLIDATION, ("巩固", "申报", "填报", "回头看", "查漏补缺", "完善")),
    (
        StageKind.IMPLEMENTATION,
        ("实施", "推进", "整治", "自查", "整改", "攻坚", "创建", "落实", "提升"),
    ),
)


def with_kinds(stages: Sequence[PlanStage]) -> list[PlanStage]:
    """Return the stages with every missing kind filled in.

    A name without a known word goes by its place: the first launches, the last accepts, what lies
    between implements. A kind that is given stays.
    """
    return [
        stage
        if stage.kind
        else stage.model_copy(update={"kind": _kind(stage.name, i, len(stages))})
        for i, stage in enumerate(stages)
    ]


def _kind(name: str, place: int, count: int) -> StageKind:
    for kind, words in STAGE_WORDS:
        if any(word in name for word in words):
            return kind
    if place == 0:
        return StageKind.LAUNCH
    return StageKind.ACCEPTANCE if place == count - 1 else StageKind.IMPLEMENTATION
