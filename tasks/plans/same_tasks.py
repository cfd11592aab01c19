"""Which work item is which, as a person says it where the pairing errs: 7=W5, 9=新."""

import re

from models.errors import PlanError
from models.plan.schema import Plan
from models.rules.bounds import shown
from tasks.workbook.cells import as_names, half_width

NEW = ("新", "新增", "无")
_SAID = re.compile(r"第?(\d{1,6})项?=(?:[Ww]?(\d{1,6})|(\S{1,4}))")
EXPECTED = "写作 7=W5（后一份的第 7 项就是原来的 W5）或 9=新（第 9 项是新的），几项用顿号隔开"


def with_same(plan: Plan, before: Plan, said: str) -> Plan:
    """Return ``plan`` whose work items say what they were in ``before``, as ``said`` has it.

    Raises PlanError with every fault at once: what is not of this form, a number that is in neither plan,
    an item that is said to be two.
    """
    ours = {task.ordinal for task in plan.tasks}
    there = {task.ordinal for task in before.tasks}
    was: dict[int, int] = {}
    faults: list[str] = []
    for one in as_names(half_width(said)):
        found = _SAID.fullmatch(one)
        if found is None or (found[3] and found[3] not in NEW):
            faults.append(f"“{shown(one)}”看不懂，{EXPECTED}")
            continue
        new, old = int(found[1]), int(found[2] or 0)
        if new not in ours:
            faults.append(f"“{shown(one)}”：后一份没有第 {new} 项任务")
        elif found[2] and old not in there:
            faults.append(f"“{shown(one)}”：前一份没有 W{old}")
        elif was.get(new, old) != old or (old and old in was.values() and new not in was):
            faults.append(f"“{shown(one)}”：同一项任务写了两次，请只留一处")
        else:
            was[new] = old
    if faults:
        raise PlanError("--same", faults)
    tasks = [task.model_copy(update={"was": was.get(task.ordinal)}) for task in plan.tasks]
    return plan.model_copy(update={"tasks": tasks})
