"""What a plan is loaded from: a file that spells it out, a review workbook, or an official document."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.plan.schema import Plan
from tasks.plans.compiling import compile_file, require_plan
from tasks.plans.loading import find_plan, is_pack, read_plan, sound
from tasks.plans.review_reading import take_review
from tasks.workbook.checking import is_workbook


@dataclass(frozen=True, slots=True)
class PlanRead:
    """A plan as it was read; ``to_see`` is what a person must look at before a document is loaded."""

    plan: Plan
    name: str  # of the file
    notes: Sequence[str] = ()
    to_see: Sequence[str] = ()

    def checked(self) -> Plan:
        """Return the plan with every stage's kind; raises PlanError with every contradiction in it."""
        return sound(self.plan, self.name)


def read_source(source: str) -> PlanRead:
    """Return the plan in a file or a pack.

    Raises CampaignError: NotFoundError that lists the packs, one line for a bad file, NotAPlanError for
    a document that is none, PlanError with a line per fault.
    """
    path = find_plan(source)
    if is_pack(path):
        return PlanRead(read_plan(path), path.name)
    if is_workbook(path):
        plan, notes = take_review(path)
        return PlanRead(plan, path.name, notes)
    found = compile_file(path)
    require_plan(found.plan, path)
    return PlanRead(found.plan, path.name, to_see=found.summary())
