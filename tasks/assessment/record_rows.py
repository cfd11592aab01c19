"""The record of a drill as a sheet, and its rows read as the marks of a reviewer."""

from collections.abc import Mapping, Sequence

from models.assessment.drill import DrawnItem
from models.assessment.marks import NewMark
from models.keys import key_of
from models.rules.assessment.criteria import BASE, Criterion
from models.rules.assessment.marking import ReviewMark
from models.rules.assessment.words import ReviewOutcome
from models.rules.bounds import LONGEST_NOTE, LONGEST_PASSAGE, shown
from models.rules.text import squeeze
from tasks.lists.belonging import ASSESSED as TITLE
from tasks.workbook.cells import as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.rows import Row

MOST_FAULTS_COUNTED = 99
_OUTCOMES = tuple(one.chinese for one in ReviewOutcome)
_BY_WORD = {one.chinese: one for one in ReviewOutcome}
# What may be chosen beside the number of faults, where there are none and where there are some.
_SAYING = ((ReviewOutcome.MET,), (ReviewOutcome.PARTLY, ReviewOutcome.MISSED))
_BATCH = Column("批次", required=False, locked=True, width=14)
_HEAD = (
    Column("序号", locked=True, width=6, kind=Kind.NUMBER),
    Column("样本", locked=True, required=False, width=20),
    Column("单位", locked=True, shown=True, width=16),
    Column("内容", locked=True, shown=True, width=28, longest=LONGEST_PASSAGE),
    Column("标准编号", locked=True, width=10),
    Column("标准", locked=True, shown=True, width=36, longest=LONGEST_PASSAGE),
)
_NOTE = Column(
    "情况", required=False, width=30, longest=LONGEST_NOTE, hint="写在哪里、差什么；不写姓名"
)
RECORD = Sheet(
    "评估记录",
    (
        *_HEAD,
        Column("结果", choices=_OUTCOMES, width=11),
        Column(
            "扣分处数",
            kind=Kind.NUMBER,
            required=False,
            width=9,
            hint="按处扣分的标准填；没有问题的填 0",
        ),
        _NOTE,
        _BATCH,
    ),
    title=TITLE,
    note=(
        "灰色列请勿改动。基础标准和逐条核对的，在“结果”列选：符合、基本符合、不符合、不适用、没有看成；"
        "按处扣分的，在“扣分处数”列填数，没有问题的填 0。没有填的算还没有评。一名评查人一份，各填各的。"
    ),
    still=2,
    protected=True,
)


def new_marks(
    rows: Sequence[Row],
    items: Mapping[int, DrawnItem],
    criteria: Mapping[str, Sequence[Criterion]],
) -> list[NewMark]:
    """Return what the rows of a record say of the drawn items (by place); faults stay in the rows' book.

    A row that says nothing is not marked yet.
    """
    first: dict[tuple[int, str], int] = {}
    found = []
    for row in rows:
        new = _new_mark(row, items, criteria)
        if new is None:
            continue
        place = (new.item_id, new.mark.criterion)
        if first.setdefault(place, row.number) != row.number:
            row.fault("标准编号", f"与第 {first[place]} 行说的是同一个样本、同一条标准")
        found.append(new)
    return found


def _new_mark(
    row: Row, items: Mapping[int, DrawnItem], criteria: Mapping[str, Sequence[Criterion]]
) -> NewMark | None:
    said = (row.text("结果"), row.text("扣分处数"), row.text("情况"))
    if not any(said):
        return None
    place = row.text("序号")
    item = items.get(int(place)) if place.isdecimal() else None
    if item is None:
        row.fault("序号", f"样本里没有第 {place} 个")
        return None
    if (key := row.text("样本")) and squeeze(key) != squeeze(item.key):
        row.fault(
            "样本",
            f"第 {place} 个样本是“{shown(item.key)}”，这一行写的是“{shown(key)}”，可能错了行",
        )
        return None
    own = {one.code: one for one in criteria.get(item.sheet, [])}
    criterion = own.get(row.text("标准编号"))
    if criterion is None:
        row.fault("标准编号", f"没有编号为“{row.text('标准编号')}”的标准")
        return None
    mark = _mark(row, criterion, said)
    return NewMark(key_of(item), mark) if mark else None


def _mark(row: Row, criterion: Criterion, said: tuple[str, str, str]) -> ReviewMark | None:
    word, _, note = said
    count = row.read("扣分处数", as_number, "整数，没有问题的填 0")
    if word and word not in _BY_WORD:
        row.fault("结果", f"写的是“{word}”，应为{'、'.join(_OUTCOMES)}")
        return None
    if criterion.is_counted:
        if count is None:
            row.fault("扣分处数", "这一条按处扣分，应填处数，没有问题的填 0")
        elif count != int(count) or not 0 <= count <= MOST_FAULTS_COUNTED:
            row.fault("扣分处数", f"写的是 {count:g}，应为 0 到 {MOST_FAULTS_COUNTED} 的整数")
        elif word and _BY_WORD[word] not in _SAYING[count > 0]:
            row.fault(
                "结果", f"选了“{word}”，与扣分处数 {count:g} 不一致；这一条按处扣分，可以空着"
            )
        return ReviewMark(criterion.code, "", int(count or 0), note)
    if count is not None:
        row.fault("扣分处数", "这一条不按处扣分，请在“结果”列选")
    if not word:
        row.fault("结果", "写了情况，没有选结果")
        return None
    if criterion.section == BASE and _BY_WORD[word] is ReviewOutcome.PARTLY:
        row.fault("结果", f"{BASE}只有符合、不符合、不适用、没有看成")
    return ReviewMark(criterion.code, _BY_WORD[word], None, note)
