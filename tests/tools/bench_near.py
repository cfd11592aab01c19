"""One hand-in searched among 100,000 pictures and 100,000 texts, beside its floor and what others offer.

Run by ``python -m tests.tools.bench_near``; a search is what a hand-in does, with its SQL: the search before
it writes, and the look at what came since. The database is a real one, of a gigabyte, in a temporary folder.
The floor is numpy's popcount over one hash a picture; the rivals are the linear search that imagehash's
makers show (one comparison after the other) and datasketch's MinHashLSH, which finds less (see
`tests.tools.bench_evidence`).
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from statistics import median
from time import process_time

import numpy as np
from sqlmodel import Session

from models.database import open_session
from models.evidence.known import KnownPiece, KnownRevision, Units
from models.evidence.outcomes import LookedAt, PieceOutcome
from models.evidence.prints.alike import search_near
from models.evidence.prints.near import mark_near
from models.evidence.prints.pictures import PICTURE_BYTES
from models.evidence.prints.searching import PICTURES, TEXTS, Scheme
from models.evidence.prints.texts import HEAD, LEAST_HASHES, text_print
from models.rules.evidence.pieces import NewEvidence
from tasks.evidence.pictures.looking import look_at_picture
from tests.support.evidence import first_item, handed, piece
from tests.tools.bench_handing_in import _campaign
from tests.tools.bench_table import Figure, at_most, rival, say, taken, timed
from tests.tools.evidence_scenes import cropped, hall, saved
from tests.tools.evidence_words import inserted, report

MANY = 100_000
GOAL = 0.05  # seconds
LOOK = 0.015  # seconds of the processor, for a photograph of 1280 by 960
MEMORY = 200  # MiB more than before


def main() -> None:
    """Print each figure as a row."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = str(Path(folder, "home"))
        _campaign()
        handed(piece("原件", (first_item().code,)))
        picture, text = saved(hall(7, 1)), report(7, 1)
        stored = {
            PICTURES: look_at_picture(picture).prints,
            TEXTS: text_print(text),
        }
        seen = _look_in_a_process_of_its_own()
        say(Figure("近", "一张照片看一遍（指纹、模糊、翻拍），处理器用时", seen, at_most(LOOK)))
        _fill(Path(folder, "home", "shifan.db"), stored)
        copy = saved(cropped(hall(7, 1), Random(7)))
        asked = {
            PICTURES: LookedAt(picture=look_at_picture(copy).prints),
            TEXTS: LookedAt(text=text_print(inserted(text, Random(7)))),
        }
        for scheme, name in ((PICTURES, "图片"), (TEXTS, "文字")):
            for figure in _figures(scheme, name, asked[scheme]):
                say(figure)


def _figures(scheme: Scheme, name: str, look: LookedAt) -> Iterator[Figure]:
    before = _resident(anew=True)
    with open_session(read_only=True) as session:
        anew = taken(lambda: _search(session, look))
        yield Figure("近", f"{MANY:,} 份{name}的索引从头建好并查一次", anew, at_most(10))
        ours = timed(lambda: _search(session, look), 9)
        more = _resident() - before
        plain, theirs = _floor_of_pictures() if scheme is PICTURES else ("", _lsh())
        yield Figure("近", f"一份{name}在 {MANY:,} 份里查相近", ours, at_most(GOAL))
        busy = _processor(lambda: _search(session, look))
        yield Figure("近", "同上，处理器用时（同时有别的事也不变）", busy, at_most(GOAL))
        if scheme is PICTURES:
            slow = _one_by_one()
            yield Figure("近", f"同上，底线：numpy 逐位比一遍，{plain}", theirs, at_most(GOAL))
            yield Figure(
                "近", "同上，比逐个比较（imagehash 的做法）", ours, rival(1), "逐个比较", slow
            )
        else:
            yield Figure("近", "同上，对手：datasketch 的 MinHashLSH", theirs, at_most(GOAL))
    yield Figure("近", f"{name}建索引和查找多占的内存", more, at_most(MEMORY), unit="MiB")


def seconds_of_a_look() -> float:
    """Return the seconds of the processor that looking at a photograph takes."""
    picture = saved(hall(7, 1))
    return _processor(lambda: look_at_picture(picture))


