"""What the rows of the list of units say: names, other names, and the members of groups."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from models.loading.units import UnitEntry
from models.rules.bounds import shown
from tasks.lists.belonging import MEMBERS
from tasks.lists.belonging import UNITS as UNITS_TITLE
from tasks.lists.doubles import DIFFERENT, ask_about_doubles
from tasks.lists.names import SURELY_MEANT, key, names_of_units, nearest, unit_in
from tasks.lists.typed_names import names_in
from tasks.workbook.cells import YES_NO, as_name, as_names, as_text, as_yes
from tasks.workbook.declaring import Column, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

UNITS = Sheet(
    "单位",
    (
        Column("单位名称", ("单位", "名称"), width=34),
        Column(
            "别名",
            ("其他名称", "简称", "曾用名"),
            required=False,
            many=True,
            width=56,
            hint="方案、文件里的其他叫法，用顿号隔开",
        ),
        Column("停用", required=False, width=10, choices=YES_NO),
        Column(
            DIFFERENT,
            ("不同单位",),
            required=False,
            many=True,
            width=24,
            hint="名称相近、确是两个单位时，写对方的名称",
        ),
    ),
    title=UNITS_TITLE,
    note=(
        "一行一个单位。别名写方案、文件里用过的其他叫法，多个用顿号隔开。单位改名：在单位名称填新名，把旧名写进别名。"
        "撤并的单位在停用列选“是”，不要删行，以后不再提醒它，没办完的事项由创建办指定接手单位；已有的单位不在表里时保持不变。"
        "名称相近的会问是不是同一个单位；确是两个的，在“不同于”列写对方的名称。"
    ),
    spare=20,
)
GROUPS = Sheet(
    "单位类别",
    (
        Column("单位类别", ("类别", "类别名称"), width=40),
        Column(
            "成员单位",
            ("成员", "单位", "单位名称"),
            many=True,
            width=60,
            choices=UNITS.name,
            hint="从列表选一个单位，或写几个、用顿号隔开",
        ),
    ),
    title=MEMBERS,
    note=(
        "一行一个成员单位，也可以把几个成员写在同一格、用顿号隔开。这里列出的就是该类别的全部成员；"
        "黄色的类别还没有成员，涉及它的任务无法落到单位，请填写。"
    ),
    spare=60,
)


Written = Sequence[tuple[Row, UnitEntry]]  # each row with the unit as it writes it, without an id


def read_units(book: Book, known: Sequence[UnitEntry]) -> list[UnitEntry]:
    """Return every unit of the list, with the id of the ``known`` one that it is; faults of the book."""
    spelled = {key(name) for unit in known for name in (unit.name, *unit.aliases)}
    written = [(row, _written(book, row, spelled)) for row in book.rows(UNITS)]
    _check_names_once(written)
    by_name = {key(unit.name): unit for unit in known}
    by_alias = {key(alias): unit for unit in known for alias in unit.aliases}
    listed = {key(entry.name) for _, entry in written}
    found = []
    for row, entry in written:
        unit = _unit_meant(row, entry, by_name, by_alias, listed)
        name = unit.name if unit and key(unit.name) == key(entry.name) else entry.name
        aliases = tuple(a for a in entry.aliases if key(a) != key(name))
        retired = entry.retired
        if unit:  # a column that is not there says nothing
            aliases = aliases if row.has("别名") else unit.aliases
            retired = retired if row.has("停用") else unit.retired
        found.append((row, UnitEntry(unit.unit_id if unit else None, name, aliases, retired)))
    ask_about_doubles(found, known)
    _name_strangers(book, found, known)
    return [entry for _, entry in found]


def _name_strangers(
    book: Book, found: Sequence[tuple[Row, UnitEntry]], known: Sequence[UnitEntry]
) -> None:
    """Name what a row calls different from itself and is no unit: it says nothing of anybody."""
    units = [*known, *(entry for _, entry in found)]
    names = {key(name) for unit in units for name in (unit.name, *unit.aliases)}
    for row, _ in found:
        for other in as_names(row.cell(DIFFERENT)):
            if key(other) not in names:
                place = f"表“{row.sheet}”第 {row.number} 行“{DIFFERENT}”列"
                book.note(f"{place}的“{shown(other)}”没有收：名册里没有这个单位")


def _written(book: Book, row: Row, known: Collection[str]) -> UnitEntry:
    for column in ("单位名称", "别名"):
        cell = row.cell(column)
        if isinstance(cell, bool | date) or isinstance(cell, float) and not cell.is_integer():
            row.fault(column, f"写的是“{as_text(cell)}”，应为单位的名称")
    name = as_name(row.cell("单位名称"))
    aliases = tuple(names_in(book, row, "别名", known))
    return UnitEntry(None, name, aliases, bool(row.read("停用", as_yes, "是或否")))


def _check_names_once(written: Written) -> None:
    """Find names that stand for two units of the same sheet."""
    seen: dict[str, int] = {}
    for row, entry in written:
        if not entry.name:
            row.fault("单位名称", "没有填写")
        elif (first := seen.setdefault(key(entry.name), row.number)) != row.number:
            row.fault("单位名称", f"“{entry.name}”与第 {first} 行重复")
    for row, entry in written:
        for alias in entry.aliases:
            if (first := seen.setdefault(key(alias), row.number)) != row.number:
                row.fault("别名", f"“{alias}”已用在第 {first} 行，一个名称只能指一个单位")


def _unit_meant(
    row: Row,
    entry: UnitEntry,
    by_name: Mapping[str, UnitEntry],
    by_alias: Mapping[str, UnitEntry],
    listed: set[str],
) -> UnitEntry | None:
    """Return the unit a row speaks of, None for a new one; a fault where it could be two."""
    own = by_name.get(key(entry.name))
    # Another name that has a row of its own is a fault already.
    others = [key(alias) for alias in entry.aliases if key(alias) not in listed]
    old = {other: by_name[other] for other in others if other in by_name}
    if own:
        for other in old.values():
            if other is not own:
                row.fault(
                    "别名",
                    f"“{other.name}”是另一个单位，不能作“{own.name}”的别名；两单位合并时请把它单列一行并停用",
                )
    elif len(old) > 1:
        names = "、".join(f"“{unit.name}”" for unit in old.values())
        row.fault("别名", f"{names}是不同的单位，不能改成同一个名称")
    elif not old and (unit := by_alias.get(key(entry.name))):
        row.fault(
            "单位名称",
            f"“{entry.name}”是“{unit.name}”的别名；请写“{unit.name}”，要改名则把它写进别名",
        )
    meant = own or next(iter(old.values()), None)
    for alias in entry.aliases:
        holder = by_alias.get(key(alias))
        if holder and holder is not meant and key(holder.name) not in listed:
            row.fault("别名", f"“{alias}”现在是“{holder.name}”的别名")
    return meant


def read_members(
    book: Book,
    known: Sequence[UnitEntry],
    entries: Sequence[UnitEntry],
    groups: Mapping[str, Sequence[str]],
) -> dict[str, list[str]]:
    """Return the names of each listed group's members, as they will be once ``entries`` are stored."""
    replaced = {entry.unit_id for entry in entries}
    after = [unit for unit in known if unit.unit_id not in replaced] + list(entries)
    names = names_of_units(after)
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
        for name in names_in(book, row, "成员单位", names):
            unit = unit_in(row, "成员单位", name, names, f"；新单位请先列入表“{UNITS.name}”")
            if unit and unit not in found:
                found.append(unit)
    return members
