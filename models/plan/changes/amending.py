"""A supplement put into a plan: each sentence that changes something, and those that nobody could place."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.plan.changes.amending_words import (
    ADDS,
    BECOMES,
    DROPS,
    MOVES,
    QUOTED,
    VERB,
    Meant,
    meant_in,
)
from models.plan.changes.likeness import bare
from models.plan.changes.new_tasks import read_new_task
from models.plan.changes.shifting import shifted
from models.plan.reading.dates.periods import read_period
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.years import days_of
from models.plan.reading.deadlines.deadlines import read_deadline
from models.plan.reading.roles.roles import COOPERATING, LEAD, RESPONSIBLE, Grammar
from models.plan.reading.roles.units import is_group, split_units
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Plan, PlanGroup, PlanStage, PlanTask

UNITS_OF = {LEAD: "lead_units", RESPONSIBLE: "responsible_units", COOPERATING: "cooperating_units"}
GROUPS_OF = {LEAD: "lead_groups"}
_ROLE = r"(?P<role>{角色}(?:{单位})?)"
_NAMES = r"[^，。；：“”]{2,160}"
_FROM = r"(?:由(?P<was>[^，。；：“”]{2,80}?))?"


@dataclass
class Amendment:
    """A copy of a plan that sentences are put into one by one."""

    plan: Plan
    grammar: Grammar
    issued: date | None
    about: Meant | None = None  # what the heading or the sentence before speaks of
    adding: bool = False  # what follows are new work items
    unplaced: list[str] = field(default_factory=list)
    placed: int = 0

    def take(self, sentence: str, heading: bool) -> None:
        """Put one sentence into the plan; one that changes something and cannot be placed is kept."""
        named = sorted(meant_in(sentence, self.plan), key=lambda one: one.end)
        if not pattern(VERB).search(sentence):
            self._without_a_verb(sentence, named)
            return
        done = self._new_task(sentence)
        done = done or self._swapped(sentence)
        at = 0
        for clause in pattern("[，；]").split(sentence):
            stop = at + len(clause)
            here = [one for one in named if one.end <= stop]
            about = here[-1] if here else self.about
            done = (about is not None and self._change(clause, about)) or done
            at = stop + 1
        self.about = named[-1] if named else self.about
        if done:
            self.placed += 1
        elif not heading:
            self.unplaced.append(sentence)

    def _without_a_verb(self, sentence: str, named: Sequence[Meant]) -> None:
        self.about = named[-1] if named else self.about
        if self.adding and pattern(r"^(?:{章号}、|{括号}|\d{1,3}[.、])").match(sentence):
            self.placed += self._add(sentence)
        elif not named and pattern(rf"{_ROLE}[：]").search(sentence):
            self.unplaced.append(sentence)

    def _change(self, clause: str, about: Meant) -> bool:
        item = about.item
        if isinstance(item, PlanStage):
            return self._stage(clause, item)
        if isinstance(item, PlanGroup):
            return self._members(clause, item)
        return self._drop(clause, item) or self._units(clause, item) or self._due(clause, item)

    def _stage(self, clause: str, stage: PlanStage) -> bool:
        verb = pattern(rf"(?P<moves>{MOVES})|{BECOMES}").search(clause)
        context = self._context()
        period = read_period(clause, context, verb.end()) if verb else None
        if verb is None or period is None:
            return shifted(stage, clause)
        front = clause[: verb.start()]
        first, last = period.start, period.end
        if period.start and period.end and not verb["moves"]:
            stage.start, stage.end = first, last
        elif pattern(r"(?:开始|启动|起始)[^，]{0,6}$").search(front):
            stage.start = first or last
        else:
            stage.end = last or first
        stage.open_ended = stage.open_ended and stage.end is None
        return True

    def _context(self) -> Context:
        year = self.plan.year_context
        return Context(self.issued, year, running=days_of(self.plan.stages))

    def _due(self, clause: str, task: PlanTask) -> bool:
        verb = pattern(rf"(?:{MOVES}|{BECOMES})(?P<when>[^，。；]{{2,40}})").search(clause)
        if verb is None or read_period(verb["when"], self._context()) is None:
            return False
        deadline, _ = read_deadline(verb["when"], [], self._context())
        task.deadline = deadline or task.deadline
        return deadline is not None

    def _drop(self, clause: str, task: PlanTask) -> bool:
        if pattern(rf"{_ROLE}|时限|时间|要求|目标").search(clause):
            return False
        if not pattern(DROPS).search(clause):
            return False
        self.plan.tasks = [one for one in self.plan.tasks if one.ordinal != task.ordinal]
        return True

    def _units(self, clause: str, task: PlanTask) -> bool:
        for expression, adds in (
            (rf"{_ROLE}{_FROM}{BECOMES}(?P<names>{_NAMES})", None),
            (rf"{_ROLE}[^，。；：]{{0,4}}{ADDS}(?P<names>{_NAMES})", True),
            (rf"{ADDS}{_ROLE}[：]?(?P<names>{_NAMES})", True),
            (rf"{ADDS}(?P<names>{_NAMES}?)(?:作?为)[^，。；：]{{0,20}}?{_ROLE}", True),
            (rf"{_ROLE}[^，。；：]{{0,4}}{DROPS}(?P<names>{_NAMES})", False),
            (rf"{DROPS}{_ROLE}[：]?(?P<names>{_NAMES})", False),
            (rf"(?P<names>{_NAMES}?)不再(?:作为|担任|承担|是)[^，。；：]{{0,20}}?{_ROLE}", False),
        ):
            found = pattern(expression).search(clause)
            names = split_units(found["names"], self.grammar.words) if found else []
            role = self.grammar.role(found["role"]) if found else ""
            if found and names and role in UNITS_OF:
                was = found.groupdict().get("was")
                gone = split_units(was, self.grammar.words) if was else None
                _put(task, role, names, adds=adds, gone=gone)
                return True
        return False

    def _members(self, clause: str, group: PlanGroup) -> bool:
        for expression, adds in (
            (rf"成员(?:单位)?[^，。；：]{{0,4}}{ADDS}(?P<names>{_NAMES})", True),
            (rf"{ADDS}(?P<names>{_NAMES}?)(?:作?为)[^，。；]{{0,30}}成员(?:单位)?", True),
            (rf"{ADDS}成员(?:单位)?[：]?(?P<names>{_NAMES})", True),
            (rf"(?P<names>{_NAMES}?)不再(?:作为|担任)[^，。；]{{0,30}}成员(?:单位)?", False),
        ):
            found = pattern(expression).search(clause)
            if found and (names := split_units(found["names"], self.grammar.words)):
                kept = [one for one in group.member_units if one not in names]
                group.member_units = (
                    [*group.member_units, *(n for n in names if n not in group.member_units)]
                    if adds
                    else kept
                )
                return True
        return False

    def _new_task(self, sentence: str) -> bool:
        found = pattern(
            rf"{ADDS}(?:以下|下列|如下|{{N}}|一)?[项条]?(?:重点|工作|主要)*任务[^：]{{0,20}}[：]?"
        ).search(sentence)
        if found is None:
            return False
        self.adding = True
        rest = sentence[found.end() :]
        return len(bare(rest)) > 4 and bool(self._add(rest))

    def _add(self, text: str) -> int:
        task = read_new_task(text, self.plan)
        if task is None:
            return 0
        if bare(task.title) not in {bare(one.title) for one in self.plan.tasks}:
            self.plan.tasks = [*self.plan.tasks, task]
        return 1

    def _swapped(self, sentence: str) -> bool:
        """Put “B” in place of “A” where the plan says A: in a task, a stage, a target's words."""
        done = False
        for found in pattern(rf"{QUOTED}{BECOMES}{QUOTED}").finditer(sentence):
            done = swap(self.plan, found[1], found[2]) or done
        return done


