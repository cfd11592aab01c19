"""A proposal put into a plan: added to the list at its place, or set there; taken whole, or refused."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from models.plan.limits import excesses
from models.plan.schema import Deadline, Plan, RecurringDuty, Target

Steps = tuple[str | int, ...]
_STEP = re.compile(r"(?:^|\.)([a-z_0-9]{1,40})((?:\[\d{1,6}\]){0,1})")
LONGEST_PLACE = 120  # characters


class RefusedProposal(ValueError):
    """A proposal that has no place in the plan, or cannot stand there; the message is one Chinese line."""


def steps_of(where: str) -> Steps:
    """Return a place in a plan as its steps: tasks[3].lead_units -> tasks, 3, lead_units.

    Raises RefusedProposal for what is no place.
    """
    steps: list[str | int] = []
    at = 0
    while at < len(where) <= LONGEST_PLACE:
        found = _STEP.match(where, at) if not at or where[at] == "." else None
        if found is None:
            break
        steps.append(found[1])
        if found[2]:
            steps.append(int(found[2][1:-1]))
        at = found.end()
    if not steps or at != len(where):
        raise RefusedProposal("没有说是方案的哪一处")
    return tuple(steps)


def apply_proposal(plan: Plan, where: str, proposal: Any) -> Plan:
    """Return a copy of ``plan`` with ``proposal`` added to the list at ``where``, or set there.

    A list takes one value or several, and none twice; everything else is set. Raises RefusedProposal
    where there is no such place or the value cannot stand there; nothing is half applied.
    """
    copy = plan.model_copy(deep=True)
    put(copy, where, proposal)
    return copy


def put(plan: Plan, where: str, proposal: Any, *, instead: bool = False) -> None:
    """Do in place what `apply_proposal` does; ``instead`` sets a list as well. Refused: nothing is changed."""
    slot = _slot(plan, where)
    slot.take(value_after(plan, where, proposal, instead=instead))


def value_after(plan: Plan, where: str, proposal: Any, *, instead: bool = False) -> Any:
    """Return what would stand at ``where``, and leave the plan as it is; raises as `apply_proposal`."""
    slot = _slot(plan, where)
    if proposal is None or proposal == "" or (proposal == [] and not instead):
        raise RefusedProposal("没有建议")
    value = slot.checked(_new(slot.old, proposal, instead=instead))
    if value == "" or (isinstance(value, list) and "" in value):
        raise RefusedProposal("建议是空的")
    if isinstance(value, list):
        value = with_new([] if instead else slot.old, value[0 if instead else len(slot.old) :])
    if fault := next(excesses(value, steps_of(where)), None):
        raise RefusedProposal(fault[1])
    return value


def value_at(plan: Plan, where: str) -> Any:
    """Return what stands at ``where``, None where nothing does; raises RefusedProposal for no place."""
    return _slot(plan, where).old


@dataclass(frozen=True, slots=True)
class _Slot:
    """A field of a part of the plan, or one of the items in it; ``home`` holds that part where it is new."""

    owner: BaseModel
    field: str
    at: int | None = None
    home: tuple[BaseModel, str] | None = None

    @property
    def old(self) -> Any:
        held = getattr(self.owner, self.field)
        return held if self.at is None else held[self.at]

    def checked(self, value: Any) -> Any:
        """Return ``value`` as the model takes it; raises RefusedProposal where it does not."""
        trial = self.owner.model_copy()
        try:
            setattr(trial, self.field, self._whole(value))
        except (ValidationError, ValueError, TypeError, OverflowError, RecursionError):
            raise RefusedProposal("建议的内容不合这一处的要求") from None
        held = getattr(trial, self.field)
        return held if self.at is None else held[self.at]

    def take(self, value: Any) -> None:
        setattr(self.owner, self.field, self._whole(value))
        if self.home:
            setattr(*self.home, self.owner)

    def _whole(self, value: Any) -> Any:
        if self.at is None:
            return value
        held = list(getattr(self.owner, self.field))
        held[self.at] = value
        return held


def _slot(plan: Plan, where: str) -> _Slot:
    steps = steps_of(where)
    owner: Any = plan
    home: tuple[BaseModel, str] | None = None
    while True:
        name, steps = str(steps[0]), steps[1:]
        if not isinstance(owner, BaseModel) or name not in type(owner).model_fields:
            raise RefusedProposal(f"方案里没有“{name}”这一处")
        held = getattr(owner, name)
        at = int(steps[0]) if steps and isinstance(steps[0], int) else None
        if at is not None:
            steps = steps[1:]
            if not isinstance(held, list) or at >= len(held):
                raise RefusedProposal(f"方案里没有第 {at + 1} 个“{name}”")
        if not steps:
            return _Slot(owner, name, at, home)
        if name == "deadline" and held is None:
            home = owner, name
            held = Deadline()
        owner = held if at is None else held[at]


def _new(old: Any, proposal: Any, *, instead: bool) -> Any:
    if not isinstance(old, list):
        return proposal
    added = proposal if isinstance(proposal, list) else [proposal]
    return [*([] if instead else old), *added]


def with_new(known: Sequence[Any], added: Sequence[Any]) -> list[Any]:
    """Return ``known`` with those of ``added`` behind it that it does not hold, wherever they were read."""
    held = list(known)
    said = [_said(each) for each in known]
    for each in added:
        if _said(each) not in said:
            held.append(each)
            said.append(_said(each))
    return held


def _said(item: Any) -> Any:
    """Return what an item says without where that was read: a target's and a duty's chapter, any source."""
    if not isinstance(item, BaseModel):
        return item
    empty: dict[str, Any] = {"source": None}
    if isinstance(item, Target):
        empty |= {"where": None}
    if isinstance(item, RecurringDuty):
        empty |= {"where": ""}
    return item.model_copy(update=empty)
