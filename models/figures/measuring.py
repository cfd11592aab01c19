"""Figures against their targets: read them as they stand, and register what units have counted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import insert
from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, lock_chain, record_all
from models.campaign.campaign import begins_on
from models.errors import PlanError
from models.evidence.evidence import Evidence
from models.figures.goals import Counted, counted_demands
from models.figures.kept import Kept, every_figure
from models.figures.lines import Measured, lines_of
from models.figures.measurement import Measurement
from models.loading.merge import write_rows
from models.rules.bounds import LONGEST_NOTE, text_fault
from models.rules.calendar.moment import Moment
from models.rules.figures.measuring import measurement_faults
from models.rules.figures.periods import (
    EXAMPLES,
    Per,
    period_in_words,
    period_on,
    periods_between,
    read_period,
)
from models.rules.words import post_fault
from models.units.unit import Unit

Key = tuple[int, int, str]  # demand, unit, period


def measured(
    session: Session,
    campaign_id: int,
    *,
    today: date | None = None,
    unit_id: int | None = None,
    demands: Sequence[Counted] | None = None,
) -> list[Measured]:
    """Return what every target has come to: per demand and period first all together, then each unit.

    Demands in the plan's order, periods in time, units in their fixed order. With ``today`` the
    periods since the campaign began are there though nobody has said anything. ``unit_id`` leaves
    out the other units' lines; ``demands`` are `counted_demands`, where they are read already. A
    constant number of statements.
    """
    kept: dict[int, dict[str, dict[int, Kept]]] = {}
    for one in every_figure(session, campaign_id):
        if not one.withdrawn:
            kept.setdefault(one.demand_id, {}).setdefault(one.period, {})[one.unit_id] = one
    first = begins_on(session, campaign_id) if today else None
    found: list[Measured] = []
    for demand in counted_demands(session, campaign_id) if demands is None else demands:
        given = kept.get(demand.demand_id, {})
        for period in sorted({*given, *_due(demand.goal.per, first, today)}):
            lines = list(lines_of(demand, given, period, today))
            if unit_id is None or any(line.unit_id == unit_id for line in lines):
                found += [one for one in lines if unit_id is None or one.unit_id in (None, unit_id)]
    return found


def _due(per: Per, first: date | None, today: date | None) -> list[str]:
    if per is Per.ONCE:
        return [""]
    return periods_between(min(first or today, today), today, per) if today else []


@dataclass(frozen=True, slots=True)
class NewMeasurement:
    """What a unit counted for a demand in a period; ``withdraw`` takes back what was registered.

    ``by_post`` is who said it, where that is not whoever registers all of them.
    """

    demand_id: int
    unit_id: int
    period: str
    numerator: float | None
    denominator: float | None = None
    source: str = ""
    evidence_id: int | None = None
    withdraw: bool = False
    by_post: str = ""

    @property
    def key(self) -> Key:
        """Return what the figure is kept under."""
        return self.demand_id, self.unit_id, self.period

    @property
    def facts(self) -> dict[str, float | str | int | None]:
        """Return its columns."""
        return {
            "numerator": self.numerator,
            "denominator": self.denominator,
            "source": self.source.strip(),
            "evidence_id": self.evidence_id,
        }


def measure(
    session: Session,
    campaign_id: int,
    rows: Sequence[NewMeasurement],
    by_post: str,
    moment: Moment,
) -> int:
    """Register ``rows`` and return how many say something new; a repetition changes nothing.

    A corrected figure takes the place of the old one, which the chain keeps: one entry for each, with
    both. Two clerks at once wait for each other. A constant number of statements.

    Raises PlanError with every fault; nothing is written then.
    """
    lock_chain(session)
    demands = {one.demand_id: one for one in counted_demands(session, campaign_id)}
    units = _units(session, campaign_id)
    _refuse(session, campaign_id, _faults(rows, demands, units, moment.today), (rows, by_post))
    standing = {(k.demand_id, k.unit_id, k.period): k for k in every_figure(session, campaign_id)}
    fresh, changed, said = [], [], []
    for row in rows:
        post = row.by_post or by_post.strip()
        by = {"by_post": post, "at": moment.now}
        old = standing.get(row.key)
        if row.withdraw:
            if old is None or old.withdrawn:
                continue
            changed.append({"row": old.id, "withdrawn": True} | by)
        elif old is None:
            keys = dict(zip(("demand_id", "unit_id", "period"), row.key, strict=True))
            fresh.append({"campaign_id": campaign_id, **keys, **row.facts, "withdrawn": False} | by)
        elif old.said != (*row.facts.values(), False):
            changed.append({"row": old.id, **row.facts, "withdrawn": False} | by)
        else:
            continue
        said.append(_entry(demands[row.demand_id], units[row.unit_id], row, old, post))
    if fresh:
        session.connection().execute(insert(Measurement), fresh)
    whole = [row for row in changed if "numerator" in row]
    write_rows(session, Measurement, whole)
    write_rows(session, Measurement, [row for row in changed if "numerator" not in row])
    record_all(session, campaign_id, moment, said)
    return len(said)


def _entry(demand: Counted, unit: str, row: NewMeasurement, old: Kept | None, by: str) -> NewEntry:
    before = {} if old is None else {name: getattr(old, name) for name in row.facts}
    new = {"withdrawn": True} if row.withdraw else row.facts
    facts = {"period": row.period, "old": before, "new": new}
    return NewEntry(by, "measured", f"{demand.name}/{unit}", facts)


def _units(session: Session, campaign_id: int) -> dict[int, str]:
    query = select(Unit.id, Unit.name).where(Unit.campaign_id == campaign_id)
    return {unit or 0: name for unit, name in session.exec(query)}


def _faults(
    rows: Iterable[NewMeasurement],
    demands: Mapping[int, Counted],
    units: Mapping[int, str],
    today: date,
) -> list[str]:
    faults: list[str] = []
    seen: set[Key] = set()
    for row in rows:
        demand, unit = demands.get(row.demand_id), units.get(row.unit_id)
        if demand is None or unit is None:
            faults.append("要登记数据的要求或单位不属于这个方案，或这条要求没有目标值")
            continue
        place = f"{demand.name}{unit}{period_in_words(row.period) if row.period else ''}"
        own = period_faults(demand.goal.per, row.period, today)
        if not row.withdraw:
            own += measurement_faults(demand.goal, row.numerator, row.denominator)
        own += [f"来源{fault}" for fault in [text_fault(row.source, LONGEST_NOTE)] if fault]
        if row.key in seen:
            own.append("写了两次")
        seen.add(row.key)
        faults += [f"{place}：{fault}" for fault in own]
    return faults


def period_faults(per: Per, period: str, today: date) -> list[str]:
    """Return what is wrong with the period of a figure, as it is kept: of another kind, or still to come."""
    try:
        sound = read_period(period, per) == period
    except ValueError:
        sound = False
    if not sound:
        return [f"期间写的是“{period}”，应为{EXAMPLES[per]}"]
    return [f"{period_in_words(period)}还没有开始"] if period > period_on(today, per) else []


def _refuse(
    session: Session,
    campaign_id: int,
    faults: list[str],
    asked: tuple[Sequence[NewMeasurement], str],
) -> None:
    """Raise PlanError for the faults of the rows, a post that is none, and evidence of nobody's."""
    rows, by_post = asked
    if fault := post_fault(by_post, "登记"):
        faults.append(fault)
    pieces = {row.evidence_id for row in rows if row.evidence_id is not None}
    query = select(Evidence.id).where(
        Evidence.campaign_id == campaign_id, col(Evidence.withdrawn).is_(False)
    )
    if pieces and pieces - set(session.exec(query)):
        faults.append("引用的证明材料不属于这个方案，或已经撤回")
    if faults:
        raise PlanError("指标数据", faults)
