"""The list of the groups: out as a workbook, changed by a clerk, and back, with nobody's days lost."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.groups.documents import lay_documents
from models.groups.group import WorkingGroup, group_named
from models.groups.listing import group_lines
from models.groups.seating import Seating, replace_seats
from models.keys import key_of
from models.loading.changes import OPERATOR, Changes
from models.loading.units import listed_units
from models.rules.bounds import LONGEST_POST
from models.rules.calendar.moment import Moment
from models.rules.groups.words import SeatRole, role_meant, role_word
from models.units.unit import unit_names
from tasks.lists.belonging import GROUPS as GROUPS_TITLE
from tasks.lists.belonging import list_title
from tasks.lists.names import names_of_units, unit_in
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import as_name
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.persons import person_in_post
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

ROLES = tuple(dict.fromkeys(role_word(r, g) for g in ("组", "办公室") for r in SeatRole))
SEATS = Sheet(
    "名单",
    (
        Column("组", ("组别", "组名"), width=30),
        Column("席位", ("角色",), width=14, choices=ROLES),
        Column("职务", longest=LONGEST_POST, width=34, hint="只写职务，不写姓名；是单位的留空"),
        Column("单位", ("成员单位",), width=28, hint="单位名册里的单位；是职务的留空"),
        Column("自", kind=Kind.DAY, shown=True, locked=True, required=False, width=14),
    ),
    title=GROUPS_TITLE,
    note=(
        "一行一个席位，只写职务，不写姓名；职务和单位二者填一个。一个组列出的就是它现在的全部席位：新写的从装回之日起算，"
        "删去的到前一天止，以前是谁仍可查。整个组都不在表里的保持不变。按类别参加的（各镇、各街道）不在表里，也不变。"
    ),
    spare=40,
)


def export_groups(slug: str | None, path: Path, today: date) -> int:
    """Write who sits where today to ``path``; return how many seats there are."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, GROUPS_TITLE, today)
        lines = group_lines(session, key_of(campaign), today)
    rows = [
        (
            line.name,
            one.word,
            "" if one.is_unit else one.holder,
            one.holder if one.is_unit else "",
            one.first,
        )
        for line in lines
        for one in line.seats
        if not one.is_class
    ]
    write_workbook(path, [SEATS.filled(rows, title)])
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Written:
    """A row as it was read."""

    group: WorkingGroup
    role: SeatRole
    post: str
    unit: str


def load_groups(slug: str | None, path: Path, on: date, moment: Moment) -> Loaded:
    """Take a returned list in: what is new begins on ``on``, what is gone ends the day before.

    Groups without a row stay as they are. The second time it changes nothing. Raises PlanError with every
    fault; nothing is written then.
    """
    with returned(slug, path, (SEATS,), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        written = _read(taken)
        taken.book.faults.stop()
        changes = Changes()
        ids = unit_names(session, campaign_id)
        for group in {key_of(one.group): one.group for one in written}.values():
            wanted = [
                Seating(one.role, one.post, ids[one.unit] if one.unit else None, on, OPERATOR)
                for one in written
                if one.group is group
            ]
            begun, ended = replace_seats(session, group, wanted, on)
            for word in begun:
                changes.add("added", f"{group.name} {word}")
            for word in ended:
                changes.add("vacated", f"{group.name} {word}")
        if changes.count:
            lay_documents(session, campaign_id)
            taken.record("groups-loaded", changes.facts(since=[on.isoformat()]))
        added, gone = len(changes.words["added"]), len(changes.words["vacated"])
        line = f"{changes.count} 处变更（新任 {added} 个，退出 {gone} 个，自 {on} 起）"
        return taken.loaded(changes.count, line)


def _read(taken: Returned) -> list[_Written]:
    session, book = taken.session, taken.book
    names = names_of_units(listed_units(session, taken.campaign_id))
    found, above = [], ""
    for row in book.rows(SEATS):
        above = as_name(row.cell("组")) or above  # a merged cell leaves the name on its first row
        group = _group(session, taken.campaign_id, row, above)
        role = role_meant(as_name(row.cell("席位")))
        if role is None:
            row.fault("席位", f"写的是“{as_name(row.cell('席位'))}”，只能是 {'、'.join(ROLES)}")
        post, unit = as_name(row.cell("职务")), as_name(row.cell("单位"))
        if words := person_in_post(row.text("职务")):
            row.fault("职务", words)
        known = unit_in(row, "单位", unit, names) if unit else ""
        if bool(post) == bool(unit):
            row.fault("职务", "职务和单位请填一个，也只填一个")
        elif role and role.of_units and not unit:
            row.fault("单位", f"{role.chinese}只能是单位")
        if group and role and known is not None:
            one = _Written(group, role, post, known)
            if known and one in found:  # of one post there may be several: 副区长
                row.fault("单位", f"{group.name}的{role.chinese}{known}写了两次")
            found.append(one)
    return found


def _group(session: Session, campaign_id: int, row: Row, name: str) -> WorkingGroup | None:
    if not name:
        row.fault("组", "没有填写")
        return None
    try:
        return group_named(session, campaign_id, name)
    except NotFoundError as error:
        row.fault("组", str(error))
        return None
