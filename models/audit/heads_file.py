"""Heads of the chain in a file of the home, beside the key: a rewritten table alone shows by it.

One JSON object a line, the oldest first. The file is always written whole.
"""

import json
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from models.audit.heads import AuditHead, head_facts, read_head
from models.errors import NotFoundError
from models.files.whole_file import FileFault, Unread, read_whole, write_whole
from models.rules.audit.fact_table import Facts
from models.rules.bounds import LARGEST_NUMBER, number_fault

HEADS_FILE = "audit-heads.jsonl"
LONGEST_LINE = 2_000  # bytes; a head has some four hundred
LARGEST_HEADS = 50_000_000  # bytes; a head a day for a thousand years has a third of that
_DIGEST = re.compile("[0-9a-f]{64}")
_SIGNATURE = re.compile("(hmac-[a-z0-9]+:)?[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class HeadsRead:
    """The heads of a file; ``torn`` says that its last line was cut off, which accuses nobody."""

    heads: Sequence[AuditHead] = ()
    torn: bool = False


def add_head(path: Path, head: AuditHead) -> None:
    """Add ``head`` to the file unless it stands there last; the file is the old one or the new, never half.

    Whoever may write at the same time takes turns (the chain's lock). A last line that a power cut
    tore, as it did to files of before, makes room.
    """
    if last_line(path).get("hash") == head.hash:
        return
    kept, _ = _whole_lines(path.read_bytes() if path.exists() else b"")
    end = b"\n" if kept and not kept.endswith(b"\n") else b""
    line = json.dumps(head_facts(head), ensure_ascii=False).encode()
    write_whole(path, kept + end + line + b"\n")


def last_line(path: Path) -> Facts:
    """Return the last whole head of the file, as it says; empty where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - LONGEST_LINE))
            lines = file.read().splitlines()
    except OSError:
        return {}
    for line in reversed(lines[-2:]):
        with suppress(ValueError):
            found = json.loads(line)
            return found if isinstance(found, dict) else {}
    return {}


def heads_in(path: Path, *, missing_ok: bool) -> HeadsRead:
    """Return the heads of a file: one object (an export's, or one head), or one a line.

    Raises NotFoundError in one line where there is none, or where a line holds no head. Only a last
    line without its end may be torn: files of before were added to, and a power cut did that.
    """
    try:
        raw = read_whole(path, LARGEST_HEADS)
        if raw.decode("utf-8-sig").lstrip().startswith("{\n"):
            return HeadsRead([_of(json.loads(raw))])
        whole, torn = _whole_lines(raw)
        lines = whole.decode("utf-8-sig").splitlines()
        return HeadsRead([_of(json.loads(line)) for line in lines if line.strip()], torn)
    except FileFault as fault:
        if fault.why is Unread.MISSING:
            if missing_ok:
                return HeadsRead()
            raise NotFoundError(f"找不到链头文件 {path}") from None
        raise NotFoundError(f"链头文件 {path} {fault.why.value}") from None
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        raise NotFoundError(f"{path} 里没有可以读的链头，它可能被改动过") from None


def _of(row: Facts) -> AuditHead:
    head = read_head(row.get("head", row))
    for number in (head.entries, head.last_id, head.counter):
        if fault := number_fault(number, 0, LARGEST_NUMBER):
            raise ValueError(fault)
    if not (_DIGEST.fullmatch(head.hash) and _SIGNATURE.fullmatch(head.signature)):
        raise ValueError("hash")
    return head


def _whole_lines(raw: bytes) -> tuple[bytes, bool]:
    """Return ``raw`` without a last line that was cut off in the middle, and whether there was one."""
    before, end, last = raw.rpartition(b"\n")
    if before.strip() and last.strip():
        try:
            json.loads(last)
        except ValueError:
            return before + end, True
    return raw, False
