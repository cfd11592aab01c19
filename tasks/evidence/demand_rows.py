"""The list of demands: a row for each, and what its rows say when it comes back."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence

from models.evidence.demands.changing import (
    ChangedDemand,
    DemandItem,
    DemandSaid,
    said_of_line,
)
from models.evidence.demands.keeping import READ, DemandLine
from models.rules.bounds import LONGEST_NAME, LONGEST_PASSAGE, LONGEST_TYPED, shown
from models.rules.evidence.demands import MOST
from models.rules.targets import RELATIONS, relation
from tasks.lists.belonging import DEMANDS as TITLE
from tasks.workbook.cells import as_code, as_name, as_number, as_text, as_yes, half_width
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

RELATION = {sign: words[0] for sign, words in RELATIONS.items()}
PERIODS = {"year": "每年", "quarter": "每季", "month": "每月"}
YES, NO = "是", "否"
DEMANDS = Sheet(
    "要求",
    (
        Column("编号", width=9, hint="工作任务或三级指标的编号，如 W5、1.1.3"),
        Column("要求号", required=False, locked=True, width=11),
        Column("事项", locked=True, shown=True, longest=LONGEST_PASSAGE, width=24),
        Column("要求内容", ("要求",), longest=LONGEST_TYPED, width=44),
        Column("关系", required=False, choices=tuple(RELATION.values()), width=9),
        Column("目标值", kind=Kind.NUMBER, required=False, width=8, hint="只填数字，或如 90%"),
        Column("计量单位", required=False, width=9, hint="如 %、学时、名、次"),
        Column("周期", required=False, choices=tuple(PERIODS.values()), width=8),
        Column("分子", required=False, longest=LONGEST_NAME, width=14, hint="数什么"),
        Column("分母", required=False, longest=LONGEST_NAME, width=14, hint="占什么的比例"),
        Column("要材料", required=False, choices=(YES, NO), width=8, hint="不用材料证明的选 否"),
        Column("疑问", locked=True, shown=True, warning=True, width=24),
        Column("已核对", required=False, choices=(YES,), width=8, hint="有疑问而没有错的选 是"),
        Column("核对码", required=False, locked=True, hidden=True, width=8),
        Column("导出时", required=False, locked=True, hidden=True, quiet=True, width=8),
    ),
    title=TITLE,
    note=(
        "一行一项要求，证明材料和数据都挂在要求上。改文字、目标直接改；拆成几项，在下面的空行写编号和新的内容；"
        "几项并成一项，把多余的行删去，删去的要求撤销，挂在上面的材料和数据留着并会列出来。整项事项的行都删去的，当作没有改。"
    ),
    spare=40,
    still=2,
)
_NAMED = re.compile(r"([^#]+)#([0-9]{1,6})")


def demand_cells(
    line: DemandLine, doubts: Sequence[str], ordinals: Sequence[int]
) -> tuple[str | float | None, ...]:
    """Return the cells of a demand as it stands; ``ordinals`` are those its item has now."""
    said = _answers(said_of_line(line))
    sent = ",".join(str(one) for one in ordinals)
    mark = _mark(line.name, *said)
    return (line.code, line.name, line.title, *said, "；".join(doubts), "", mark, sent)


def _answers(said: DemandSaid) -> tuple[str | float | None, ...]:
    value = said.value
    number = int(value) if value is not None and value == int(value) else value
    return (
        said.text,
        RELATION.get(said.op, ""),
        number,
        said.unit_of_value,
        PERIODS.get(said.per, ""),
        said.counted,
        said.out_of,
        YES if said.needs_evidence else NO,
    )


ANSWERS = ("要求内容", "关系", "目标值", "计量单位", "周期", "分子", "分母", "要材料")


def _mark(*said: object) -> str:
    return f"{zlib.crc32('|'.join(as_text(one) for one in said).encode()):08x}"


class DemandRows:
    """Reads a returned list against the demands there are."""

    def __init__(
        self, book: Book, items: Mapping[str, DemandItem], lines: Sequence[DemandLine]
    ) -> None:
        self._book, self._items = book, items
        self._lines = {as_code(line.name): line for line in lines}
        self.rows = 0
        self.checked: set[int] = set()  # demands that a person says are right as they are
        self._first: dict[str, int] = {}
        self._sent: dict[str, set[int]] = {}  # what each item of the list had when it went out
        self._there: dict[str, set[int]] = {}
        self._texts: dict[str, dict[str, int]] = {}

    def changes(self) -> list[ChangedDemand]:
        """Return what the list says anew; what is wrong with it is kept as faults of the book."""
        found = [one for row in self._book.rows(DEMANDS) if (one := self._row(row))]
        found += self._left_out()
        for code, texts in self._texts.items():
            if len(texts) > MOST:
                self._book.faults.add(f"{code} 有 {len(texts)} 项要求，最多 {MOST} 项")
        return found

    def _row(self, row: Row) -> ChangedDemand | None:
        self.rows += 1
        named = as_code(row.cell("要求号"))
        line = self._lines.get(named)
        code = as_code(row.cell("编号"))
        if named and line is None:
            row.fault("要求号", f"没有“{shown(named)}”这一项要求；新加的要求请把要求号留空")
            return None
        item = self._items.get(code)
        if line is not None and as_code(line.code) != code:
            row.fault("编号", f"{line.name} 是 {line.code} 的要求，不能改到“{shown(code)}”")
            return None
        if item is None:
            row.fault(
                "编号", f"没有编号为“{shown(code)}”的工作任务或最末一级指标" if code else "没有填写"
            )
            return None
        if line is not None:
            if self._first.setdefault(named, row.number) != row.number:
                row.fault(
                    "要求号",
                    f"{line.name} 与第 {self._first[named]} 行重复；新加的要求请把要求号留空",
                )
                return None
            self._there.setdefault(code, set()).add(line.ordinal)
            self._sent.setdefault(code, set()).update(_ordinals(row.text("导出时")))
        said = self._said(row)
        if said is None:
            return None
        texts = self._texts.setdefault(code, {})
        if texts.setdefault(said.text, row.number) != row.number:
            row.fault("要求内容", f"与第 {texts[said.text]} 行的要求相同")
            return None
        return self._news(row, item, line, said)

    def _news(
        self, row: Row, item: DemandItem, line: DemandLine | None, said: DemandSaid
    ) -> ChangedDemand | None:
        """Return what a row says anew: nothing where nobody touched it, or where it stands so already."""
        if line is None:
            there = [one for one in self._lines.values() if one.code == item.code]
            alike = next((o for o in there if o.text == said.text and not o.withdrawn), None)
            back = next((o for o in there if o.text == said.text and o.withdrawn), None)
            if alike:  # the same list again: its new rows are there by now
                self._there.setdefault(as_code(item.code), set()).add(alike.ordinal)
                same = said_of_line(alike) == said
                return None if same else ChangedDemand(item, alike, said)
            return ChangedDemand(item, back, said)
        checked = row.read("已核对", as_yes, "是或空着")
        untouched = row.text("核对码") == _mark(line.name, *(row.text(one) for one in ANSWERS))
        if checked:
            self.checked.add(line.id)
            if line.source == READ:
                return ChangedDemand(item, line, said)
        if untouched or (said_of_line(line) == said and not line.withdrawn):
            return None
        return ChangedDemand(item, line, said)

    def _said(self, row: Row) -> DemandSaid | None:
        faults = len(self._book.faults.lines)
        text = row.text("要求内容")
        if not text:
            row.fault("要求内容", "没有填写；不要这一项的，请把整行删去")
        word = half_width(as_name(row.cell("关系")))
        op = relation(word) if word else ""
        if op is None:
            row.fault("关系", f"写的是“{shown(word)}”，只能是 {'、'.join(RELATION.values())}")
        value = row.read("目标值", as_number, "数字")
        written = as_text(row.cell("目标值"))
        if op and value is None and not written:
            row.fault("目标值", f"关系写了“{word}”，却没有目标值")
        if value is not None and not word:
            row.fault("关系", "填了目标值，却没有写关系（不低于、不超过等）")
        per = half_width(as_name(row.cell("周期")))
        period = {words: key for key, words in PERIODS.items()} | {"": ""}
        if per not in period:
            row.fault("周期", f"写的是“{shown(per)}”，只能是 {'、'.join(PERIODS.values())} 或空着")
        needs = row.read("要材料", _needs, "是或否")
        if len(self._book.faults.lines) > faults or op is None:
            return None
        unit = as_name(row.cell("计量单位")) or ("%" if half_width(written).endswith("%") else "")
        return DemandSaid(
            text,
            op,
            value,
            unit if value is not None else "",
            period[per],
            row.text("分子"),
            row.text("分母"),
            bool(needs),
        )

    def _left_out(self) -> Iterator[ChangedDemand]:
        """Yield the demands whose rows were taken out of an item that the list speaks of."""
        for code, sent in self._sent.items():
            for ordinal in sorted(sent - self._there.get(code, set())):
                line = self._lines.get(f"{code}#{ordinal}")
                if line is not None and not line.withdrawn:
                    yield ChangedDemand(self._items[code], line, None)


def _needs(cell: object) -> bool:
    return not as_text(cell) or as_yes(cell)


def _ordinals(text: str) -> set[int]:
    return {int(one) for one in text.split(",")[:1000] if one.isascii() and one.isdigit()}
