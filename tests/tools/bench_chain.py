"""The row of the chain: 100,000 entries checked, replayed and compared with the tables.

Run by ``python -m tests.tools.bench_chain``; prints rows of the table, asserts nothing.
"""

import os
import tempfile
import time
from datetime import UTC, date, datetime, timedelta

from sqlmodel import select

from models.settings import moment_of
from tests.tools.bench_table import Figure, at_most, say

ENTRIES, TURNS = 100_000, 60
NOW, TODAY = datetime(2025, 7, 1, 1, tzinfo=UTC), date(2025, 7, 1)


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = folder
        _fill()
        say(_figure())


def _figure() -> Figure:
    from models.audit.check import check_chain
    from models.audit.heads import audit_key
    from models.database import open_session

    with open_session(read_only=True) as session:
        begun = time.perf_counter()
        found = check_chain(session, audit_key())
        took = time.perf_counter() - begun
    assert not found.lines, found.lines[:3]
    return Figure("链", f"核对 {found.entries:,} 条记录并与各表逐项对照", took, at_most(3.0))


def _fill() -> None:
    """Register progress on every work item again and again, and let other entries stand between."""
    from models.audit.chain import NewEntry, record_all
    from models.campaign.milestone import Milestone
    from models.campaign.progress import Report, register
    from models.database import open_session
    from models.rules.words import Progress
    from models.schema import upgrade
    from tasks.plans.loading import find_plan, load_plan, read_plan

    upgrade(NOW)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug="jc", start=None, moment=moment_of(NOW, TODAY))
    with open_session() as session:
        [campaign_id] = set(session.exec(select(Milestone.campaign_id)))
        codes = session.exec(select(Milestone.code).where(Milestone.kind == "work_item")).all()
    for turn in range(TURNS):
        at = NOW + timedelta(minutes=turn)
        state = (Progress.STARTED, Progress.OPEN)[turn % 2]
        with open_session() as session:
            for code in codes:
                report = Report(code, state, "创建办", note=f"第 {turn} 次")
                register(session, campaign_id, report, moment=moment_of(at, TODAY))
    left = ENTRIES - TURNS * (len(codes) + 1)
    with open_session() as session:
        said = (NewEntry("创建办", "progress", f"W{n}", {"new": n}) for n in range(left))
        record_all(session, campaign_id, moment_of(NOW, TODAY), said)


if __name__ == "__main__":
    main()
