"""How many people of each unit sit a test: out as a list, and back; they get numbers, never names."""

from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import CampaignError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.words import STAFF, Audience
from models.rules.words import OFFICE
from models.surveys.law_making import seat_candidates
from models.surveys.law_test import candidates_of, law_test_numbered
from models.units.unit import units_of
from tasks.figures.figures_list import names_and_ids
from tasks.lists.belonging import LAW_SEATS, list_title
from tasks.lists.names import unit_in, with_bodies
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_name
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

SEATS = Sheet(
    "考生人数",
    (
        Column("单位", locked=True, width=24),
        *(Column(one.chinese, kind=Kind.NUMBER, required=False, width=12) for one in STAFF),
        Column("考号", shown=True, required=False, locked=True, width=40),
    ),
    title=LAW_SEATS,
    note="只填人数，不填姓名。装入后编出考号（如 012Z003：Z 执法人员，Q 其他人员），再导出一次就看得到；谁用哪个考号由本单位自己掌握。",
)
MOST = 999  # people of a unit and kind of staff: three figures of a number


def export_seats(
    slug: str | None, number: int | None, path: Path, moment: Moment
) -> tuple[int, int]:
    """Write how many people of each unit sit a test, with their numbers; return how many units and people."""
    with looking_at(slug) as (session, campaign):
        test = law_test_numbered(session, key_of(campaign), number)
        title = list_title(campaign, LAW_SEATS, moment.today, f"第 {test.number} 次测试")
        units = [one for one in units_of(session, key_of(campaign)) if not one.retired]
        seats: dict[int, dict[str, list[str]]] = {}
        for one in candidates_of(session, test):
            seats.setdefault(one.unit_id, {}).setdefault(one.audience, []).append(one.number)
        rows = [
            (
                unit.name,
                *(len(own.get(staff.value, ())) or None for staff in STAFF),
                "、".join(number for numbers in own.values() for number in numbers),
            )
            for unit in units
            for own in [seats.get(key_of(unit), {})]
        ]
    write_workbook(path, [SEATS.filled(rows, title)])
    return len(rows), sum(len(n) for own in seats.values() for n in own.values())


def load_seats(slug: str | None, number: int | None, path: Path, moment: Moment) -> Loaded:
    """Take the list in: who is added gets the next number, who has sat is never taken out. Repeatable.

    An empty cell leaves what stands. Raises PlanError with every fault; nothing is written then.
    """
    with returned(slug, path, (SEATS,), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        test = law_test_numbered(session, campaign_id, number)
        if test.repeat_of is not None:
            raise CampaignError("补考的考生就是上次没有通过和没有参加的，不另外登记人数")
        names, ids = names_and_ids(session, campaign_id)
        places = {key_of(one): n for n, one in enumerate(units_of(session, campaign_id), 1)}
        counts = _counts(taken.book, names, ids)
        taken.book.faults.stop()
        came, went, faults = seat_candidates(session, test, counts, places)
        for fault in faults:
            taken.book.faults.add(fault)
        taken.book.faults.stop()
        if came or went:
            facts = {"added": came, "vacated": went, "made_by": OFFICE}
            taken.record("law-candidates-loaded", facts)
        total = len(candidates_of(session, test))
        return taken.loaded(came + went, f"新增 {came} 人，减少 {went} 人，现有 {total} 个考号")


def _counts(
    book: Book, names: dict[str, str], ids: dict[str, int]
) -> dict[tuple[int, Audience], int]:
    bodies, found = with_bodies(names), dict[tuple[int, Audience], int]()
    first: dict[str, int] = {}
    for row in book.rows(SEATS):
        unit = unit_in(row, "单位", as_name(row.cell("单位")), bodies)
        if unit is None:
            continue
        row.once("单位", unit, first, unit)
        for staff in STAFF:
            if (count := _people(row, staff.chinese)) is not None:
                found[ids[unit], staff] = count
    return found


def _people(row: Row, column: str) -> int | None:
    return row.whole(column, 0, MOST) if row.text(column) else None
