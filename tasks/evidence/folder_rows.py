"""What the rows of a list of evidence say, each of a file that lies beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.rules.bounds import A_DAY, shown
from models.rules.evidence.pieces import NewEvidence, PieceTaken, description_faults
from tasks.evidence.folder_sheets import FILE, PIECES_LISTED
from tasks.ledgers.sheets import as_returned
from tasks.workbook.cells import as_day, as_name, as_names, as_yes
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

_DAYS = ("事实发生日期", "生效日期", "有效期至", "承诺日期")
# A fault begins with what it is of; else it stands at the file.
_COLUMNS = {
    "材料名称": "材料名称",
    "没有写材料名称": "材料名称",
    "时间地点人物事由": "时间地点人物事由",
    "证明段落": "证明段落",
    "网址": FILE,
    "没有名为": "提供单位",
    "没有写它证明": "证明事项",
    "没有编号为“E": "原材料编号",
    "没有编号为": "证明事项",
    **{day: day for day in _DAYS},
}


@dataclass(frozen=True, slots=True)
class PieceListed:
    """A row that hands a piece in, and where it stands."""

    new: NewEvidence
    row: Row


class FolderRows:
    """Reads a list of evidence against the files of its folder; ``files`` are those by their plain names."""

    def __init__(self, book: Book, files: Mapping[str, Sequence[Path]]) -> None:
        self._book, self._files = book, files
        self.named: set[Path] = set()
        self.rows = 0

    def pieces(self) -> list[PieceListed]:
        """Return what good rows hand in; what is wrong with the others is kept as faults of their cells."""
        found = [
            PieceListed(self._piece(row), row)
            for row in self._book.rows(as_returned(PIECES_LISTED))
        ]
        self.rows = len(found)
        bad = {(one.sheet, one.row) for one in self._book.faults.places}
        return [one for one in found if (one.row.sheet, one.row.number) not in bad]

    def _piece(self, row: Row) -> NewEvidence:
        named, title = row.text(FILE), row.text("材料名称")
        url = named if named.lower().startswith(("http://", "https://")) else ""
        days = {name: row.read(name, as_day, f" {A_DAY}") for name in _DAYS}
        publish = row.read("公开", as_yes, "是或否")
        path = self._file(row, named) if named and not url else None
        code = as_name(row.cell("原材料编号"))
        if not named and not days["承诺日期"] and not code:
            row.fault(FILE, "没有填写；还没有的材料请填承诺日期")
        if not title:
            row.fault("材料名称", "没有填写")
        for fault in description_faults(title or "材料", "", "", url, ()):
            tell(row, fault)
        return NewEvidence(
            title,
            as_names(row.cell("证明事项")),
            file_name=path.name if path else "",
            url=url,
            code=code,
            caption=row.text("时间地点人物事由"),
            passage=row.text("证明段落"),
            fact_on=days["事实发生日期"],
            effective_on=days["生效日期"],
            expires_on=days["有效期至"],
            promised_on=days["承诺日期"],
            provider=as_name(row.cell("提供单位")),
            to_publish=bool(publish),
            place=f"表“{row.sheet}”第 {row.number} 行",
            path=path,
        )

    def _file(self, row: Row, named: str) -> Path | None:
        found = self._files.get(path_within(named), ())
        self.named.update(found)
        if len(found) == 1:
            return found[0]
        if found:
            where = "、".join(sorted(path.parent.name for path in found)[:3])
            row.fault(
                FILE, f"有 {len(found)} 个文件都叫“{shown(named)}”（{where}），请连文件夹名一起写"
            )
        else:
            row.fault(
                FILE, f"文件夹里没有“{shown(named)}”；请放进来，或改成一样的文件名（连同后缀）"
            )
        return None


def tell(row: Row, fault: str) -> None:
    """Keep a fault of a piece at the cell that it is of."""
    row.fault(next((to for begin, to in _COLUMNS.items() if fault.startswith(begin)), FILE), fault)


def refusals(listed: Sequence[PieceListed], taken: Sequence[PieceTaken]) -> Iterator[PieceTaken]:
    """Keep at its row why a piece was not taken; yield those that were."""
    for one, said in zip(listed, taken, strict=True):
        if not said.refused:
            yield said
        elif said.secret:
            tell(one.row, said.refused)
        else:
            for fault in said.refused.split("；"):
                tell(one.row, fault)


def path_within(name: str) -> str:
    """Return a file's name, or its path within the folder, as it is compared."""
    return name.replace("\\", "/").strip().strip("/").casefold()
