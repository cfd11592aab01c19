"""What a yes to a doubt would put into the plan: the reading of words that no rule took."""

from collections.abc import Sequence
from typing import Any

from models.plan.reading.accounting.account import Settled
from models.plan.reading.accounting.marks import MarkKind
from models.plan.reading.dates.points import Context
from models.plan.reading.dates.years import days_of, read_due
from models.plan.reading.roles.roles import COOPERATING, LEAD
from models.plan.reading.roles.units import is_group
from models.plan.reading.targets.duties import find_duties
from models.plan.reading.targets.duty_patterns import LETTERS, PERIODS
from models.plan.reading.targets.numbers import (
    metric_hint,
    operator_ahead,
    operator_behind,
)
from models.plan.reading.text.amounts import amount_at
from models.plan.reading.text.patterns import pattern
from models.plan.schema import Deadline, Plan, RecurringDuty, Target
from models.plan.vocabulary import in_force
from models.rules.words import Frequency

Proposed = tuple[str, Any]  # a field and what it would get; ("", None) where a person must say it
MOST = 12  # marks of one doubt for which something is proposed
LONGEST_CLAUSE = 60  # characters of what is done, where no mark ends it
NOTHING: Proposed = ("", None)


def proposal_of(marks: Sequence[Settled], plan: Plan) -> Proposed:
    """Return the field that the marks of one sentence belong to, and its value or additions.

    Bodies go to the role of their list, numbers to targets, what repeats to the duties, a date to the
    deadline of a work item that has none. Marks of several kinds, or of several roles, are left to a
    person. A field of a work item is meant where the marks stand in one, but for duties.
    """
    kinds = {each.mark.kind for each in marks} - {MarkKind.ROLE}
    tasks = marks[0].ground.tasks
    if kinds == {MarkKind.BODY} and tasks:
        return _bodies(marks)
    if kinds == {MarkKind.NUMBER}:
        found = [target for each in marks[:MOST] if (target := _target(each, own=bool(tasks)))]
        return ("targets" if tasks else "other_targets", found) if found else NOTHING
    if kinds == {MarkKind.REPEAT}:
        duties = [duty for each in marks[:MOST] if (duty := _duty(each, plan))]
        return ("recurring", duties) if duties else NOTHING
    if kinds == {MarkKind.DATE} and tasks and plan.tasks[tasks[0]].deadline is None:
        return _deadline(marks, plan)
    return NOTHING


def _bodies(marks: Sequence[Settled]) -> Proposed:
    roles = {each.mark.role for each in marks}
    names = list(dict.fromkeys(each.mark.text for each in marks))
    classes = {is_group(name) for name in names}
    if len(roles) > 1 or len(classes) > 1:
        return NOTHING
    what = "groups" if True in classes else "units"
    [role] = roles
    if role == COOPERATING and what == "units":
        return "cooperating_units", names
    return f"{'lead' if role == LEAD else 'responsible'}_{what}", names


def _target(settled: Settled, *, own: bool) -> dict[str, Any] | None:
    """Return the number as a target: its bound from the words around it, else at least, a share exactly."""
    passage, mark = settled.ground.passage, settled.mark
    found = amount_at(passage.text, mark.start, in_force())
    if found is None:
        return None
    ahead = operator_ahead(passage.text[max(0, mark.start - 24) : mark.start])
    behind = operator_behind(passage.text, found.end)
    op = ahead[0] if ahead else behind[0] if behind else "==" if found.unit in {"%", "‰"} else ">="
    begin = mark.start - (ahead[1] if ahead else 0)
    target = Target(
        raw=passage.text[begin : found.end + (len(behind[1]) if behind else 0)],
        metric_hint=metric_hint(passage.text, mark.start),
        op=op,
        value=found.value,
        unit=found.unit,
        where=None if own else settled.ground.heading,
        source=passage.source(mark.start, found.end),
    )
    return target.model_dump(mode="json")


def _duty(settled: Settled, plan: Plan) -> dict[str, Any] | None:
    passage, mark = settled.ground.passage, settled.mark
    tasks = settled.ground.tasks
    where = f"task {plan.tasks[tasks[0]].ordinal}" if tasks else settled.ground.heading
    last = mark.end + LONGEST_CLAUSE
    stop = pattern(r"[，。；”]").search(passage.text, mark.end, last)
    clause = passage.cut(mark.start, stop.start() if stop else last)
    if found := find_duties(clause, where):
        return found[0].model_dump(mode="json")
    freq = _frequency(mark.text)
    if freq is None:
        return None
    duty = RecurringDuty(
        raw=mark.text, freq=freq, what=clause.text, where=where, source=clause.source()
    )
    return duty.model_dump(mode="json")


def _frequency(words: str) -> Frequency | None:
    for freq, expression in PERIODS:
        if pattern(expression).search(words):
            return freq
    if words.startswith("每"):
        return None  # 每5天 is no period that a duty can have
    known = sorted((letters for letters in LETTERS if letters in words), key=len)
    return LETTERS[known[-1]] if known else None


def _deadline(marks: Sequence[Settled], plan: Plan) -> Proposed:
    context = Context(plan.issued_on, plan.year_context, running=days_of(plan.stages))
    last = marks[-1]
    period = read_due(last.ground.passage.text, context, last.mark.start)
    if period is None or period.end is None:
        return NOTHING
    return "deadline", Deadline(raw=last.mark.text, date=period.end).model_dump(mode="json")
