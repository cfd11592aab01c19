"""`make soak`: thirty days of a city at speed; memory and disk of each day, and what was lost.

    python -m tests.tools.soak                          thirty days of 6,370 parts
    python -m tests.tools.soak --days 3 --indicators 4 --units 2

Every tick of every schedule is walked through the body that its flow calls, with the clock as it would
be: the patrol, the channels' test, the lists of each stage, the briefing and the web pages once a day,
what goes out every five minutes, the folder every ten minutes of the day. Robots and a mail server of a
process of their own accept, refuse, fail, hang and drop at random. Units return ledgers with mistakes,
report, acknowledge and show web pages; a leader decides; the office reads the window. At the end everybody accepts.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from flows.running import clock
from models.calendar.calendar import work_calendar
from models.database import open_session
from models.files.home import home
from models.rules.calendar.moment import Moment
from models.rules.words import StageKind
from models.settings import moment_of
from tests.support.scratch import scratch
from tests.support.sites import site
from tests.tools.chaos import accepted_by, forget_engine, let_all_pass, start_provider
from tests.tools.soak_count import MIB, Sample, sample, slope, told
from tests.tools.soak_people import SLUG, People, Size, found_city, give_everybody_a_channel

WARM = 5  # days until everything that is kept in memory is there
# What each may rise by in a day: MiB. The database keeps every notice and entry: so many bytes a row.
MEMORY_BOUND, REST_BOUND, ROW_BOUND = 0.5, 0.5, 3_000
PAGES = (
    f"/c/{SLUG}",
    f"/c/{SLUG}/week",
    f"/c/{SLUG}/gate",
    f"/c/{SLUG}/u/1",
    "/",
    f"/c/{SLUG}/o/unheard",
)
OFFICE = 8  # hours that its clock is ahead of UTC


def main() -> int:
    """Live the days, print each and the sums; 1 when something was lost or leans too much."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--units", type=int, default=20, help="beside the plan's own forty")
    parser.add_argument("--indicators", type=int, default=104)
    parser.add_argument("--every", type=int, default=5, help="minutes between what goes out")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp("", "shifan-soak-", scratch()))
    os.environ |= {"SHIFAN_HOME": str(folder / "var"), "SHIFAN_LINK_NETWORKS": "127.0.0.1"}
    os.environ.pop("SHIFAN_DATABASE_URL", None)
    provider, base, mail_port = start_provider("mixed")
    try:
        return _lived(folder, base, mail_port, chosen)
    finally:
        os.kill(provider, signal.SIGKILL)
        os.waitpid(provider, 0)
        forget_engine()
        shutil.rmtree(folder, ignore_errors=True)


