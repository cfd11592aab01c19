"""The head of the audit chain in one short line: how it is sent, and how a person types it in again."""

import re
import unicodedata
from dataclasses import dataclass

HEAD = "记录链 "  # how the line begins
SHOWN = 20  # hex digits of the last entry's hash: 80 bits, so nobody makes another that begins so
GROUP = 4  # digits a person reads aloud, or types, at a time
SHORTEST = 12  # what messages of before held; those are checked too

_HASH = rf"(?:[0-9a-f]{{{GROUP}}}[\s\-]*){{4}}[0-9a-f]{{{GROUP}}}|[0-9a-f]{{{SHORTEST},64}}"
_IN_WORDS = re.compile(rf"(\d+)\s*条[^0-9a-f]*({_HASH})(?![0-9a-f])", re.ASCII)
_BETWEEN = re.compile(r"[\s,:;、\-]+")
_HEX = re.compile("[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class SentHead:
    """A head as it stood in a message: how many entries (None when only the hash was typed), the hash."""

    entries: int | None
    start: str

    @property
    def line(self) -> str:
        """Return it in words."""
        return f"第 {self.entries} 条 {in_groups(self.start)}" if self.entries else self.start


def in_groups(hash_: str) -> str:
    """Return what is shown of a hash, in groups that can be read aloud: 1a2b 3c4d 5e6f 7a8b 9c0d."""
    shown = hash_[:SHOWN]
    return " ".join(shown[i : i + GROUP] for i in range(0, len(shown), GROUP))


def head_in_words(entries: int, hash_: str) -> str:
    """Return a head as it is sent: short enough for any message, long enough to be checked."""
    return f"{HEAD}{entries} 条，末条指纹 {in_groups(hash_)}"


def read_sent(typed: str) -> SentHead | None:
    """Return the head that ``typed`` holds, None where it holds none.

    Takes the whole line of a message as well as ``128 1a2b 3c4d 5e6f 7a8b 9c0d``, the same with
    hyphens or without blanks, ``第 128 条 …``, the hash alone, and the 12 digits of older messages.
    """
    text = " ".join(unicodedata.normalize("NFKC", typed).lower().split())
    in_words = _IN_WORDS.findall(text)
    if len(in_words) == 1:
        entries, hash_ = in_words[0]
        return SentHead(int(entries), _BETWEEN.sub("", hash_))
    parts = [part for part in _BETWEEN.split(text) if part]
    if not parts or not all(_HEX.fullmatch(part) for part in parts):
        return None
    alone = len(parts) == 1 or (len(parts) == SHOWN // GROUP and _is_grouped(parts))
    if not alone and parts[0].isascii() and parts[0].isdigit() and _is_hash(parts[1:]):
        return SentHead(int(parts[0]), "".join(parts[1:]))
    return SentHead(None, "".join(parts)) if _is_hash(parts) else None


def _is_grouped(parts: list[str]) -> bool:
    return all(len(part) == GROUP for part in parts)


def _is_hash(parts: list[str]) -> bool:
    return SHORTEST <= len("".join(parts)) <= 64 and (len(parts) == 1 or _is_grouped(parts))
