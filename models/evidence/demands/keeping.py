"""Demands made of indicators and work items, kept apart from what the office wrote; and looked up."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from models.audit.chain import lock_chain
from models.database import found_as, run
from models.evidence.demands.demand import Demand
from models.evidence.demands.goals import goals_of_work
from models.evidence.demands.reading import ReadDemand, read_demand, read_demands
from models.loading.merge import write_rows

READ = "原文"  # the source of a demand that was read from its item's text
OF_WORK = "工作任务"  # a work item is a demand of itself, and so is each number that the plan has it reach

# Indicators that others hang on are headings and ask for nothing themselves.
_INDICATORS = """
    SELECT i.id, i.code, i.title, i.op, i.value, i.unit_of_value FROM indicator i
    WHERE i.campaign_id = :campaign AND NOT i.withdrawn
      AND NOT EXISTS (SELECT 1 FROM indicator c WHERE c.parent_id = i.id AND NOT c.withdrawn)
    ORDER BY i.id"""
_WORK_ITEMS = """
    SELECT w.id, w.ordinal, w.title FROM work_item w
    WHERE w.campaign_id = :campaign AND NOT w.withdrawn ORDER BY w.ordinal"""
_DEMANDS = """
    SELECT d.id, coalesce(i.code, 'W' || w.ordinal) AS code, d.indicator_id, d.work_item_id, d.ordinal,
           d.text, d.op, d.value, d.unit_of_value, d.per, d.counted, d.out_of, d.needs_evidence,
           d.source, d.withdrawn, coalesce(i.title, w.title) AS title
    FROM demand d
    LEFT JOIN indicator i ON i.id = d.indicator_id
    LEFT JOIN work_item w ON w.id = d.work_item_id
    WHERE d.campaign_id = :campaign AND NOT coalesce(i.withdrawn, w.withdrawn)
    ORDER BY coalesce(w.ordinal, 0), i.id, d.ordinal"""


@dataclass(frozen=True, slots=True)
class DemandLine:
    """A demand with the code and title of its item; withdrawn ones among them say so."""

    id: int
    code: str
    indicator_id: int | None
    work_item_id: int | None
    ordinal: int
    text: str
    op: str
    value: float | None
    unit_of_value: str
    per: str
    counted: str
    out_of: str
    needs_evidence: bool
    source: str
    withdrawn: bool
    title: str

    @property
    def name(self) -> str:
        """Return what it is called: 1.1.3#2."""
        return f"{self.code}#{self.ordinal}"


def demand_lines(session: Session, campaign_id: int) -> list[DemandLine]:
    """Return every demand of a campaign, indicators first, each item's in order; one statement."""
    return found_as(session, DemandLine, _DEMANDS, {"campaign": campaign_id})


def ensure_demands(session: Session, campaign_id: int) -> int:
    """Make the demands that items lack, and bring in line those whose item's text changed; return how many.

    What the office wrote (its ``source`` is a post) is never touched, nor any other demand of an item
    in which it wrote something. A demand keeps its row, and what hangs on it, as long as its words are
    among those of the item; one whose words are gone is withdrawn. A number that the plan has a work item
    reach is measured and needs no evidence. Repeatable: three or four statements, and where something is to be made as many again, for then nobody else may make it at once. The entry of
    the audit is the caller's.
    """
    if not any(_out_of_line(session, campaign_id)):
        return 0
    lock_chain(session)
    fresh, changed = _out_of_line(session, campaign_id)
    if fresh:
        rows = [{**_EMPTY, "campaign_id": campaign_id, **row} for row in fresh]
        session.connection().execute(insert(Demand), rows)
    write_rows(session, Demand, changed)
    return len(fresh) + len(changed)


