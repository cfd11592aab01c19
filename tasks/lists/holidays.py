"""The arrangement of a year's holidays in a file: the notice as text, or a table of holidays."""

import csv
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from models.errors import CampaignError, PlanError
from models.files.whole_file import read_given, shown_name
from models.plan.reading.doubts.unread import ASKED, MOST, unread_lines
from models.rules.bounds import year_fault
from models.rules.calendar.arrangement import Arrangement, Holiday, Reading
from models.rules.calendar.arrangement_text import festival_of, number_in, read_arrangement
from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tasks.documents.text import decode
from tasks.workbook.cells import as_day, as_names, as_number, as_text
from tasks.workbook.checking import is_workbook
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.opening import Page
from tasks.workbook.reading import Book, open_book
from tasks.workbook.rows import Row

ARRANGED = Sheet(
    "放假安排",
    (
        Column("节日", ("假期", "名称", "节日名称"), many=True),
        Column("开始", ("放假开始", "开始日期", "起"), kind=Kind.DAY),
        Column("结束", ("放假结束", "结束日期", "止"), kind=Kind.DAY),
        Column("天数", ("放假天数", "共几天"), kind=Kind.NUMBER, required=False),
        Column("调休上班", ("上班", "上班日期", "补班"), required=False, many=True),
    ),
)
LONGEST = 60  # days of a holiday; what is longer is a fault, told with its place
LARGEST_CSV = 1_000_000  # bytes
A_DAY = "2027-01-01 这样的日期"


def read_holidays(path: Path, year: int | None) -> Reading:
    """Return what a file says of a year, with every fault of its reading.

    ``year`` is the year where the file does not say it. Raises CampaignError for a file that cannot
    be read at all.
    """
    if year is not None and (fault := year_fault(year)):
        raise CampaignError(fault)
    if not is_workbook(path):
        document = read_document(path)
        text = "\n".join("，".join(one.cells) or one.text for one in document.lines)
        read = read_arrangement(text, year)
        lost = [piece for piece in document.not_read if piece.why in ASKED]
        return replace(read, notes=[*read.notes, *unread_lines(lost[:MOST])])
    return _read_table(_book(path), year)


def _book(path: Path) -> Book:
    if path.suffix.lower() != ".csv":
        return open_book(path, [ARRANGED])
    name = shown_name(path)
    try:
        text = decode(read_given(path, LARGEST_CSV, "放假安排"))
    except DocumentError as error:
        raise PlanError(name, [f"文件{error}"]) from None
    grid: list[list[object]] = [list(line) for line in csv.reader(text.splitlines())]
    return Book(name, [Page(ARRANGED.name, False, grid)], [ARRANGED])


def _read_table(book: Book, year: int | None) -> Reading:
    holidays = []
    for row in book.rows(ARRANGED):
        names = tuple(filter(None, (_festival(row, name) for name in as_names(row.cell("节日")))))
        if not names:
            row.fault("节日", "没有填写")
        off = _span(row)
        worked = [day for word in as_names(row.cell("调休上班")) if (day := _day(row, word))]
        holidays.append(Holiday(names, tuple(off), tuple(sorted(worked))))
    years = [one.off[-1].year for one in holidays if one.off]
    meant = year or (max(set(years), key=years.count) if years else None)
    if meant is None:
        return Reading(None, book.faults.lines or ["表里一个节日也没有"])
    words = " ".join(as_text(cell) for page in book.pages for line in page.grid for cell in line)
    found = Arrangement(meant, number_in(words), tuple(holidays))
    return Reading(found, book.faults.lines, book.notes())


def _festival(row: Row, name: str) -> str:
    if not (found := festival_of(name)):
        row.fault("节日", f"没有“{name}”这个节日")
    return found


def _span(row: Row) -> list[date]:
    first = row.read("开始", as_day, A_DAY)
    last = row.read("结束", as_day, A_DAY)
    counted = row.read("天数", as_number, "天数")
    if first is None or last is None:
        return []
    length = (last - first).days + 1
    if not 0 < length <= LONGEST:
        row.fault("结束", f"{first} 至 {last} 的起止不对")
        return []
    if counted is not None and counted != length:
        row.fault("天数", f"写的是 {counted:g} 天，{first} 至 {last} 是 {length} 天")
    return [first + timedelta(days=n) for n in range(length)]


def _day(row: Row, word: str) -> date | None:
    try:
        return as_day(word)
    except ValueError:
        row.fault("调休上班", f"写的是“{word}”，应为{A_DAY}")
        return None
