"""Restore a backup: an act with an entry of its own, after which the chain verifies and the office knows."""

import json
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session

from models.audit.chain import NewEntry, lock_chain, record
from models.audit.check import check_chain
from models.audit.heads import KEY_FILE, AuditHead, audit_key, keep_head, kept_heads
from models.audit.heads_file import HEADS_FILE, add_head, heads_in
from models.audit.links import Link, read_links
from models.backup.file import (
    MAGIC,
    Present,
    brought_up,
    digest_of,
    take_in,
    take_over_mark,
    version_of,
)
from models.backup.let_in import LetIn, keep_accounts, let_nobody_in
from models.backup.place import place_in_use
from models.backup.restores import RESTORED, Backup, restore_facts
from models.backup.same_state import MOVED_AWAY, NOT_THERE_YET, state_fault
from models.backup.state import ARRIVING, MOVED, Mark
from models.campaign.campaign import campaigns
from models.database import engine_for, open_session, sqlite_file
from models.decisions.decision import campaign_posts
from models.errors import DatabaseError, NotFoundError
from models.files.home import home
from models.keys import key_of
from models.notices.writing import Word, tell
from models.rules.audit.fact_table import Facts
from models.rules.audit.restored import lost_in_words
from models.rules.calendar.moment import Moment
from models.rules.words import Level
from models.schema import REVISION, bring_up, current_revision
from models.settings import local_minute, settings
from notifications.rendering import render

ON_POSTGRESQL = (
    "这个文件不是 shifan db backup 的备份；是 pg_dump 的，请先停止 shifan up，用 pg_restore 恢复，再运行一次这条命令："
    "那时登记这次恢复，通知创建办，记录链接着用"
)
ONLY_HERE = "那边已经没有了、只能回到这里的，请先把这个库改名留存，再恢复"

