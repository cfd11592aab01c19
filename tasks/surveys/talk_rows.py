"""The sheets of outlines and talks, and how their rows are read."""

from collections.abc import Mapping, Sequence
from datetime import date

from models.rules.bounds import LONGEST_NOTE
from models.rules.surveys.words import TalkRole
from models.rules.words import post_fault
from models.surveys.talk import Talk, TalkQuestion
from models.surveys.talk_writing import NewTalk, NewTalkMark, OutlineItem
from tasks.lists.belonging import OUTLINE as OUTLINE_TITLE
from tasks.lists.names import unit_in, with_bodies
from tasks.surveys.masking import masked_remark
from tasks.workbook.cells import YES_NO, as_code, as_day, as_name, as_number, as_yes
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

ROLES = {one.chinese: one for one in TalkRole}
OUTLINE = Sheet(
    "访谈提纲",
    (
        Column("对象", choices=tuple(ROLES), width=12),
        Column("题号", kind=Kind.NUMBER, width=7),
        Column("问题", longest=LONGEST_NOTE, width=60),
        Column("满分", kind=Kind.NUMBER, width=8),
    ),
    title=OUTLINE_TITLE,
    note="领导、科室、执法人员、群众各一份提纲，可以改；装回以表里的为准。",
    spare=30,
)
PLANNED = Sheet(
    "访谈安排",
    (
        Column("编号", required=False, locked=True, width=8, hint="新的访谈空着，装入时编号"),
        Column("对象", choices=tuple(ROLES), width=12),
        Column("单位", required=False, width=24, hint="群众可以不填"),
        Column("日期", kind=Kind.DAY, width=12),
        Column("访谈人", width=18, hint="职务，如 评估测评组"),
        Column("取消", required=False, choices=YES_NO, width=7),
    ),
    title="访谈登记表",
    note="一行一次访谈，只记对象的类别和单位，不记姓名。装入后再导出，“访谈记录”里就有每次访谈的问题。",
    spare=60,
)
ANSWERED = Sheet(
    "访谈记录",
    (
        Column("编号", locked=True, width=8),
        Column("对象", locked=True, shown=True, required=False, width=10),
        Column("单位", locked=True, shown=True, required=False, width=20),
        Column("题号", locked=True, kind=Kind.NUMBER, width=6),
        Column("问题", locked=True, shown=True, required=False, longest=LONGEST_NOTE, width=40),
        Column("满分", locked=True, shown=True, required=False, kind=Kind.NUMBER, width=7),
        Column("得分", kind=Kind.NUMBER, required=False, width=7),
        Column("要点", required=False, longest=LONGEST_NOTE, width=40, hint="不写姓名和电话"),
        Column("列为问题", required=False, choices=YES_NO, width=9),
        Column("问题编号", locked=True, shown=True, required=False, width=10),
    ),
    title="访谈登记表",
    note="按题打分，写要点。要整改的在“列为问题”选 是，装入后自动成为问题，只提一次。",
    still=4,
)
MOST = 100  # points of a question, and its number


def outline_items(book: Book) -> list[OutlineItem]:
    """Return the questions of the outlines; faults are kept in ``book``."""
    first: dict[tuple[str, int], int] = {}
    found = []
    for row in book.rows(OUTLINE):
        role = role_in(row)
        number, points = row.whole("题号", 1, MOST), row.read("满分", as_number, "数字")
        if number is None:
            continue
        if points is None or not 0 < points <= MOST:
            row.fault("满分", f"应为大于 0、不超过 {MOST} 的数字")
            continue
        if not row.text("问题"):
            row.fault("问题", "没有填写")
        if role is None:
            continue
        row.once("题号", (role, number), first)
        found.append(OutlineItem(role, number, row.text("问题"), points))
    if not found and not book.faults.lines:
        book.faults.add("提纲是空的，至少要有一题")
    return found


def role_in(row: Row) -> TalkRole | None:
    """Return whom a row is about; a fault, and None, for another word."""
    role = ROLES.get(as_name(row.cell("对象")))
    if role is None:
        row.fault("对象", f"应为 {'、'.join(ROLES)}")
    return role


class TalkRows:
    """Reads the two sheets of talks against the talks, outlines and units there are."""

    def __init__(
        self,
        book: Book,
        known: Mapping[int, Talk],
        asked: Sequence[TalkQuestion],
        units: tuple[Mapping[str, str], Mapping[str, int]],
    ) -> None:
        self._book, self._known = book, known
        self._asked = {(one.role, one.number): one.points for one in asked}
        self._names, self._ids = with_bodies(units[0]), units[1]
        self.masked = 0

    def talks(self, today: date) -> list[NewTalk]:
        """Return the talks of the first sheet; none where it is not there."""
        if not self._book.has(PLANNED):
            return []
        found = []
        for row in self._book.rows(PLANNED):
            number = self._number(row) if row.text("编号") else 0
            role = role_in(row)
            day = row.read("日期", as_day, "2026-05-20 这样的日期")
            unit = self._unit(row, role)
            if day is None and not row.text("日期"):
                row.fault("日期", "没有填写")
            if fault := post_fault(row.text("访谈人"), "访谈"):
                row.fault("访谈人", fault)
            gone = row.read("取消", as_yes, "是 或 否")
            if role and day and number is not None:
                found.append(NewTalk(number, role, unit, day, row.text("访谈人"), bool(gone)))
        return found

    def marks(self) -> list[NewTalkMark]:
        """Return what the second sheet says; rows that say nothing are left out."""
        if not self._book.has(ANSWERED):
            return []
        found = []
        for row in self._book.rows(ANSWERED):
            said = [row.text(name) for name in ("得分", "要点", "列为问题")]
            number = self._number(row)
            if number is not None and any(said) and (one := self._mark(row, number)):
                found.append(one)
        return found

    def _number(self, row: Row) -> int | None:
        digits = as_code(row.cell("编号")).removeprefix("T")
        if not digits.isdecimal() or int(digits) not in self._known:
            row.fault("编号", f"没有编号为“{row.text('编号')[:20]}”的访谈；新的访谈空着")
            return None
        return int(digits)

    def _unit(self, row: Row, role: TalkRole | None) -> int | None:
        written = as_name(row.cell("单位"))
        if not written and role is TalkRole.PEOPLE:
            return None
        unit = unit_in(row, "单位", written, self._names)
        return self._ids[unit] if unit else None

    def _mark(self, row: Row, talk: int) -> NewTalkMark | None:
        number, points = row.read("题号", as_number, "题号"), row.read("得分", as_number, "数字")
        raised = row.read("列为问题", as_yes, "是 或 否")
        most = self._asked.get((self._known[talk].role, int(number or 0)))
        if most is None:
            row.fault("题号", "提纲里没有这一题")
            return None
        if points is not None and not 0 <= points <= most:
            row.fault("得分", f"应为 0 到 {most:g}")
        note = row.text("要点")
        if raised and not note:
            row.fault("要点", "列为问题的要写明是什么问题")
        said = masked_remark(note)
        self.masked += said != note
        return NewTalkMark(talk, int(number or 0), points, said, bool(raised))
