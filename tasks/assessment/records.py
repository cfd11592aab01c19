"""The records of a drill, out and back: what was drawn, row by row, for a reviewer or a unit to fill in."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from sqlmodel import Session

from models.assessment.drawing import criteria_of, items_of, newest_draw
from models.assessment.drill import DrawnItem, Drill, DrillDraw, changeable_drill, drill_coded
from models.assessment.marks import keep_marks, marks_of, withdraw_marks
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.rules.assessment.criteria import BASE, Criterion
from models.rules.assessment.marking import MACHINE, ReviewMark
from models.rules.assessment.words import Method, ReviewOutcome, method_named
from models.rules.calendar.moment import Moment
from models.units.unit import unit_names
from tasks.assessment.record_rows import RECORD, new_marks
from tasks.lists.belonging import ASSESSED as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.names import meant, perhaps, with_bodies
from tasks.lists.taking import Loaded, returned
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook


def export_record(
    slug: str | None, drill: str, method: Method, path: Path, said: tuple[str, str, Moment]
) -> int:
    """Write the record of a method for a unit's items or all, as a reviewer has filled it in; return how many rows.

    ``said`` is the unit (empty: all), the reviewer (empty: a blank record, but for what the machine found)
    and the moment.
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
                _mark_of(marks.get(key_of(item), {}), reviewer or MACHINE, one),
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
    if by.strip() == MACHINE:
        raise CampaignError(f"“{MACHINE}”是程序登记的，请写评查人的岗位")
    with returned(slug, path, (RECORD,), moment) as taken:
        session, book = taken.session, taken.book
        drill, draw, rows = _opened(session, taken.campaign_id, book)
        method = Method(draw.method)
        items = {one.position: one for one in items_of(session, key_of(draw))}
        criteria = criteria_of(draw)
        marks = new_marks(rows, items, criteria)
        book.faults.stop()
        count = keep_marks(session, drill, method, marks, (by, moment))
        filled = len({one.item_id for one in marks})
        return taken.loaded(
            count,
            f"{drill.code} {method.chinese}：读到 {len(rows)} 行，{filled} 个样本有结果，{count} 处变更",
        )


def take_back_record(
    slug: str | None,
    drill: str,
    method: Method,
    reviewer: str,
    said: tuple[str, str, Moment],
) -> str:
    """Take back what stands as the marks of ``reviewer``; ``said`` is by whom, why and when. Repeatable.

    Raises CampaignError where he has none, and where the workpaper is locked.
    """
    by, reason, moment = said
    with writing_to(slug) as (session, campaign):
        found = changeable_drill(session, key_of(campaign), drill)
        draw = drawn_of(session, found, method)
        count = withdraw_marks(session, found, draw, reviewer, (by, reason, moment))
        return f"{found.code} {method.chinese}：{reviewer.strip()}登记的 {count} 条已撤回，不再计入"


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
    own = marks.get(reviewer, ())
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
            [
                "“批次”列应是同一个批次，如 M1/案卷评查/1；请用 shifan assessment records export 导出的表"
            ],
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
