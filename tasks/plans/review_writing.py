"""Write the review workbook: the reading beside its sentence, doubts marked, for correction in Excel."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.plan.doubts import Doubt
from models.plan.schema import Plan, Source
from tasks.plans.review_file import mark_of
from tasks.plans.review_layout import (
    BESIDE_WIDTHS,
    DOUBT,
    FIELDS,
    HIDDEN,
    INFO,
    ORIGIN,
    PLACE,
    SENTENCE,
    SHEETS,
    Column,
    Sheet,
    get,
)
from tasks.plans.review_pages import FONT, LETTERS, height, set_up_print, widths
from tasks.plans.review_rows import (
    CELL,
    Row,
    maybe_rows,
    place_of,
    reasons_for,
    rows_of,
    texts_beside,
    texts_of,
)

CHUNK = 16_000  # of what is hidden, which may hold characters that Excel counts twice
EXPLAIN = (
    "请逐表核对：左边是读出的内容，右边“原文”是它在文件里的那句话。黄色的行有疑点，原因写在“疑点”列。",
    "可以改、增、删行；“来源”列请勿改动，新增的行留空。改好后保存，再用 shifan plan load 载入本表。",
)


def review_bytes(plan: Plan, doubts: Sequence[Doubt]) -> bytes:
    """Return the workbook as a file's bytes; reading it back unchanged gives the same plan."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        # A column is as many digits wide as its width says: of this font, which every office has.
        "default_format_properties": {"font_name": FONT, "font_size": 11},
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        styles = _styles(book)
        _write_info(book, plan, doubts, styles)
        beside: list[str] = []
        for sheet in SHEETS:
            rows = [*rows_of(sheet, plan), *maybe_rows(sheet, doubts)]
            page = book.add_worksheet(sheet.name)
            set_up_print(page, plan.title)
            _write_sheet(page, sheet, rows, doubts, styles)
            beside += [text for _, item, _ in rows for text in texts_beside(sheet, item, doubts)]
        _write_hidden(book, plan, beside)
    return buffer.getvalue()


def write_review(path: Path, plan: Plan, doubts: Sequence[Doubt]) -> None:
    """Write the workbook to ``path``."""
    path.write_bytes(review_bytes(plan, doubts))


def _styles(book: Any) -> dict[str, Any]:
    cell = {
        "valign": "top",
        "align": "left",
        "text_wrap": True,
        "border": 1,
        "border_color": "#D9D9D9",
    }
    look = {"font_name": FONT, "font_size": LETTERS}
    return {
        "head": book.add_format({**cell, **look, "bold": True, "bg_color": "#DDEBF7"}),
        "cell": book.add_format({**cell, **look}),
        "date": book.add_format({**cell, **look, "num_format": "yyyy-mm-dd", "align": "left"}),
        "quiet": book.add_format({**cell, **look, "font_color": "#7F7F7F"}),
        "doubt": book.add_format({**cell, **look, "bg_color": "#FFF2CC"}),
        "doubt_date": book.add_format(
            {**cell, **look, "bg_color": "#FFF2CC", "num_format": "yyyy-mm-dd", "align": "left"}
        ),
        "why": book.add_format({**cell, **look, "bg_color": "#FFF2CC", "font_color": "#C00000"}),
    }


def _write_sheet(
    page: Any, sheet: Sheet, rows: Sequence[Row], doubts: Sequence[Doubt], styles: dict[str, Any]
) -> None:
    heads = [*(column.head for column in sheet.columns), PLACE, SENTENCE, DOUBT, ORIGIN]
    texts = [texts_of(sheet, item, doubts) for _, item, _ in rows]
    wide = widths([*(column.width for column in sheet.columns), *BESIDE_WIDTHS], texts)
    for at, (head, width) in enumerate(zip(heads, [*wide, 9], strict=True)):
        page.write_string(0, at, head, styles["head"])
        page.set_column(at, at, width)
    page.freeze_panes(1, 2 if sheet.columns[0].field == "ordinal" else 1)
    page.set_row(0, height(heads[:-1], wide))
    page.autofilter(0, 0, max(1, len(rows)), len(heads) - 1)
    page.set_landscape()
    page.set_paper(8)  # A3; on A4 the letters of so many columns are too small
    page.print_area(0, 0, max(1, len(rows)), len(heads) - 2)  # all but the origin
    page.repeat_rows(0)
    for row, (origin, item, belongs) in enumerate(rows, start=1):
        if isinstance(item, Doubt):
            _write_maybe(page, row, sheet, item, styles)
        else:
            reasons = reasons_for(sheet, item, doubts)
            _write_row(page, row, sheet, origin, item, belongs, reasons, styles)
        page.set_row(row, height(texts[row - 1], wide))
    for at, column in enumerate(sheet.columns):
        if column.kind.choices:
            page.data_validation(
                1,
                at,
                len(rows) + 200,
                at,
                {"validate": "list", "source": list(column.kind.choices)},
            )


