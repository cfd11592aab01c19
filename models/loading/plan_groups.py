"""The groups of a plan as rows: seats, duties and the documents that these name."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from models.groups.documents import lay_documents
from models.groups.group import GroupDocument, GroupDuty, GroupSeat, WorkingGroup
from models.keys import key_of
from models.loading.merge import PlanMerge, rows
from models.plan.schema import Plan, PlanGroup
from models.rules.groups.documents import documents_in
from models.rules.groups.words import DocumentStanding, SeatRole
from models.units.unit import Unit, UnitGroup

ONE_DAY = timedelta(days=1)
BY_PLAN_ITSELF = "方案"


@dataclass(frozen=True, slots=True)
class PlanBodies:
    """What the names of a plan stand for: its units and classes of units."""

    units: Mapping[str, Unit]
    full: Mapping[str, str]  # the full name for every other one
    classes: Mapping[str, UnitGroup]


def store_groups(store: PlanMerge, plan: Plan, bodies: PlanBodies, today: date) -> None:
    """Bring groups, seats, duties and documents in line with ``plan``.

    What the office changed stays: a seat that it ended stays ended and one that it filled stays filled, as
    long as the plan says what it said. A seat that the plan has no more ends the day before ``today``. The
    first seats begin on the day of the plan. Repeatable: the same plan again changes nothing.
    """
    known = {one.name: one for one in rows(store, WorkingGroup)}
    groups = _groups(store, plan, known)
    _seats(store, plan, groups, (bodies, _first_day(store, plan, today), today))
    _duties(store, plan, groups)
    _documents(store, plan, groups)
    laid = lay_documents(store.session, key_of(store.campaign))
    store.changes += laid


def _first_day(store: PlanMerge, plan: Plan, today: date) -> date:
    """Return from when the plan's first seats are held: its own day where that has come, else ``today``."""
    issued = plan.issued_on if plan.issued_on and not store.shift else None
    return min(issued or today, today)


def _groups(
    store: PlanMerge, plan: Plan, known: Mapping[str, WorkingGroup]
) -> dict[str, WorkingGroup]:
    last = max((one.number for one in known.values()), default=0)
    wanted = []
    for group in plan.groups:
        there = known.get(group.name)
        last += there is None
        wanted.append(
            WorkingGroup(
                campaign_id=key_of(store.campaign),
                number=there.number if there else last,
                name=group.name,
                aliases="、".join(group.aliases),
                withdrawn=False,
            )
        )
    groups = store.merge(known.values(), lambda one: one.name, wanted)
    for group in plan.groups:
        above = groups.get(group.parent or "")
        parent = above.id if above and group.parent != group.name else None
        store.update(groups[group.name], parent_id=parent)
    return groups


Holder = tuple[str, int | None, int | None]  # post, unit, class
Key = tuple[int, str, Holder, int]  # group, role, holder, the how-manieth of its like


def _said(group: PlanGroup, bodies: PlanBodies) -> Iterator[tuple[SeatRole, Holder]]:
    posts = (
        (SeatRole.HEAD, [group.head_post] if group.head_post else []),
        (SeatRole.EXECUTIVE_DEPUTY, group.executive_deputy_posts),
        (SeatRole.DEPUTY, group.deputy_posts),
        (SeatRole.MEMBER, group.member_posts),
        (SeatRole.LIAISON, [group.liaison_post] if group.liaison_post else []),
    )
    for role, held in posts:
        yield from ((role, (post, None, None)) for post in held)
    units = (
        (SeatRole.LOCATED_IN, [group.located_in] if group.located_in else []),
        (SeatRole.LEAD_UNIT, group.lead_units),
        (SeatRole.MEMBER, group.member_units),
    )
    for role, named in units:
        ids = (bodies.units[bodies.full.get(name, name)].id for name in named)
        yield from ((role, ("", unit_id, None)) for unit_id in dict.fromkeys(ids))
    yield from (
        (SeatRole.MEMBER, ("", None, bodies.classes[name].id)) for name in group.member_groups
    )


def _keyed(rows_: Sequence[GroupSeat]) -> dict[Key, GroupSeat]:
    """Return seats that the plan has so, each by what it says and the how-manieth it is."""
    count: Counter[tuple[int, str, Holder]] = Counter()
    found = {}
    for row in rows_:
        like = (row.group_id, row.role, (row.post, row.unit_id, row.class_id))
        found[(*like, count[like])] = row
        count[like] += 1
    return found


def _seats(
    store: PlanMerge,
    plan: Plan,
    groups: Mapping[str, WorkingGroup],
    on: tuple[PlanBodies, date, date],
) -> None:
    bodies, begins, today = on
    every = rows(store, GroupSeat)
    known = _keyed([one for one in every if one.planned])
    fresh = {one.group_id for one in every}  # groups that had seats: what is new begins today
    count: Counter[tuple[int, str, Holder]] = Counter()
    for group in plan.groups:
        group_id = key_of(groups[group.name])
        for position, (role, holder) in enumerate(_said(group, bodies)):
            like = (group_id, role.value, holder)
            row = known.pop((*like, count[like]), None)
            count[like] += 1
            if row is not None:
                store.update(row, position=position)
                continue
            post, unit_id, class_id = holder
            store.session.add(
                GroupSeat(
                    campaign_id=key_of(store.campaign),
                    group_id=group_id,
                    role=role.value,
                    position=position,
                    post=post,
                    unit_id=unit_id,
                    class_id=class_id,
                    first=today if group_id in fresh else begins,
                    planned=True,
                    made_by=BY_PLAN_ITSELF,
                )
            )
            store.changes += 1
    for row in known.values():  # the plan has them no more
        store.update(row, planned=False, last=row.last or today - ONE_DAY)
    store.session.flush()


def _duties(store: PlanMerge, plan: Plan, groups: Mapping[str, WorkingGroup]) -> None:
    wanted = [
        GroupDuty(
            campaign_id=key_of(store.campaign),
            group_id=key_of(groups[group.name]),
            ordinal=ordinal,
            text=text,
            withdrawn=False,
        )
        for group in plan.groups
        for ordinal, text in enumerate(group.duties, 1)
    ]
    store.merge(rows(store, GroupDuty), lambda one: (one.group_id, one.ordinal), wanted)


def _documents(store: PlanMerge, plan: Plan, groups: Mapping[str, WorkingGroup]) -> None:
    known = {(one.group_id, one.title): one for one in rows(store, GroupDocument)}
    last = Counter[int]()
    for one in known.values():
        last[one.group_id] = max(last[one.group_id], one.number)
    named = set()
    for group in plan.groups:
        group_id = key_of(groups[group.name])
        for found in (one for duty in group.duties for one in documents_in(duty)):
            named.add((group_id, found.title))
            row = known.get((group_id, found.title))
            if row is not None:
                store.update(row, withdrawn=False)
                continue
            last[group_id] += 1
            known[group_id, found.title] = new = GroupDocument(
                campaign_id=key_of(store.campaign),
                group_id=group_id,
                number=last[group_id],
                title=found.title,
                standing=(DocumentStanding.DUE if found.sure else DocumentStanding.ASKED).value,
                doubt=found.doubt,
            )
            store.session.add(new)
            store.changes += 1
    for key, row in known.items():
        if key not in named:
            store.update(row, withdrawn=True)
    store.session.flush()
