"""winmail.dat, in which Outlook wraps what somebody attached, taken apart; only in the guarded child."""

import struct
from collections.abc import Iterator

from tnefparse import TNEF

from tasks.intake.mailbox.headers import mail_file_name, text_of_bytes

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST = 200  # attachments of one


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
