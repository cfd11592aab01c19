"""The index of a package: every file with its hash, every gap, in a workbook, a table and a list of hashes."""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO

from models.evidence.packages.packaging import PackageGap, PackedPiece
from models.rules.evidence.personal import mask_text
from models.rules.evidence.words import EvidenceKind
from tasks.workbook.declaring import Column, Filled, Kind, Sheet

MOST_LISTED = 5_000  # rows of a sheet; the .csv holds all
LONG = 2_000
FILES = Sheet(
    "材料",
    (
        Column("指标编号", width=10),
        Column("对应要求", width=9),
        Column("材料编号", width=10),
        Column("版次", width=6),
        Column("材料名称", width=30, longest=LONG),
        Column("类别", width=7),
        Column("文件", width=40, longest=LONG),
        Column("大小（字节）", kind=Kind.NUMBER, width=12),
        Column("SHA-256", width=22),
        Column("提供单位", width=18),
        Column("事实发生日期", kind=Kind.DAY, width=13),
        Column("失效日期", kind=Kind.DAY, width=13),
        Column("说明", width=30, longest=LONG),
        Column("证明段落", width=30, longest=LONG),
        Column("网址", width=24, longest=LONG),
        Column("备注", width=24, longest=LONG),
    ),
    note="按指标和材料编号排列。文件和 SHA-256 对应；核对方法见 核对说明.txt。",
)
CONTENTS = Sheet(
    "总目录",
    (
        Column("指标编号", width=10),
        Column("指标", width=60, longest=LONG),
        Column("材料份数", kind=Kind.NUMBER, width=10),
        Column("缺项", kind=Kind.NUMBER, width=8),
        Column("需处理", kind=Kind.NUMBER, width=8),
    ),
    note="一行一项指标。缺项和需处理的逐条列在“缺项和问题”表。",
)
GAPS = Sheet(
    "缺项和问题",
    (
        Column("指标编号", width=10),
        Column("要求", width=50, longest=LONG),
        Column("缺什么或有什么问题", width=60, longest=LONG),
        Column("材料编号", width=10),
    ),
    note="申报前逐条补齐或处理；没有行就是没有缺项和问题。",
)


@dataclass(frozen=True, slots=True)
class PackedFile:
    """A file as it lies in the package: its name with folders, its hash, its bytes, what is to be said of it."""

    piece: PackedPiece
    name: str
    sha256: str
    size: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that the office has to see to before it uploads."""

    indicator_code: str
    words: str
    demand: str = ""
    code: str = ""


def gap_words(gap: PackageGap) -> str:
    """Return what is missing and what is there instead."""
    instead = [
        f"{count} 份{words}"
        for count, words in (
            (gap.waiting, "已报未核"),
            (gap.returned, "被退回"),
            (gap.unassigned, "没有写明对应哪条要求"),
        )
        if count
    ]
    return "没有通过核查的材料" + (f"（有 {'、'.join(instead)}）" if instead else "")


def row_of(file: PackedFile) -> tuple[str | int | date | None, ...]:
    """Return the row of a file in `FILES`; the index goes with the package and shows no personal number."""
    piece = file.piece
    hidden = masked_words(piece)
    return (
        piece.indicator_code,
        "、".join(map(str, piece.demands)),
        piece.code,
        str(piece.revision),
        mask_text(piece.title),
        EvidenceKind(piece.kind).chinese,
        file.name,
        file.size,
        file.sha256,
        piece.provider,
        piece.fact_on,
        piece.expires_on,
        mask_text(piece.caption),
        mask_text(piece.passage),
        piece.url,
        "；".join(filter(None, (file.note, hidden))),
    )


def masked_words(piece: PackedPiece) -> str:
    """Return what of a piece's words is masked in the package and where the original is; empty for nothing."""
    words = (("材料名称", piece.title), ("说明", piece.caption), ("证明段落", piece.passage))
    names = [name for name, text in words if mask_text(text) != text]
    if not names:
        return ""
    files = "和文件名" if names[0] == words[0][0] else ""
    return (
        f"{'、'.join(names)}{files}里的个人号码已遮盖；"
        f"原文按材料编号对应，见 shifan evidence show {piece.code}"
    )


class FileTable:
    """The table of all files, written row by row: however many there are, none stays in memory."""

    def __init__(self, file: IO[str]) -> None:
        self._writer = csv.writer(file)
        self._writer.writerow([column.name for column in FILES.columns])

    def add(self, file: PackedFile) -> None:
        """Write a row; what a spreadsheet would reckon with stands behind a quote."""
        self._writer.writerow([harmless(cell) for cell in row_of(file)])


def harmless(cell: object) -> object:
    """Return a cell of a .csv that no spreadsheet reckons with: what begins like a formula is quoted."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in "=+-@\t\r" and cell else cell


def index_sheets(
    title: str,
    contents: Sequence[tuple[str, str, int, int, int]],
    problems: Sequence[Problem],
    listed: Sequence[PackedFile],
    count: int,
) -> Iterator[Filled]:
    """Yield the sheets of 目录.xlsx; ``listed`` are the first of ``count`` files."""
    rows = [(p.indicator_code, p.demand, p.words, p.code) for p in problems[:MOST_LISTED]]
    if left := len(problems) - len(rows):
        rows.append(("", "", f"……另有 {left} 处，见 目录.csv 的备注列", ""))
    yield CONTENTS.filled(contents, f"{title}：总目录")
    yield GAPS.filled(rows, f"{title}：缺项和问题")
    more = f"（前 {len(listed)} 份，全部 {count} 份见 目录.csv）" if count > len(listed) else ""
    yield FILES.filled([row_of(file) for file in listed], f"{title}：材料{more}")


CHECKING = """{title}
数据截至 {until}，共 {count} 份材料，缺项和问题 {problems} 处（见 目录.xlsx）。

文件夹按指标编号命名，文件名以材料编号开头；名称里的身份证号、手机号、银行卡号已遮盖，备注里写明，按材料编号对应原名。
“需处理”文件夹里的材料超出申报系统的限制，不能直接上传。

核对：在本文件夹里运行  sha256sum -c SHA256SUMS.txt  ，每一行都应显示 OK（成功）。
Windows 上可逐个运行  certutil -hashfile 文件名 SHA256  ，与 SHA256SUMS.txt 里的一行比较。
"""


def checking_words(title: str, until: datetime | None, count: int, problems: int) -> str:
    """Return how the package is checked, for whoever gets it."""
    day = f"{until:%Y-%m-%d %H:%M}" if until else "（没有材料）"
    return CHECKING.format(title=title, until=day, count=count, problems=problems)
