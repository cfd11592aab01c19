"""A later plan as a review workbook: what it changes stands as a doubt beside each row."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from models.errors import CampaignError
from models.files.disk_words import reason_of
from models.files.whole_file import write_all
from models.plan.changes.said import PlanChange, PlanPart
from models.plan.doubt import Doubt
from models.plan.schema import Plan
from tasks.plans.compiling import require_targets
from tasks.plans.review_writing import review_bytes

ABOUT = {PlanPart.STAGE: "stage", PlanPart.TASK: "task"}


def changes_as_doubts(changes: Iterable[PlanChange]) -> Iterator[Doubt]:
    """Yield a doubt for each change: at the row that it is of, where there is one, else of the plan."""
    for one in changes:
        said = "；".join(filter(None, (one.asked, *one.says))) or one.kind.value
        said = f"{one.asked}：{'；'.join(one.says)}" if one.asked and one.says else said
        if one.new is not None and one.part in ABOUT:
            yield Doubt(ABOUT[one.part], one.new, said)
        else:
            yield Doubt("plan", 0, one.in_words())


def write_later_plan(plan: Plan, doubts: Sequence[Doubt], source: Path, review: Path) -> None:
    """Write a plan and its doubts as a review workbook, whole or not at all, never over ``source``.

    Raises CampaignError where it cannot be written.
    """
    require_targets(source, None, review)
    try:
        write_all({review: review_bytes(plan, doubts)})
    except OSError as error:
        raise CampaignError(f"写不进“{error.filename}”：{reason_of(error)}") from error