def _write_row(
    page: Any,
    row: int,
    sheet: Sheet,
    origin: str,
    item: Any,
    belongs: str,
    reasons: Sequence[str],
    styles: dict[str, Any],
) -> None:
    style = styles["doubt"] if reasons else styles["cell"]
    date_style = styles["doubt_date"] if reasons else styles["date"]
    for at, column in enumerate(sheet.columns):
        value = belongs if column.field == "belongs" else get(item, column.field)
        _write_cell(page, row, at, column, value, style, date_style)
    at = len(sheet.columns)
    source: Source | None = item.source
    page.write_string(row, at, place_of(source), styles["quiet"])
    page.write_string(row, at + 1, source.sentence[:CELL] if source else "", styles["quiet"])
    page.write_string(
        row, at + 2, "；".join(reasons)[:CELL], styles["why"] if reasons else styles["cell"]
    )
    page.write_string(row, at + 3, origin, styles["quiet"])


def _write_maybe(page: Any, row: int, sheet: Sheet, doubt: Doubt, styles: dict[str, Any]) -> None:
    at = len(sheet.columns)
    for column in range(at):
        page.write_blank(row, column, None, styles["doubt"])
    page.write_string(row, at, "", styles["quiet"])
    page.write_string(row, at + 1, doubt.sentence[:CELL], styles["quiet"])
    page.write_string(row, at + 2, doubt.reason, styles["why"])
    page.write_string(row, at + 3, "", styles["quiet"])


def _write_cell(
    page: Any, row: int, at: int, column: Column, value: Any, style: Any, date_style: Any
) -> None:
    """Write a value as what it is; text is always written as text, whatever it begins with."""
    shown = column.kind.show(value) if value is not None else ""
    if column.kind.is_date and shown:
        page.write_datetime(row, at, shown, date_style)
    elif isinstance(shown, int | float) and not isinstance(shown, bool):
        page.write_number(row, at, shown, style)
    else:
        page.write_string(row, at, str(shown)[:CELL], style)


def _write_info(book: Any, plan: Plan, doubts: Sequence[Doubt], styles: dict[str, Any]) -> None:
    page = book.add_worksheet(INFO)
    page.set_column(0, 0, 14)
    page.set_column(1, 1, 80)
    page.set_paper(9)  # A4
    set_up_print(page, plan.title)
    for row, column in enumerate(FIELDS):
        page.write_string(row, 0, column.head, styles["head"])
        _write_cell(page, row, 1, column, get(plan, column.field), styles["cell"], styles["date"])
        if column.kind.choices:
            page.data_validation(
                row, 1, row, 1, {"validate": "list", "source": list(column.kind.choices)}
            )
    row = len(FIELDS) + 1
    facts = [*EXPLAIN, f"共有疑点 {len(doubts)} 处。"]
    if plan.truncated:
        facts.append("原文在句子中间断开，只读到断开处。")
    for fact in facts:
        page.write_string(row, 1, fact, styles["cell"])
        row += 1


def _write_hidden(book: Any, plan: Plan, beside: Sequence[str]) -> None:
    """Keep the whole plan out of sight, so that what the sheets do not show survives.

    Beside it the marks of what stands ``beside`` the reading, by which another hand is noticed.
    """
    page = book.add_worksheet(HIDDEN)
    text = plan.model_dump_json()
    for row, start in enumerate(range(0, len(text), CHUNK)):
        page.write_string(row, 0, text[start : start + CHUNK])
    marks = " ".join(sorted({mark_of(text) for text in beside}))
    for row, start in enumerate(range(0, len(marks), CHUNK)):
        page.write_string(row, 1, marks[start : start + CHUNK])
    page.very_hidden()
