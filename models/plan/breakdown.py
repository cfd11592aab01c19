"""The breakdown (责任分解): a plan turned into stages, milestones and assignments, as values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from models.plan.schema import Plan, PlanStage, PlanTask
from models.rules.bodies import body_key
from models.rules.bounds import A_DAY, day_fault
from models.rules.calendar.days import days_after
from models.rules.words import MilestoneKind, Role, StageKind

DUTY_DAYS = 365  # how far duties of a campaign without an end are laid out


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A work item given to a unit, or to a group of units, by name."""

    ordinal: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class PlannedMilestone:
    """A dated thing to be done, in the plan's own days."""

    code: str
    kind: MilestoneKind
    title: str
    begin: date | None
    due: date | None
    stage: int | None = None  # ordinals
    work_item: int | None = None
    unit: str | None = None


def canonical_names(plan: Plan) -> dict[str, str]:
    """Return the full name for every other name the plan uses for the same body.

    Names that are one body's for sure (市委办, 市委办公室) are one, unless the plan says that they are
    not; the longest is the full one, an entry's own before others.
    """
    full = {v: a.canonical for a in plan.unit_aliases for v in a.variants if v != a.canonical}
    apart = set(plan.distinct_units)
    heads = list(dict.fromkeys(a.canonical for a in plan.unit_aliases))
    rest = sorted({n for n in _named(plan) if n not in full and n not in heads}, key=_longest_first)
    first: dict[str, str] = {}
    for name in [*heads, *rest]:
        head = name if name in apart else first.setdefault(body_key(name), name)
        if head != name:
            full[name] = head
    return {name: full.get(head, head) for name, head in full.items()}


def _longest_first(name: str) -> tuple[int, str]:
    return -len(name), name


def _named(plan: Plan) -> Iterator[str]:
    """Yield every unit that the plan names, as it is written, in the order of mention."""
    for task in plan.tasks:
        yield from task.lead_units + task.responsible_units + task.cooperating_units
        yield from (measure.unit for measure in task.measures)
    for group in plan.groups:
        yield from group.lead_units + group.member_units
        if group.located_in:
            yield group.located_in


def units(plan: Plan) -> list[str]:
    """Return every unit of the plan once, in the order of first mention."""
    full = canonical_names(plan)
    return list(dict.fromkeys(full.get(name, name) for name in _named(plan)))


def groups(plan: Plan) -> list[str]:
    """Return every group reference of the plan once, in the order of first mention."""
    named: list[str] = []
    for task in plan.tasks:
        named += task.lead_groups + task.responsible_groups
    for group in plan.groups:
        named += group.member_groups
    return list(dict.fromkeys(named))


def assignments(plan: Plan) -> list[PlannedPart]:
    """Return who is assigned to what; a unit that leads an item is not listed again as helper."""
    full = canonical_names(plan)
    found: dict[tuple[int, str], PlannedPart] = {}
    for task in plan.tasks:
        for role, names in (
            (Role.LEAD, task.lead_units),
            (Role.RESPONSIBLE, task.responsible_units + task.cooperating_units),
        ):
            for name in names:
                unit = full.get(name, name)
                found.setdefault((task.ordinal, unit), PlannedPart(task.ordinal, unit, role))
    return list(found.values())


def references(plan: Plan) -> list[PlannedPart]:
    """Return which groups are named at which work items."""
    return [
        PlannedPart(task.ordinal, name, role)
        for task in plan.tasks
        for role, names in (
            (Role.LEAD, task.lead_groups),
            (Role.RESPONSIBLE, task.responsible_groups),
        )
        for name in dict.fromkeys(names)
    ]


@dataclass(frozen=True, slots=True)
class Span:
    """When a stage runs, and what it is about."""

    kind: str | None
    start: date | None
    end: date | None


