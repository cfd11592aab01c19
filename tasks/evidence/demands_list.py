"""The list of demands: out as they stand with what is in doubt, and back as the office words them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import PlanError
from models.evidence.demands.changing import (
    ChangedDemand,
    Hanging,
    change_demands,
    demand_items,
    hanging_on_demands,
)
from models.evidence.demands.keeping import DemandLine, demand_lines, doubts_of
from models.evidence.demands.reading import read_demand
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE, post_fault
from tasks.evidence.demand_rows import DEMANDS, DemandRows, demand_cells
from tasks.figures.demands_ready import have_demands, read_demands_first
from tasks.lists.belonging import DEMANDS as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.taking import Loaded, returned
from tasks.office.vocabulary import office_words
from tasks.workbook.writing import write_workbook

MOST_NOTES = 20  # that are said one by one


@office_words()
def export_demands(
    slug: str | None, path: Path, moment: Moment, *, doubted: bool = False
) -> tuple[int, int]:
    """Write the demands as they stand, or only those in doubt; return how many rows, and how many in doubt.

    The demands are read first where that was not done yet.
    """
    read_demands_first(slug, moment)
    with looking_at(slug) as (session, campaign):
        lines = [one for one in demand_lines(session, key_of(campaign)) if not one.withdrawn]
        title = list_title(campaign, TITLE, moment.today)
    doubts = doubts_of(lines)
    ordinals: dict[str, list[int]] = {}
    for line in lines:
        # Of a list that shows a part of an item no row counts as taken out.
        if not doubted:
            ordinals.setdefault(line.code, []).append(line.ordinal)
    wanted = [line for line in lines if line.id in doubts or not doubted]
    rows = [demand_cells(o, doubts.get(o.id, ()), ordinals.get(o.code, ())) for o in wanted]
    asked = frozenset(n for n, one in enumerate(wanted) if one.id in doubts)
    write_workbook(path, [DEMANDS.filled(rows, title, asked)])
    return len(wanted), len(doubts)


@office_words()
def load_demands(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list of demands in: only rows that say something new are written. Repeatable.

    Nothing is deleted: a demand that the list leaves out is withdrawn, with what hangs on it. ``by`` is
    the post that changes; the office without it. Raises PlanError with every fault; nothing is written then.
    """
    by = by.strip() or OFFICE
    if fault := post_fault(by, "登记"):
        raise PlanError(path.name, [fault])
    with returned(slug, path, (DEMANDS,), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        have_demands(session, taken.campaign, moment)
        lines = demand_lines(session, campaign_id)
        reader = DemandRows(taken.book, demand_items(session, campaign_id), lines)
        changes = reader.changes()
        taken.book.faults.stop()
        hanging = hanging_on_demands(session, campaign_id)
        count = change_demands(session, campaign_id, changes, lines, by, moment)
        if count:
            taken.record("demands-loaded", {"changes": count})
        after = demand_lines(session, campaign_id)
        notes = [*_left_hanging(changes, hanging), *_asked(changes, reader.checked, after)]
        new = sum(one.line is None for one in changes)
        gone = sum(one.said is None for one in changes)
        said = (f"新增 {new} 项" if new else "", f"撤销 {gone} 项" if gone else "")
        return taken.loaded(
            count, f"读到 {reader.rows} 行，{count} 处变更", *said, notes=_few(notes)
        )


def _left_hanging(
    changes: Sequence[ChangedDemand], hanging: Mapping[int, Hanging]
) -> Iterator[str]:
    for one in changes:
        held = hanging.get(one.line.id) if one.line and one.said is None else None
        if one.line and held and (held.pieces or held.figures):
            what = [f"{held.pieces} 份材料"] if held.pieces else []
            what += [f"{held.figures} 条数据"] if held.figures else []
            yield (
                f"{one.line.name}“{shown(one.line.text)}”已撤销，挂在上面的{'、'.join(what)}留着，不再算数；"
                "材料可以引用到别的要求：shifan evidence add --code 材料编号 --item 要求号 --by 创建办"
            )


def _asked(
    changes: Sequence[ChangedDemand], checked: set[int], after: Sequence[DemandLine]
) -> Iterator[str]:
    """Yield what a person should look at in what was changed now, and how much else is in doubt."""
    texts = {(o.item.code, o.said.text) for o in changes if o.said and not _is(o, checked)}
    touched = set()
    for line in after:
        if (line.code, line.text) in texts and not line.withdrawn:
            touched.add(line.id)
            for doubt in read_demand(line.text).doubts:
                if line.value is None or "没有当作目标值" not in doubt:
                    yield f"{line.name}“{shown(line.text)}”{doubt}"
    if left := len(doubts_of(after).keys() - touched):
        yield f"还有 {left} 项要求有疑问没有核对，见 shifan demands export --doubts"


def _is(one: ChangedDemand, checked: set[int]) -> bool:
    return one.line is not None and one.line.id in checked


def _few(notes: Sequence[str]) -> list[str]:
    left = len(notes) - MOST_NOTES
    return [*notes[:MOST_NOTES], *([f"另有 {left} 处"] if left > 0 else [])]
