"""`make bench`: each figure of the README beside its floor or rival of the same run.

Seconds move with the machine; ratios within a run are what counts. Nothing is asserted here: what must
hold is counted in the tests (statements, task runs, artifacts).
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from typing import Any

from tests.fill import fill_indicators
from tests.upped import asked

TODAY = date(2025, 7, 21)
NOW = datetime(2025, 7, 21, 4, 0, tzinfo=UTC)
SHIFAN = str(Path(sys.executable).with_name("shifan"))

# The statement that a patrol must be measured by: the lights of all units, as the sqlite3 command asks.
FLOOR = """SELECT unit_id, sum(state IN ('done', 'dropped') OR due IS NULL OR due > '2025-07-27'),
 sum(state NOT IN ('done', 'dropped') AND due BETWEEN '2025-07-21' AND '2025-07-27'),
 sum(state NOT IN ('done', 'dropped') AND due < '2025-07-21')
 FROM assignment WHERE NOT withdrawn GROUP BY unit_id"""

PANDAS = """
import sqlite3, sys, pandas
frame = pandas.read_excel(sys.argv[1])
late = (frame.state == "open") & (frame.due < "2025-07-21")
near = (frame.state == "open") & (frame.due >= "2025-07-21") & (frame.due <= "2025-07-27")
print(frame.assign(red=late, blue=near).groupby("unit")[["red", "blue"]].sum().sum())
"""


def say(row: str, what: str, ours: float, rival: str, theirs: float, reach: str) -> None:
    """Print one figure: ours, the rival's, the ratio, and what is to be reached."""
    ratio = f"{theirs / ours:6.1f} x" if ours else "      –"
    beside = f"{theirs * 1000:9.1f} ms {rival}" if theirs else rival
    sys.stdout.write(
        f"{row:>4}  {what:<44} {ours * 1000:9.1f} ms | {beside:<44} {ratio} | {reach}\n"
    )
    sys.stdout.flush()


def timed(work: Callable[[], object], times: int = 5) -> float:
    """Return the median seconds of ``work``."""
    spans = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        spans.append(time.perf_counter() - start)
    return median(spans)


def command(*words: str) -> Callable[[], object]:
    """Return one run of a command as a user types it."""
    return lambda: subprocess.run(words, check=True, capture_output=True)


def prepare(home: Path) -> int:
    """Make a campaign of 60 units and 104 indicators in ``home``; return its id."""
    from models.campaign import campaign_named
    from models.database import open_session
    from models.schema import upgrade
    from models.unit import Unit, default_posts
    from tasks.plan_loading import find_plan, load_plan, read_plan

    os.environ["SHIFAN_HOME"] = str(home)
    upgrade(NOW)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug="jc", start=None, now=NOW, today=TODAY)
    with open_session() as session:
        campaign_id = campaign_named(session, "jc").id or 0
        more = [Unit(campaign_id=campaign_id, name=f"第{n}局") for n in range(20)]
        session.add_all(more)
        session.flush()
        session.add_all(p for p in default_posts(campaign_id, more) if p.unit_id)
        fill_indicators(session, campaign_id, 104, due=date(2025, 7, 31))
    return campaign_id


def patrols(home: Path) -> None:
    """Row 2: the body of a patrol beside the bare statement and the script an office would write."""
    from tasks.patrol import patrol_campaign

    start = time.perf_counter()
    first = patrol_campaign("jc", TODAY, NOW)
    first_time = time.perf_counter() - start
    again = timed(lambda: patrol_campaign("jc", TODAY, NOW))
    with closing(sqlite3.connect(home / "shifan.db")) as connection:
        floor = timed(lambda: connection.execute(FLOOR).fetchall())
    book = home / "ledger.xlsx"
    _ledger(home, book)
    script = home / "script.py"
    script.write_text(PANDAS)
    pandas = timed(command(sys.executable, str(script), str(book)), 3)
    size = f"{first.board.assignments.total} 条"
    say("2", f"巡查本体,{size},无新提醒", again, "同结果的一条 SQL", floor, "<= 3 倍,<= 30 ms")
    say("2", f"巡查本体,首次({first.notices_created} 条提醒)", first_time, "", 0, "")
    say("2", f"巡查本体,{size}", again, "pandas 脚本", pandas, "快 20 倍")


