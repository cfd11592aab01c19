"""The units of a plan, their other names and their groups as rows."""

from collections.abc import Sequence

from models.errors import PlanError
from models.keys import key_of
from models.loading.merge import PlanMerge, rows
from models.plan import breakdown
from models.plan.schema import Plan
from models.rules.bodies import Bodies
from models.units.unit import Unit, UnitAlias, UnitGroup, add_default_posts


def store_units(store: PlanMerge, plan: Plan) -> tuple[dict[str, Unit], dict[str, UnitGroup]]:
    """Bring units, aliases and groups in line with ``plan``; return units and groups by name.

    New units get their default posts. A name that the operator made an alias of another unit stays
    what the operator said; a new name that is surely a known unit's becomes its alias. Raises
    PlanError with every new name that may be another unit's: a person says whether they are one.
    """
    campaign_id = key_of(store.campaign)
    known = {unit.name: unit for unit in rows(store, Unit)}
    aliases = {alias.name: alias for alias in rows(store, UnitAlias)}
    by_id = {unit.id: unit for unit in known.values()}
    units = {name: by_id[alias.unit_id] for name, alias in aliases.items()}
    full = breakdown.canonical_names(plan)
    written = _written_otherwise(plan, [*known, *units])
    units |= {name: known.get(other) or units[other] for name, other in written.items()}
    named = [name for name in breakdown.units(plan) if name not in units]
    wanted = [Unit(campaign_id=campaign_id, name=name) for name in named]
    made = store.merge(known.values(), lambda unit: unit.name, wanted)
    units |= made
    fresh = [unit for name, unit in made.items() if name not in known]
    other = [
        UnitAlias(campaign_id=campaign_id, name=name, unit_id=key_of(units[head]))
        for name, head in (full | written).items()
        if head in units and name not in made
    ]
    store.merge(aliases.values(), lambda alias: alias.name, other)
    add_default_posts(store.session, campaign_id, fresh)
    named_groups = [UnitGroup(campaign_id=campaign_id, name=n) for n in breakdown.groups(plan)]
    return units, store.merge(rows(store, UnitGroup), lambda group: group.name, named_groups)


def _written_otherwise(plan: Plan, known: Sequence[str]) -> dict[str, str]:
    """Return the known name for each new name of ``plan`` that is surely the same body's.

    Raises PlanError with the new names that may be another's, known or of the plan itself. What was
    there as two stays two, and so does what the plan calls distinct.
    """
    same: dict[str, str] = {}
    faults = []
    bodies, apart, there = Bodies(known), set(plan.distinct_units), set(known)
    for name in breakdown.units(plan):
        if name in there:
            continue
        sure = [one for one in bodies.same(name) if one in there and not {name, one} & apart]
        if sure:
            same[name] = sure[0]
            continue
        asked = [one for one in bodies.perhaps(name) if not {name, one} & apart]
        faults += [_question(name, one, known=one in there) for one in asked]
        bodies.add(name)
    if faults:
        raise PlanError("单位名称", [*faults, HOW_TO_SAY])
    return same


def _question(name: str, other: str, *, known: bool) -> str:
    place = "名册里的" if known else ""
    return f"“{name}”与{place}“{other}”像是同一个单位"


HOW_TO_SAY = (
    "是一个：请统一写成一种，或在名册（shifan units export）里把一个写进另一个的别名；是两个：把名称写在审核表"
    "“方案信息”的“确是不同单位”一行（方案文件里是 distinct_units）"
)
