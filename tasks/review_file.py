"""Open a review workbook: its sheets as rows, and the plan it was made from."""

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.plan.schema import (
    Plan,
)
from tasks.document_checks import LARGEST, DocumentError
from tasks.review_layout import (
    HIDDEN,
    INFO,
    SHEETS,
)

Rows = list[list[Any]]


def read_sheets(path: Path) -> dict[str, Rows]:
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.is_file():
        raise DocumentError(f"找不到文件“{path}”")
    if path.stat().st_size > LARGEST:
        raise DocumentError(f"“{path.name}”过大,不是审核表")
    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            return {
                name: book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                for name in book.sheet_names
            }
    except (CalamineError, OSError, ValueError) as error:
        raise DocumentError(f"“{path.name}”打不开,不是正常的 Excel 文件") from error


def original_plan(book: dict[str, Rows], path: Path) -> Plan:
    missing = [
        sheet for sheet in (*(each.name for each in SHEETS), INFO, HIDDEN) if sheet not in book
    ]
    if missing:
        raise DocumentError(f"“{path.name}”不是审核表,缺少工作表:{'、'.join(missing)}")
    text = "".join(str(row[0]) for row in book[HIDDEN] if row)
    try:
        return Plan.model_validate_json(text)
    except ValidationError:
        raise DocumentError(f"“{path.name}”里的原始数据已损坏,请重新生成审核表") from None
