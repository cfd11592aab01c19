"""What Outlook wraps attachments in, taken apart: winmail.dat and .msg; only in the guarded child."""

import struct
from collections.abc import Iterator

from tnefparse import TNEF

from tasks.guarded.compound import SIGNATURE as OF_COMPOUND
from tasks.guarded.compound import Compound
from tasks.intake.mailbox.headers import mail_file_name, text_of_bytes

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST = 200  # attachments of one
DEEPEST_MSG = 8  # mails within one another
# [MS-OXMSG]: a folder an attachment; in it streams by property and type (001F is Unicode, 001E the writer's).
_ATTACHED, _VALUE = "__ATTACH_VERSION1.0_#", "__SUBSTG1.0_"
_CONTENT, _A_MAIL = "37010102", "3701000D"
_LONG_NAME, _SHORT_NAME, _DISPLAY, _SUBJECT = "3707", "3704", "3001", "0037"


def is_winmail(kind: str, name: str, content: bytes) -> bool:
    """Say whether an attachment is such a wrapping, by what it holds, not only by what it is called."""
    named = kind == "application/ms-tnef" or name.lower() == "winmail.dat"
    return content.startswith(SIGNATURE) or (named and not content)


def unwrapped(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file in it; raises whatever a broken one makes the parser raise.

    Cut or changed on its way it is broken: the parser alone would give half a file without a word.
    """
    _require_whole(content)
    for wrapped in TNEF(content, do_checksum=False).attachments[:MOST]:
        yield _name(wrapped), bytes(wrapped.data or b"")


def _require_whole(content: bytes) -> None:
    place = 6
    while place < len(content):
        _, _, _, length = struct.unpack_from("<BHHI", content, place)
        body = content[place + 9 : place + 9 + length]
        (told,) = struct.unpack_from("<H", content, place + 9 + length)
        if sum(body) & 0xFFFF != told:
            raise ValueError("checksum")
        place += 11 + length


def _name(wrapped: object) -> str:
    """Return the long name, else the short one, which Chinese Outlook writes in GBK."""
    from tnefparse import properties

    for attribute in getattr(wrapped, "mapi_attrs", []):
        if attribute.name == properties.MAPI_ATTACH_LONG_FILENAME:
            return mail_file_name(_as_text(attribute.data))
    return mail_file_name(_as_text(getattr(wrapped, "_name", b"")))


def _as_text(said: object) -> str:
    if isinstance(said, list | tuple):
        said = said[0] if said else ""
    text = text_of_bytes(said) if isinstance(said, bytes) else str(said)
    return text.rstrip("\0")


def is_msg(name: str, content: bytes) -> bool:
    """Say whether an attachment is a mail as Outlook saves it."""
    return name.lower().endswith(".msg") and content.startswith(OF_COMPOUND)


def attached_to_msg(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file attached to a mail of Outlook, behind the mail within it that holds it.

    Raises whatever a broken one makes of its reading.
    """
    yield from _attached(Compound(content), "", 0)


def _attached(mail: Compound, under: str, depth: int) -> Iterator[tuple[str, bytes]]:
    if depth > DEEPEST_MSG:
        raise ValueError("too deep")
    for folder in [one for one in mail.names() if one.startswith(_ATTACHED)][:MOST]:
        one = mail.folder(folder)
        name = next(filter(None, (_value(one, p) for p in (_LONG_NAME, _SHORT_NAME, _DISPLAY))), "")
        if one.holds(_VALUE + _A_MAIL):
            inner = one.folder(_VALUE + _A_MAIL)
            subject = _value(inner, _SUBJECT).replace("/", "-") or name or "转发的邮件"
            yield from _attached(inner, f"{under}{mail_file_name(subject)}.msg/", depth + 1)
        elif one.holds(_VALUE + _CONTENT):
            yield under + mail_file_name(name), one.stream(_VALUE + _CONTENT)


def _value(folder: Compound, number: str) -> str:
    unicode = folder.stream(f"{_VALUE}{number}001F").decode("utf-16-le", "replace")
    return (unicode or text_of_bytes(folder.stream(f"{_VALUE}{number}001E"))).rstrip("\0")
