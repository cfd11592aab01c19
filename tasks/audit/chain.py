"""Keep, check and hand out the audit chain."""

import csv
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from sqlmodel import Session

from models.audit.chain import AuditEntry, NewEntry, entries, lock_chain, record_all
from models.audit.check import Checked, check_chain
from models.audit.heads import AuditHead, audit_key, current_head, keep_head, last_head
from models.audit.heads_file import HEADS_FILE, add_head, head_facts, heads_in, last_line
from models.audit.protection import protection_faults, put_protection_back
from models.backup.same_state import state_fault
from models.database import open_session
from models.errors import NotFoundError
from models.files.home import home
from models.files.whole_file import write_all
from models.hashing import IN_WORDS
from models.rules.audit.chain import SHOWN, head_in_words, read_sent
from models.rules.audit.words import deed_in_words, facts_in_words
from models.rules.calendar.moment import Moment
from models.settings import local_minute, settings

TORN = (
    f"链头文件 {HEADS_FILE} 的最后一行没有写完，断电或强行结束时会这样，不说明记录被改动；"
    "已略过，下一次保存链头时自动补齐"
)
HEADER = (
    "序号",
    "时间",
    "本地日期",
    "谁",
    "事项",
    "对象",
    "内容",
    "时间（UTC）",
    "事项（内部名称）",
    "当时的事实（内部名称）",
    "前一条的指纹",
    "本条指纹",
    "指纹算法",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def keep_todays_head(moment: Moment) -> str:
    """Keep the chain's signed head in the table and in a file, and return it in words.

    Repeatable: while nothing is added, nothing is written. The file is written first, in turn with
    every other writer: killed anywhere, it holds the head entirely or not at all, and the table
    holds none that the file lacks.
    """
    path = home() / HEADS_FILE
    with open_session(read_only=True) as session:
        if (kept := last_head(session)) and last_line(path).get("hash") == kept.hash:
            return _in_words(kept)
    with open_session() as session:
        lock_chain(session)
        head = keep_head(session, audit_key(), moment)
        add_head(path, head)
        return _in_words(head)


def _in_words(head: AuditHead) -> str:
    return head_in_words(head.entries, head.hash)


def todays_head(moment: Moment) -> AuditHead:
    """Return the head as it stands now, signed; nothing is written."""
    with open_session(read_only=True) as session:
        return current_head(session, audit_key(), moment)


def verify(kept: Path | None = None, sent: str | None = None) -> Checked:
    """Check the chain against itself, the kept heads, the home's file and a head kept elsewhere.

    ``sent`` is the line that stood in a message. Raises NotFoundError when ``kept`` or ``sent`` holds
    no head.
    """
    line = read_sent(sent) if sent is not None else None
    if sent is not None and line is None:
        raise NotFoundError(
            f"“{sent}”不是消息里的链头，应像 “128 1a2b 3c4d 5e6f 7a8b 9c0d”：条数和末条指纹（{SHOWN} 位）"
        )
    own = heads_in(settings().home / HEADS_FILE, missing_ok=True)
    known = list(own.heads)
    if kept is not None:
        known += heads_in(kept, missing_ok=False).heads
    with open_session(read_only=True) as session:
        checked = check_chain(session, audit_key(), known, line)
        if fault := state_fault(session):
            checked = replace(checked, faults=[*checked.faults, fault])
    return replace(checked, warnings=[*checked.warnings, TORN]) if own.torn else checked


def mend_protection(moment: Moment) -> list[str]:
    """Put the triggers back that keep the chain append-only; return those that were not as they should be.

    An entry of the chain says so. Repeatable: where nothing is wrong, nothing is written.
    """
    with open_session(read_only=True) as session:
        if not protection_faults(session):
            return []
    with open_session() as session:
        mended = put_protection_back(session)
        facts = {"triggers": mended}
        said = NewEntry("系统", "protection-restored", "记录链", facts)
        record_all(session, None, moment, [said] if mended else [])
        return mended


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    entries: int
    file: Path
    head_file: Path


def export(file: Path, moment: Moment, campaign_id: int | None = None) -> Exported:
    """Write every entry to a CSV that Excel opens, and its signed head beside it, to keep elsewhere.

    With ``campaign_id`` only the entries about one campaign; each still bears the hash before it.
    A cell that Excel would take for a formula begins with an apostrophe. Files that exist are
    replaced in one move.
    """
    with open_session(read_only=True) as session:
        head = current_head(session, audit_key(), moment)
        rows = [[_safe(cell) for cell in row] for row in chain_rows(session, campaign_id)]
    text = StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    content = text.getvalue().encode("utf-8-sig")
    digest = hashlib.sha256(content).hexdigest()
    facts = {"head": head_facts(head), "file": file.name, "sha256": digest}
    head_file = file.with_name(file.name + ".head.json")
    said = json.dumps(facts, ensure_ascii=False, indent=1)
    write_all({file: content, head_file: said.encode()})
    return Exported(len(rows), file, head_file)


def chain_rows(session: Session, campaign_id: int | None) -> Iterator[list[str]]:
    """Yield a row under `HEADER` for every entry, or those about one campaign, in their order."""
    return map(_cells, entries(session, campaign_id))


def _cells(row: AuditEntry) -> list[str]:
    return [
        str(row.id),
        local_minute(row.at),
        row.day.isoformat(),
        row.who,
        deed_in_words(row.what),
        row.subject,
        facts_in_words(row.facts),
        row.at.isoformat(),
        row.what,
        row.facts,
        row.previous,
        row.hash,
        IN_WORDS.get(row.algorithm, row.algorithm),
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
