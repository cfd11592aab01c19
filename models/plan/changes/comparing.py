"""Two versions of a plan, compared: everything that the later says otherwise, in words."""

from collections.abc import Sequence

from models.plan.breakdown import canonical_names
from models.plan.changes.duties import duty_changes, group_changes
from models.plan.changes.likeness import bare
from models.plan.changes.said import (
    ChangeKind,
    PlanChange,
    PlanPart,
    joined_and_left,
    moved_day,
    reworded,
)
from models.plan.changes.stages import stage_changes
from models.plan.changes.tasks import target_says, task_changes
from models.plan.field_words import word_of
from models.plan.schema import Plan
from models.rules.bodies import body_key


def plan_changes(old: Plan, new: Plan) -> list[PlanChange]:
    """Return what ``new`` changes in ``old``: stages, work items, duties, groups, then the rest.

    A plan compared with itself has no change, in whatever order its items stand. Two ways to write one
    body's name are none either.
    """
    full = full_names(old, new)
    return [
        *stage_changes(old.stages, new.stages),
        *task_changes(old.tasks, new.tasks, full),
        *duty_changes(old.recurring, new.recurring),
        *group_changes(old.groups, new.groups, full),
        *_rest(old, new),
    ]


def full_names(old: Plan, new: Plan) -> dict[str, str]:
    """Return one name for every name of a body in either plan: the earlier plan's own."""
    first: dict[str, str] = {}
    found: dict[str, str] = {}
    for full in (canonical_names(old), canonical_names(new)):
        for name, head in full.items():
            found[name] = first.setdefault(body_key(head), found.get(head, head))
    for plan in (old, new):
        for name in _names(plan):
            found.setdefault(name, first.setdefault(body_key(name), name))
    return found


def _names(plan: Plan) -> list[str]:
    tasks = [[*t.lead_units, *t.responsible_units, *t.cooperating_units] for t in plan.tasks]
    groups = [[*g.lead_units, *g.member_units, g.located_in or ""] for g in plan.groups]
    return [name for names in (*tasks, *groups) for name in names if name]


def _rest(old: Plan, new: Plan) -> list[PlanChange]:
    says = []
    if bare(old.title) != bare(new.title):
        says += reworded("标题", old.title, new.title)
    for field in ("issuer", "document_number"):
        says += reworded(word_of(field), getattr(old, field) or "", getattr(new, field) or "")
    says += moved_day(word_of("issued_on"), old.issued_on, new.issued_on)
    says += target_says(old.other_targets, new.other_targets)
    titles: list[Sequence[str]] = [[one.title for one in plan.attachments] for plan in (old, new)]
    says += joined_and_left("附件", *titles)
    return [PlanChange(PlanPart.PLAN, ChangeKind.CHANGED, "方案", says)] if says else []
