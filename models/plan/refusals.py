"""What a plan is refused for when it is loaded, and what it lacks, in the words of a clerk."""

from collections.abc import Iterator

from models.plan.checks import contradictions
from models.plan.field_words import in_words
from models.plan.limits import excesses
from models.plan.schema import Plan
from models.plan.stage_kinds import with_kinds
from models.plan.vocabulary import in_force


def refusals(plan: Plan) -> list[str]:
    """Return one line per fault for which no plan is loaded, all at once; an empty list means none."""
    beyond = [f"{in_words(at)}：{words}" for at, words in excesses(plan)]
    kinds = with_kinds(plan.stages, in_force())
    return [*beyond, *contradictions(plan.model_copy(update={"stages": kinds}))]


def gaps(plan: Plan) -> Iterator[str]:
    """Yield what a plan has none of, although nearly every plan has some; a person must have seen it."""
    if not plan.stages:
        yield "没有阶段，装入后没有阶段可以推进"
    if not plan.tasks:
        yield "没有工作任务，装入后没有可以分解、催办的事项"
    named = (
        task.lead_units or task.lead_groups or task.responsible_units or task.responsible_groups
        for task in plan.tasks
    )
    if plan.tasks and not any(named):
        yield "各项任务都没有牵头或责任单位，装入后没有单位可以提醒"