def _look_in_a_process_of_its_own() -> float:
    # With one thread for numpy, as the guarded child has it: a second one only waits, and counts.
    words = "from tests.tools.bench_near import seconds_of_a_look as look; print(look())"
    one = os.environ | {"OPENBLAS_NUM_THREADS": "1"}
    told = subprocess.run(
        [sys.executable, "-c", words], env=one, check=True, capture_output=True, text=True
    )
    return float(told.stdout)


def _processor(work: Callable[[], object]) -> float:
    """Return the median seconds of the processor that ``work`` takes, however many share it."""
    found = []
    for _ in range(9):
        start = process_time()
        work()
        found.append(process_time() - start)
    return median(found)


def _search(session: Session, look: LookedAt) -> None:
    """Search as a hand-in does: before it writes, and once more for what came in since."""
    searched = search_near(session, 1, [look])
    new = KnownPiece(2, "这一份", None)
    revision = KnownRevision(new, 1, "0" * 64, "", "submitted")
    outcome = PieceOutcome(NewEvidence("这一份", ()), look, piece=new, revision=revision)
    mark_near(session, 1, [outcome], Units({}, {}), searched)
    [(finding, other)] = outcome.alike
    assert other.piece.number == 1, finding


def _fill(database: Path, stored: dict[Scheme, bytes]) -> None:
    """Write revisions of one piece, each with two prints of noise, and among them the one that is looked for.

    By a connection of its own: the log of facts is not what is measured.
    """
    dice = np.random.default_rng(1)
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        columns = [row[1] for row in connection.execute("PRAGMA table_info(evidence_revision)")]
        rest = ", ".join(column for column in columns if column not in ("id", "number"))
        connection.execute(
            f"WITH RECURSIVE n(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM n WHERE n < {MANY})"
            f" INSERT INTO evidence_revision (number, {rest})"
            f" SELECT n, {rest} FROM n, evidence_revision WHERE number = 1"
        )
        for scheme, wanted in stored.items():
            connection.executemany(
                "INSERT INTO fingerprint (revision_id, scheme, print) VALUES (?, ?, ?)",
                (
                    (n, scheme.name, wanted if n == MANY // 3 else _noise(dice, scheme))
                    for n in range(1, MANY + 1)
                ),
            )
        connection.execute("UPDATE evidence SET latest = ?", (MANY,))


def _noise(dice: np.random.Generator, scheme: Scheme) -> bytes:
    if scheme is PICTURES:
        return dice.bytes(PICTURE_BYTES)
    size = int(dice.integers(300, 5_000)).to_bytes(4, "little")
    return size + dice.bytes(HEAD - 4 + 4 * LEAST_HASHES)


def _floor_of_pictures() -> tuple[str, float]:
    words = np.random.default_rng(2).integers(0, 1 << 63, MANY, np.uint64)
    found = timed(lambda: np.flatnonzero(np.bitwise_count(words ^ words[0]) <= 10), 9)
    return "每张一个指纹，裁剪的找不到", found


def _one_by_one() -> float:
    bits = np.random.default_rng(3).integers(0, 2, (MANY, 64)).astype(bool)
    return taken(lambda: [n for n in range(MANY) if np.count_nonzero(bits[n] != bits[0]) <= 10])


def _lsh() -> float:
    from datasketch import LeanMinHash, MinHash, MinHashLSH

    dice = np.random.default_rng(4)
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for n in range(MANY):
        values = dice.integers(0, 1 << 32, 128, np.uint32)
        index.insert(n, LeanMinHash(seed=1, hashvalues=values, scheme="affine32"))
    asked = MinHash(128)
    text = report(7, 1)
    asked.update_batch([text[n : n + 5].encode() for n in range(len(text) - 4)])
    return timed(lambda: index.query(asked), 9)


def _resident(*, anew: bool = False) -> float:
    """Return the most memory that was held, in MiB; ``anew``: held from now on, which is what is held now."""
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    said = Path("/proc/self/status").read_text()
    [kilobytes] = [line.split()[1] for line in said.splitlines() if line.startswith("VmHWM")]
    return int(kilobytes) / 1024


if __name__ == "__main__":
    main()
