"""Row 6 of the figures: a returned workbook of 6,240 rows checked and taken in, beside its rival.

The rival does what an office's script would do: openpyxl for the cells, an ORM object per row. Run
by ``python -m tests.tools.bench_lists``; prints rows of the table, asserts nothing.
"""

import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models.settings import moment_of
from tests.tools.bench_table import Figure, at_most, rival, say, taken

INDICATORS, UNITS = 104, 60
NOW, TODAY = datetime(2025, 7, 1, 1, 0, tzinfo=UTC), date(2025, 7, 1)


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["SHIFAN_HOME"] = str(home)
        _prepare(home)
        for figure in _figures(home):
            say(figure)


def indicator_table(path: Path, units: list[str], count: int = INDICATORS) -> None:
    """Write a table of ``count`` third-level indicators, each with all ``units``."""
    from tasks.lists.indicator_sheets import TEMPLATE
    from tasks.workbook.writing import write_workbook

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
    more = [""] * (len(TEMPLATE.columns) - len(rows[0]))
    write_workbook(path, [TEMPLATE.filled([[*row, *more] for row in rows])])


def _prepare(home: Path) -> None:
    from models.schema import upgrade
    from tasks.plans.loading import find_plan, load_plan, read_plan

    upgrade(NOW)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug="jc", start=None, moment=moment_of(NOW, TODAY))
    indicator_table(home / "indicators.xlsx", [f"市第{n}局" for n in range(UNITS)])


def _figures(home: Path) -> Iterator[Figure]:
    from openpyxl import load_workbook

    from tasks.lists.indicators import load_indicators
    from tasks.lists.progress import export_progress, load_progress

    changes = 0

    def taken_in(path: Path) -> None:
        nonlocal changes
        changes = load_progress("jc", path, moment=moment_of(NOW, TODAY)).changes

    load_indicators(
        "jc", home / "indicators.xlsx", moment=moment_of(NOW, TODAY), may_add_units=True
    )
    out = home / "progress.xlsx"
    export_progress("jc", out)
    book = load_workbook(out)
    for row in book["责任分解"].iter_rows(min_row=4):
        if row[0].value.startswith("1.1"):
            row[6].value, row[7].value = "已完成", TODAY - timedelta(days=1)
    filled = home / "filled.xlsx"
    book.save(filled)
    ours = _timed(lambda: taken_in(filled))
    what = f"核对并收回 {changes:,} 处改动的进展表"
    theirs = _timed(lambda: _rival(filled))
    yield Figure("6", what, ours, at_most(0.25))
    yield Figure("6", what, ours, rival(5), "openpyxl 加逐行 ORM 对象", theirs)


def _rival(path: Path) -> None:
    """Read with openpyxl, find and change each row as an object; rolled back, so that we go next."""
    from openpyxl import load_workbook
    from sqlmodel import Session, col, select

    from models.campaign.work import Assignment, Indicator
    from models.database import engine_for
    from models.settings import settings
    from models.units.unit import Unit

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


def _timed(work: Callable[[], object]) -> float:
    gc.collect()  # what came before is not this figure's
    return taken(work)


if __name__ == "__main__":
    main()