def indicator_days(
    spans: Iterable[Span | PlanStage], own: date | None = None, first: date | None = None
) -> tuple[date | None, date | None]:
    """Return when work on the indicators begins and is due: they stand in no plan's list of tasks.

    Begun with the first implementation stage, due when the last one ends; where none has an end,
    when the last dated stage does. A work item is due at its ``own`` deadline before that, and
    begun on ``first`` where no stage has a start.
    """
    spans = list(spans)
    implementing = [span for span in spans if span.kind == StageKind.IMPLEMENTATION]
    ends = [s.end for s in implementing or spans if s.end] or [s.end for s in spans if s.end]
    starts = [s.start for s in implementing or spans if s.start]
    due, begin = own or max(ends, default=None), min(starts, default=first)
    return (min(begin, due) if begin and due else begin), due


def work_item_days(plan: Plan, task: PlanTask) -> tuple[date | None, date | None]:
    """Return when a work item begins and is due."""
    own = task.deadline.date if task.deadline else None
    return indicator_days(plan.stages, own, plan.issued_on)


def milestones(plan: Plan) -> list[PlannedMilestone]:
    """Return every milestone of the plan but its recurring duties, in the plan's order."""
    found: list[PlannedMilestone] = []
    for stage in plan.stages:
        found += _stage_milestones(stage)
    full = canonical_names(plan)
    for task in plan.tasks:
        begin, due = work_item_days(plan, task)
        lead = next(iter(task.lead_units), None)
        found.append(
            PlannedMilestone(
                f"W{task.ordinal}",
                MilestoneKind.WORK_ITEM,
                task.title,
                begin,
                due,
                stage=stage_of(plan, due),
                work_item=task.ordinal,
                unit=full.get(lead, lead) if lead else None,
            )
        )
        found += [
            PlannedMilestone(
                f"M{task.ordinal}.{n}",
                MilestoneKind.MEASURE,
                f"{task.title}：{'、'.join(measure.venues)}",
                begin,
                due,
                stage=stage_of(plan, due),
                unit=full.get(measure.unit, measure.unit),
            )
            for n, measure in enumerate(task.measures, 1)
        ]
    return found


def first_day(plan: Plan) -> date | None:
    """Return the first planned day, else the day the plan was issued."""
    return min((s.start for s in plan.stages if s.start), default=plan.issued_on)


def last_day(plan: Plan) -> date | None:
    """Return up to where recurring duties are laid out: the last planned end, at least a year."""
    first = first_day(plan)
    ends = [s.end for s in plan.stages if s.end]
    return max([*ends, days_after(first, DUTY_DAYS)]) if first else max(ends, default=None)


def move_fault(plan: Plan, days: int) -> str:
    """Return what is wrong with moving all planned days by ``days``; empty when they stay in bounds."""
    planned = [day for stage in plan.stages for day in (stage.start, stage.end) if day]
    planned += [t.deadline.date for t in plan.tasks if t.deadline and t.deadline.date]
    for day in (min(planned, default=None), max(planned, default=None)):
        if day and day_fault(moved := days_after(day, days)):
            return f"方案的 {day} 会落到 {moved}，应为 {A_DAY}"
    return ""


def _stage_milestones(stage: PlanStage) -> Iterable[PlannedMilestone]:
    for n, step in enumerate(stage.steps, 1):
        if not step:  # gone by a later plan; those behind it keep their numbers
            continue
        yield PlannedMilestone(
            f"S{stage.ordinal}.{n}",
            MilestoneKind.STEP,
            step,
            stage.start,
            stage.end,
            stage=stage.ordinal,
        )
    yield PlannedMilestone(
        f"S{stage.ordinal}.END",
        MilestoneKind.STAGE_END,
        f"{stage.name}收尾",
        stage.start,
        stage.end,
        stage=stage.ordinal,
    )


def stage_of(plan: Plan, day: date | None) -> int | None:
    """Return the last stage that has ``day`` in it (stages may overlap), None outside all."""
    if day is None:
        return None
    held = [s.ordinal for s in plan.stages if (s.start or day) <= day <= (s.end or day) and s.start]
    return held[-1] if held else None
