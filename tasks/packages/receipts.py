"""The list of what was uploaded into the application system: out with what is to be uploaded, and back."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from models.campaign.campaign import begins_on, looking_at
from models.evidence.packages.receipts import ReceiptLine, receipt_lines, store_receipts
from models.keys import key_of
from models.rules.bounds import A_DAY, LONGEST_NOTE, LONGEST_POST
from models.rules.calendar.moment import Moment
from models.rules.registrar import names_a_person
from models.rules.words import OFFICE
from tasks.lists.belonging import RECEIPTS as RECEIPTS_TITLE
from tasks.lists.belonging import list_title
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_code, as_day
from tasks.workbook.declaring import Column, Kind, Sheet
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook

RECEIPTS = Sheet(
    "上传登记",
    (
        Column("指标编号", locked=True, width=10),
        Column("指标", locked=True, shown=True, width=40, longest=2_000),
        Column("材料编号", locked=True, width=10),
        Column("版次", locked=True, width=7),
        Column("材料名称", locked=True, shown=True, width=34, longest=2_000),
        Column("上传日期", kind=Kind.DAY, width=13, hint="上传成功的日期，如 2026-03-01"),
        Column("上传人", ("上传人（职务）",), longest=LONGEST_POST, width=18, hint="只写职务"),
        Column("说明", ("备注",), longest=LONGEST_NOTE, width=30),
    ),
    title=RECEIPTS_TITLE,
    note=(
        "上传一份登记一份：填上传日期和上传人（只写职务，不填即为创建办）。灰色列请勿改动。"
        "同一材料有新版时新旧各一行，系统里还是旧版的，请换上新版后登记。已登记的日期不能清空。"
    ),
    protected=True,
)


def export_receipts(slug: str | None, path: Path, today: date) -> tuple[int, int]:
    """Write the list of what is to be uploaded; return how many rows, and how many of them are done."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, RECEIPTS_TITLE, today)
        lines = receipt_lines(session, key_of(campaign))
    rows = [
        (x.indicator_code, x.indicator, x.code, str(x.revision), x.title, *x.said) for x in lines
    ]
    write_workbook(path, [RECEIPTS.filled(rows, title)])
    return len(lines), sum(line.uploaded_on is not None for line in lines)


def load_receipts(slug: str | None, path: Path, *, moment: Moment) -> Loaded:
    """Take a returned list of uploads in: only rows that say something new are written. Repeatable.

    Raises PlanError with every fault; nothing is written then.
    """
    with returned(slug, path, (RECEIPTS,), moment) as taken:
        session, book, campaign_id = taken.session, taken.book, taken.campaign_id
        known = {
            (as_code(x.indicator_code), x.code, str(x.revision)): x
            for x in receipt_lines(session, campaign_id)
        }
        begins = begins_on(session, campaign_id)
        said = [_said(row, known, moment.today, begins) for row in book.rows(RECEIPTS)]
        book.faults.stop()
        changes = {(x.revision_id, x.indicator_id): x for x in said if x is not None}
        count = store_receipts(session, campaign_id, list(changes.values()), moment, OFFICE)
        return taken.loaded(count, f"读到 {len(said)} 行，{count} 处变更")


def _said(
    row: Row,
    known: Mapping[tuple[str, str, str], ReceiptLine],
    today: date,
    begins: date | None,
) -> ReceiptLine | None:
    """Return the receipt that a row gives, None where it says nothing new or is a fault."""
    place = (
        as_code(row.cell("指标编号")),
        row.text("材料编号").upper(),
        row.text("版次").removesuffix(".0"),
    )
    line = known.get(place)
    if line is None:
        row.fault("材料编号", f"指标 {place[0]} 下没有已通过的 {place[1]} 第 {place[2]} 版")
        return None
    day = row.read("上传日期", as_day, f" {A_DAY}")
    if day is None:
        if line.uploaded_on and not row.text("上传日期"):
            row.fault("上传日期", "已登记过，不能清空；登记错了请改成正确的日期")
        return None
    if day > today or (begins and day < begins):
        row.fault("上传日期", f"{day} 不在方案开始（{begins}）到今天（{today}）之间")
    by = row.text("上传人") or line.uploaded_by or OFFICE
    if names_a_person(by):
        row.fault("上传人", f"“{by}”像是姓名，只写职务，如 创建办")
    new = replace(line, uploaded_on=day, uploaded_by=by, note=row.text("说明"))
    return None if new.said == line.said else new
