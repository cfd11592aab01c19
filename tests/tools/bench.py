"""`make bench`: each figure of the README beside its floor or rival of the same run, in one table.

Seconds move with the machine; ratios within a run are what counts. Nothing is asserted here: what must
hold is counted in the tests (statements, task runs, artifacts).
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from models.settings import moment_of
from tests.support.fill import fill_indicators
from tests.support.upped import Up, asked
from tests.tools import bench_patrol
from tests.tools.bench_patrol import NOW, TODAY
from tests.tools.bench_table import HEADER, Figure, at_most, say, timed

SHIFAN = str(Path(sys.executable).with_name("shifan"))
# Each in a process of its own: settings, engines and what was imported are then only theirs.
OTHERS = (
    "tests.tools.bench_bulk",
    "tests.tools.bench_chain",
    "tests.tools.bench_documents",
    "tests.tools.bench_ledgers",
    "tests.tools.bench_handing_in",
    "tests.tools.bench_evidence",
    "tests.tools.bench_near",
    "tests.tools.bench_many",
    "tests.tools.bench_lists",
    "tests.tools.bench_notices",
    "tests.tools.bench_papers",
    "tests.tools.bench_packages",
    "tests.tools.bench_rooms",
    "tests.tools.bench_scale",
    "tests.tools.bench_reader",
    "tests.tools.bench_door",
    "tests.tools.bench_window",
)


def command(*words: str) -> Callable[[], object]:
    """Return one run of a command as a user types it."""
    return lambda: subprocess.run(words, check=True, capture_output=True)


def prepare(home: Path, indicators: int = 104, due: date = date(2025, 7, 31)) -> int:
    """Make a campaign of 60 units and so many indicators in ``home``; return its id."""
    from models.campaign.campaign import campaign_named
    from models.database import open_session
    from models.schema import upgrade
    from models.units.unit import Unit, add_default_posts
    from tasks.plans.loading import find_plan, load_plan, read_plan

    os.environ["SHIFAN_HOME"] = str(home)
    upgrade(NOW)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug="jc", start=None, moment=moment_of(NOW, TODAY))
    with open_session() as session:
        campaign_id = campaign_named(session, "jc").id or 0
        more = [Unit(campaign_id=campaign_id, name=f"第{n}局") for n in range(20)]
        session.add_all(more)
        session.flush()
        add_default_posts(session, campaign_id, more)
        fill_indicators(session, campaign_id, indicators, due=due)
    return campaign_id


def commands() -> Iterator[Figure]:
    """Row 1: what a user waits for at the terminal."""
    python = timed(command(sys.executable, "-c", "pass"))
    for words, reach, times in (("--help", 0.2, 5), ("status", 0.6, 3)):
        took = timed(command(SHIFAN, words), times)
        yield Figure("1", f"shifan {words}", took, at_most(reach), "空的 python", python)


def checklists(home: Path) -> Iterator[Figure]:
    """Row 5: patrol, checklists of every unit in Markdown and Excel, the chart and the tables."""
    from tasks.gates.checklists import rounds_under_way, write_checklists
    from tasks.patrol.board import board_pages
    from tasks.patrol.patrol import patrol_campaign

    written = 0

    def all_of_it() -> None:
        nonlocal written
        board_pages([patrol_campaign("jc", moment_of(NOW, TODAY))])
        [one] = [r for r in rounds_under_way(TODAY) if r.stage.ordinal == 2]
        written = len(write_checklists([one], home / "checklists"))

    took = timed(all_of_it, 3)
    what = f"巡查、{written} 份清单（Markdown 和 Excel）和图表"
    yield Figure("5", what, took, at_most(0.5))


def ups(home: Path) -> Iterator[Figure]:
    """Rows 3, 11 and 12: `shifan up` until it is ready, first time and later; one patrol; one click."""
    for name, reach in (("首次", 15.0), ("以后", 8.0)):
        start = time.perf_counter()
        running = Up(home)
        while not running.said.strip():
            time.sleep(0.01)
        yield Figure("12", f"shifan up 到第一行字，{name}", time.perf_counter() - start, at_most(2))
        with running:
            took = time.perf_counter() - start
            yield Figure("12", f"shifan up 到第一次巡查，{name}", took, at_most(reach))
            if name == "以后":
                yield from _prefect_objects(running.url)
                yield Figure("11", "在界面上点运行到开始", _click(running.url), at_most(2))


def _post(url: str, path: str, **body: object) -> Any:
    return asked(url, path, body)


def _prefect_objects(url: str) -> Iterator[Figure]:
    """Row 3: what Prefect keeps of one patrol."""
    run = _post(url, "flow_runs/filter", flow_runs={"tags": {"all_": ["启动时巡查"]}})[0]["id"]
    only = {"flow_runs": {"id": {"any_": [run]}}}
    tasks, pages = _post(url, "task_runs/count", **only), _post(url, "artifacts/count", **only)
    yield Figure("3", "一次巡查在 Prefect 里的步骤", tasks, at_most(10), unit="个")
    yield Figure("3", "一次巡查在 Prefect 里的页面", pages, at_most(3), unit="个")


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


def suites() -> Iterator[Figure]:
    """Row 15: the pure rules, and `make test` as it is."""
    os.environ.pop("SHIFAN_HOME", None)  # ours; the tests have homes of their own
    rules = timed(command(sys.executable, "-m", "pytest", "-n", "0", "tests/models/rules"), 1)
    yield Figure("15", "纯规则的测试（含启动）", rules, at_most(1))
    whole = timed(lambda: subprocess.run(["make", "test"], capture_output=True), 1)
    yield Figure("15", "make test", whole, at_most(180))


def main() -> None:
    """Print every figure."""
    sys.stdout.write(HEADER)
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        prepare(home)
        for figures in (
            commands(),
            bench_patrol.figures(home, command),
            checklists(home),
            ups(Path(folder) / "up"),
        ):
            for figure in figures:
                say(figure)
    with tempfile.TemporaryDirectory() as folder:
        prepare(Path(folder), indicators=7600)
        for figure in bench_patrol.large(Path(folder)):
            say(figure)
        os.environ.pop("SHIFAN_CHANNELS")
    for module in OTHERS:
        subprocess.run([sys.executable, "-m", module], check=False)
    for figure in suites():
        say(figure)


if __name__ == "__main__":
    main()
