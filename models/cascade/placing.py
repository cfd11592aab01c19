"""Put a campaign under another: a county's under its city's, a department's plan of work under either."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.campaign.campaign import Campaign, require_open
from models.errors import NotFoundError, PlanError
from models.keys import key_of
from models.rules.bodies import body_key
from models.rules.calendar.moment import Moment
from models.rules.words import CampaignState, RunKind
from models.units.unit import Unit, unit_names


@dataclass(frozen=True, slots=True)
class PlacedUnder:
    """Where a campaign stands now, and which unit of the one above it is; empty where none was found."""

    parent: str
    unit: str
    changed: bool


def place_under(
    session: Session, child: Campaign, parent: Campaign, unit: str, by: str, moment: Moment
) -> PlacedUnder:
    """Put ``child`` under ``parent``, as its ``unit`` where that is named or the issuer is one; repeatable.

    Raises PlanError where it cannot stand there: two levels at most, none above itself, both under way, both
    real or both demonstrations, and a plan of work has nothing below it. EndedError for one that has ended.
    """
    require_open(child)
    require_open(parent)
    if faults := _faults(session, child, parent):
        raise PlanError("上级", faults)
    unit_id = _unit_of(session, child, parent, unit)
    name = session.get_one(Unit, unit_id).name if unit_id else ""
    if (child.parent_id, child.parent_unit_id) == (parent.id, unit_id):
        return PlacedUnder(parent.label, name, changed=False)
    child.parent_id, child.parent_unit_id = parent.id, unit_id
    facts = {"to": parent.label} | ({"holder": name} if name else {})
    record(session, child.id, moment, NewEntry(by, "campaign-placed", child.slug, facts))
    session.flush()
    return PlacedUnder(parent.label, name, changed=True)


def take_out(session: Session, child: Campaign, by: str, moment: Moment) -> bool:
    """Let ``child`` stand for itself; return False where it does already. What was handed down stays."""
    require_open(child)
    if child.parent_id is None:
        return False
    above = session.get_one(Campaign, child.parent_id)
    child.parent_id = child.parent_unit_id = None
    facts = {"from": above.label}
    record(session, child.id, moment, NewEntry(by, "campaign-placed", child.slug, facts))
    session.flush()
    return True


def names_below(session: Session, campaign: Campaign) -> list[str]:
    """Return the names of the campaigns and plans of work below one, in the order in which they were loaded."""
    below = select(Campaign.slug).where(
        Campaign.parent_id == campaign.id, col(Campaign.state) != CampaignState.REMOVED
    )
    return list(session.exec(below.order_by(col(Campaign.id))))


def _faults(session: Session, child: Campaign, parent: Campaign) -> list[str]:
    own = names_below(session, child)
    faults = []
    if child.id == parent.id:
        faults.append(f"“{child.label}”不能归到自己下面")
    if parent.parent_id is not None and child.id != parent.id:
        faults.append(f"“{parent.label}”自己也有上级，只分上下两级")
    if own and child.id != parent.id:
        faults.append(
            f"“{child.label}”下面已经有{'、'.join(own[:3])}，只分上下两级，不能再归到别的下面"
        )
    if parent.run_kind == RunKind.WORK_PLAN:
        faults.append(f"“{parent.label}”是工作计划，下面不能再有下级")
    if child.is_demo != parent.is_demo:
        faults.append("演示的和真的不能互为上下级")
    return faults


def _unit_of(session: Session, child: Campaign, parent: Campaign, unit: str) -> int | None:
    """Return the unit of the parent that runs the child: the one named, else the one that issued its plan."""
    names = unit_names(session, key_of(parent))
    if unit.strip():
        if unit.strip() not in names:
            raise NotFoundError(
                f"“{parent.label}”的名册里没有名为 {unit.strip()} 的单位，单位名称见 shifan units export"
            )
        return names[unit.strip()]
    if child.parent_id == parent.id and child.parent_unit_id:
        return child.parent_unit_id  # what was said before
    issuer = body_key(child.issuer)
    found = {unit_id for name, unit_id in names.items() if issuer and body_key(name) == issuer}
    return found.pop() if len(found) == 1 else None
