"""What the rows of a returned ledger say: of each part that was sent out, and of new evidence."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.evidence.ledgers.issues import LedgerPart
from models.rules.bounds import A_DAY, shown
from models.rules.evidence.ledger_words import LACKS
from models.rules.evidence.ledgers import (
    Disagreement,
    PartSaid,
    SentLedger,
    SentRow,
    Weighed,
    weigh,
)
from models.rules.evidence.pieces import NewEvidence, description_faults, item_of
from models.rules.progress import progress_faults, state_named
from models.rules.words import Progress
from tasks.intake.arrived import Arrived
from tasks.ledgers.sheets import LEDGER, PIECES, STATES, as_returned
from tasks.workbook.cells import as_code, as_day, as_name, as_names
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

Place = tuple[str, int]  # sheet, and row as Excel shows it
# By name, and whose ledger asks; several where their contents differ.
FindFile = Callable[[str, str], Sequence[Arrived]]


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
class PieceSaid:
    """A row that hands a piece of evidence in."""

    new: NewEvidence
    row: Row


class LedgerRows:
    """Reads the rows of one ledger against what was sent out and what is registered."""

    def __init__(
        self,
        book: Book,
        unit: str,
        sent: SentLedger,
        parts: Mapping[int, LedgerPart],
        today: date,
        begins: date | None,
    ) -> None:
        """Read ``book`` of ``unit``; ``parts`` are all of the campaign by id, withdrawn ones too."""
        self._book, self._unit, self._sent, self._parts = book, unit, sent, parts
        self._today, self._begins = today, begins
        self.rows = 0
        self._by_code: dict[str, dict[str, SentRow]] = {}  # code, role
        for (code, role), row in sent.rows.items():
            self._by_code.setdefault(as_code(code), {})[role] = row

    @property
    def bad(self) -> set[Place]:
        """Return the rows in which something is wrong."""
        return {(one.sheet, one.row) for one in self._book.faults.places}

    def answers(self) -> list[Said]:
        """Return what the rows of parts say that is new; rows with a fault say nothing."""
        found, first = [], dict[int, int]()
        for row in self._book.rows(as_returned(LEDGER)):
            self.rows += 1
            sent = self._sent_row(row)
            if sent is None:
                continue
            if first.setdefault(sent.part_id, row.number) != row.number:
                row.fault("编号", f"与第 {first[sent.part_id]} 行重复，请只留一行")
            elif said := self._said(row, sent):
                found.append(said)
        bad = self.bad
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
                f"“{shown(code)}”不是发给{self._unit}的事项" if code else "被清空了，请照原样填回",
            )
        return None

    def _said(self, row: Row, sent: SentRow) -> Said | None:
        part = self._parts.get(sent.part_id)
        said = self._answer(row, sent.answer, part)
        if said is None or said == sent.answer:
            return None  # untouched, or a fault that is kept already
        if part is None or part.withdrawn:
            row.fault("编号", "这一项已经撤销或改由别的单位承担，没有收；请用新发的台账")
            return None
        if part.unit != self._unit:
            row.fault("编号", f"这一项现在由{part.unit}承担，没有收；请用新发的台账")
            return None
        weighed = weigh(sent.answer, part.answer, said)
        state, day, note = weighed.answer
        if weighed.answer != part.answer:
            for fault in progress_faults(Progress(state), day, note, self._today, self._begins):
                row.fault("完成日期" if "完成日期" in fault else "说明", fault)
        return Said(part, weighed, (row.sheet, row.number))

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
            day = day or self._today
        return PartSaid(state.value, day, note)

    def pieces(
        self, find: Callable[[str], Sequence[Arrived]], handed: Collection[tuple[str, str]]
    ) -> list[PieceSaid]:
        """Return the evidence that rows hand in; ``find`` returns the files of a name that came.

        ``handed`` are titles and file names that the unit handed in before: a row that names one whose
        file did not come again says nothing new.
        """
        if not self._book.has(as_returned(PIECES)):
            return []
        found = []
        for row in self._book.rows(as_returned(PIECES)):
            self.rows += 1
            piece = self._piece(row, find, handed)
            if piece:
                found.append(PieceSaid(piece, row))
        bad = self.bad
        return [one for one in found if (one.row.sheet, one.row.number) not in bad]

    def _piece(
        self,
        row: Row,
        find: Callable[[str], Sequence[Arrived]],
        handed: Collection[tuple[str, str]],
    ) -> NewEvidence | None:
        items, title = as_names(row.cell("编号")), row.text("材料名称")
        named, code = row.text("文件名或网址"), row.text("原材料编号")
        days = {
            name: row.read(name, as_day, f" {A_DAY}")
            for name in ("事实发生日期", "有效期至", "承诺日期")
        }
        url = named if named.lower().startswith(("http://", "https://")) else ""
        found = [] if url or not named else find(named)
        file = found[0] if found else None
        if len(found) > 1:
            row.fault(
                "文件名或网址",
                f"收到 {len(found)} 个内容不同、都叫“{shown(named)}”的文件，不知道是哪一个；请改成不同的名字再报",
            )
        if named and not url and file is None:
            if (title, plain_file(named)) in handed:
                return None
            row.fault(
                "文件名或网址",
                f"{LACKS}{shown(named)}”；请把文件与台账放在一起再报，或只补报这个文件，文件名要一致",
            )
        if not named and not days["承诺日期"]:
            row.fault("文件名或网址", "没有填写；还没有的材料请填承诺日期")
        self._words(row, title, url, items, bool(code))
        return NewEvidence(
            title or code,
            items,
            file_name=file.name if file else "",
            content=file.content if file else None,
            url=url,
            code=code,
            caption=row.text("时间地点人物事由"),
            passage=row.text("证明段落"),
            fact_on=days["事实发生日期"],
            expires_on=days["有效期至"],
            promised_on=days["承诺日期"],
            provider=self._unit,
            place=f"表“{row.sheet}”第 {row.number} 行",
        )

    def _words(self, row: Row, title: str, url: str, items: Sequence[str], revises: bool) -> None:
        """Keep the faults of a piece's words, each at its cell."""
        if not items and not revises:
            row.fault("编号", "没有写它证明哪一项")
        for item in items:
            code, _ = item_of(item)
            if as_code(code) not in self._by_code:
                row.fault("编号", f"“{shown(item)}”不是发给{self._unit}的事项")
        if not title and not revises:
            row.fault("材料名称", "没有填写")
        for fault in description_faults(title or "材料", "", "", url, ()):
            row.fault("文件名或网址" if fault.startswith("网址") else "材料名称", fault)


def nothing_waits(name: str, unit: str) -> Sequence[Arrived]:
    """Find no file, whatever its ``name`` and whichever ``unit`` asks."""
    return ()


def by_plain_name(files: Sequence[Arrived]) -> dict[str, list[Arrived]]:
    """Return files by their plain names; of those with one name each content once."""
    found: dict[str, list[Arrived]] = {}
    for file in files:
        same = found.setdefault(plain_file(file.name), [])
        if all(one.content != file.content for one in same):
            same.append(file)
    return found


def plain_file(name: str) -> str:
    """Return the name of a file as it is compared: without folders, blanks around it and capitals."""
    return name.replace("\\", "/").rpartition("/")[2].strip().casefold()
