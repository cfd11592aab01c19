"""A mail as it came, taken apart: who wrote it, what it holds, and by what it is known again."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from models.errors import CampaignError
from models.evidence.intake.mails import NO_ID
from tasks.guarded.guard import GivenUp, Limits, worker

# Bytes. 163 and QQ take attachments of 50 MB, which base64 makes 68.4 of; larger ones they keep on their pages.
LARGEST_MAIL = 72 * 1024 * 1024
PARSER = "tasks.intake.mailbox.apart:parts"
HEAD_PARSER = "tasks.intake.mailbox.apart:head_only"
LIMITS = Limits(memory=1024 * 1024 * 1024, part=60, whole=120, wall=300)
LONGEST_ID = 200  # characters of a Message-ID that is kept as it is


@dataclass(frozen=True, slots=True)
class MailFile:
    """A file of a mail: its name as received, behind the forwarded mail it lay in, and its bytes."""

    name: str
    content: bytes = field(repr=False)

    @property
    def sha256(self) -> str:
        """Return its hash in hex."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class MailRead:
    """A mail taken apart; ``notes`` name what is in it and was not taken out.

    ``message_id`` is a substitute where the mail has none (`NO_ID`), the same for the same mail wherever
    it lies. ``digest`` is of what it holds and who wrote it when. ``signs`` are the headers by which
    robots are known, ``report`` the kind of a bounce. ``sent_at`` is UTC.
    """

    message_id: str
    digest: str
    sender: str
    subject: str
    thread: str
    sent_at: datetime | None
    report: str
    signs: Mapping[str, str]
    files: tuple[MailFile, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def has_id(self) -> bool:
        """Say whether it has a Message-ID that an answer can name."""
        return not self.message_id.startswith((NO_ID, "id:"))

    @property
    def key(self) -> str:
        """Return what the key of each of its files begins with."""
        return f"mail:{self.message_id}:" if self.has_id else f"mail:{self.digest}:"


def read_mail(raw: bytes, message_id: str) -> MailRead:
    """Return the mail ``raw`` taken apart in the guarded child; ``message_id`` as `known_by` says.

    A mail that breaks the child is one without files and with a note that says so.
    """
    found: list[Any] = []
    notes = []
    try:
        with worker(PARSER, LIMITS) as child:
            found += child.parts(raw)
    except GivenUp as fault:
        notes.append(f"邮件{fault}")
    return _made(found or _head_of(raw), message_id, notes)


def read_head(raw: bytes, message_id: str, notes: list[str]) -> MailRead:
    """Return a mail of which only the head was fetched, with what is to be said of the rest."""
    return _made(_head_of(raw), message_id, notes)


def known_by(message_id: str, header: bytes) -> str:
    """Return the name by which a mail is known: its Message-ID, else a substitute of its raw header."""
    plain = "".join(c for c in message_id if c.isprintable() and not c.isspace())
    if not plain:
        return NO_ID + hashlib.sha256(header).hexdigest()
    long = len(plain) > LONGEST_ID
    return "id:" + hashlib.sha256(plain.encode()).hexdigest() if long else plain


def _head_of(raw: bytes) -> list[Any]:
    try:
        with worker(HEAD_PARSER, LIMITS) as child:
            return list(child.parts(raw[:262_144]))
    except CampaignError:
        return []


def _made(found: list[Any], message_id: str, notes: list[str]) -> MailRead:
    head: dict[str, Any] = {}
    files: list[MailFile] = []
    text = ""
    for kind, *said in found:
        if kind == "head":
            head = dict(said[0])
        elif kind == "file":
            one = MailFile(said[0], said[1])
            if same := next((f for f in files if f.content == one.content), None):
                if same.name != one.name:
                    notes.append(f"“{one.name}”与“{same.name}”内容完全一样，只登记一次")
                continue
            files.append(one)
        elif kind == "note":
            notes.append(said[0])
        else:
            text = said[0]
    at = head.get("at")
    parts = [head.get("written", b""), text.encode("utf-8", "replace")]
    parts += [one.sha256.encode() for one in files]
    return MailRead(
        message_id=message_id,
        digest=hashlib.sha256(b"\0".join(parts)).hexdigest(),
        sender=head.get("from", ""),
        subject=head.get("subject", "")[:200],
        thread=head.get("references", "")[:4000],
        sent_at=None if at is None else datetime.fromtimestamp(at, UTC),
        report=head.get("report", ""),
        signs=dict(head.get("signs", ())),
        files=tuple(files),
        notes=tuple(dict.fromkeys(notes)),
    )
