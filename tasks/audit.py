"""Keep, check and hand out the audit chain."""

import csv
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from models.audit import AuditEntry
from models.audit_check import Checked, check_chain
from models.audit_head import AuditHead, current_head, keep_head, last_head
from models.audit_key import audit_key
from models.database import open_session
from models.errors import NotFoundError
from models.home import home
from models.rules.bounds import LARGEST_NUMBER, number_fault
from models.rules.chain import SHOWN, head_in_words, read_sent
from models.settings import settings
from models.whole_file import FileFault, Why, read_whole

HEADS_FILE = "audit-heads.jsonl"  # in the home, beside the key: a rewritten table alone shows
HEADER = (
    "序号",
    "时间（UTC）",
    "本地日期",
    "谁",
    "事项",
    "对象",
    "当时的事实",
    "前一条的指纹",
    "本条指纹",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LARGEST_HEADS = 50_000_000  # bytes; a head a day for a thousand years has a third of that
DIGEST = re.compile("[0-9a-f]{64}")


def keep_todays_head(now: datetime, today: date) -> str:
    """Keep the chain's signed head in the table and in a file, and return it in words.

    Repeatable: while nothing is added, nothing is written.
    """
    with open_session(read_only=True) as session:
        if kept := last_head(session):
            return _in_words(kept)
    with open_session() as session:
        head = keep_head(session, audit_key(), day=today, at=now)
        line, words = json.dumps(head_facts(head), ensure_ascii=False), _in_words(head)
    with (home() / HEADS_FILE).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return words


def _in_words(head: AuditHead) -> str:
    return head_in_words(head.entries, head.hash)


def head_facts(head: AuditHead) -> dict[str, Any]:
    """Return a head as it is written to a file."""
    return {
        "day": head.day.isoformat(),
        "at": head.at.isoformat(),
        "entries": head.entries,
        "last_id": head.last_id,
        "hash": head.hash,
        "signature": head.signature,
    }


def read_head(facts: dict[str, Any]) -> AuditHead:
    """Return the head that `head_facts` wrote; raises ValueError or KeyError on anything else."""
    entries, last_id = int(facts["entries"]), int(facts["last_id"])
    for number in (entries, last_id):
        if fault := number_fault(number, 0, LARGEST_NUMBER):
            raise ValueError(fault)
    head = AuditHead(
        day=date.fromisoformat(facts["day"]),
        at=datetime.fromisoformat(facts["at"]),
        entries=entries,
        last_id=last_id,
        hash=str(facts["hash"]),
        signature=str(facts["signature"]),
    )
    if not all(map(DIGEST.fullmatch, (head.hash, head.signature))):
        raise ValueError("no head")
    return head


def todays_head(now: datetime, today: date) -> AuditHead:
    """Return the head as it stands now, signed; nothing is written."""
    with open_session(read_only=True) as session:
        return current_head(session, audit_key(), day=today, at=now)


def verify(kept: Path | None = None, sent: str | None = None) -> Checked:
    """Check the chain against itself, the kept heads, the home's file and a head kept elsewhere.

    ``sent`` is the line that stood in a message. Raises NotFoundError when ``kept`` or ``sent`` holds
    no head.
    """
    line = read_sent(sent) if sent is not None else None
    if sent is not None and line is None:
        raise NotFoundError(
            f"“{sent}”不是消息里的链头，应像 “128 abcdef123456”：条数和末条指纹（至少 {SHOWN} 位）"
        )
    known = _heads_in(settings().home / HEADS_FILE, missing_ok=True)
    if kept is not None:
        known += _heads_in(kept, missing_ok=False)
    with open_session(read_only=True) as session:
        return check_chain(session, audit_key(), known, line)


def _heads_in(path: Path, *, missing_ok: bool) -> list[AuditHead]:
    try:
        text = read_whole(path, LARGEST_HEADS).decode("utf-8-sig").strip()
        found = json.loads(text) if text.startswith("{\n") else None
        rows = [found] if found else [json.loads(line) for line in text.splitlines() if line]
        return [read_head(row.get("head", row)) for row in rows]
    except FileFault as fault:
        if fault.why is Why.MISSING:
            if missing_ok:
                return []
            raise NotFoundError(f"找不到链头文件 {path}") from None
        raise NotFoundError(f"链头文件 {path} {fault.why.value}") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise NotFoundError(f"{path} 里没有可以读的链头，它可能被改动过") from None


@dataclass(frozen=True, slots=True)
class Exported:
    """What an export wrote."""

    entries: int
    file: Path
    head_file: Path


def export(file: Path, now: datetime, today: date) -> Exported:
    """Write every entry to a CSV that Excel opens, and its signed head beside it, to keep elsewhere.

    A cell that Excel would take for a formula begins with an apostrophe. Files that exist are
    replaced in one move.
    """
    with open_session(read_only=True) as session:
        head = current_head(session, audit_key(), day=today, at=now)
        entries = session.exec(select(AuditEntry).order_by(col(AuditEntry.id)))
        rows = [[_safe(cell) for cell in _cells(entry)] for entry in entries]
    draft = file.with_name(f".{file.name}.draft")
    with draft.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.writer(target)
        writer.writerow(HEADER)
        writer.writerows(rows)
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    draft.replace(file)
    head_file = file.with_name(file.name + ".head.json")
    facts = {"head": head_facts(head), "file": file.name, "sha256": digest}
    draft.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(head_file)
    return Exported(len(rows), file, head_file)


def _cells(row: AuditEntry) -> list[str]:
    return [
        str(row.id),
        row.at.isoformat(),
        row.day.isoformat(),
        row.who,
        row.what,
        row.subject,
        row.facts,
        row.previous,
        row.hash,
    ]


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell
