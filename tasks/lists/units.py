"""The list of units: names, other names, and which units a group (市直有关部门单位) stands for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models.audit.chain import NewEntry, lock_chain, record
from models.campaign.campaign import campaign_named
from models.database import open_session
from models.keys import key_of
from models.loading.units import (
    UnitChanges,
    UnitEntry,
    group_members,
    listed_units,
    store_members,
    store_units,
)
from models.notices.seats import left_behind
from models.rules.calendar.moment import Moment
from models.units.expansion import expand_groups
from models.units.leaving import tell_nobody_who_is_gone
from models.units.succession import successors
from models.units.unit import unexpanded_groups
from tasks.lists.belonging import MEMBERS, campaign_of_book, list_title
from tasks.lists.belonging import UNITS as UNITS_TITLE
from tasks.lists.doubles import DIFFERENT, ask_about_doubles
from tasks.lists.names import SURELY_MEANT, key, meant, nearest, perhaps, with_bodies
from tasks.workbook.cells import as_name, as_names, as_yes
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.reading import Book, open_book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

YES_NO = ("是", "否")
OPERATOR = "操作员"
UNITS = Sheet(
    "单位",
    UNITS_TITLE,
    "一行一个单位。别名写方案、文件里用过的其他叫法，多个用顿号隔开。单位改名：在单位名称填新名，把旧名写进别名。"
    "撤并的单位在停用列选“是”，不要删行，以后不再提醒它，没办完的事项由创建办指定接手单位；已有的单位不在表里时保持不变。"
    "名称相近的会问是不是同一个单位；确是两个的，在“不同于”列写对方的名称。",
    (
        Column("单位名称", others=("单位", "名称"), width=34),
        Column(
            "别名",
            others=("其他名称", "简称", "曾用名"),
            required=False,
            many=True,
            width=56,
            hint="方案、文件里的其他叫法，用顿号隔开",
        ),
        Column("停用", required=False, width=10, choices=YES_NO),
        Column(
            DIFFERENT,
            others=("不同单位",),
            required=False,
            many=True,
            width=24,
            hint="名称相近、确是两个单位时，写对方的名称",
        ),
    ),
    spare=20,
)
GROUPS = Sheet(
    "单位类别",
    MEMBERS,
    "一行一个成员单位，也可以把几个成员写在同一格、用顿号隔开。这里列出的就是该类别的全部成员；"
    "黄色的类别还没有成员，涉及它的任务无法落到单位，请填写。",
    (
        Column("单位类别", others=("类别", "类别名称"), width=40),
        Column(
            "成员单位",
            others=("成员", "单位", "单位名称"),
            many=True,
            width=60,
            choices=UNITS.name,
            hint="从列表选一个单位，或写几个、用顿号隔开",
        ),
    ),
    spare=60,
)


@dataclass(frozen=True, slots=True)
class UnitsLoaded:
    """What a returned list came to; ``open_groups`` still have no members, ``notes`` say what was left.

    ``left_behind`` are the units that nobody answers for, with how many items are open there.
    """

    campaign: str
    changes: int
    assigned: int
    open_groups: Sequence[str]
    notes: Sequence[str] = ()
    left_behind: Sequence[tuple[str, int]] = ()


def export_units(slug: str | None, path: Path, today: date | None = None) -> tuple[int, int]:
    """Write the units and groups of a campaign to ``path``; return how many there are of each."""
    with open_session(read_only=True) as session:
        campaign = campaign_named(session, slug)
        titles = [list_title(campaign, what, today) for what in (UNITS_TITLE, MEMBERS)]
        units = listed_units(session, key_of(campaign))
        groups = group_members(session, key_of(campaign))
    pairs = [(group, unit) for group, members in groups.items() for unit in members or [""]]
    named = [(u.name, "、".join(u.aliases), "是" if u.retired else "否", "") for u in units]
    asked = frozenset(n for n, (_, unit) in enumerate(pairs) if not unit)
    write_workbook(path, [UNITS.filled(named, titles[0]), GROUPS.filled(pairs, titles[1], asked)])
    return len(units), len(groups)


def load_units(slug: str | None, path: Path, *, moment: Moment) -> UnitsLoaded:
    """Take a returned list of units and groups in; the second time it changes nothing.

    Either sheet may be missing. Groups that now have members expand into assignments. Raises
    PlanError with every fault; nothing is written then.
    """
    book = open_book(path, (UNITS, GROUPS))
    with open_session() as session:
        lock_chain(session)
        campaign = campaign_of_book(session, slug, book)
        campaign_id = key_of(campaign)
        known = listed_units(session, campaign_id)
        groups = group_members(session, campaign_id)
        one_sheet_is_groups = book.has(GROUPS) and not book.has(UNITS)
        entries = [] if one_sheet_is_groups else _read_units(book, known)
        members = _read_groups(book, known, entries, groups) if book.has(GROUPS) else {}
        book.faults.stop()
        changes = UnitChanges()
        ids = store_units(session, campaign_id, entries, changes)
        ids |= {unit.name: unit.unit_id or 0 for unit in known if unit.name not in ids}
        heirs = successors(session, campaign_id)
        by_group = {
            g: {name: heirs.get(ids[name], ids[name]) for name in names}
            for g, names in members.items()
        }
        store_members(session, campaign_id, by_group, changes)
        assigned = expand_groups(session, campaign_id)
        if changes.count or assigned:
            facts = changes.facts() | {"assigned": assigned}
            record(
                session, campaign_id, moment, NewEntry(OPERATOR, "units-loaded", book.name, facts)
            )
        tell_nobody_who_is_gone(session, campaign_id)
        return UnitsLoaded(
            campaign.label,
            changes.count,
            assigned,
            unexpanded_groups(session, campaign_id),
            book.notes(),
            left_behind(session, campaign_id),
        )


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of the units' sheet as it was read."""

    row: Row
    name: str
    aliases: tuple[str, ...]
    retired: bool