def swap(plan: Plan, old: str, new: str) -> bool:
    """Put ``new`` in place of ``old`` in the titles of tasks and the names of stages; say whether any has it."""
    done = False
    for task in plan.tasks:
        if old in task.title or new in task.title:
            task.title, done = (
                task.title if new in task.title else task.title.replace(old, new),
                True,
            )
    for stage in plan.stages:
        if old in stage.name or new in stage.name:
            stage.name, done = (
                stage.name if new in stage.name else stage.name.replace(old, new),
                True,
            )
    return done


def _put(
    task: PlanTask,
    role: str,
    names: Sequence[str],
    *,
    adds: bool | None,
    gone: Sequence[str] | None,
) -> None:
    """Add names to a role, take them from it, or (None) put them in place of ``gone`` or of all."""
    for classes in (False, True):
        fields = UNITS_OF if not classes else {LEAD: "lead_groups"}
        field_ = fields.get(role, "responsible_groups")
        there: list[str] = getattr(task, field_)
        said = [one for one in names if is_group(one) == classes]
        if adds is None:
            kept = [] if gone is None else [one for one in there if one not in gone]
            kept = [one for one in kept if one not in said] + said
        elif adds:
            kept = [*there, *(one for one in said if one not in there)]
        else:
            kept = [one for one in there if one not in said]
        setattr(task, field_, kept)
    if adds is not False:
        for other in UNITS_OF.values():
            if other != UNITS_OF[role] and {other, UNITS_OF[role]} != {
                "responsible_units",
                "cooperating_units",
            }:
                setattr(task, other, [one for one in getattr(task, other) if one not in names])
    if role == COOPERATING and adds is not False:
        fresh = [one for one in task.cooperating_units if one not in task.responsible_units]
        task.responsible_units = [*task.responsible_units, *fresh]
