"""The matrix of units and venues: out as a list, and back with what was done where."""

from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import looking_at
from models.campaign.progress import Report, register
from models.figures.pieces import pieces_by_code
from models.keys import key_of
from models.publicity.venue import (
    NewVenue,
    VenueLine,
    measures_by_venues,
    store_venues,
    venue_lines,
)
from models.rules.bounds import A_DAY, LONGEST_NOTE
from models.rules.calendar.moment import Moment
from models.rules.progress import WORDS, state_named
from models.rules.registrar import registrar_fault
from models.rules.words import OFFICE, Progress
from tasks.figures.figures_list import names_and_ids, unit_meant
from tasks.lists.belonging import VENUES as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.names import unit_in, with_bodies
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import YES_NO, as_code, as_day, as_name, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

VENUES = Sheet(
    "宣传场所",
    (
        Column("措施编号", required=False, locked=True, shown=True, width=10),
        Column("单位", width=20),
        Column("场所", width=26),
        Column("做什么", required=False, longest=LONGEST_NOTE, width=26, hint="如 滚动播放标语"),
        Column("进度", choices=tuple(WORDS), width=9),
        Column("完成日期", kind=Kind.DAY, required=False, width=12),
        Column("证明材料", required=False, width=10, hint="材料编号，如 E0003；没有不算缺"),
        Column("说明", required=False, longest=LONGEST_NOTE, width=24),
        Column("撤销", required=False, choices=YES_NO, width=7, hint="不再是宣传场所的选 是"),
    ),
    title=TITLE,
    note="一行一个场所。在哪里做了什么，写进度和日期；有照片或网址的先报成证明材料，把编号写在这里。新的场所写在下面的空行。",
    spare=20,
    still=3,
)


def export_venues(slug: str | None, path: Path, unit: str | None, moment: Moment) -> int:
    """Write the venues of a campaign, or of one unit, as they stand; return how many."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        lines = venue_lines(session, campaign_id)
        title = list_title(campaign, TITLE, moment.today, unit or "")
        if unit:
            _, ids = names_and_ids(session, campaign_id)
            unit_id = unit_meant(session, campaign_id, unit)
            lines = [one for one in lines if ids[one.unit] == unit_id]
    write_workbook(path, [VENUES.filled([_cells(one) for one in lines], title)])
    return len(lines)


def load_venues(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list of venues in: only rows that say something new are written. Repeatable.

    A measure of the plan is done when all its venues are. Raises PlanError with every fault, by sheet,
    row and column; nothing is written then.
    """
    by = by.strip() or OFFICE
    with returned(slug, path, (VENUES,), moment) as taken:
        reader = _VenueRows(taken, by)
        said = [new for row in taken.book.rows(VENUES) if (new := reader.of(row))]
        taken.book.faults.stop()
        changed = store_venues(taken.session, taken.campaign_id, said, by)
        moved = _measures_moved(taken.session, taken.campaign_id, by, moment) if changed else 0
        if changed:
            taken.record("venues-loaded", {"items": changed[:50], "amount": len(changed)})
        more = f"{moved} 项宣传措施的进展随之登记" if moved else ""
        return taken.loaded(len(changed), f"读到 {len(said)} 行，{len(changed)} 处变更", more)


def _measures_moved(session: Session, campaign_id: int, by: str, moment: Moment) -> int:
    moved = 0
    for code, (state, day) in measures_by_venues(session, campaign_id).items():
        note = "各场所均不适用，见宣传场所表" if state is Progress.DROPPED else "按宣传场所表"
        if state is not Progress.OPEN:
            report = Report(code, state, by, done_on=day, note=note)
            moved += register(session, campaign_id, report, moment=moment)
    return moved


def _cells(one: VenueLine) -> tuple[str | date | None, ...]:
    code = f"E{one.evidence:04d}" if one.evidence else ""
    head = (one.code, one.unit, one.name, one.deed, one.state.chinese)
    return (*head, one.done_on, code, one.note, "")


class _VenueRows:
    """Reads the rows of a returned list against units and evidence."""

    def __init__(self, taken: Returned, by: str) -> None:
        self._names, self._ids = names_and_ids(taken.session, taken.campaign_id)
        self._bodies = with_bodies(self._names)
        self._pieces = pieces_by_code(taken.session, taken.campaign_id)
        self._by, self._today = by, taken.moment.today
        self._first: dict[tuple[str, str], int] = {}

    def of(self, row: Row) -> NewVenue | None:
        """Return what a row says; its faults stay in the book."""
        unit = unit_in(row, "单位", as_name(row.cell("单位")), self._bodies)
        name = row.text("场所")
        if not name:
            row.fault("场所", "没有填写")
        state = state_named(row.text("进度") or Progress.OPEN.chinese)
        if state is None:
            row.fault("进度", f"写的是“{row.text('进度')}”，应为{'、'.join(WORDS)}")
        day = row.read("完成日期", as_day, A_DAY)
        if day and day > self._today:
            row.fault("完成日期", f"{day} 还没有到")
        code = as_code(row.cell("证明材料"))
        if code and code not in self._pieces:
            row.fault("证明材料", f"没有编号为“{code}”的证明材料，应为 E0003 这样的编号")
        withdraw = bool(row.read("撤销", as_yes, "是或否"))
        if unit is None or not name or state is None:
            return None
        if fault := registrar_fault(self._by, {unit}, self._names):
            row.fault("单位", fault)
        if self._first.setdefault((unit, name), row.number) != row.number:
            row.fault("场所", f"与第 {self._first[unit, name]} 行是同一个单位的同一个场所")
        note = row.text("说明")
        if state is Progress.DROPPED and not note:
            row.fault("说明", "不适用的请写明理由")
        if day and state is not Progress.DONE:
            row.fault("完成日期", f"进度是{state.chinese}，没有完成的不写完成日期")
        done = (day or self._today) if state is Progress.DONE else None
        piece = self._pieces.get(code)
        return NewVenue(
            self._ids[unit], name, row.text("做什么"), state, done, piece, note, withdraw
        )
