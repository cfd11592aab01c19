"""Look at files that are handed in: each gets its hash and kind, and lies in the vault unless it may not."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.evidence.outcomes import LookedAt
from models.evidence.vault import ALGORITHM, PIECE, keep, keep_file
from models.rules.evidence.kinds import ending_of
from models.rules.evidence.pieces import NewEvidence


def hashed(one: NewEvidence) -> LookedAt:
    """Return the hash and size of a piece's file, read piece by piece where it lies on the disk."""
    if one.content is not None:
        digest = hashlib.new(ALGORITHM, one.content).hexdigest()
        return LookedAt(digest, len(one.content), ending_of(one.file_name))
    return _hashed_on_disk(one.path, one.file_name) if one.path else LookedAt()


def _hashed_on_disk(path: Path, name: str) -> LookedAt:
    digest, size = hashlib.new(ALGORITHM), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return LookedAt(digest.hexdigest(), size, ending_of(name))


def kept(
    new: Sequence[NewEvidence], looks: Sequence[LookedAt], news: Sequence[bool]
) -> Iterator[LookedAt]:
    """Yield what is known of each piece's file; those that are ``news`` lie in the vault then.

    Before any row names them: killed here, files lie in the vault that nothing speaks of, and the next
    time finds them there.
    """
    for one, look, wanted in zip(new, looks, news, strict=True):
        if not wanted or not one.has_file:
            yield look
            continue
        there = keep(one.content) if one.content is not None else keep_file(one.path or Path())
        # A file on the disk may have been written to since it was hashed: what was kept counts.
        yield replace(look, sha256=there.sha256, size=there.size)
