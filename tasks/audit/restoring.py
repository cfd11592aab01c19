"""Restore a backup: an act with an entry of its own, after which the chain verifies and the office knows."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import make_url, text
from sqlmodel import Session

from models.audit.chain import NewEntry, lock_chain, record
from models.audit.check import check_chain
from models.audit.heads import AuditHead, audit_key, is_signed, keep_head, sign
from models.audit.heads_file import HEADS_FILE, add_head, heads_in, last_line
from models.backup.file import (
    CHAIN,
    Entry,
    Present,
    chain_in,
    digest_of,
    keep_aside,
    live_mark,
    look_at,
    put_in_place,
    take_in,
    version_of,
)
from models.backup.same_state import RESTORED, covers, restore_facts, state_fault
from models.backup.state import Mark, mark_of
from models.campaign.campaign import campaigns
from models.database import engine_for, in_one_line, open_session
from models.decisions.decision import campaign_posts
from models.errors import DatabaseError, NotFoundError
from models.files.home import home
from models.keys import key_of
from models.notices.stages import tell_at_once
from models.rules.audit.chain import SHOWN
from models.rules.audit.words import lost_in_words
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from models.schema import REVISION, bring_up, revision_of
from models.settings import local_minute, moment_of, settings
from notifications.rendering import render

ON_POSTGRESQL = (
    "PostgreSQL 的数据库请先停止 shifan up，用 pg_restore 恢复，再运行一次这条命令："
    "那时登记这次恢复，通知创建办，记录链接着用"
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to: up to what instant, how many entries, what was lost, in words; where the old one is.

    ``again`` says that the same backup stood there already and nothing was added since.
    """

    until: str
    entries: int
    lost: str
    kept: Path | None = None
    again: bool = False
    warnings: Sequence[str] = ()


def restore(file: Path, by: str, moment: Moment) -> Restored:
    """Put the backup ``file`` in the place of the present database, which is kept under a dated name.

    The backup is checked first: is it ours, whole, of a version this code knows, and does its chain
    hold; an older one is upgraded. An entry says what was restored and what was lost since, signed, so
    that heads of what was lost accuse nobody; the office gets a notice. May be killed anywhere, and
    repeated. Raises CampaignError in one line, with nothing changed.
    """
    url = make_url(settings().database)
    if url.get_backend_name() != "sqlite" or not url.database:
        return _register(file, by, moment)
    path = Path(url.database)
    (home() / "tmp").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=home() / "tmp") as folder:
        staging = Path(folder) / "restored.db"
        digest = take_in(file, staging)
        before = version_of(staging)
        present = look_at(path)
        if done := _done_before(present, digest):
            return done
        kept = home() / "backups" / f"before-restore-{moment.now:%Y%m%d-%H%M%S}.db"
        while kept.exists():
            kept = kept.with_name(f"{kept.stem}-2.db")
        act = _Act(
            file.name, digest, by, moment.now, moment.today, kept.name if path.exists() else ""
        )
        written, mark = act.write(staging, before, present)
        if path.exists():
            keep_aside(path, kept, whole=present.chain is not None)
        engine_for.cache_clear()
        put_in_place(staging, path, mark, whole=present.chain is not None)
    add_head(home() / HEADS_FILE, written.head)
    aside = kept if act.kept else None
    return Restored(act.until, written.entries, written.lost, aside, warnings=written.warnings)


def _register(file: Path, by: str, moment: Moment) -> Restored:
    """Let the chain of a PostgreSQL database that was restored by its own tools say so.

    Raises DatabaseError that says what to do first where the database is the one of the last head.
    """
    digest, _ = digest_of(file)
    engine = engine_for(settings().database)
    with in_one_line(), engine.begin() as connection:
        before = revision_of(connection)
    if before is not None and before != REVISION:
        bring_up(engine, before, moment.now)
    act = _Act(file.name, digest, by, moment.now, moment.today, "")
    with open_session() as session:
        lock_chain(session)
        connection = session.connection()
        if before is None or not state_fault(connection):
            raise DatabaseError(ON_POSTGRESQL)
        chain = [
            Entry(row[0], row[1], row[2], str(row[3]), row[4])
            for row in connection.execute(text(CHAIN))
        ]
        written = act.say(session, chain, Present())
        add_head(home() / HEADS_FILE, written.head)
        return Restored(act.until, written.entries, written.lost, warnings=written.warnings)


def _done_before(present: Present, digest: str) -> Restored | None:
    """Return what the same restore came to, where it is the last thing that happened."""
    if not present.chain or present.chain[-1].what != RESTORED:
        return None
    facts = json.loads(present.chain[-1].facts)
    if facts["sha256"] != digest:
        return None
    return Restored(facts["until"], facts["entries"], lost_in_words(facts), again=True)


@dataclass(frozen=True, slots=True)
class _Written:
    """What was written into the database that takes the place of the present one."""

    entries: int
    lost: str
    warnings: Sequence[str]
    head: AuditHead


