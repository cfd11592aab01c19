"""What it takes to look ahead: a rehearsal of half a year with 6,370 parts, and a forecast of as many.

    python -m tests.tools.bench_ahead                 both; the rehearsal at both paces
    python -m tests.tools.bench_ahead --pace on-time

Sixty-one units, 104 indicators each, due on four days; the plan is the pack jinchang-2025, moved.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlmodel import col, select

from models.calendar.calendar import work_calendar
from models.campaign.campaign import campaign_named
from models.campaign.work import Assignment
from models.database import open_session
from models.foresight.known import open_stages, paced_items
from models.keys import key_of
from models.rules.foresight.forecasting import forecast
from models.schema import upgrade
from models.settings import moment_of
from models.units.unit import Unit, add_default_posts, units_of
from tasks.plans.loading import find_plan, load_plan, read_plan
from tasks.rehearsal.asked import AskedRehearsal
from tasks.rehearsal.rehearsing import rehearse
from tests.support.fill import fill_indicators
from tests.support.scratch import scratch
from tests.tools.chaos import forget_engine

START, LAST = date(2026, 3, 2), date(2026, 8, 31)
TODAY = date(2026, 5, 20)
NOW = datetime(2026, 3, 1, 1, tzinfo=UTC)
UNITS, INDICATORS, DUE = 61, 104, (60, 90, 120, 150)


def main() -> int:
    """Print a line for the forecast, and one for each pace."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pace", nargs="*", default=["on-time", "none"])
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp("", "shifan-ahead-", scratch()))
    os.environ["SHIFAN_HOME"] = str(folder / "var")
    for name in ("SHIFAN_DATABASE_URL", "SHIFAN_CHANNELS"):
        os.environ.pop(name, None)
    try:
        parts = found_large()
        _forecast(parts)
        for pace in chosen.pace:
            began = time.monotonic()
            found = rehearse(AskedRehearsal("", START, LAST, pace), moment_of(NOW))
            took = time.monotonic() - began
            _say(
                f"演练 {len(found.days)} 天，{parts:,} 条责任分解，{found.pace}：{took:.0f} 秒，{len(found.messages):,} 条消息"
            )
    finally:
        forget_engine()
        shutil.rmtree(folder, ignore_errors=True)
    return 0


def found_large() -> int:
    """Load the campaign; return how many parts it has."""
    upgrade(NOW)
    load_plan(
        read_plan(find_plan("jinchang-2025")),
        slug="大市",
        start=START,
        moment=moment_of(NOW, START),
    )
    with open_session() as session:
        campaign = key_of(campaign_named(session, "大市"))
        there = len(units_of(session, campaign))
        more = [Unit(campaign_id=campaign, name=f"第{n}局") for n in range(UNITS - there)]
        session.add_all(more)
        session.flush()
        add_default_posts(session, campaign, more)
        fill_indicators(session, campaign, INDICATORS, due=START)
        parts = session.exec(select(Assignment).order_by(col(Assignment.id))).all()
        for n, part in enumerate(parts):
            if part.indicator_id:
                days = DUE[n // UNITS % len(DUE)]
                part.due = part.original_due = START + timedelta(days=days)
                part.begin_by = START + timedelta(days=days * 2 // 3)
        return len(parts)


def _forecast(parts: int) -> None:
    with open_session() as session:
        campaign = key_of(campaign_named(session, "大市"))
        for n, part in enumerate(session.exec(select(Assignment))):
            if part.due and part.due < TODAY and n % 3:
                part.state, part.done_on = "done", part.due - timedelta(days=n % 9)
    with open_session(read_only=True) as session:
        items, stages = paced_items(session, campaign), open_stages(session, campaign)
        calendar = work_calendar(session)
    days = [one.days for one in stages]
    forecast(items[:200], days, TODAY, calendar)
    before, began = _peak(), time.monotonic()
    forecast(items, days, TODAY, calendar)
    took = time.monotonic() - began
    _say(f"预计 {len(items):,} 项：{took:.2f} 秒，多用 {_peak() - before:.0f} MiB")
    with open_session() as session:
        for part in session.exec(select(Assignment).where(Assignment.state == "done")):
            part.state, part.done_on = "open", None


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
