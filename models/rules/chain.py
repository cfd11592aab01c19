"""The head of the audit chain in one short line: how it is sent, and how a person types it in again."""

import re
from dataclasses import dataclass

HEAD = "记录链 "  # how the line begins
SHOWN = 12  # hex digits of the last entry's hash; enough that no other chain ends like it

_SENT = re.compile(r"(?:(\d+)(?:\s*条[^0-9a-f]*|[\s,:;，：；、]+))?([0-9a-f]{12,64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class SentHead:
    """A head as it stood in a message: how many entries (None when only the hash was typed), the hash."""

    entries: int | None
    start: str

    @property
    def line(self) -> str:
        """Return it in words."""
        return f"第 {self.entries} 条 {self.start}" if self.entries else self.start


def head_in_words(entries: int, hash_: str) -> str:
    """Return a head as it is sent: short enough for any message, long enough to be checked."""
    return f"{HEAD}{entries} 条，末条指纹 {hash_[:SHOWN]}"


def read_sent(typed: str) -> SentHead | None:
    """Return the head that ``typed`` holds, None where it holds none.

    Takes the whole line of a message as well as ``128 abcdef123456``, ``第 128 条 abcdef123456`` and
    the hash alone.
    """
    found = list(_SENT.finditer(" ".join(typed.lower().split())))
    if len(found) != 1:
        return None
    entries, start = found[0].groups()
    return SentHead(int(entries) if entries else None, start)
