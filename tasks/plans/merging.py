"""Merge a breakdown table into the plan that is loaded: read, matched, shown, and only then written."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from models.campaign.campaign import open_campaign
from models.database import open_session
from models.errors import CampaignError, PlanError
from models.loading.before import plan_before
from models.plan.changes.merging import Merged, with_table
from models.plan.doubt import Doubt
from models.plan.reading.compile import read_plan as read_document_plan
from models.plan.reading.text.document import Line
from models.plan.schema import Plan
from models.rules.bounds import shown
from tasks.documents.checks import DocumentError
from tasks.documents.scans.reading import Tell, say_nothing
from tasks.indicators.sheets_read import document_of_workbook
from tasks.office.vocabulary import office_words
from tasks.plans.changes_in_review import changes_as_doubts, write_later_plan
from tasks.plans.loading import Over, find_plan, read_source
from tasks.workbook.cells import as_names
from tasks.workbook.checking import is_workbook

ALL = "全部"
TITLE = "责任分解表"


@dataclass(frozen=True, slots=True)
class TableSeen:
    """A table over the plan of a campaign: what came of it, and over which plan that was seen."""

    slug: str
    label: str
    merged: Merged
    over: Over

    @property
    def changes(self) -> bool:
        """Say whether anything of it would be written."""
        return bool(self.merged.filled or self.merged.added or self.merged.taken)

    def lines(self) -> list[str]:
        """Return what was filled, is new and is said otherwise, in words."""
        found = self.merged
        left = [one for one in found.differing if one not in found.taken]
        told = [
            ("补上方案里空着的", found.filled),
            ("方案里没有、表里有的", found.added),
            ("与方案不同，按表里的改", found.taken),
            (
                "与方案不同，没有改（要按表里的，加 --take 任务编号，如 --take W5、W8，或 --take 全部）",
                left,
            ),
        ]
        lines = [
            line
            for head, changes in told
            if changes
            for line in (
                f"{head}，{len(changes)} 项：",
                *(f"  {one.in_words()}" for one in changes),
            )
        ]
        rest = f"另有 {found.untold} 项任务表里没有，照旧" if found.untold else ""
        return [*lines, *filter(None, [rest])] or [f"表里没有“{self.label}”还没有的内容"]


def merge_table(
    source: str, slug: str | None, take: str = "", *, adds: bool = True, tell: Tell = say_nothing
) -> TableSeen:
    """Return what the table in a file makes of the plan of ``slug``, without writing anything.

    ``take`` names work items (W5、W8, or 全部) of which the table counts where it says otherwise. Raises
    CampaignError for a bad file, a table without tasks, or a work item that the plan has not.
    """
    table = read_table(source, tell)
    with open_session(read_only=True) as session:
        campaign = open_campaign(session, slug)
        before, name, label = plan_before(campaign), campaign.slug, campaign.label
        over = Over(revised=True, seen=campaign.plan_json)
    if before is None:
        raise PlanError("方案", [f"“{label}”还没有装入方案"])
    merged = with_table(before, table, _numbers(take, before), adds=adds)
    return TableSeen(name, label, merged, over)


def _numbers(take: str, plan: Plan) -> frozenset[int]:
    known = {one.ordinal for one in plan.tasks}
    if take.strip() == ALL:
        return frozenset(known)
    numbers = set()
    for word in as_names(take):
        found = re.fullmatch("[Ww]?([0-9]{1,6})", word)
        if not found or int(found[1]) not in known:
            raise CampaignError(
                f"--take 写的是“{shown(word)}”，应为方案里任务的编号，如 W5、W8，或写“{ALL}”"
            )
        numbers.add(int(found[1]))
    return frozenset(numbers)


@office_words()
def read_table(source: str, tell: Tell = say_nothing) -> Plan:
    """Return the work items of a table in a document, a workbook, a plan file or a review workbook.

    Raises CampaignError, one line or one a fault, for a file that has none.
    """
    path = find_plan(source)
    plan = _of_workbook(path) if is_workbook(path) else read_source(source, tell).plan
    if not plan.tasks:
        raise CampaignError(f"“{path.name}”里没有读出任务，应有“任务”“牵头单位”“责任单位”这样的列")
    return plan


def _of_workbook(path: Path) -> Plan:
    try:
        return read_source(str(path)).plan
    except DocumentError:  # no review workbook: an office's own table
        document, _ = document_of_workbook(path)
    found = read_document_plan(document).plan
    if found.is_plan and found.tasks:
        return found
    titled = (Line(TITLE, 1), *document.lines)
    return read_document_plan(replace(document, lines=titled)).plan


def write_merged(seen: TableSeen, source: Path, review: Path) -> None:
    """Write the plan with the table in it as a review workbook, what the table says otherwise as doubts.

    Raises CampaignError where it cannot be written; the table itself is never written over.
    """
    otherwise = [replace(one, asked="表里的不同") for one in seen.merged.differing]
    doubts = [
        *changes_as_doubts(otherwise),
        *(Doubt("task", one.new or 0, one.asked) for one in seen.merged.added),
        *(Doubt("task", one.old or 0, one.asked) for one in seen.merged.filled if one.asked),
    ]
    write_later_plan(seen.merged.plan, doubts, source, review)
