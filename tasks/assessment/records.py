"""The records of a drill, out and back: what was drawn, row by row, for a reviewer or a unit to fill in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session

from models.assessment.drawing import criteria_of, items_of, newest_draw
from models.assessment.drill import DrawnItem, Drill, DrillDraw
from models.assessment.marks import NewMark, keep_marks, marks_of
from models.assessment.workpapers import changeable_drill, drill_coded
from models.campaign.campaign import looking_at
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.rules.assessment.criteria import BASE, Criterion
from models.rules.assessment.marking import ReviewMark
from models.rules.assessment.words import Method, ReviewOutcome, method_named
from models.rules.bounds import LONGEST_NOTE, LONGEST_PASSAGE
from models.rules.calendar.moment import Moment
from models.units.unit import unit_names
from tasks.lists.belonging import ASSESSED as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.names import meant, perhaps, with_bodies
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

MOST_FAULTS_COUNTED = 99
_OUTCOMES = tuple(one.chinese for one in ReviewOutcome)
_BY_WORD = {one.chinese: one for one in ReviewOutcome}
_BATCH = Column("批次", required=False, locked=True, width=14)
_HEAD = (
    Column("序号", locked=True, width=6, kind=Kind.NUMBER),
    Column("样本", locked=True, shown=True, width=20),
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


def export_record(
    slug: str | None, drill: str, method: Method, path: Path, said: tuple[str, str, Moment]
) -> int:
    """Write the record of a method for a unit's items or all, as a reviewer has filled it in; return how many rows.

    ``said`` is the unit (empty: all), the reviewer (empty: a blank record) and the moment.
    """
    unit, reviewer, moment = said
    with looking_at(slug) as (session, campaign):
        found = drill_coded(session, key_of(campaign), drill)
        draw = drawn_of(session, found, method)
        name = _unit_meant(session, key_of(campaign), unit) if unit else ""
        marks = marks_of(session, key_of(draw))
        criteria = criteria_of(draw)
        rows = [
            _cells(
                item,
                one,
                _mark_of(marks.get(key_of(item), {}), reviewer, one),
                batch_of(found, draw),
            )
            for item in items_of(session, key_of(draw))
            if not name or item.unit == name
            for one in criteria.get(item.sheet, [])
        ]
        what = "，".join(filter(None, (f"{found.code} {method.chinese}", name, reviewer)))
        title = list_title(campaign, TITLE, moment.today, what)
    if not rows:
        raise CampaignError(f"{found.code} 的{method.chinese}没有{name}要评的样本")
    write_workbook(path, [RECORD.filled(rows, title)])
    return len(rows)


def load_record(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a record in as filled in by the reviewer ``by``: only what says something new is written. Repeatable.

    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    with returned(slug, path, (RECORD,), moment) as taken:
        session, book = taken.session, taken.book
        drill, draw, rows = _opened(session, taken.campaign_id, book)
        method = Method(draw.method)
        items = {one.position: one for one in items_of(session, key_of(draw))}
        criteria = criteria_of(draw)
        marks = _new_marks(rows, items, criteria)
        book.faults.stop()
        count = keep_marks(session, drill, method, marks, (by, moment))
        filled = len({one.item_id for one in marks})
        return taken.loaded(
            count,
            f"{drill.code} {method.chinese}：读到 {len(rows)} 行，{filled} 个样本有结果，{count} 处变更",
        )


def drawn_of(session: Session, drill: Drill, method: Method) -> DrillDraw:
    """Return the drawn sample of a method; raises CampaignError where there is none."""
    draw = newest_draw(session, key_of(drill), method)
    if draw is None or draw.drawn_at is None:
        raise CampaignError(
            f"{drill.code} 的{method.chinese}还没有抽样，请先运行 shifan assessment draw "
            f"{drill.code} {method.chinese}"
        )
    return draw


def batch_of(drill: Drill, draw: DrillDraw) -> str:
    """Return by what a record is known when it comes back: M1/案卷评查/1."""
    return f"{drill.code}/{Method(draw.method).chinese}/{draw.number}"


def _unit_meant(session: Session, campaign_id: int, unit: str) -> str:
    names = unit_names(session, campaign_id)
    full = {unit_id: name for name, unit_id in reversed(names.items())}
    found = meant(unit, with_bodies(names))
    if found is None:
        raise CampaignError(f"没有名为 {unit} 的单位{perhaps(unit, names)}")
    return full[found]


def _mark_of(
    marks: Mapping[str, Sequence[ReviewMark]], reviewer: str, criterion: Criterion
) -> ReviewMark:
    own = marks.get(reviewer, ()) if reviewer else ()
    empty = ReviewMark(criterion.code)
    return next((one for one in own if one.criterion == criterion.code), empty)


def _cells(
    item: DrawnItem, criterion: Criterion, mark: ReviewMark, batch: str
) -> tuple[str | int | None, ...]:
    outcome = ReviewOutcome(mark.outcome).chinese if mark.outcome else ""
    text = criterion.text
    if criterion.is_counted:
        text = f"{criterion.section}：{text}（每处扣 {criterion.points:g} 分）"
    elif criterion.section == BASE:
        text = f"{BASE}：{text}"
    content = "；".join(filter(None, (item.title, item.detail)))
    head = (item.position, item.key, item.unit, content, criterion.code, text)
    return (*head, outcome, mark.count, mark.note, batch)


def _opened(session: Session, campaign_id: int, book: Book) -> tuple[Drill, DrillDraw, list[Row]]:
    """Return the drill and the sample that a record is of, with its rows."""
    rows = list(book.rows(RECORD))
    book.faults.stop()
    batches = {row.text("批次") for row in rows} - {""}
    if len(batches) != 1:
        raise PlanError(
            book.name,
            ["“批次”列应是同一个批次，如 M1/案卷评查/1；请用 shifan assessment export 导出的表"],
        )
    [batch] = batches
    code, _, rest = batch.partition("/")
    name, _, number = rest.partition("/")
    method = method_named(name)
    drill = changeable_drill(session, campaign_id, code)
    draw = drawn_of(session, drill, method) if method else None
    if draw is None or number != str(draw.number):
        raise PlanError(book.name, [f"批次是 {batch}，不是现在的样本；请重新导出评估记录表"])
    return drill, draw, rows


def _new_marks(
    rows: Sequence[Row],
    items: Mapping[int, DrawnItem],
    criteria: Mapping[str, Sequence[Criterion]],
) -> list[NewMark]:
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
        return ReviewMark(criterion.code, "", int(count or 0), note)
    if count is not None:
        row.fault("扣分处数", "这一条不按处扣分，请在“结果”列选")
    if not word:
        row.fault("结果", "写了情况，没有选结果")
        return None
    if criterion.section == BASE and _BY_WORD[word] is ReviewOutcome.PARTLY:
        row.fault("结果", f"{BASE}只有符合、不符合、不适用、没有看成")
    return ReviewMark(criterion.code, _BY_WORD[word], None, note)
