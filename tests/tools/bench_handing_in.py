"""Hand-in of 1,000 files of 200 KB with every check of a file by itself, and of a large file beside sha256sum.

Run by ``python -m tests.tools.bench_handing_in``; prints rows of the table, asserts only that all were seen.
Words in scans are not read here: a page takes seconds, wherever it is asked for.
"""

import hashlib
import io
import os
import random
import resource
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from models.rules.evidence.checking import findings_of
from models.rules.evidence.examined import Hindrance
from models.rules.evidence.words import Via
from models.settings import moment_of
from tasks.evidence.examining.examine import examine
from tasks.evidence.handing_in import hand_in
from tasks.evidence.values import NewEvidence
from tests.support.evidence_files import pdf_file, table_file, word_file
from tests.support.packs import load_pack
from tests.tools.bench_table import Figure, at_most, floor, rival, say, taken

FILES, SIZE = 1_000, 200_000  # and bytes of each
A_SECOND = 40  # files that are to be handed in
LARGE = 1_000_000_000  # bytes
NOW = datetime(2025, 7, 1, 1, tzinfo=UTC)
FACT = date(2025, 6, 1)
LINE = "为加强法治政府建设，现将有关事项通知如下，请认真贯彻执行，联系电话 0935-8212345。"


def main() -> None:
    """Print each figure as a row."""
    files = list(_files())
    goal = at_most(FILES / A_SECOND)

    def examined() -> None:
        seen = 0
        for one in examine(files, read_scans=False):
            assert one.fault is Hindrance.NONE, one
            findings_of(one, FACT, (None, None), True)
            seen += 1
        assert seen == FILES

    say(Figure("报", f"{FILES:,} 份 200 KB 的材料逐份核查", taken(examined), goal))
    with tempfile.TemporaryDirectory() as folder:
        os.environ["SHIFAN_HOME"] = str(Path(folder, "home"))
        _campaign()
        new = [NewEvidence(name, ["W1"], name, content, fact_on=FACT) for name, content in files]
        before = _worked()
        took = taken(lambda: hand_in(None, new, "创建办", Via.COMMAND, moment_of(NOW)))
        say(Figure("报", f"{FILES:,} 份 200 KB 的材料报送，带全部核查", took, goal))
        say(Figure("报", "同上，处理器时间（一个核）", _worked() - before, goal))
        _large(Path(folder, "录像.mp4"))


def _large(path: Path) -> None:
    head = b"\0\0\0\x18ftypmp42"
    with path.open("wb") as file:
        file.write(head)
        for _ in range(LARGE // 10_000_000):
            file.write(os.urandom(10_000_000))
    os.sync()
    new = NewEvidence("录像", ["W1"], path.name, path=path, fact_on=FACT)
    ours = taken(lambda: hand_in(None, [new], "创建办", Via.COMMAND, moment_of(NOW)))
    plain = taken(lambda: subprocess.run(["sha256sum", path], check=True, capture_output=True))
    say(Figure("报", "一份 1 GB 的录像报送", ours, rival(0.6), "sha256sum", plain))
    bare = taken(lambda: _copied(path, path.with_name("抄件")))
    say(Figure("报", "同上，对照只抄一遍", ours, floor(2), "边读边算边写到盘上", bare))


def _copied(path: Path, copy: Path) -> None:
    """Read, hash, write and bring to the disk, with nothing else: what no hand-in can do without."""
    digest = hashlib.sha256()
    with path.open("rb") as file, copy.open("wb") as out:
        while piece := file.read(1 << 20):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())


def _worked() -> float:
    """Return the seconds of the processor that this process and the ended ones it started took."""
    both = (resource.getrusage(of) for of in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def _campaign() -> None:
    from models.schema import upgrade

    upgrade(NOW)
    load_pack(moment_of(NOW, NOW.date()), "jc")


def _files() -> Iterator[tuple[str, bytes]]:
    """Yield 1,000 different files: Word, PDF, Excel, plain text, as offices hand them in."""
    dice = random.Random(7)
    word = word_file(*(f"{number}. {LINE * 3}" for number in range(200)))
    pdf = pdf_file(*("\n".join([LINE] * 28) for _ in range(5)))
    table = table_file(*((number, LINE, number * 3.5, "甲") for number in range(800)))
    for number in range(FILES):
        share = number % 10
        if share < 4:
            yield f"总结{number}.docx", _padded(word, "word/media/a.bin", number, dice)
        elif share < 7:
            rest = dice.randbytes(SIZE - len(pdf) - 20).hex()[: SIZE - len(pdf) - 20]
            yield f"通知{number}.pdf", pdf + f"\n% {number} {rest}".encode()
        elif share < 9:
            yield f"明细{number}.xlsx", _padded(table, "xl/media/a.bin", number, dice)
        else:
            lines = f"{number} {LINE}\n" * (SIZE // len(LINE.encode()))
            yield f"说明{number}.txt", lines.encode()[:SIZE]


def _padded(content: bytes, name: str, number: int, dice: random.Random) -> bytes:
    out = io.BytesIO(content)
    with zipfile.ZipFile(out, "a") as archive:
        pad = hashlib.sha256(str(number).encode()).digest()
        archive.writestr(name, pad + dice.randbytes(max(0, SIZE - len(content) - 300)))
    return out.getvalue()


if __name__ == "__main__":
    main()
