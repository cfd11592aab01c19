"""What waits in the mailbox: found, fetched and marked, and never deleted.

imap-tools' own way to set a flag ends with EXPUNGE, which would delete what somebody else marked as
deleted: marks are stored here without it. UIDs name a mail within one visit and are kept nowhere.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email.utils import parsedate_to_datetime

from imap_tools import BaseMailBox
from imap_tools.errors import MailboxFetchError, MailboxFlagError, MailboxUidsError
from imap_tools.utils import check_command_status

from tasks.intake.mailbox.mails import LARGEST_MAIL, known_by

LOOK_BACK = 92  # days: so old may a mail be when it is first seen
AT_ONCE = 200  # mails in one FETCH
KEYWORD = "ShifanKept"  # where the server keeps words of ours; else a mail that is kept is \Flagged
LONGEST_HEADER = 262_144  # bytes
_LOOK = "(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_UID = re.compile(rb"\bUID (\d+)")
_SIZE = re.compile(rb"\bRFC822\.SIZE (\d+)")
_FLAGS = re.compile(rb"\bFLAGS \(([^)]*)\)")
_CAME = re.compile(rb'\bINTERNALDATE "\s*([^"]+)"')
_ID = re.compile(rb"^message-id[ \t]*:(.*)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Listed:
    """A mail of the mailbox; ``message_id`` is what it is known by, ``uid`` holds for this visit."""

    uid: str
    message_id: str
    size: int
    came_at: datetime | None  # UTC, as the server says
    marked: bool


def listed_mails(box: BaseMailBox, today: date) -> list[Listed]:
    """Return the mails that came in the last 92 days, oldest first."""
    mark = kept_mark(box)
    uids = _found(box, f"SINCE {_day(today)}")
    return sorted(_looked_at(box, uids, mark), key=lambda one: int(one.uid))


def older_unmarked(box: BaseMailBox, today: date) -> int:
    """Return how many mails without our mark came before that: they are not looked at, and said to be there."""
    unmarked = f"UNKEYWORD {KEYWORD}" if kept_mark(box) == KEYWORD else "UNFLAGGED"
    return len(_found(box, f"BEFORE {_day(today)} {unmarked}"))


def raw_mail(box: BaseMailBox, uid: str) -> bytes:
    """Return a mail as it came, at most one byte more than the largest we take; b"" when it is gone."""
    return _fetched(box, uid, f"BODY.PEEK[]<0.{LARGEST_MAIL + 1}>")


def raw_header(box: BaseMailBox, uid: str) -> bytes:
    """Return the header of a mail as it came."""
    return _fetched(box, uid, f"BODY.PEEK[HEADER]<0.{LONGEST_HEADER}>")


def mark_kept(box: BaseMailBox, uids: Sequence[str]) -> None:
    """Mark mails as read and kept; only when everything of them is."""
    mark = kept_mark(box)
    for first in range(0, len(uids), AT_ONCE):
        some = ",".join(uids[first : first + AT_ONCE])
        check_command_status(
            box.client.uid("STORE", some, "+FLAGS", f"(\\Seen {mark})"), MailboxFlagError
        )


def kept_mark(box: BaseMailBox) -> str:
    """Return by what a kept mail is marked: a word of ours where the folder takes new words."""
    known = getattr(box, "kept_mark", "")
    if not known:
        _, said = box.client.response("PERMANENTFLAGS")
        takes = any(b"\\*" in one for one in said or [] if isinstance(one, bytes))
        known = box.kept_mark = KEYWORD if takes else "\\Flagged"  # type: ignore[attr-defined]
    return known


def _found(box: BaseMailBox, criteria: str) -> list[str]:
    """Return the UIDs of what is searched for, by a search without a charset, which some refuse.

    imap-tools reads the first line of an answer alone; what a server says in more lines is lost there.
    """
    answer = box.client.uid("SEARCH", criteria)
    check_command_status(answer, MailboxUidsError)
    words = b" ".join(one for one in answer[1] if isinstance(one, bytes)).decode("ascii", "replace")
    return list(dict.fromkeys(one for one in words.split() if one.isdecimal()))


def _looked_at(box: BaseMailBox, uids: Sequence[str], mark: str) -> Iterator[Listed]:
    for first in range(0, len(uids), AT_ONCE):
        answer = box.client.uid("FETCH", ",".join(uids[first : first + AT_ONCE]), _LOOK)
        check_command_status(answer, MailboxFetchError)
        for said, header in _records(answer[1]):
            uid, size = _UID.search(said), _SIZE.search(said)
            if not uid or not size:  # news of a flag that somebody sets meanwhile
                continue
            flags = _FLAGS.search(said)
            marked = mark.encode().lower() in (flags[1].lower().split() if flags else [])
            number = uid[1].decode()
            yield Listed(number, _known(box, number, header), int(size[1]), _came(said), marked)


def _known(box: BaseMailBox, uid: str, header: bytes) -> str:
    found = _ID.match(header.strip())
    message_id = found[1].decode("utf-8", "replace").strip() if found else ""
    return known_by(message_id, b"" if message_id else raw_header(box, uid))


def _fetched(box: BaseMailBox, uid: str, what: str) -> bytes:
    answer = box.client.uid("FETCH", uid, f"({what})")
    check_command_status(answer, MailboxFetchError)
    return next((body for _, body in _records(answer[1]) if body), b"")


def _records(answer: Sequence[object]) -> Iterator[tuple[bytes, bytes]]:
    """Yield what the server says of each mail, and its literal; servers say some of it behind the literal."""
    said, body, open_ = b"", b"", False
    for one in answer:
        if isinstance(one, tuple):
            if open_:
                yield said, body
            said, body, open_ = bytes(one[0]), bytes(one[1]), True
        elif isinstance(one, bytes):
            if open_:
                yield said + one, body
                said, body, open_ = b"", b"", False
            else:
                yield one, b""
    if open_:
        yield said, body


def _came(said: bytes) -> datetime | None:
    found = _CAME.search(said)
    with suppress(ValueError, TypeError, OverflowError):
        if found:
            at = parsedate_to_datetime(found[1].decode("ascii", "replace").replace("-", " ", 2))
            return at.astimezone(UTC)
    return None


def _day(today: date) -> str:
    first = today - timedelta(days=LOOK_BACK)
    return f"{first.day}-{_MONTHS[first.month - 1]}-{first.year}"