def counts() -> None:
    """Row 4: SQL statements of a patrol, a campaign as it comes and one of 6,240 assignments more."""
    from sqlalchemy import event

    from models.database import engine_for
    from models.settings import settings
    from tasks.patrol import patrol_campaign

    said: list[str] = []
    event.listen(
        engine_for(settings().database),
        "before_cursor_execute",
        lambda _connection, _cursor, statement, *_rest: said.append(statement),
    )
    patrol_campaign("jc", TODAY, NOW)
    sys.stdout.write(f"   4  一次巡查的 SQL 语句:{len(said)} 条,与规模无关(测试里逐条数)\n")


def _ledger(home: Path, book: Path) -> None:
    import xlsxwriter

    with closing(sqlite3.connect(home / "shifan.db")) as connection:
        rows = connection.execute("SELECT unit_id, due, state FROM assignment").fetchall()
    workbook = xlsxwriter.Workbook(str(book))
    sheet = workbook.add_worksheet()
    for number, row in enumerate([("unit", "due", "state"), *rows]):
        sheet.write_row(number, 0, row)
    workbook.close()


def commands() -> None:
    """Row 1: what a user waits for at the terminal."""
    python = timed(command(sys.executable, "-c", "pass"))
    say("1", "shifan --help", timed(command(SHIFAN, "--help")), "空的 python", python, "0.4 s")
    say("1", "shifan status", timed(command(SHIFAN, "status"), 3), "空的 python", python, "1.0 s")


def checklists(home: Path) -> None:
    """Row 5: patrol, checklists of every unit in Markdown and Excel, the chart and the tables."""
    from tasks.board import board_pages
    from tasks.checklists import rounds_under_way, write_checklists
    from tasks.patrol import patrol_campaign

    def all_of_it() -> None:
        view = patrol_campaign("jc", TODAY, NOW)
        board_pages([view])
        [one] = [r for r in rounds_under_way(TODAY) if r.stage.ordinal == 2]
        write_checklists([one], home / "checklists")

    say("5", "巡查 + 61 份清单(Markdown 和 Excel)+ 图表", timed(all_of_it, 3), "", 0, "0.6 s")


def up(home: Path) -> None:
    """Rows 11 and 12: from `shifan up` to the first patrol, first time and later; click to start."""

    from tests.upped import Up

    for name, reach in (("首次", "30 s"), ("以后", "12 s")):
        start = time.perf_counter()
        with Up(home) as running:
            say("12", f"shifan up 到第一次巡查,{name}", time.perf_counter() - start, "", 0, reach)
            if name == "以后":
                _prefect_objects(running.url)
                say("11", "点运行到开始", _click(running.url), "", 0, "3 s")


def _post(url: str, path: str, **body: object) -> Any:
    return asked(url, path, body)


def _prefect_objects(url: str) -> None:
    """Row 3: what Prefect keeps of one patrol."""
    run = _post(url, "flow_runs/filter", flow_runs={"tags": {"all_": ["启动时巡查"]}})[0]["id"]
    only = {"flow_runs": {"id": {"any_": [run]}}}
    tasks, pages = _post(url, "task_runs/count", **only), _post(url, "artifacts/count", **only)
    sys.stdout.write(f"   3  一次巡查在 Prefect 里:{tasks} 个步骤、{pages} 个页面 | <= 10, <= 3\n")


def _click(url: str) -> float:
    found = {one["name"]: one["id"] for one in _post(url, "deployments/filter")}
    start = time.perf_counter()
    run = _post(
        url, f"deployments/{found['每日巡查']}/create_flow_run", state={"type": "SCHEDULED"}
    )
    while not _post(url, "flow_runs/filter", flow_runs={"id": {"any_": [run["id"]]}})[0][
        "start_time"
    ]:
        time.sleep(0.05)
    return time.perf_counter() - start


def suites() -> None:
    """Row 15: the pure rules, and `make test` as it is."""
    pytest = (sys.executable, "-m", "pytest", "-q")
    rules = timed(command(*pytest, "tests/models/rules"), 1)
    os.environ.pop("SHIFAN_HOME", None)  # ours; the tests have homes of their own
    whole = timed(lambda: subprocess.run(["make", "test"], capture_output=True), 1)
    say("15", "make test", whole, "其中纯规则(含启动)", rules, "180 s,纯规则 1 s 内")


def main() -> None:
    """Print every figure."""
    sys.stdout.write(
        "  行  测什么                                             我们的       | 同一次运行里的对照\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(home)
        patrols(home)
        counts()
        commands()
        checklists(home)
        up(Path(folder) / "up")
    suites()
    for module in ("tests.bench_notices", "tests.bench_lists", "tests.bench_reader"):
        sys.stdout.write(f"\n{module}\n")
        sys.stdout.flush()
        subprocess.run([sys.executable, "-m", module], check=False)


if __name__ == "__main__":
    main()
