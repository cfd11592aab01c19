"""The units of a plan, their other names and their groups as rows."""

from models.plan.schema import Plan
from models.plan_merge import PlanMerge, rows
from models.rules import breakdown
from models.unit import Post, Unit, UnitAlias, UnitGroup, default_posts


def store_units(store: PlanMerge, plan: Plan) -> tuple[dict[str, Unit], dict[str, UnitGroup]]:
    """Bring units, aliases and groups in line with ``plan``; return units and groups by name.

    New units get their default posts. A name that the operator made an alias of another unit stays
    what the operator said.
    """
    campaign_id = store.campaign.id or 0
    known = {unit.name: unit for unit in rows(store, Unit)}
    aliases = {alias.name: alias for alias in rows(store, UnitAlias)}
    by_id = {unit.id: unit for unit in known.values()}
    units = {name: by_id[alias.unit_id] for name, alias in aliases.items()}
    named = [name for name in breakdown.units(plan) if name not in units]
    wanted = {name: {"campaign_id": campaign_id, "name": name} for name in named}
    made = store.merge(list(known.values()), lambda u: u.name, wanted, lambda v: Unit(**v))
    units |= made
    fresh = [unit for name, unit in made.items() if name not in known]
    other = {
        name: {"campaign_id": campaign_id, "name": name, "unit_id": units[full].id}
        for name, full in breakdown.canonical_names(plan).items()
        if full in units and name not in made
    }
    store.merge(list(aliases.values()), lambda a: a.name, other, lambda v: UnitAlias(**v))
    if not rows(store, Post):
        store.session.add_all(default_posts(campaign_id, fresh))
    else:
        store.session.add_all(p for p in default_posts(campaign_id, fresh) if p.unit_id)
    groups = store.merge(
        rows(store, UnitGroup),
        lambda g: g.name,
        {n: {"campaign_id": campaign_id, "name": n} for n in breakdown.groups(plan)},
        lambda v: UnitGroup(**v),
    )
    return units, groups
