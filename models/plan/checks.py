"""What contradicts what in a plan: every fault at once, each with its place, in Chinese."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from models.plan.gate_faults import gate_faults
from models.plan.schema import DeadlinePart, Plan, PlanStage, Target
from models.rules.bounds import shown
from models.rules.words import Frequency

YEARS_AROUND = 6  # a day further from the plan's year is a typing error
WEEKDAY_DUTIES = {Frequency.WEEKLY, Frequency.BIWEEKLY}


def contradictions(plan: Plan) -> list[str]:
    """Return one line per contradiction, in the order of the plan; an empty list means none.

    Overlaps and gaps between stages, open ends and missing days are as the plan wrote them and no
    fault (conventions, section 2).
    """
    return [
        *_head(plan),
        *_stages(plan),
        *_tasks(plan),
        *_targets(plan),
        *_duties(plan),
        *_groups(plan),
        *_aliases(plan),
        *gate_faults(plan),
    ]


def _head(plan: Plan) -> Iterator[str]:
    if not plan.is_plan or not plan.kind.is_plan:
        yield "文种：这不是方案（简报、报告、新闻不能当作方案装入）"
    if not plan.title:
        yield "标题：没有方案名称"
    if plan.issued_on and plan.year_context and abs(plan.issued_on.year - plan.year_context) > 1:
        yield f"印发日期：{plan.issued_on} 与方案的年份 {plan.year_context} 不符"
    if not (plan.stages or plan.tasks or plan.recurring):
        yield "阶段、任务、周期工作：一样也没有，没有可以执行的内容"


def _repeated(what: str, numbers: list[int]) -> Iterator[str]:
    for number, times in Counter(numbers).items():
        if times > 1:
            yield f"{what}序号 {number} 出现 {times} 次，每个序号只能用一次"


def _stages(plan: Plan) -> Iterator[str]:
    yield from _repeated("阶段：", [s.ordinal for s in plan.stages])
    for stage in plan.stages:
        where = f"阶段：第 {stage.ordinal} 阶段“{shown(stage.name)}”"
        if not stage.name:
            yield f"{where}没有名称"
        if stage.start and stage.end and stage.start > stage.end:
            yield f"{where}开始日 {stage.start} 晚于结束日 {stage.end}"
        if stage.open_ended and stage.end:
            yield f"{where}写明不设结束，却又给了结束日 {stage.end}"
        for day in (stage.start, stage.end):
            if day and (fault := _far_day(plan, day)):
                yield f"{where}{fault}"
    for before, after in pairwise(sorted(plan.stages, key=lambda s: s.ordinal)):
        yield from _order(before, after)


def _order(before: PlanStage, after: PlanStage) -> Iterator[str]:
    if before.start and after.start and after.start < before.start:
        yield (
            f"阶段：第 {after.ordinal} 阶段“{shown(after.name)}”开始于 {after.start}，"
            f"早于第 {before.ordinal} 阶段“{shown(before.name)}”的开始日 {before.start}"
        )


def _far_day(plan: Plan, day: date) -> str | None:
    year = plan.year_context or (plan.issued_on.year if plan.issued_on else None)
    if year and abs(day.year - year) > YEARS_AROUND:
        return f"日期 {day} 与方案年份 {year} 相差太远，请核对"
    return None


def _tasks(plan: Plan) -> Iterator[str]:
    yield from _repeated("任务：", [t.ordinal for t in plan.tasks])
    for task in plan.tasks:
        where = f"任务：第 {task.ordinal} 项任务“{task.title[:20]}”"
        if not task.title:
            yield f"任务：第 {task.ordinal} 项任务没有名称"
        for role, names in (
            ("牵头单位", task.lead_units),
            ("责任单位", task.responsible_units),
            ("配合单位", task.cooperating_units),
        ):
            yield from (
                f"{where}的{role}里 {shown(name) or '空名称'} 出现 {n} 次"
                for name, n in Counter(names).items()
                if n > 1 or not name
            )
        for name in task.lead_units:
            if name in task.responsible_units:
                yield f"{where}里 {shown(name)} 既是牵头单位又是责任单位"
        if task.deadline and task.deadline.date:
            if task.deadline.open_ended:
                yield f"{where}写明长期坚持，却又给了时限 {task.deadline.date}"
            if fault := _far_day(plan, task.deadline.date):
                yield f"{where}时限的{fault}"
            yield from _parts_behind(where, task.deadline.date, task.deadline.parts)


def _parts_behind(where: str, last: date, parts: Iterable[DeadlinePart]) -> Iterator[str]:
    """Yield what is due behind the ``last`` day of a work item, by which it is scheduled."""
    days = [part.date for part in parts if part.date]
    if days and max(days) > last:
        yield f"{where}的分段时限写到 {max(days)}，晚于完成日期 {last}，请改成一致"


def _targets(plan: Plan) -> Iterator[str]:
    listed: list[tuple[str, Target]] = [("指标：", t) for t in plan.other_targets]
    listed += [(f"指标：第 {k.ordinal} 项任务的", t) for k in plan.tasks for t in k.targets]
    listed += [(f"指标：第 {s.ordinal} 阶段的", t) for s in plan.stages for t in s.targets]
    for where, target in listed:
        above = target.unit == "%" and target.value > 100 and target.change is None
        if above and target.op != "<=":
            yield f"{where}目标“{shown(target.raw)}”的百分比 {target.value:g}% 超过 100%"
        if target.value < 0:
            yield f"{where}目标“{shown(target.raw)}”是负数 {target.value:g}"


def _duties(plan: Plan) -> Iterator[str]:
    for n, duty in enumerate(plan.recurring, 1):
        where = f"周期工作：第 {n} 项“{duty.what[:20]}”"
        if duty.day == 0:
            yield f"{where}的日子不能是 0（-1 表示最后一天）"
        if duty.freq in WEEKDAY_DUTIES and duty.day is not None and not 1 <= duty.day <= 7:
            yield f"{where}按周报送，日子应为 1（周一）到 7（周日），写的是 {duty.day}"
        if any(not 1 <= month <= 12 for month in duty.months):
            yield f"{where}的月份应为 1 到 12，写的是 {duty.month}"


def _groups(plan: Plan) -> Iterator[str]:
    for group in plan.groups:
        if group.parent == group.name:
            yield f"组织机构：“{shown(group.name)}”的上级写成了自己"


def _aliases(plan: Plan) -> Iterator[str]:
    owners: dict[str, str] = {}
    for alias in plan.unit_aliases:
        for variant in alias.variants:
            owner = owners.setdefault(variant, alias.canonical)
            if owner != alias.canonical:
                yield f"单位别名：{shown(variant)} 同时算作 {shown(owner)} 和 {shown(alias.canonical)}"
