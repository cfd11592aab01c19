"""The words of a plan's facts, each with its place in the plan: tasks[3].lead_units, stages[0].raw."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from models.plan.reading.accounting.marks import MarkKind
from models.plan.schema import Plan, PlanGroup, PlanStage, PlanTask, Target

_ANY = frozenset(MarkKind)
_WHEN = frozenset({MarkKind.DATE, MarkKind.NUMBER, MarkKind.REPEAT})
_WHO = frozenset({MarkKind.BODY})


@dataclass(frozen=True, slots=True)
class Fact:
    """Words that a field of the plan holds, and of which kinds of marks it is made."""

    where: str
    words: str
    kinds: frozenset[MarkKind]
    loose: bool = False  # text that was kept, not read: a title, a step, a duty's words


@dataclass
class Facts:
    """The facts of a plan by what they belong to."""

    of_tasks: dict[int, list[Fact]] = field(default_factory=dict)
    of_stages: dict[int, list[Fact]] = field(default_factory=dict)
    of_lines: dict[int, list[Fact]] = field(default_factory=dict)
    anywhere: list[Fact] = field(default_factory=list)


def facts_of(plan: Plan) -> Facts:
    """Return every fact of ``plan`` whose words stand in its document."""
    facts = Facts()
    for at, task in enumerate(plan.tasks):
        facts.of_tasks[at] = list(_of_task(f"tasks[{at}]", task))
        _by_line(facts, f"tasks[{at}].targets", task.targets)
    for at, stage in enumerate(plan.stages):
        facts.of_stages[at] = list(_of_stage(f"stages[{at}]", stage))
        _by_line(facts, f"stages[{at}].targets", stage.targets)
    _by_line(facts, "other_targets", plan.other_targets)
    for at, duty in enumerate(plan.recurring):
        line = duty.source.line if duty.source else None
        kept = facts.anywhere if line is None else facts.of_lines.setdefault(line, [])
        kept.append(Fact(f"recurring[{at}].raw", duty.raw, _WHEN))
        kept.append(Fact(f"recurring[{at}].what", duty.what, _ANY, loose=True))
    for at, group in enumerate(plan.groups):
        facts.anywhere += _of_group(f"groups[{at}]", group)
    facts.anywhere += _of_head(plan)
    return facts


def _by_line(facts: Facts, where: str, targets: Iterable[Target]) -> None:
    for at, target in enumerate(targets):
        line = target.source.line if target.source else None
        kept = facts.anywhere if line is None else facts.of_lines.setdefault(line, [])
        kept.append(Fact(f"{where}[{at}]", target.raw, _WHEN))


def _of_task(where: str, task: PlanTask) -> Iterator[Fact]:
    for name in ("lead_units", "lead_groups", "cooperating_units", "responsible_units", "responsible_groups", "lead_posts"):  # fmt: skip
        for words in getattr(task, name):
            yield Fact(f"{where}.{name}", words, _WHO)
    for measure in task.measures:
        yield Fact(f"{where}.measures", measure.unit, _WHO)
    if task.deadline:
        for words in (task.deadline.raw, *(part.raw for part in task.deadline.parts)):
            if words:
                yield Fact(f"{where}.deadline", words, _WHEN)
    yield Fact(f"{where}.title", task.title, _ANY, loose=True)


def _of_stage(where: str, stage: PlanStage) -> Iterator[Fact]:
    if stage.raw:
        yield Fact(f"{where}.raw", stage.raw, _WHEN)
    yield Fact(f"{where}.name", stage.name, _ANY, loose=True)
    for at, step in enumerate(stage.steps):
        yield Fact(f"{where}.steps[{at}]", step, _ANY, loose=True)


def _of_group(where: str, group: PlanGroup) -> Iterator[Fact]:
    one = {
        "located_in": group.located_in,
        "head_post": group.head_post,
        "liaison_post": group.liaison_post,
        "name": group.name,
        "parent": group.parent,
    }
    yield from (Fact(f"{where}.{name}", words, _WHO) for name, words in one.items() if words)
    for name in ("executive_deputy_posts", "deputy_posts", "member_posts", "lead_units", "member_units", "member_groups"):  # fmt: skip
        for words in getattr(group, name):
            yield Fact(f"{where}.{name}", words, _WHO)
    for at, duty in enumerate(group.duties):
        yield Fact(f"{where}.duties[{at}]", duty, _ANY, loose=True)


def _of_head(plan: Plan) -> Iterator[Fact]:
    for name in ("title", "notice_title", "issuer", "document_number", "addressees"):
        if words := getattr(plan, name):
            yield Fact(name, words, _ANY, loose=True)
    for words in plan.issuers:
        yield Fact("issuers", words, _WHO)
    for at, attachment in enumerate(plan.attachments):
        yield Fact(f"attachments[{at}].title", attachment.title, _ANY, loose=True)
    for at, slogan in enumerate(plan.slogans):
        yield Fact(f"slogans[{at}]", slogan, _ANY, loose=True)
