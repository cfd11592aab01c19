"""Look into a mail that was saved as a file (.eml): its heading, its words, its day."""

import re
from datetime import UTC, datetime
from email import policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.utils import parsedate_to_datetime

from tasks.documents.decoding import decode
from tasks.documents.faults import DocumentError
from tasks.evidence.examining.days import CHINA, real_instant
from tasks.evidence.examining.seen import SeenFile
from tasks.evidence.examining.written import page_text

MOST_PARTS = 200
_NAMED_ZONE = re.compile(r"\s(?:CST|GMT\s?\+8)\b.*$", re.IGNORECASE)


def see_mail(content: bytes) -> SeenFile:
    """Look into a mail; what is attached to it is counted and said not to be examined."""
    mail = BytesParser(policy=policy.compat32).parsebytes(content)
    seen = SeenFile()
    seen.made = mail_day(str(mail.get("Date") or ""))
    seen.add(_heading(mail))
    attached = 0
    for number, part in enumerate(mail.walk()):
        if number == MOST_PARTS:
            seen.notes.append(f"太复杂，只核查了前 {MOST_PARTS} 个部分")
            break
        if part.is_multipart():
            continue
        if part.get_filename() or not part.get_content_type().startswith("text/"):
            attached += 1
            continue
        if not seen.add(_words(part)):
            break
    if attached:
        seen.notes.append(f"是邮件，里面的 {attached} 个附件没有核查；请把附件另存后报送")
    return seen


def mail_day(text: str) -> datetime | None:
    """Return the instant a mail names (RFC 5322, 3.3); CST is China's time here, no zone too."""
    said = _NAMED_ZONE.sub(" +0800", text)
    try:
        when = parsedate_to_datetime(said)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if when.tzinfo is None:  # -0000: UTC, of a place unknown (RFC 5322, 3.3)
        when = when.replace(tzinfo=UTC if said.rstrip().endswith("-0000") else CHINA)
    return real_instant(when)


def _heading(mail: Message) -> str:
    try:
        return str(make_header(decode_header(str(mail.get("Subject") or ""))))
    except (LookupError, ValueError, UnicodeError):
        return ""


def _words(part: Message) -> str:
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes) or not raw:
        return ""
    said = part.get_content_charset() or ""
    if part.get_content_type() == "text/html":
        return page_text(raw, "gb18030" if said.startswith("gb") else said)
    try:
        return decode(raw, ["gb18030" if said.startswith("gb") else said] if said else [])
    except DocumentError:
        return ""
