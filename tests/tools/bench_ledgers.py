"""Ledgers: sixty out, and sixty back with 6,240 rows, beside what an office's script would do.

Run by ``python -m tests.tools.bench_ledgers``; prints rows of the table, asserts nothing.
"""

import gc
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from models.settings import moment_of
from tests.tools.bench_lists import indicator_table
from tests.tools.bench_table import Figure, at_most, rival, say, taken

UNITS = 60
NOW, TODAY = datetime(2025, 7, 1, 1, 0, tzinfo=UTC), date(2025, 7, 1)


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        os.environ["SHIFAN_HOME"] = str(home)
        _prepare(home)
        for figure in _figures(home):
            say(figure)


def _prepare(home: Path) -> None:
    """Make a campaign in which sixty units have 104 indicators each, and nothing else."""
    from models.database import open_session, run
    from models.evidence.demands.keeping import ensure_demands
    from models.schema import upgrade
    from tasks.lists.indicators import load_indicators
    from tasks.plans.loading import find_plan, load_plan, read_plan

    upgrade(NOW)
    moment = moment_of(NOW, TODAY)
    load_plan(read_plan(find_plan("jinchang-2025")), slug="jc", start=None, moment=moment)
    indicator_table(home / "indicators.xlsx", [f"市第{n}局" for n in range(UNITS)])
    load_indicators("jc", home / "indicators.xlsx", moment=moment, may_add_units=True)
    with open_session() as session:
        ensure_demands(session, 1)
        run(session, "UPDATE assignment SET withdrawn = true WHERE work_item_id IS NOT NULL")


def _figures(home: Path) -> Iterator[Figure]:
    from models.rules.evidence.words import Via
    from tasks.intake.arrived import Arrived
    from tasks.ledgers.exporting import export_ledgers
    from tasks.ledgers.taking import LedgerBack, take_ledgers

    moment, out = moment_of(NOW, TODAY), home / "out"
    ours = _timed(lambda: export_ledgers("jc", out, moment))
    theirs = _timed(lambda: _rival_out(out, home / "rival"))
    yield Figure("16", f"发出 {UNITS} 份台账", ours, at_most(0.5))
    yield Figure("16", f"发出 {UNITS} 份台账", ours, rival(2), "openpyxl 逐格写，只有数", theirs)

    back = []
    for path in sorted(out.iterdir()):
        content = _filled(path)
        key = hashlib.sha256(content).hexdigest()
        arrived = Arrived(path.name, content, "", Via.COMMAND, NOW, key)
        back.append(LedgerBack(arrived))
    results = []
    ours = _timed(lambda: results.extend(take_ledgers("jc", back, moment)))
    assert sum("登记 104 处变化" in one.lines[0] for one in results) == UNITS
    theirs = _timed(lambda: [_rival_in(one.file.content) for one in back])
    what = f"收回 {UNITS} 份台账、6,240 行"
    yield Figure("16", what, ours, at_most(1.5))
    yield Figure("16", what, ours, rival(2), "openpyxl 逐行读，不登记", theirs)


def _filled(path: Path) -> bytes:
    """Return a ledger whose rows all say 进行中, as a clerk saves it."""
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(path)
    for row in book["台账"].iter_rows(min_row=4):
        row[6].value = "进行中"
    copy = BytesIO()
    book.save(copy)
    return copy.getvalue()


def _rival_out(ledgers: Path, out: Path) -> None:
    """Write the same cells without a look, a lock or a list to choose from."""
    from openpyxl import Workbook

    out.mkdir()
    for path in sorted(ledgers.iterdir()):
        book = Workbook()
        page = book.active
        assert page is not None
        for n in range(1, 105):
            page.append([f"1.1.{n}", "责任单位", f"指标{n}", "", TODAY, "", "未开始", "", ""])
        book.save(out / path.name)


def _rival_in(content: bytes) -> int:
    from io import BytesIO

    from openpyxl import load_workbook

    rows = load_workbook(BytesIO(content))["台账"].iter_rows(min_row=4, values_only=True)
    return sum(row[6] == "进行中" for row in rows)


def _timed(work: Callable[[], object]) -> float:
    gc.collect()  # what came before is not this figure's
    return taken(work)


if __name__ == "__main__":
    main()
