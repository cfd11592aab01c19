"""Look at files that are handed in: each is examined, and lies in the vault unless it may not."""

import hashlib
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from models.evidence.outcomes import LookedAt
from models.evidence.prints.packing import packed
from models.evidence.prints.texts import text_print
from models.evidence.vault.keeping import ALGORITHM, digest_of_kept, keep
from models.hashing import chosen_algorithm
from models.rules.evidence.checking import findings_of
from models.rules.evidence.examined import Examined
from models.rules.evidence.pieces import NewEvidence
from tasks.evidence.examining.examine import examine, examined_outside
from tasks.evidence.hashing import FilesHanded, is_large

AT_ONCE = 4  # files that are brought to the disk
OFFLINE = "涉密材料不得上网，请按保密规定当面报送"


def looked_at(
    new: Sequence[NewEvidence], looks: Sequence[LookedAt], news: Sequence[bool], files: FilesHanded
) -> Iterator[LookedAt]:
    """Yield what is known of each piece's file, in their order; what is ``news`` is examined and kept.

    Nothing of a file marked as a secret is kept. The others lie in the vault before any row names them:
    killed here, files lie in the vault that nothing speaks of, and the next time finds them there.
    """
    wanted = [one for one, is_news in zip(new, news, strict=True) if is_news and one.has_file]
    small = (one for one in wanted if not is_large(one))
    read: dict[int, str] = {}  # by piece, the hash of what was examined
    seen = examine((one.file_name, _content(one, read)) for one in small)
    waiting: deque[Future[LookedAt]] = deque()
    # Most of keeping is waiting for the disk: the next files are looked at meanwhile.
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for one, look, is_news in zip(new, looks, news, strict=True):
            found = None
            if is_news and one.has_file:
                found = _from_outside(one) if is_large(one) else next(seen)
            waiting.append(
                pool.submit(_with_findings, one, look, found, (files, read.get(id(one), "")))
            )
            if len(waiting) > 2 * AT_ONCE:
                yield waiting.popleft().result()
        for last in waiting:
            yield last.result()


def _content(one: NewEvidence, read: dict[int, str]) -> bytes:
    if one.content is not None:
        return one.content
    content = (one.path or Path()).read_bytes()
    read[id(one)] = hashlib.new(ALGORITHM, content).hexdigest()
    return content


def _from_outside(one: NewEvidence) -> Examined:
    """Return what is seen of a file that is too large to be held: its kind, and what its name says."""
    path = one.path or Path()
    with path.open("rb") as file:
        return examined_outside(one.file_name, file, path.stat().st_size)


def _with_findings(
    one: NewEvidence, look: LookedAt, found: Examined | None, kept: tuple[FilesHanded, str]
) -> LookedAt:
    if found is None:
        return look
    if found.secret:
        return replace(look, secret=f"{found.secret}，按涉密文件处理，没有保存；{OFFLINE}")
    files, examined = kept
    path, algorithm = one.path or Path(), chosen_algorithm()
    there = keep(one.content) if one.content is not None else files.keep(path, examined)
    return replace(
        look,
        # A file on the disk may have been written to since it was hashed: what was kept counts.
        sha256=there.sha256,
        algorithm=algorithm,
        digest=digest_of_kept(there.sha256, algorithm) if algorithm != ALGORITHM else "",
        size=there.size,
        media=found.media or look.media,
        # The period is judged by where the campaign is written to: it may change while files are read.
        findings=findings_of(found, one.fact_on, (None, None), one.to_publish),
        picture=packed(found.prints),
        text=text_print(found.text),
        taken_on=found.taken_on,
    )
