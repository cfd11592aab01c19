"""Whatever bytes come as evidence, each file gets an answer, the process stays within its bounds, and nothing is raised."""

import re
from pathlib import Path

from models.rules.evidence.examined import Hindrance
from tasks.evidence.examining.examine import LOOK, examine
from tasks.evidence.examining.media import media_of
from tasks.evidence.masking.mask import mask_file
from tasks.guarded.many import FILE_LIMITS, FileLimits, ManyWorker
from tests.support.archives import zipped
from tests.support.broken_files import broken
from tests.support.evidence_files import (
    pages_file,
    paper_picture,
    pdf_file,
    picture_file,
    scan_file,
    slide_file,
    table_file,
    word_file,
)
from tests.support.mails import mixed, text
from tests.support.old_word import old_word

TEXT = "联系人电话13812345678，身份证620302199001011234。"
KINDS = {
    "a.docx": word_file(TEXT, f"甲\t{TEXT}", head="页眉"),
    "a.xlsx": table_file(("甲", TEXT), ("乙", 13812345678)),
    "a.pptx": slide_file(TEXT, TEXT),
    "a.pdf": pdf_file(TEXT, TEXT),
    "b.pdf": scan_file(paper_picture("正文", size=(300, 200))),
    "a.doc": old_word(TEXT),
    "a.png": picture_file(paper_picture("正文", size=(300, 200))),
    "a.html": f"<html><body><p>{TEXT}</p></body></html>".encode(),
    "a.txt": TEXT.encode("gb18030"),
    "a.eml": b"Date: Sun, 1 Jun 2025 23:30:00 +0800\r\n" + mixed(text(TEXT)),
    "a.zip": zipped(("甲.txt", TEXT.encode()), ("乙/丙.txt", b"x")),
    "a.tif": pages_file(3, paper_picture("正文", size=(300, 200))),
    "a.url": b"[InternetShortcut]\r\nURL=http://example.cn/\r\n",
}
EACH, FEW = 24, 4
# Pictures, papers and archives come broken through the door, in tests of its own: here a few of each.
THROUGH_THE_DOOR = ("a.pdf", "b.pdf", "a.png", "a.tif", "a.zip")
FILES = [
    (name, broken(content, seed))
    for name, content in KINDS.items()
    for seed in range(FEW if name in THROUGH_THE_DOOR else EACH)
]


def test_broken_files_are_each_answered_for():
    found = list(examine(FILES, read_scans=False))

    assert len(found) == len(FILES) > 200
    assert [one.name for one in found] == [name for name, _ in FILES]
    for one in found:
        assert one.fault is Hindrance.NONE or one.fault_words
        assert not re.search("Error|Traceback|[0-9a-f]{8}", one.fault_words)
    assert sum(one.fault is Hindrance.NONE for one in found) > 30  # a flip often does no harm


def test_the_process_keeps_to_its_memory():
    with ManyWorker(LOOK, FILE_LIMITS) as process:
        for name, content in FILES:
            process.look(name, content)
        assert process._process is not None
        status = Path(f"/proc/{process._process.pid}/status")
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="utf-8"))
    assert peak and int(peak[1]) < 300_000


def test_broken_files_are_masked_or_refused_in_one_line():
    limits = FileLimits(seconds=20)
    with ManyWorker("tasks.evidence.masking.mask:mask_file", limits) as process:
        for name, content in FILES[::7]:
            if media_of(content) == "png" or name in ("a.png", "b.pdf"):
                continue  # words in pictures are read for seconds each
            answer = process.look(name, content)
            assert answer.fault or answer.found[0]
            assert "\n" not in answer.fault


def test_nothing_is_kept_between_two_files():
    first = list(examine([("a.docx", KINDS["a.docx"])] * 2, read_scans=False))

    assert first[0] == first[1]
    assert mask_file("a.docx", KINDS["a.docx"])[0] == mask_file("b.docx", KINDS["a.docx"])[0]
