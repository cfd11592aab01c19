"""The list of units: names, other names, and which units a group (市直有关部门单位) stands for."""

from datetime import date
from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.loading.changes import OPERATOR, Changes
from models.loading.units import group_members, listed_units, store_listed_units, store_members
from models.notices.seats import left_behind
from models.publicity.laying import lay_and_record
from models.rules.calendar.moment import Moment
from models.units.expansion import expand_groups
from models.units.leaving import tell_nobody_who_is_gone
from models.units.succession import successors
from tasks.campaign.succession import asked_for
from tasks.lists.belonging import MEMBERS, list_title
from tasks.lists.belonging import UNITS as UNITS_TITLE
from tasks.lists.taking import Loaded, returned
from tasks.lists.unit_rows import GROUPS, UNITS, read_members, read_units
from tasks.workbook.writing import write_workbook


def export_units(slug: str | None, path: Path, today: date | None = None) -> tuple[int, int]:
    """Write the units and groups of a campaign to ``path``; return how many there are of each."""
    with looking_at(slug) as (session, campaign):
        titles = [list_title(campaign, what, today) for what in (UNITS_TITLE, MEMBERS)]
        units = listed_units(session, key_of(campaign))
        groups = group_members(session, key_of(campaign))
    pairs = [(group, unit) for group, members in groups.items() for unit in members or [""]]
    named = [(u.name, "、".join(u.aliases), "是" if u.retired else "否", "") for u in units]
    asked = frozenset(n for n, (_, unit) in enumerate(pairs) if not unit)
    write_workbook(path, [UNITS.filled(named, titles[0]), GROUPS.filled(pairs, titles[1], asked)])
    return len(units), len(groups)


def load_units(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Take a returned list of units and groups in; the second time it changes nothing.

    Either sheet may be missing. Groups that now have members expand into assignments. Raises
    PlanError with every fault; nothing is written then.
    """
    with returned(slug, path, (UNITS, GROUPS), moment) as taken:
        session, book, campaign_id = taken.session, taken.book, taken.campaign_id
        known = listed_units(session, campaign_id)
        groups = group_members(session, campaign_id)
        one_sheet_is_groups = book.has(GROUPS) and not book.has(UNITS)
        entries = [] if one_sheet_is_groups else read_units(book, known)
        members = read_members(book, known, entries, groups) if book.has(GROUPS) else {}
        book.faults.stop()
        changes = Changes()
        ids = store_listed_units(session, campaign_id, entries, changes)
        ids |= {unit.name: unit.unit_id or 0 for unit in known if unit.name not in ids}
        heirs = successors(session, campaign_id)
        by_group = {
            g: {name: heirs.get(ids[name], ids[name]) for name in names}
            for g, names in members.items()
        }
        store_members(session, campaign_id, by_group, changes)
        assigned = expand_groups(session, campaign_id)
        if changes.count or assigned:
            taken.record("units-loaded", changes.facts(assigned=assigned))
        tell_nobody_who_is_gone(session, campaign_id)
        lay_and_record(session, taken.campaign, OPERATOR, moment)
        return taken.loaded(
            changes.count,
            f"{changes.count} 处变更，新增责任分解 {assigned} 条",
            taken.without_members(),
            asked=asked_for(left_behind(session, campaign_id)),
        )
