"""What the rows of a returned ledger hand in as evidence, and the files that came for it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from models.evidence.ledgers.issues import LedgerPart
from models.rules.bounds import A_DAY, shown
from models.rules.evidence.ledger_words import LACKS
from models.rules.evidence.pieces import NewEvidence, description_faults, item_of
from tasks.intake.arrived import Arrived
from tasks.ledgers.holders import Holders
from tasks.ledgers.rows import SentTo, bad_rows
from tasks.ledgers.sheets import PIECES, as_returned
from tasks.workbook.cells import as_code, as_day, as_names
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

# By name, and whose ledger asks, of which campaign; several where their contents differ.
FindFile = Callable[[str, str, int | None], Sequence[Arrived]]


@dataclass(frozen=True, slots=True)
class PieceSaid:
    """A row that hands a piece of evidence in."""

    new: NewEvidence
    row: Row


class PieceRows:
    """Reads the rows for evidence of one ledger."""

    def __init__(self, book: Book, of: SentTo, holders: Holders) -> None:
        """Read ``book``, which was sent out as ``of`` says."""
        self._book, self._of, self._holders = book, of, holders
        self.rows = 0
        self._sent: dict[str, int] = {}  # part by code
        for (code, _), row in of.sent.rows.items():
            self._sent.setdefault(as_code(code), row.part_id)

    def pieces(
        self,
        find: Callable[[str], Sequence[Arrived]],
        handed: Mapping[str, Collection[tuple[str, str]]],
    ) -> list[PieceSaid]:
        """Return the evidence that rows hand in; ``find`` returns the files of a name that came.

        ``handed`` are by unit the titles and file names that it handed in before: a row that names one whose
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
        bad = bad_rows(self._book)
        return [one for one in found if (one.row.sheet, one.row.number) not in bad]

    def _piece(
        self,
        row: Row,
        find: Callable[[str], Sequence[Arrived]],
        handed: Mapping[str, Collection[tuple[str, str]]],
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
        provider = self._provider(row, items)
        if named and not url and file is None:
            if any(
                (title, plain_file(named)) in handed.get(unit, ())
                for unit in (self._of.unit, provider)
            ):
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
            provider=provider,
            place=f"表“{row.sheet}”第 {row.number} 行",
        )

    def _provider(self, row: Row, items: Sequence[str]) -> str:
        """Return the unit that hands a piece in for ``items``: whoever holds them by now."""
        unit, held = self._of.unit, dict[str, LedgerPart]()
        for item in items:
            part_id = self._sent.get(as_code(item_of(item)[0]))
            if part_id is None:
                continue  # a fault already
            part = self._holders.now(part_id, self._of.unit_id)
            if part is None:
                row.fault("编号", f"“{shown(item)}”：{self._holders.became(part_id)}，没有收")
            else:
                held[part.unit] = part
                if part.unit != unit:
                    words = self._holders.moved(part_id, part, unit)
                    self._of.moved.add(row.sheet, row.number, words)
        if len(held) > 1:
            row.fault("编号", f"这几项现在分别由{'、'.join(held)}承担，请分行写")
        return next(iter(held), unit)

    def _words(self, row: Row, title: str, url: str, items: Sequence[str], revises: bool) -> None:
        """Keep the faults of a piece's words, each at its cell."""
        if not items and not revises:
            row.fault("编号", "没有写它证明哪一项")
        for item in items:
            code, _ = item_of(item)
            if as_code(code) not in self._sent:
                row.fault("编号", f"“{shown(item)}”不是发给{self._of.unit}的事项")
        if not title and not revises:
            row.fault("材料名称", "没有填写")
        for fault in description_faults(title or "材料", "", "", url, ()):
            row.fault("文件名或网址" if fault.startswith("网址") else "材料名称", fault)


def nothing_waits(name: str, unit: str, campaign_id: int | None) -> Sequence[Arrived]:
    """Find no file, whatever its ``name`` and whichever ``unit`` of whichever campaign asks."""
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
