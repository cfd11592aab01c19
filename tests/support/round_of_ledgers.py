"""A whole round of ledgers: units fill in what they got as people do, with files beside and mistakes among it."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.support.sheets import HEADER, columns

SHEET, PIECES, SCORES = "台账", "证明材料", "自评"
# What people write that cannot be, each by the column it stands in.
MISTAKES = (
    ("状态", "办完了"),
    ("完成日期", "2025-02-30"),
    ("完成日期", "2027-01-01"),  # ahead of today
    ("状态", "不适用"),  # without a reason
)


@dataclass
class Filled:
    """What a unit wrote: by code the state that is to be registered, what is wrong, what it attached."""

    unit: str
    good: dict[str, str] = field(default_factory=dict)
    bad: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)


def unit_of(path: Path) -> str:
    """Return the unit whose ledger a file is."""
    return path.name.partition("-台账")[0]


def fill_in(path: Path, inbox: Path, seed: int, first: str = "") -> Filled:
    """Fill a ledger in as its unit would, and put it into ``inbox`` with the files it names.

    Files go to items whose code begins with ``first``, where there are such.
    """
    book = load_workbook(path)
    chance = random.Random(seed)
    filled = Filled(unit_of(path))
    page = book[SHEET]
    at = columns(page)
    rows = [n for n in range(HEADER + 1, page.max_row + 1) if page.cell(n, at["编号"]).value]
    for number in rows:
        code = page.cell(number, at["编号"]).value
        lot = chance.random()
        if lot < 0.4:
            state, day = chance.choice((("已完成", "2025-06-20"), ("进行中", None)))
            page.cell(number, at["状态"]).value = state
            page.cell(number, at["完成日期"]).value = day
            page.cell(number, at["说明"]).value = "=1+1 已报"  # text, whatever it begins with
            page.cell(number, at["说明"]).data_type = "s"
            filled.good[code] = state
        elif lot < 0.6:
            column, words = chance.choice(MISTAKES)
            page.cell(number, at["状态"]).value = "已完成"
            page.cell(number, at[column]).value = words
            filled.bad[code] = column
    codes = sorted(filled.good, key=lambda code: not code.startswith(first))
    _attach(book[PIECES], codes[:3], filled, inbox, chance)
    book.save(inbox / path.name)
    return filled


def _attach(
    page: Any, codes: list[str], filled: Filled, inbox: Path, chance: random.Random
) -> None:
    """Name a file for each of the items, and lay it beside."""
    at = columns(page)
    for row, code in enumerate(codes, HEADER + 1):
        name = f"{filled.unit}{code}情况说明.txt"
        text = "".join(chance.choice("依法行政公开执法监督培训考核备案复议") for _ in range(400))
        (inbox / name).write_text(f"{filled.unit}关于{code}的情况说明。{text}", encoding="utf-8")
        for column, value in (
            ("编号", code),
            ("材料名称", f"{code}情况说明"),
            ("文件名或网址", name),
            ("事实发生日期", "2025-06-15"),
            ("时间地点人物事由", "六月，本单位，业务科室，例行工作"),
        ):
            page.cell(row, at[column]).value = value
        filled.files.append(name)


def score_itself(path: Path, points: float) -> None:
    """Give every indicator in a ledger's own sheet for scores so many points."""
    book = load_workbook(path)
    if SCORES in book.sheetnames:
        page = book[SCORES]
        at = columns(page)
        for number in range(HEADER + 1, page.max_row + 1):
            if page.cell(number, at["编号"]).value:
                page.cell(number, at["自评分"]).value = points
        book.save(path)


def mend(copy: Path, wrong: Filled) -> Path:
    """Correct a marked copy as the unit would: every red row says 进行中 and no day."""
    book = load_workbook(copy)
    page = book[SHEET]
    at = columns(page)
    for number in range(HEADER + 1, page.max_row + 1):
        if page.cell(number, at["编号"]).value in wrong.bad:
            page.cell(number, at["状态"]).value = "进行中"
            page.cell(number, at["完成日期"]).value = None
            page.cell(number, at["说明"]).value = "已改"
    mended = copy.with_name(f"改好{copy.name}")
    book.save(mended)
    return mended