# A key made on the way would sign nothing of what the backup holds, and stand where the right one belongs.
NO_KEY = (
    "备份“{file}”还没有恢复，什么都没有改动：数据目录 {home} 里没有签名密钥 audit.key；"
    "请先把另存的（或原来数据目录里的）audit.key 放进来，再运行一次"
)
# What of the home belongs beside a backup: a backup that nobody can sign for is restored nowhere else.
BESIDE = (KEY_FILE, "code.key", HEADS_FILE)


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
    that heads of what was lost accuse nobody; the office gets a notice. Nobody is in any more, and no link or
    address of before counts (`models.backup.let_in`). May be killed anywhere, and repeated. Raises CampaignError in one line, with nothing changed.
    """
    if not sqlite_file() and digest_of(file)[1] != MAGIC:
        return _register(file, by, moment)
    place = place_in_use()
    (home() / "tmp").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=home() / "tmp") as folder:
        staging = Path(folder) / "restored.db"
        digest = take_in(file, staging)
        before = version_of(staging)
        present, before_it = place.look(), place.let_in()
        _require_in_use(present.mark)
        if done := _done_before(present, digest):
            return done
        kept = home() / "backups" / f"before-restore-{moment.now:%Y%m%d-%H%M%S}.db"
        while kept.exists():
            kept = kept.with_name(f"{kept.stem}-2.db")
        backup = Backup(file.name, digest, kept.name if place.there else "")
        with brought_up(staging, before, moment.now) as session:
            mark = take_over_mark(session, present.mark)
            keep_accounts(session, before_it)
            let_nobody_in(session, before_it, moment.now)
            restored, head = _say(session, backup, present.chain, by, moment)
        if backup.kept:
            place.keep(kept, whole=present.chain is not None)
        place.put(staging, mark, present)
    add_head(home() / HEADS_FILE, head)
    return replace(restored, kept=kept) if backup.kept else restored


def _require_in_use(mark: Mark) -> None:
    """Raise DatabaseError for a database that has moved away: restored, two would be in use."""
    if mark.copy == MOVED:
        raise DatabaseError(f"{MOVED_AWAY.format(mark.moved_to)}；{ONLY_HERE}")
    if mark.copy == ARRIVING:
        raise DatabaseError(NOT_THERE_YET)


def keys_beside_backup() -> str:
    """Return which keys have to be kept apart from a backup, and how, in words; empty before there are any.

    `restore` needs the key of the chain and nothing else; it never changes, so one copy is enough. Whoever
    has it beside the backup could sign a chain of his own, which is why it lies elsewhere.
    """
    names = [name for name in BESIDE if (home() / name).exists()]
    if KEY_FILE not in names:
        return ""
    files = " ".join(shlex.quote(str(home() / name)) for name in names)
    return (
        f"密钥不在备份里，没有 {KEY_FILE}，这份备份在别的电脑上恢复不了，谁也补不出来：请把 {home()} 里的 "
        f"{'、'.join(names)} 另存一处，与备份分开放（如锁起来的 U 盘），只留自己能读，如 cp -p {files} 另存处/；"
        f"{KEY_FILE} 不会变，存好一次即可，恢复时放回数据目录"
    )


def _register(file: Path, by: str, moment: Moment) -> Restored:
    """Let the chain of a PostgreSQL database that was restored by its own tools say so.

    Raises DatabaseError that says what to do first where the database is the one of the last head.
    """
    digest, _ = digest_of(file)
    before = current_revision(any_state=True)
    if before is not None and before != REVISION:
        bring_up(engine_for(settings().database), before, moment.now)
    with open_session() as session:
        lock_chain(session)
        if before is None or not state_fault(session):
            raise DatabaseError(ON_POSTGRESQL)
        let_nobody_in(session, LetIn(), moment.now)
        restored, head = _say(session, Backup(file.name, digest), None, by, moment)
        add_head(home() / HEADS_FILE, head)
        return restored


def _done_before(present: Present, digest: str) -> Restored | None:
    """Return what the same restore came to, where it is the last thing that happened."""
    if not present.chain or present.chain[-1].what != RESTORED:
        return None
    facts = json.loads(present.chain[-1].facts)
    if facts["sha256"] != digest:
        return None
    return Restored(facts["until"], facts["entries"], lost_in_words(facts), again=True)


def _say(
    session: Session, backup: Backup, before: Sequence[Link] | None, by: str, moment: Moment
) -> tuple[Restored, AuditHead]:
    """Append the entry that says what was restored, keep its head, and tell the office."""
    if kept_heads(session).heads and not (home() / KEY_FILE).exists():
        raise DatabaseError(NO_KEY.format(file=backup.file, home=home()))
    key = audit_key()
    checked = check_chain(session, key)
    if checked.broken:
        raise DatabaseError(
            f"备份“{backup.file}”不能用，没有恢复，什么都没有改动：{checked.broken.line}"
        )
    chain = read_links(session)
    facts = restore_facts(backup, chain, chain if before is None else before, _heads(), key)
    entry = record(session, None, moment, NewEntry(by, RESTORED, backup.file, facts))
    _tell(session, facts, by, key_of(entry), moment)
    head = keep_head(session, key, moment)
    session.expunge(head)
    lost = lost_in_words(facts)
    return Restored(facts["until"], len(chain), lost, warnings=checked.faults), head


def _tell(session: Session, facts: Facts, by: str, entry_id: int, moment: Moment) -> None:
    """Write a notice to the office of every campaign under way that is no demonstration."""
    for campaign in campaigns(session):
        if campaign.is_demo:
            continue
        words = render(
            "decision/database_restored.md.j2",
            campaign=campaign.title,
            at=local_minute(moment.now),
            by=by,
            entry=entry_id,
            lost=lost_in_words(facts),
            **{name: facts[name] for name in ("file", "entries", "until", "kept")},
        ).strip()
        posts = campaign_posts(session, key_of(campaign))
        word = Word("database", 0, "database_restored", str(entry_id), words, urgent=True)
        told = [(key_of(post), word) for post in posts if post.level == Level.OFFICE]
        tell(session, key_of(campaign), told, moment)


def _heads() -> Sequence[AuditHead]:
    try:
        return heads_in(home() / HEADS_FILE, missing_ok=True).heads
    except NotFoundError:
        return ()
