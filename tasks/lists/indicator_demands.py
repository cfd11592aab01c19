"""What a table of indicators says of points and demands, beside the indicators themselves."""

from collections.abc import Iterator, Mapping, Sequence

from models.evidence.demands.changing import (
    ChangedDemand,
    DemandItem,
    DemandSaid,
    change_demands,
    demand_items,
    said_of_line,
)
from models.evidence.demands.keeping import DemandLine, demand_lines
from models.evidence.demands.reading import ReadDemand, read_demand
from models.figures.rules import NewRule, store_rules
from models.loading.indicators import IndicatorEntry, indicator_ids
from models.rules.bounds import shown
from models.rules.evidence.demands import MOST
from models.rules.targets import relation
from models.rules.words import OFFICE
from tasks.lists.indicator_sheets import ASKED_OF, RELATION_WORDS
from tasks.lists.taking import Returned
from tasks.workbook.cells import as_code, as_name, as_number, half_width
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

Asked = dict[str, list[DemandSaid]]  # by the code of the indicator


def read_asked(book: Book, codes: Sequence[str]) -> Asked:
    """Return the demands that a table lists of each indicator; none where it has no such sheet."""
    found: Asked = {}
    if not book.has(ASKED_OF):
        return found
    known = set(codes)
    for row in book.rows(ASKED_OF):
        code = as_code(row.cell("编号"))
        if code not in known:
            row.fault("编号", f"表“指标”里没有编号为“{shown(code)}”的指标" if code else "没有填写")
            continue
        said = _demand(row)
        if said is None:
            continue
        listed = found.setdefault(code, [])
        if any(said.text == other.text for other in listed):
            row.fault("要求内容", f"{code} 已经有一项同样的要求")
            continue
        listed.append(said)
    for code, listed in found.items():
        if len(listed) > MOST:
            book.faults.add(f"{code} 有 {len(listed)} 项要求，最多 {MOST} 项")
    return found


def _demand(row: Row) -> DemandSaid | None:
    text = row.text("要求内容")
    if not text:
        row.fault("要求内容", "没有填写；不要这一项的，请把整行删去")
        return None
    word = half_width(as_name(row.cell("关系")))
    op = relation(word) if word else ""
    if op is None:
        row.fault("关系", f"写的是“{shown(word)}”，只能是 {'、'.join(RELATION_WORDS)}")
        return None
    value = row.read("目标值", as_number, "数字")
    if (value is None) == bool(op):
        row.fault("目标值", "关系和目标值应同时填或同时空")
        return None
    read = read_demand(text)
    unit = as_name(row.cell("计量单位")) if value is not None else ""
    return DemandSaid(text, op, value, unit, read.per, read.counted, read.out_of)


def demand_as_read(read: ReadDemand) -> DemandSaid:
    """Return a demand as it was read from its words."""
    return DemandSaid(
        read.text, read.op, read.value, read.unit_of_value, read.per, read.counted, read.out_of
    )


def store_asked(taken: Returned, asked: Mapping[str, Sequence[DemandSaid]]) -> int:
    """Make ``asked`` the demands of its indicators; what already stands so is left. Repeatable."""
    if not asked:
        return 0
    session, campaign_id = taken.session, taken.campaign_id
    lines = demand_lines(session, campaign_id)
    items = demand_items(session, campaign_id)
    of_item: dict[str, list[DemandLine]] = {}
    for line in lines:
        if line.indicator_id:
            of_item.setdefault(line.code.upper(), []).append(line)
    changes = [
        change
        for code, said in asked.items()
        if (item := items.get(code.upper()))
        for change in _changes(item, said, of_item.get(code.upper(), []))
    ]
    count = change_demands(session, campaign_id, changes, lines, OFFICE, taken.moment)
    if count:
        taken.record("demands-loaded", {"changes": count})
    return len(changes)


def _changes(
    item: DemandItem, said: Sequence[DemandSaid], there: Sequence[DemandLine]
) -> Iterator[ChangedDemand]:
    wanted = {one.text: one for one in said}
    standing = [line for line in there if not line.withdrawn]
    if [line.text for line in standing] == list(wanted) and all(
        said_of_line(line) == wanted[line.text] for line in standing
    ):
        return
    by_text = {line.text: line for line in sorted(there, key=lambda line: not line.withdrawn)}
    for text, one in wanted.items():
        line = by_text.get(text)
        if line is None or line.withdrawn or said_of_line(line) != one:
            yield ChangedDemand(item, line, one)
    for line in standing:
        if line.text not in wanted:
            yield ChangedDemand(item, line, None)


def store_worth(taken: Returned, entries: Sequence[IndicatorEntry]) -> int:
    """Give the indicators the points that the table names; the others keep theirs. Repeatable."""
    if not any(entry.worth for entry in entries):
        return 0
    ids = indicator_ids(taken.session, taken.campaign_id)
    rules = [
        NewRule(ids[entry.code], entry.worth.points, entry.worth.method, entry.worth.floor)
        for entry in entries
        if entry.worth
    ]
    return store_rules(taken.session, taken.campaign_id, rules, OFFICE, taken.moment)
