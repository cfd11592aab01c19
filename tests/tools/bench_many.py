"""Row 4 of the figures for a province in one process: 150 campaigns patrolled together, beside their own statements.

Run by ``python -m tests.tools.bench_many``. The floor is what the database itself takes: the same statements
run again with `sqlite3` alone on a copy of the database.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from models.database import BUSY_SECONDS
from models.schema import upgrade
from models.settings import moment_of
from tasks.patrol.patrol import patrol_all, patrol_campaign
from tasks.patrol.view import campaign_slugs, view_campaigns
from tests.support.packs import load_pack
from tests.tools.bench_patrol import NOW, TODAY, asked, recorded, replay
from tests.tools.bench_table import Figure, at_most, floor, in_turn, say, taken, timed
from tests.tools.campaigns import copy_campaign

MANY = 150
ONES = 4  # times the statements of one campaign, for 150


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = folder
        upgrade(NOW)
        load_pack(moment_of(NOW - timedelta(days=20), TODAY - timedelta(days=20)), "jc")
        copy_campaign(MANY - 1)
        for figure in figures(Path(folder)):
            say(figure)


def figures(home: Path) -> Iterator[Figure]:
    """Yield the figures of all campaigns in ``home``: the first patrol of a day, the second, and how they stand."""
    slugs = campaign_slugs()
    what = f"{len(slugs)} 个创建活动一个进程巡查"
    yield Figure("4", f"{what}，写下提醒", taken(_patrol), at_most(3))
    with recorded() as one:
        patrol_campaign(slugs[0], moment_of(NOW, TODAY))
    with recorded() as all_of_them:
        _patrol()
    copy = home / "copy.db"
    with closing(sqlite3.connect(home / "shifan.db")) as live, closing(sqlite3.connect(copy)) as to:
        live.backup(to)
    with closing(sqlite3.connect(copy, timeout=BUSY_SECONDS, isolation_level=None)) as bare:
        ours, theirs = in_turn(_patrol, lambda: replay(bare, all_of_them), 5)
    yield Figure("4", f"{what}，没有新事", ours, at_most(1.5))
    yield Figure("4", f"{what}，没有新事", ours, floor(2), "同样的语句在裸 sqlite3 上重放", theirs)
    goal = at_most(ONES * len(asked(one)))
    yield Figure("4", f"{what}的 SQL 语句，没有新事", len(asked(all_of_them)), goal, unit="条")
    took = timed(lambda: view_campaigns(slugs, TODAY), 5)
    yield Figure("4", f"{len(slugs)} 个创建活动看进展", took, at_most(1))


def _patrol() -> Any:
    return patrol_all(None, TODAY, NOW)


if __name__ == "__main__":
    main()
