"""What the rows of a returned ledger say of each part that was sent out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.evidence.ledgers.issues import LedgerPart
from models.rules.bounds import A_DAY, shown
from models.rules.evidence.ledgers import (
    Disagreement,
    PartSaid,
    SentLedger,
    SentRow,
    Weighed,
    weigh,
)
from models.rules.evidence.wording import Wording, wording_of
from models.rules.progress import progress_faults, state_named
from models.rules.words import Progress
from tasks.ledgers.holders import Holders, Moved
from tasks.ledgers.sheets import LEDGER, STATES, as_returned
from tasks.workbook.cells import as_code, as_day, as_name
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

_ASKED = "事项与要求"

Place = tuple[str, int]  # sheet, and row as Excel shows it


@dataclass(frozen=True, slots=True)
class Said:
    """A row that says something new of a part: what it comes to, and where it stands."""

    part: LedgerPart
    weighed: Weighed
    place: Place


@dataclass(frozen=True, slots=True)
class AtOdds:
    """A cell that says something else than what was registered since it went out; of which part, and where."""

    part_id: int
    place: Place
    said: Disagreement


@dataclass(frozen=True, slots=True)
class SentTo:
    """Whose ledger it is and what it said when it went out; ``moved`` gathers what is another's by now.

    ``others`` are what it may have said where nobody knows which version came back.
    """

    unit: str
    unit_id: int
    sent: SentLedger
    moved: Moved = field(default_factory=Moved)
    others: Sequence[SentLedger] = ()


class LedgerRows:
    """Reads the rows of one ledger against what was sent out and what is registered."""

    def __init__(
        self, book: Book, of: SentTo, holders: Holders, today: date, begins: date | None
    ) -> None:
        """Read ``book``, which was sent out as ``of`` says."""
        self._book, self._of, self._holders = book, of, holders
        self._today, self._begins = today, begins
        self.rows = 0
        self._by_code: dict[str, dict[str, SentRow]] = {}  # code, role
        for (code, role), row in of.sent.rows.items():
            self._by_code.setdefault(as_code(code), {})[role] = row

    def answers(self) -> list[Said]:
        """Return what the rows of parts say that is new; rows with a fault say nothing.

        Of two rows that are one part by now, as after a merger, the second is returned.
        """
        found, first, held = [], dict[int, int](), dict[int, int]()
        for row in self._book.rows(as_returned(LEDGER)):
            self.rows += 1
            sent = self._sent_row(row)
            if sent is None:
                continue
            if first.setdefault(sent.part_id, row.number) != row.number:
                row.fault("编号", f"与第 {first[sent.part_id]} 行重复，请只留一行")
            elif said := self._said(row, sent):
                before = held.setdefault(said.part.id, row.number)
                if before != row.number:
                    row.fault("编号", f"与第 {before} 行现在是同一项，请只在其中一行填写")
                found.append(said)
        bad = bad_rows(self._book)
        return [said for said in found if said.place not in bad]

    def _sent_row(self, row: Row) -> SentRow | None:
        code, role = as_code(row.cell("编号")), as_name(row.cell("角色"))
        roles = self._by_code.get(code, {})
        own = [sent for as_what, sent in roles.items() if role in ("", as_what)]
        if len(own) == 1:
            return own[0]
        if roles:
            row.fault("角色", f"写的是“{shown(role)}”，与发出的不同，请照原样填回")
        else:
            row.fault(
                "编号",
                f"“{shown(code)}”不是发给{self._of.unit}的事项"
                if code
                else "被清空了，请照原样填回",
            )
        return None

    def _said(self, row: Row, sent: SentRow) -> Said | None:
        part = self._holders.now(sent.part_id, self._of.unit_id)
        said = self._answer(row, sent.answer, part)
        if said is not None and self._of.others:
            said = self._without_old(row, sent, said)
        if said is None or said == sent.answer:
            return None  # untouched, or a fault that is kept already
        if part is None:
            became = self._holders.became(sent.part_id)
            row.fault("编号", f"{became}，没有收；请用新发的台账")
            return None
        moved = self._holders.moved(sent.part_id, part, self._of.unit)
        self._of.moved.add(row.sheet, row.number, moved)
        name_rewording(self._book, self._of, row, (_ASKED, part.title))
        weighed = weigh(sent.answer, part.answer, said)
        state, day, note = weighed.answer
        if weighed.answer != part.answer:
            for fault in progress_faults(Progress(state), day, note, self._today, self._begins):
                row.fault("完成日期" if "完成日期" in fault else "说明", fault)
        return Said(part, weighed, (row.sheet, row.number))

    def _without_old(self, row: Row, sent: SentRow, said: PartSaid) -> PartSaid:
        """Return what a row says without what an earlier version said too: it may be a copy of that one."""
        before = [
            each.answer
            for other in self._of.others
            for each in other.rows.values()
            if each.part_id == sent.part_id
        ]
        old = []
        if said.progress != sent.answer.progress and said.progress in {b.progress for b in before}:
            old.append("状态")
            said = PartSaid(*sent.answer.progress, said.note)
        if said.note != sent.answer.note and said.note in {each.note for each in before}:
            old.append("说明")
            said = said._replace(note=sent.answer.note)
        for column in old:
            self._book.note(
                f"表“{row.sheet}”第 {row.number} 行“{column}”列与以前发出的一版相同，看不出是不是改回去的，"
                "没有收；要改回的请在新发的台账里填"
            )
        return said

    def _answer(self, row: Row, sent: PartSaid, part: LedgerPart | None) -> PartSaid | None:
        """Return what a row says, None where a cell cannot be read."""
        word, note = row.text("状态"), row.text("说明")
        if not word:
            row.fault("状态", f"被清空了；要撤回请选“{Progress.OPEN.chinese}”")
            return None
        state = state_named(word)
        if state is None:
            row.fault("状态", f"写的是“{shown(word)}”，只能是 {'、'.join(STATES)}")
            return None
        day = row.read("完成日期", as_day, f" {A_DAY}")
        if day is None and row.text("完成日期"):
            return None
        if state is Progress.DONE and day is None and (state, day) != (sent.state, sent.done_on):
            # Nothing was said of the day: what is registered stands, or the day it came in counts.
            day = part.done_on if part and part.state == Progress.DONE else None
            if day is None:
                day = self._today
                place = (row.sheet, row.number, "完成日期")
                self._book.doubts.add(place, "", day, "没有填，按收到这一天登记")
        return PartSaid(state.value, day, note)


def bad_rows(book: Book) -> set[Place]:
    """Return the rows in which something is wrong."""
    return {(one.sheet, one.row) for one in book.faults.places}


def name_rewording(book: Book, of: SentTo, row: Row, words: tuple[str, str]) -> None:
    """Return a row whose number means another item by now; say it of one that was put in other words.

    ``words`` are the column that shows the item, and what the item is called now.
    """
    column, now = words
    if book.rewrote(row, column):
        return  # that another hand wrote there is named, and nothing can be told from it
    match wording_of(row.text(column), now):
        case Wording.ANOTHER:
            row.fault(
                "编号", f"现在是“{shown(now)}”，与这一行写的不是一件事，没有收；请用新发的台账"
            )
        case Wording.REWORDED:
            said = f"文字在发出以后改成了“{shown(now)}”，按现在的收下，请核对"
            of.moved.add(row.sheet, row.number, said)
