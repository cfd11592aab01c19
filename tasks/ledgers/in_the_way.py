"""What a file is that lies where a ledger is to be written: that ledger untouched, filled in, or another."""

from models.errors import PlanError
from tasks.guarded.many import ManyWorker
from tasks.ledgers.belonging import name_in
from tasks.ledgers.numbers.sheets import OWN_FIGURES, OWN_SCORES
from tasks.ledgers.sheets import HANDED, LEDGER, PIECES, as_returned
from tasks.workbook.declaring import Sheet
from tasks.workbook.reading import Book, book_of

_SHEETS = tuple(map(as_returned, (LEDGER, PIECES, OWN_FIGURES, OWN_SCORES)))

Rows = list[tuple[str, tuple[str, ...]]]


def in_the_way(name: str, there: bytes, wanted: bytes, reader: ManyWorker) -> str:
    """Return why ``there`` may not give way to the ledger ``wanted``; "" where it is that one, untouched.

    Cells are compared and not bytes: another version of the program writes the same ledger otherwise, and
    so does whoever saves it again.
    """
    try:
        old, new = (_opened(name, content, reader) for content in (there, wanted))
    except PlanError:
        return "已经存在，不是能读的台账"
    if name_in(old) != name_in(new):
        return "已经存在，是另一份台账"
    said, sent = _rows(old), _rows(new)
    if old.faults.lines or old.notes():
        return "已经存在，里面有别的内容"
    other = next((sheet for sheet, cells in said if (sheet, cells) not in set(sent)), "")
    if other:
        return f"已经存在，“{other}”表里有填好的内容"
    return "" if said == sent else "已经存在，里面少了几行"


def _opened(name: str, content: bytes, reader: ManyWorker) -> Book:
    return book_of(name, content, _SHEETS, (HANDED.name, "一页看清"), reader)


def _rows(book: Book) -> Rows:
    return [
        (sheet.name, tuple(row.text(name) for name in _typed(sheet)))
        for sheet in _SHEETS
        if book.has(sheet)
        for row in book.rows(sheet)
    ]


def _typed(sheet: Sheet) -> list[str]:
    """Return the columns that a unit may fill in, and those by which a row is known."""
    return [column.name for column in sheet.read if not column.hidden]