def _read_units(book: Book, known: Sequence[UnitEntry]) -> list[UnitEntry]:
    lines = [
        _Line(
            row,
            as_name(row.cell("单位名称")),
            tuple(as_names(row.cell("别名"))),
            bool(row.read("停用", as_yes, "是或否")),
        )
        for row in book.rows(UNITS)
    ]
    _check_names_once(lines)
    by_name = {key(unit.name): unit for unit in known}
    by_alias = {key(alias): unit for unit in known for alias in unit.aliases}
    listed = {key(line.name) for line in lines}
    entries = []
    for line in lines:
        unit = _unit_meant(line, by_name, by_alias, listed)
        name = unit.name if unit and key(unit.name) == key(line.name) else line.name
        aliases = tuple(a for a in line.aliases if key(a) != key(name))
        retired = line.retired
        if unit:  # a column that is not there says nothing
            aliases = aliases if line.row.has("别名") else unit.aliases
            retired = retired if line.row.has("停用") else unit.retired
        entries.append(UnitEntry(unit.unit_id if unit else None, name, aliases, retired))
    ask_about_doubles([line.row for line in lines], entries, known)
    return entries


def _check_names_once(lines: Sequence[_Line]) -> None:
    """Find names that stand for two units of the same sheet."""
    seen: dict[str, int] = {}
    for line in lines:
        if not line.name:
            line.row.fault("单位名称", "没有填写")
        elif (first := seen.setdefault(key(line.name), line.row.number)) != line.row.number:
            line.row.fault("单位名称", f"“{line.name}”与第 {first} 行重复")
    for line in lines:
        for alias in line.aliases:
            first = seen.setdefault(key(alias), line.row.number)
            if first != line.row.number:
                line.row.fault("别名", f"“{alias}”已用在第 {first} 行，一个名称只能指一个单位")


def _unit_meant(
    line: _Line,
    by_name: Mapping[str, UnitEntry],
    by_alias: Mapping[str, UnitEntry],
    listed: set[str],
) -> UnitEntry | None:
    """Return the unit a row speaks of, None for a new one; a fault where it could be two."""
    own = by_name.get(key(line.name))
    # Another name that has a row of its own is a fault already.
    others = [key(alias) for alias in line.aliases if key(alias) not in listed]
    old = {other: by_name[other] for other in others if other in by_name}
    if own:
        for other in old.values():
            if other is not own:
                line.row.fault(
                    "别名",
                    f"“{other.name}”是另一个单位，不能作“{own.name}”的别名；两单位合并时请把它单列一行并停用",
                )
    elif len(old) > 1:
        names = "、".join(f"“{unit.name}”" for unit in old.values())
        line.row.fault("别名", f"{names}是不同的单位，不能改成同一个名称")
    elif not old and (unit := by_alias.get(key(line.name))):
        line.row.fault(
            "单位名称",
            f"“{line.name}”是“{unit.name}”的别名；请写“{unit.name}”，要改名则把它写进别名",
        )
    meant = own or next(iter(old.values()), None)
    for alias in line.aliases:
        holder = by_alias.get(key(alias))
        if holder and holder is not meant and key(holder.name) not in listed:
            line.row.fault("别名", f"“{alias}”现在是“{holder.name}”的别名")
    return meant


def _read_groups(
    book: Book,
    known: Sequence[UnitEntry],
    entries: Sequence[UnitEntry],
    groups: Mapping[str, Sequence[str]],
) -> dict[str, list[str]]:
    names = _names_after(known, entries)
    spelled = {key(name): name for name in groups}
    members: dict[str, list[str]] = {}
    above = ""
    for row in book.rows(GROUPS):
        # A merged cell leaves the group's name on its first row only.
        group = as_name(row.cell("单位类别")) or above
        group = above = spelled.get(key(group), group)
        if not group:
            row.fault("单位类别", "没有填写")
            continue
        if group not in groups and (other := nearest(group, groups, SURELY_MEANT)):
            row.fault("单位类别", f"没有“{group}”这个类别，是否为“{other}”")
        found = members.setdefault(group, [])
        for name in as_names(row.cell("成员单位")):
            unit = meant(name, names)
            if unit is None:
                row.fault(
                    "成员单位",
                    f"没有“{name}”这个单位{perhaps(name, names.values())}；新单位请先列入表“{UNITS.name}”",
                )
            elif unit not in found:
                found.append(unit)
    return members


def _names_after(known: Sequence[UnitEntry], entries: Sequence[UnitEntry]) -> dict[str, str]:
    """Return the name that each unit will have once the sheet is stored, by each of its names."""
    replaced = {entry.unit_id for entry in entries}
    after = [unit for unit in known if unit.unit_id not in replaced] + list(entries)
    names = {key(alias): unit.name for unit in after for alias in unit.aliases}
    return with_bodies(names | {key(unit.name): unit.name for unit in after})