def _out_of_line(
    session: Session, campaign_id: int
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of demands that lack, and of those that say something else than their item."""
    values = {"campaign": campaign_id}
    lines = demand_lines(session, campaign_id)
    indicators = run(session, _INDICATORS, values).all()
    # Where indicators are loaded the numbers are theirs: a unit reports each once.
    goals = {} if indicators else goals_of_work(session, campaign_id)
    known: dict[tuple[str, int], list[DemandLine]] = {}
    for line in lines:
        known.setdefault(_item(line.indicator_id, line.work_item_id), []).append(line)
    fresh: list[dict[str, Any]] = []
    changed: list[dict[str, Any]] = []
    for id_, ordinal, title in run(session, _WORK_ITEMS, values):
        asked = [ReadDemand(title), *goals.get(ordinal, ())]
        there = known.get(("work_item_id", id_), [])
        _bring_in_line(("work_item_id", id_), asked, there, fresh, changed)
    for id_, _, title, op, value, unit in indicators:
        there = known.get(("indicator_id", id_), [])
        said = (op, value, unit)
        if _is_as_read(there, title, said):
            continue
        _bring_in_line(
            ("indicator_id", id_), with_target(read_demands(title), said), there, fresh, changed
        )
    return fresh, changed


_EMPTY: Mapping[str, Any] = {
    "indicator_id": None,
    "work_item_id": None,
    "withdrawn": False,
}
_Said = tuple[str, float | None, str]  # operator, value, unit as the table of indicators has them


def with_target(read: Sequence[ReadDemand], said: _Said) -> list[ReadDemand]:
    """Return demands with the target that the table of indicators names, where none of them has it.

    It goes to the only demand, else to the first that names no number.
    """
    op, value, unit = said
    if value is None or any((one.op, one.value) == (op, value) for one in read):
        return list(read)
    at = next((n for n, one in enumerate(read) if one.value is None), None)
    if len(read) == 1:
        at = 0
    if at is None:
        return list(read)
    old = read[at]
    new = ReadDemand(old.text, op, value, unit, old.per, old.counted, old.out_of, old.doubts)
    return [*read[:at], new, *read[at + 1 :]]


def _item(indicator_id: int | None, work_item_id: int | None) -> tuple[str, int]:
    return ("indicator_id", indicator_id) if indicator_id else ("work_item_id", work_item_id or 0)


def _is_as_read(there: Sequence[DemandLine], title: str, said: _Said) -> bool:
    """Say cheaply whether demands still are what the text says, so that it need not be read again."""
    if any(line.source not in (READ, OF_WORK) for line in there):
        return True
    words = "".join("".join(line.text.split()) for line in there if not line.withdrawn)
    same = bool(words) and _letters(words) == _letters(title)
    value = said[1]
    return same and (value is None or any(line.value == value for line in there))


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isalnum())


def _bring_in_line(
    item: tuple[str, int],
    read: Sequence[ReadDemand],
    there: Sequence[DemandLine],
    fresh: list[dict[str, Any]],
    changed: list[dict[str, Any]],
) -> None:
    """Say in ``fresh`` and ``changed`` what makes ``there`` the demands that were ``read``."""
    if any(line.source not in (READ, OF_WORK) for line in there):
        return
    left = {line.text: line for line in reversed(there)}
    last = max((line.ordinal for line in there), default=0)
    for one in {one.text: one for one in read}.values():
        line = left.pop(one.text, None)
        if line is None:
            last += 1
            source = READ if item[0] == "indicator_id" else OF_WORK
            new = {item[0]: item[1], "ordinal": last, "source": source, **stored(one)}
            fresh.append(new | {"needs_evidence": source == READ or one.value is None})
            continue
        now = {name: getattr(line, name) for name in stored(one)}
        if now != stored(one) or line.withdrawn:
            changed.append({"row": line.id, "withdrawn": False, **stored(one)})
    gone = [line for line in left.values() if not line.withdrawn]
    for line in gone:
        kept = {name: getattr(line, name) for name in stored(ReadDemand(""))}
        changed.append({"row": line.id, "withdrawn": True, **kept})


def stored(one: ReadDemand) -> dict[str, str | float | None]:
    """Return what a demand's row says of its words and its target."""
    return {
        "text": one.text,
        "op": one.op,
        "value": one.value,
        "unit_of_value": one.unit_of_value,
        "per": one.per,
        "counted": one.counted,
        "out_of": one.out_of,
    }


def doubts_of(lines: Iterable[DemandLine]) -> dict[int, Sequence[str]]:
    """Return what a person should look at, by the demand's id; what the office wrote is in no doubt."""
    found: dict[int, Sequence[str]] = {}
    for line in lines:
        if line.source != READ or line.withdrawn:
            continue
        doubts = read_demand(line.text).doubts
        if line.value is not None and not line.op:
            doubts = [*doubts, "有目标值而没有关系（不低于、不超过……）"]
        if doubts:
            found[line.id] = doubts
    return found
