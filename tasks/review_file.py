"""Open a review workbook: its sheets as rows, and the plan it was made from."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.errors import PlanError
from models.plan.schema import Plan
from models.whole_file import shown_name
from tasks.document_checks import DocumentError
from tasks.review_layout import HIDDEN, INFO, SHEETS
from tasks.workbook import reading

Rows = list[list[Any]]


def read_sheets(path: Path) -> dict[str, Rows]:
    """Return the cells of every sheet by its name.

    Raises NotFoundError when there is no such file, DocumentError when it is no workbook.
    """
    try:
        return {name: rows for name, _, rows in reading.read_sheets(path)}
    except PlanError as error:
        raise DocumentError(f"“{shown_name(path)}”{'；'.join(error.faults)}") from None


def original_plan(book: dict[str, Rows], path: Path) -> Plan:
    missing = [
        sheet for sheet in (*(each.name for each in SHEETS), INFO, HIDDEN) if sheet not in book
    ]
    if missing:
        raise DocumentError(f"“{path.name}”不是审核表，缺少工作表：{'、'.join(missing)}")
    text = "".join(str(row[0]) for row in book[HIDDEN] if row)
    try:
        return Plan.model_validate_json(text)
    except ValidationError:
        raise DocumentError(f"“{path.name}”里的原始数据已损坏，请重新生成审核表") from None