def _lived(folder: Path, base: str, mail_port: int, chosen: argparse.Namespace) -> int:
    begun = time.monotonic()
    # Later than any file that is made meanwhile: a folder's file is taken when it lay still a minute.
    start = datetime.now(UTC).date() + timedelta(days=1)
    size = Size(chosen.units, chosen.indicators)
    parts = found_city(start, _at(start, clock_time(7)), size)
    give_everybody_a_channel(folder, base, mail_port)
    _say(f"{chosen.days} 天，{parts:,} 条责任分解")
    samples = []
    with site() as pages:
        people = People(random.Random(1), pages)
        for n in range(chosen.days):
            samples.append(_day(start + timedelta(days=n), people, chosen.every))
            _say(str(samples[-1]))
    _say(f"{time.monotonic() - begun:.0f} 秒")
    let_all_pass(folder, base)
    last = _worked_after(start + timedelta(days=chosen.days))
    for n in range(chosen.days, (last - start).days + 1):
        _say_the_rest(start + timedelta(days=n))
    flat = _flat(samples[min(WARM, len(samples) // 2) :], people)
    whole = _nothing_lost(base, last)
    return 0 if whole and (flat or len(samples) <= WARM) else 1


def _worked_after(day: date) -> date:
    """Return the third working day from ``day`` on: what is held over days off is not late on it."""
    with open_session(read_only=True) as session:
        calendar = work_calendar(session)
    for _ in range(2):
        day = calendar.next_workday(day) + timedelta(days=1)
    return calendar.next_workday(day)


def _at(day: date, at: clock_time) -> datetime:
    return datetime.combine(day, at, tzinfo=UTC) - timedelta(hours=OFFICE)


def _ticks(day: date, minutes: int, hours: range) -> Iterator[datetime]:
    first = _at(day, clock_time(hours.start))
    for n in range(len(hours) * 60 // minutes):
        yield first + timedelta(minutes=n * minutes)


def _day(day: date, people: People, every: int) -> Sample:
    """Live one day, tick by tick, ``every`` so many minutes; 5 as it is, or a larger part of 30."""
    from tasks.intake.folder import collect_folder
    from tasks.intake.mailbox.answers import send_answers
    from tasks.notices.delivery import deliver
    from tasks.patrol.heartbeat import beat_after_delivery

    once = {_at(day, at): what for at, what in DAILY}
    folder = set(_ticks(day, max(10, every), range(7, 21)))
    for now in _ticks(day, every, range(24)):
        clock.now = lambda now=now: now  # type: ignore[misc]
        moment = moment_of(now, day)
        for at in [at for at in once if at <= now]:
            once.pop(at)(moment_of(at, day))
        if now == _at(day, clock_time(9, 30)) and day.weekday() < 5:
            people.work(moment)
            _read_window(now)
        if now in folder:
            assert not collect_folder(moment).faults
            send_answers(moment)
        deliver(clock.now)
        beat_after_delivery(now)
    return sample(day)


def _test_channels(moment: Moment) -> None:
    from tasks.notices.self_test import self_test

    self_test(moment)


def _patrol(moment: Moment) -> None:
    from tasks.patrol.board import board_pages
    from tasks.patrol.heartbeat import beat
    from tasks.patrol.patrol import patrol_all

    views = patrol_all(None, moment.today, moment.now)
    board_pages(views)
    beat(moment, "", views, "")


def _write_lists(moment: Moment) -> None:
    from tasks.gates.checklists import put_stale_aside, rounds_under_way, write_checklists

    out = home() / "checklists"
    for kind in StageKind:
        rounds = rounds_under_way(moment.today, kind)
        put_stale_aside([out / one.folder for one in rounds], write_checklists(rounds, out))


def _draft(moment: Moment) -> None:
    from tasks.papers.briefings.weekly import draft_the_week

    draft_the_week(moment)


def _watch(moment: Moment) -> None:
    from tasks.evidence.links.watching import watch_all

    watch_all(moment)


DAILY = (
    (clock_time(8), _test_channels),
    (clock_time(8, 30), _patrol),
    (clock_time(8, 40), _write_lists),
    (clock_time(15, 30), _draft),
    (clock_time(18, 30), _watch),
)


def _read_window(now: datetime) -> None:
    from tests.support.windows import Client, account

    client = Client(account(now))
    for path in PAGES:
        answer = client.get(path)
        assert answer.status_code == 200, (path, answer.status_code)


def _say_the_rest(day: date) -> None:
    """Send again what died, and all that waits, when everybody accepts."""
    from tasks.notices.delivery import deliver
    from tasks.notices.lists import retry_dead

    retry_dead(SLUG, _at(day, clock_time(7)))
    for now in _ticks(day, 60, range(8, 20)):
        deliver(lambda now=now: now)  # type: ignore[misc]


def _flat(samples: list[Sample], people: People) -> bool:
    """Say how memory and disk lean from the day on which all is warm; whether within the bounds."""
    memory = slope([one.memory for one in samples])
    rest = slope([one.rest for one in samples])
    rows = samples[-1].rows - samples[0].rows
    grown = (samples[-1].database - samples[0].database) * MIB / max(rows, 1)
    _say(
        f"内存每天 {memory:+.2f} MiB（不超过 {MEMORY_BOUND}），材料库和数据库以外每天 {rest:+.2f} MiB（不超过 {REST_BOUND}），"
        f"数据库每条提醒、投递和记录 {grown:,.0f} 字节（不超过 {ROW_BOUND:,}），"
        f"各单位交来 {people.in_files / MIB:.1f} MiB，材料库 {samples[-1].vault:.1f} MiB"
    )
    return memory <= MEMORY_BOUND and rest <= REST_BOUND and grown <= ROW_BOUND


def _nothing_lost(base: str, day: date) -> bool:
    """Say what became of every notice, and whether the chain is whole."""
    from tasks.audit.chain import verify

    found = told(accepted_by(base), _at(day, clock_time(20)))
    states = "、".join(f"{state} {count}" for state, count in sorted(found.states.items()))
    checked = verify()
    _say(
        f"提醒 {sum(found.states.values()):,} 条（{states}），合成 {found.messages:,} 条消息，丢失 {found.lost}"
    )
    _say(f"记录链 {checked.entries:,} 条，{'；'.join(checked.lines) or '完整'}")
    return found.lost == 0 and not checked.lines


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
