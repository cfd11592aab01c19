"""Row 6 of the figures: a returned workbook of 6,240 rows checked and taken in, beside its rival.

The rival does what an office's script would do: openpyxl for the cells, an ORM object per row. Run
by ``python -m tests.bench_lists``; prints seconds, asserts nothing.
"""

import gc
import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

INDICATORS, UNITS = 104, 60
NOW, TODAY = datetime(2025, 7, 1, 1, 0, tzinfo=UTC), date(2025, 7, 1)


def main() -> None:
    """Print each figure on a line."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["SHIFAN_HOME"] = str(home)
        _prepare(home)
        for name, seconds in _figures(home):
            sys.stdout.write(f"{name:<52} {seconds:7.3f} s\n")


def indicator_table(path: Path, units: list[str], count: int = INDICATORS) -> None:
    """Write a table of ``count`` third-level indicators, each with all ``units``."""
    from tasks.lists.indicator_rows import INDICATORS
    from tasks.lists.indicators import COLUMNS, NOTE
    from tasks.workbook.writing import Sheet, write_workbook

    rows: list[tuple[object, ...]] = [("1", "1", "", "一级", "", None, "", "", "")]
    rows.append(("1.1", "2", "1", "二级", "", None, "", "", ""))
    for n in range(1, count + 1):
        rows.append(
            (
                f"1.1.{n}",
                "3",
                "1.1",
                f"指标{n}",
                "不低于",
                str(n),
                "%",
                units[0],
                "、".join(units[1:]),
            )
        )
    write_workbook(path, [Sheet(INDICATORS, "指标", NOTE, COLUMNS, rows)])


def _prepare(home: Path) -> None:
    from models.schema import upgrade
    from tasks.plan_loading import find_plan, load_plan, read_plan

    upgrade(NOW)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug="jc", start=None, now=NOW, today=TODAY)
    indicator_table(home / "indicators.xlsx", [f"市第{n}局" for n in range(UNITS)])


def _figures(home: Path) -> list[tuple[str, float]]:
    from openpyxl import load_workbook

    from tasks.lists.indicators import load_indicators
    from tasks.lists.progress import export_progress, load_progress

    def taken_in(path: Path) -> int:
        return load_progress("jc", path, now=NOW, today=TODAY).changes

    table = home / "indicators.xlsx"
    figures = [
        _timed(
            "indicators: 106 rows with 6,240 assignments taken in",
            lambda: load_indicators("jc", table, now=NOW, today=TODAY, may_add_units=True),
        ),
        _timed(
            "the same again: nothing changes",
            lambda: load_indicators("jc", table, now=NOW, today=TODAY),
        ),
    ]
    out = home / "progress.xlsx"
    figures.append(_timed("progress: 6,432 rows sent out", lambda: export_progress("jc", out)))
    book = load_workbook(out)
    for row in book["责任分解"].iter_rows(min_row=4):
        if row[0].value.startswith("1.1"):
            row[6].value, row[7].value = "已完成", TODAY - timedelta(days=1)
    filled = home / "filled.xlsx"
    book.save(filled)
    figures.append(_timed("untouched list checked, 0 changes", lambda: taken_in(out)))
    figures.append(_timed("6,240 changes checked and taken in", lambda: taken_in(filled)))
    figures.append(_timed("the same again, 0 changes", lambda: taken_in(filled)))
    figures.append(_timed("the rival: openpyxl and ORM objects", lambda: _rival(filled)))
    return figures


def _rival(path: Path) -> None:
    """Read with openpyxl, find and change each row as an object; rolled back, so that we go next."""
    from openpyxl import load_workbook
    from sqlmodel import Session, col, select

    from models.database import engine_for
    from models.settings import settings
    from models.unit import Unit
    from models.work import Assignment, Indicator

    with Session(engine_for(settings().database)) as session:
        codes = {i.code: i.id for i in session.exec(select(Indicator))}
        units = {u.name: u.id for u in session.exec(select(Unit))}
        held = session.exec(select(Assignment).where(col(Assignment.indicator_id).is_not(None)))
        rows = {(a.indicator_id, a.unit_id): a for a in held}
        for line in load_workbook(path)["责任分解"].iter_rows(min_row=4, values_only=True):
            if line[0] not in codes:
                continue
            row = rows[codes[line[0]], units[line[3]]]
            row.state, row.done_on, row.note = "done", line[7].date(), "x"
        session.flush()
        session.rollback()


def _timed(name: str, work: Callable[[], object]) -> tuple[str, float]:
    gc.collect()  # what came before is not this figure's
    begin = time.perf_counter()
    work()
    return name, time.perf_counter() - begin


if __name__ == "__main__":
    main()
