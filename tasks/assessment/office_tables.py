"""The office's own tables, out and back: the sheets of case files by kind, and the weights of the methods."""

from pathlib import Path

from sqlmodel import Session

from models.assessment.own_tables import case_sheets, store_case_sheets, store_weights
from models.assessment.results import weights_of
from models.campaign.campaign import looking_at
from models.keys import key_of
from models.rules.assessment.combining import Weight
from models.rules.assessment.criteria import BASE, CONTENT, FORM, Criterion
from models.rules.assessment.words import CaseKind, Method, ScorePart, method_named
from models.rules.bounds import LONGEST_TYPED
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.lists.belonging import CASE_SHEETS as SHEETS_TITLE
from tasks.lists.belonging import WEIGHTS as WEIGHTS_TITLE
from tasks.lists.belonging import list_title
from tasks.lists.sending import Listed, send_list
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_code, as_number
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

_SAMPLE = "这是示例，不是官方标准，请换成本级的"
CRITERIA = Sheet(
    "评查标准",
    (
        Column("种类", choices=tuple(kind.chinese for kind in CaseKind), width=8),
        Column("编号", width=8, hint="如 A1，同一种类里不重复"),
        Column("部分", width=12, hint=f"{BASE}、{FORM}、{CONTENT}，或本级标准里的部分"),
        Column("标准", width=60, longest=LONGEST_TYPED),
        Column("每处扣分", kind=Kind.NUMBER, required=False, width=10, hint=f"{BASE}不填"),
        Column(
            "部分满分", kind=Kind.NUMBER, required=False, width=10, hint="同一部分各行写同一个数"
        ),
    ),
    title=SHEETS_TITLE,
    note=(
        f"许可、处罚、强制各一套。{BASE}有一条不符合，整卷不合格；其余按处扣分，扣到所在部分的满分为止，"
        f"各部分满分合计 100。没有装入本级标准以前用的是示例，{_SAMPLE.removeprefix('这是示例，')}。"
    ),
    spare=60,
    still=2,
)
WEIGHT_ROWS = Sheet(
    "评估权重",
    (
        Column("方式", locked=True, width=16),
        Column("部分", choices=tuple(part.chinese for part in ScorePart), width=10),
        Column("权重", kind=Kind.NUMBER, width=8, hint="各行合计 100"),
    ),
    title=WEIGHTS_TITLE,
    note=f"各种方式的得分按权重合成，合计 100。没有装入本级权重以前用的是示例，{_SAMPLE.removeprefix('这是示例，')}。",
)


def export_case_sheets(slug: str | None, path: Path, moment: Moment) -> tuple[int, bool]:
    """Write the sheets as they stand; return how many rows, and whether they are the office's own."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, SHEETS_TITLE, moment.today)
        sheets, own = case_sheets(session, key_of(campaign))
    rows = [
        (kind, one.code, one.section, one.text, one.points or None, one.full or None)
        for kind, criteria in sheets.items()
        for one in criteria
    ]
    write_workbook(path, [CRITERIA.filled(rows, title)])
    return len(rows), own


def load_case_sheets(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take the sheets of the kinds that are there in; a kind that is not there stays as it is. Repeatable.

    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    with returned(slug, path, (CRITERIA,), moment) as taken:
        sheets, rows = _read_criteria(taken.book)
        taken.book.faults.stop()
        by = by.strip() or OFFICE
        count = store_case_sheets(taken.session, taken.campaign_id, sheets, by, moment)
        return taken.loaded(count, f"读到 {rows} 行，{count} 处变更")


def _read_criteria(book: Book) -> tuple[dict[str, list[Criterion]], int]:
    sheets: dict[str, list[Criterion]] = {}
    first: dict[tuple[str, str], int] = {}
    rows = 0
    for row in book.rows(CRITERIA):
        rows += 1
        kind, code = row.text("种类").removeprefix("行政"), as_code(row.cell("编号"))
        if kind not in {one.chinese for one in CaseKind}:
            row.fault("种类", f"写的是“{kind}”，应为许可、处罚或强制")
            continue
        if not code:
            row.fault("编号", "没有填写")
        row.once("编号", (kind, code), first, f"{kind} {code}")
        sheets.setdefault(kind, []).append(_criterion(row, code))
    return sheets, rows


def _criterion(row: Row, code: str) -> Criterion:
    section = row.text("部分")
    points = row.read("每处扣分", as_number, "数字") or 0.0
    full = row.read("部分满分", as_number, "数字") or 0.0
    for name in ("部分", "标准"):
        if not row.text(name):
            row.fault(name, "没有填写")
    if section == BASE and (points or full):
        row.fault("每处扣分" if points else "部分满分", f"{BASE}不扣分，请空着")
    if section != BASE and not points > 0:
        row.fault("每处扣分", "应大于 0")
    if section != BASE and not full > 0:
        row.fault("部分满分", "应大于 0")
    return Criterion(code, row.text("标准"), section, points, full)


def export_weights(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the weights as they stand; return how many rows."""

    def rows(session: Session, campaign_id: int) -> Listed:
        weights = weights_of(session, campaign_id)
        return [(one.method.chinese, one.part.chinese, one.points) for one in weights], ""

    return send_list(slug, WEIGHT_ROWS, path, moment, rows)


def load_weights(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take the weights in: they must come to 100. Repeatable.

    Raises PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    with returned(slug, path, (WEIGHT_ROWS,), moment) as taken:
        weights = [one for row in taken.book.rows(WEIGHT_ROWS) if (one := _weight(row))]
        taken.book.faults.stop()
        by = by.strip() or OFFICE
        count = store_weights(taken.session, taken.campaign_id, weights, by, moment)
        return taken.loaded(count, f"读到 {len(weights)} 行，{count} 处变更")


def _weight(row: Row) -> Weight | None:
    method = method_named(row.text("方式"))
    part = next((one for one in ScorePart if row.text("部分") == one.chinese), None)
    points = row.read("权重", as_number, "数字")
    if method is None:
        named = "、".join(one.chinese for one in Method)
        row.fault("方式", f"写的是“{row.text('方式')}”，应为{named}")
    if part is None:
        row.fault("部分", f"写的是“{row.text('部分')}”，应为书面、实地或满意度")
    if points is None and not row.text("权重"):
        row.fault("权重", "没有填写；不计的写 0")
    return Weight(method, part, points) if method and part and points is not None else None
