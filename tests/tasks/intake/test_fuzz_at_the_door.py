"""Whatever workbooks, archives, pictures and PDFs come in: each is answered for in plain words, and nothing is half-taken."""

# ruff: noqa: F811 - fixtures are named as what they bring

import hashlib
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import select

from models.database import open_session
from models.evidence.evidence import EvidenceRevision
from models.evidence.intake.received import ReceivedFile
from models.evidence.ledgers.conflicts import LedgerConflict
from models.evidence.vault.keeping import every_kept, is_kept
from models.rules.evidence.pieces import NewEvidence
from models.rules.evidence.words import Reception, Via
from models.rules.words import OFFICE
from tasks.audit.chain import verify
from tasks.evidence.examining import examine as examining
from tasks.evidence.handing_in import hand_in
from tasks.intake.arrived import Arrived, TakenIn
from tasks.intake.receiving import receive
from tests.conftest import NOW, TODAY
from tests.support.archives import rarred, tarred, zipped
from tests.support.broken_files import broken
from tests.support.evidence_files import paper_picture, pdf_file, picture_file, scan_file
from tests.tasks.intake.test_importing import MOMENT, UNITS, filled, sent  # noqa: F401 - a fixture

EACH = 200  # of every kind
MOST_MORE = 400_000  # KiB that our own process may come to hold beside what it held
IN_WORDS = re.compile("Error|Traceback|Exception|None|0x[0-9a-f]|/tmp|site-packages")
OWN_LETTERS = re.compile("[\ue000-\uf8ff]")  # where GBK has its private letters
PAGE = paper_picture("市司法局", size=(120, 90))
PICTURES = (
    picture_file(PAGE),
    picture_file(PAGE, "JPEG"),
    picture_file(PAGE, "TIFF"),
    picture_file(PAGE, "WEBP"),
)
PAPERS = (pdf_file("市司法局关于开展培训的通知", "第二页", made="D:20250601"), scan_file(PAGE))


def arrived(kind: str, n: int, content: bytes) -> Arrived:
    key = f"command:{kind}-{n}-{hashlib.sha256(content).hexdigest()}"
    return Arrived(f"{kind}{n}", content, OFFICE, Via.COMMAND, NOW, key, f"{kind}{n}")


def held() -> int:
    """Return how much the process has come to hold at most, in KiB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1])


def in_words(line: str) -> bool:
    """Say whether a line can be read; in a name, letters of an office's own font are no fault."""
    return bool(line) and OWN_LETTERS.sub("字", line).isprintable() and not IN_WORDS.search(line)


def answered_for(came: list[Arrived], became: list[TakenIn]) -> None:
    """Assert of what came that it was answered for, and stands whole or not at all."""
    assert {one.name for one in came} <= {one.name for one in became}
    for one in became:
        assert one.reception in Reception
        assert all(map(in_words, one.lines))
        assert one.lines or one.reception in (Reception.TAKEN, Reception.REPEATED)
    with open_session(read_only=True) as session:
        rows = [(row.sha256, row.outcome) for row in session.exec(select(ReceivedFile))]
        hashes = [row.sha256 for row in session.exec(select(EvidenceRevision)) if row.sha256]
    assert all(outcome for _, outcome in rows)
    hashes += [sha256 for sha256, outcome in rows if outcome not in ("refused", "secret")]
    assert all(map(is_kept, hashes))
    for sha256, path in every_kept():
        assert hashlib.sha256(path.read_bytes()).hexdigest() == sha256
    assert verify().lines == []


def facts() -> tuple[object, ...]:
    with open_session(read_only=True) as session:
        return tuple(
            sorted(repr(row) for row in session.exec(select(table)))
            for table in (ReceivedFile, EvidenceRevision, LedgerConflict)
        )


@pytest.fixture(autouse=True)
def no_reader(monkeypatch):
    """As where no reader of words in pictures is installed: each would be read for seconds."""
    monkeypatch.setattr(examining, "can_read_scans", lambda: False)


@pytest.fixture
def ledger(campaign, sent, tmp_path) -> bytes:
    """A ledger as a unit fills it in."""
    path, _ = filled(sent, UNITS[0], tmp_path / "来", state="进行中")
    return path.read_bytes()


@pytest.fixture
def kinds(ledger) -> dict[str, tuple[bytes, ...]]:
    """Sound files of each kind that comes in."""
    inside = (("甲/通知.txt", b"1" * 400), ("乙.xlsx", ledger[:2_000]), ("丙.pdf", PAPERS[0]))
    return {
        "工作簿": (ledger,),
        "压缩包": (zipped(*inside), zipped(*inside, gbk=True), rarred(*inside), tarred(*inside)),
        "图片": PICTURES,
        "PDF": PAPERS,
    }


@pytest.mark.parametrize(
    "kind",
    ["工作簿", "压缩包", "图片", "PDF"],
    ids=["workbooks", "archives", "pictures", "papers"],
)
def test_two_hundred_broken_files_of_a_kind_are_answered_for_once(campaign, kinds, kind):
    sound = kinds[kind]
    came = [arrived(kind, n, broken(sound[n % len(sound)], n)) for n in range(EACH)]
    before = held()

    became = receive(None, came, MOMENT)

    assert held() - before < MOST_MORE
    answered_for(came, became)
    assert len({one.reception for one in became}) > 1 or kind in ("图片", "PDF")
    stands = facts()
    again = receive(None, came[::5], MOMENT)
    assert facts() == stands
    assert {one.name for one in again} >= {one.name for one in came[::5]}


@pytest.mark.parametrize("kind", ["图片", "PDF"], ids=["pictures", "papers"])
def test_two_hundred_broken_pieces_of_evidence_are_marked_or_refused(campaign, kinds, kind):
    sound = kinds[kind]
    new = [
        NewEvidence(
            f"第 {n} 份",
            ["W1"],
            file_name=f"{n}.bin",
            content=broken(sound[n % len(sound)], n),
            fact_on=TODAY,
            provider=UNITS[0],
        )
        for n in range(EACH)
    ]

    taken = hand_in(None, new, OFFICE, Via.COMMAND, MOMENT)

    assert len(taken) == EACH
    for one in taken:
        assert one.code or one.refused
        said = [one.refused, *one.notes, *(each.detail for each in one.findings)]
        assert not any(IN_WORDS.search(line) for line in said)
    answered_for([], [])


HEADS = (
    b"PK\x03\x04",
    b"Rar!\x1a\x07\x01\0",
    b"7z\xbc\xaf'\x1c",
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"\xff\xd8\xff\xe0",
    b"",
)


@given(st.lists(st.tuples(st.sampled_from(HEADS), st.binary(max_size=300)), max_size=12))
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_bytes_behind_any_head_are_answered_for(campaign, parts):
    came = [arrived("字节", n, head + rest) for n, (head, rest) in enumerate(parts)]

    answered_for(came, receive(None, came, MOMENT))
