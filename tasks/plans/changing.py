"""What a later plan changes in the one that is loaded, or in another file: in words, before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from models.campaign.campaign import campaigns, looking_at
from models.database import open_session
from models.errors import PlanError
from models.loading.before import is_revision, plan_before
from models.plan.changes.carrying import carried_over
from models.plan.changes.comparing import plan_changes
from models.plan.changes.said import ChangeKind, PlanChange
from models.plan.changes.supplements import Supplement, supplemented
from models.plan.doubt import Doubt
from models.plan.schema import Plan
from models.rules.bounds import shown
from models.rules.campaign_names import folded
from tasks.documents.scans.reading import Tell, say_nothing
from tasks.office.vocabulary import office_words
from tasks.plans.changes_in_review import changes_as_doubts, write_later_plan
from tasks.plans.loading import Over, PlanRead, read_source
from tasks.plans.same_tasks import with_same

SAME = "没有不同"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two plans by what they are called, and what the later changes in the earlier."""

    old: str
    new: str
    changes: Sequence[PlanChange]
    notes: Sequence[str] = ()
    plan: Plan | None = None  # the later one

    def lines(self) -> list[str]:
        """Return the changes in words, one a line, counted; items that only have another number in one line."""
        if not self.changes:
            return [*self.notes, f"“{self.new}”与“{self.old}”{SAME}"]
        shifted = [one for one in self.changes if is_only_renumbered(one)]
        told = [f"  {one.in_words()}" for one in self.changes if not is_only_renumbered(one)]
        if shifted:
            numbers = "、".join(f"{one.old}→{one.new}" for one in shifted[:SHOWN])
            more = f" 等 {len(shifted)} 项" if len(shifted) > SHOWN else ""
            told.append(f"  只变了序号的任务：{numbers}{more}")
        asked = sum(1 for one in self.changes if one.asked)
        look = (
            f"，其中 {asked} 处请核对，对错了任务的加 --same，如 --same 7=W5、9=新" if asked else ""
        )
        first = f"“{self.new}”与“{self.old}”有 {len(self.changes)} 处不同{look}："
        return [*self.notes, first, *told]


SHOWN = 12  # numbers in one line


def is_only_renumbered(change: PlanChange) -> bool:
    """Say whether nothing but its number changed."""
    only = len(change.says) == 1 and change.says[0].startswith("序号")
    return change.kind is ChangeKind.CHANGED and only and not change.asked


def compare_plans(
    old: str, new: str | None, slug: str | None, same: str = "", tell: Tell = say_nothing
) -> Comparison:
    """Return what the later of two sources changes; of one source, what it changes in the plan that is loaded.

    ``same`` says which work item is which where the pairing errs (`with_same`). Raises CampaignError for a
    source that is no plan, or where nothing is loaded.
    """
    later = read_source(new or old, tell)
    if new is None:
        against = against_loaded(later, slug, same=same)
        return replace(against.comparison, notes=against.notes, plan=against.plan)
    earlier = read_source(old, tell)
    plan, _, notes = _later(replace(later, spelled_out=True), earlier.plan, same)
    return Comparison(earlier.name, later.name, plan_changes(earlier.plan, plan), notes, plan)


def is_loaded(slug: str) -> bool:
    """Say whether there is a campaign of that very name that runs on a plan."""
    with open_session(read_only=True) as session:
        return any(folded(one.slug) == folded(slug) for one in campaigns(session, ended=True))


def write_compared(found: Comparison, source: Path, review: Path) -> None:
    """Write the later plan as a review workbook, each difference and what was not placed as a doubt."""
    left = [Doubt("plan", 0, note.strip()) for note in found.notes]
    if found.plan is not None:
        write_later_plan(found.plan, [*left, *changes_as_doubts(found.changes)], source, review)


@dataclass(frozen=True, slots=True)
class Against:
    """A plan as it would be loaded over the one that is there: what is carried over, and what changes."""

    slug: str
    plan: Plan
    comparison: Comparison
    over: Over
    carried: Sequence[str] = ()
    notes: Sequence[str] = ()  # of a supplement: what it is, and what of it could not be placed

    @property
    def changes(self) -> bool:
        """Say whether it changes anything."""
        return bool(self.comparison.changes)

    def lines(self) -> list[str]:
        """Return what a person must see before it is loaded: the differences, and what becomes of days."""
        kept = "、".join(self.carried)
        carried = [f"已装入的方案里办公室自己定的照旧：{kept}"] if kept else []
        days = (
            "按修订稿装入：原定日期保留，日期有变的单位会收到通知（只是改正读错的，加 --corrected）"
            if self.over.revised
            else "按改正装入：原定日期一并改正，不另发通知（是修订稿的，加 --revised）"
        )
        told = [*self.comparison.lines(), *carried, days] if self.changes else []
        return [*self.notes, *told]


def against_loaded(
    read: PlanRead, slug: str | None, revised: bool | None = None, same: str = ""
) -> Against:
    """Return what ``read`` changes in the plan of the campaign ``slug``, without writing anything.

    ``same`` says which work item is which where the pairing errs (`with_same`). A supplement changes only what it speaks of. What only the loaded plan has of the office's own rules is
    carried over, unless a file spells the plan out.
    """
    with looking_at(slug) as (_, campaign):
        before, label, name = plan_before(campaign), campaign.label, campaign.slug
        seen, moved = campaign.plan_json, campaign.shifted_days
    if before is None:
        raise PlanError("方案", [f"“{label}”还没有装入方案"])
    plan, carried, notes = _later(read, before, same)
    comparison = Comparison(label, read.name, plan_changes(before, plan))
    if moved and comparison.changes:
        way = "后" if moved > 0 else "前"
        notes = [*notes, f"装入时全部日期已往{way}移了 {abs(moved)} 天，下面写的是文件上的日期"]
    later = bool(read.supplement) or is_revision(plan, before)
    over = Over(later if revised is None else revised, seen)
    return Against(name, plan, comparison, over, carried, notes)


@office_words()
def _later(read: PlanRead, before: Plan, same: str) -> tuple[Plan, list[str], list[str]]:
    """Return the plan that ``read`` makes of ``before``, what is carried over, and what is to be said of it."""
    if read.supplement is not None:
        if same:
            raise PlanError(
                "--same", ["补充通知只改它写到的任务，不用写哪一项是哪一项，请去掉 --same"]
            )
        found = supplemented(before, read.plan, read.supplement)
        return found.plan, [], _of_supplement(read.name, found)
    later = with_same(read.plan, before, same) if same else read.plan
    if read.spelled_out:
        return later, [], []
    return *carried_over(later, before), []


def _of_supplement(name: str, found: Supplement) -> list[str]:
    if found.known:
        return [f"“{name}”已经装入过，没有再改"]
    said = [f"“{name}”是补充通知，只改它写到的，其余照旧；其中 {found.placed} 句已对上号"]
    return said + [
        f"  没有对上号，请用 plan compare --review 生成审核表，在表里改：{shown(one[:120])}"
        for one in found.unplaced
    ]