@dataclass(slots=True)
class _Act:
    """One restore: who, when, from which file, and where the present database is kept."""

    file: str
    digest: str
    by: str
    now: datetime
    today: date
    kept: str
    until: str = ""

    def write(self, staging: Path, before: str, present: Present) -> tuple[_Written, Mark]:
        """Bring the copy up to date, let its chain say what was restored, and tell the office."""
        engine = engine_for(f"sqlite:///{staging}")
        try:
            if before != REVISION:
                bring_up(engine, before, self.now)
            chain = chain_in(staging)
            with in_one_line(), Session(engine) as session, session.begin():
                mark = self._mark(session, present)
                return self.say(session, chain, present), mark
        finally:
            engine.dispose()

    def say(self, session: Session, chain: Sequence[Entry], present: Present) -> _Written:
        """Append the entry that says what was restored, keep its head, and tell the office."""
        self.until = _local(chain[-1].at) if chain else ""
        key = audit_key()
        checked = check_chain(session, key)
        if checked.broken:
            raise DatabaseError(
                f"备份“{self.file}”不能用，没有恢复，什么都没有改动：{checked.broken.line}"
            )
        facts = self._facts(chain, present, key)
        entry = record(
            session,
            None,
            moment_of(self.now, self.today),
            NewEntry(self.by, RESTORED, self.file, facts),
        )
        self._tell(session, facts, key_of(entry))
        head = keep_head(session, key, moment_of(self.now, self.today))
        session.expunge(head)
        return _Written(len(chain), lost_in_words(facts), checked.faults, head)

    def _mark(self, session: Session, present: Present) -> Mark:
        connection = session.connection()
        latest = last_line(home() / HEADS_FILE).get("counter", 0)
        mark = live_mark(present.mark, mark_of(connection), int(latest))
        connection.execute(text("UPDATE database_state SET mark = :mark"), {"mark": mark.line})
        return mark

    def _facts(self, chain: Sequence[Entry], present: Present, key: bytes) -> Mapping[str, Any]:
        known = list(present.chain if present.chain is not None else chain)
        pairs = zip(chain, known, strict=False)
        common = next(
            (n for n, (a, b) in enumerate(pairs) if a.hash != b.hash), min(len(chain), len(known))
        )
        lost = known[common:]
        gone: list[dict[str, Any]] = [
            {
                "from": common + 1,
                "to": len(known),
                "first_at": _local(lost[0].at) if lost else "",
                "last_at": _local(lost[-1].at) if lost else "",
                "hashes": "".join(entry.hash[:SHOWN] for entry in lost),
                "heads": [],
            }
        ]
        for entry in lost:  # what an earlier restore lost goes with its entry, and is said again
            if entry.what == RESTORED:
                gone += (restore_facts(entry.facts, key) or {}).get("gone", ())
        for head in _heads():
            if not is_signed(head, key) or _fits(chain, head):
                continue
            if not covers({"gone": gone}, head.entries, head.hash):
                gone[0]["heads"].append([head.entries, head.hash[:SHOWN]])
                gone[0]["to"] = max(gone[0]["to"], head.entries)
        facts: dict[str, Any] = {
            "file": self.file,
            "sha256": self.digest,
            "entries": len(chain),
            "until": self.until,
            "kept": self.kept,
            "kinds": dict(Counter(entry.what for entry in lost)),
            "gone": gone,
        }
        return facts | {"signature": sign(key, facts)}

    def _tell(self, session: Session, facts: Mapping[str, Any], entry_id: int) -> None:
        """Write a notice to the office of every campaign under way that is no demonstration."""
        for campaign in campaigns(session):
            if campaign.is_demo:
                continue
            words = render(
                "decision/database_restored.md.j2",
                campaign=campaign.title,
                at=_local(str(self.now)),
                by=self.by,
                until=self.until,
                entry=entry_id,
                lost=lost_in_words(facts),
                **{name: facts[name] for name in ("file", "entries", "kept")},
            ).strip()
            posts = campaign_posts(session, key_of(campaign))
            to = {key_of(post): words for post in posts if post.level == Level.OFFICE}
            where = (session, key_of(campaign), "database", 0, "database_restored")
            tell_at_once(*where, to, str(entry_id), moment_of(self.now, self.today))


def _heads() -> Sequence[AuditHead]:
    try:
        return heads_in(home() / HEADS_FILE, missing_ok=True).heads
    except NotFoundError:
        return ()


def _fits(chain: Sequence[Entry], head: AuditHead) -> bool:
    return 0 < head.entries <= len(chain) and chain[head.entries - 1].hash == head.hash


def _local(stored: str) -> str:
    """Return an instant, as SQLite keeps it, as the office's clock showed it."""
    at = datetime.fromisoformat(stored)
    at = at.replace(tzinfo=UTC) if at.tzinfo is None else at
    return local_minute(at)
