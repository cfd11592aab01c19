"""An old Word file is read without LibreOffice; what is lost on the way is named, or read another way."""

import io
import struct
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from models.plan.reading.doubts.unread import unread_doubts
from models.plan.reading.text.document import MISSING
from models.plan.reading.text.marks import UNCOUNTED
from tasks.documents import apart, reading
from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tests.support.old_word import old_word

# What is lost here is lost on purpose.
pytestmark = pytest.mark.usefixtures("letters_may_be_lost")
BODY = "某县法治建设实施方案\r一、总体要求\r"
LINES = ["某县法治建设实施方案", "一、总体要求"]


@pytest.fixture
def alone(tmp_path, monkeypatch) -> Path:
    """A folder on a machine without LibreOffice."""
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return tmp_path


@pytest.fixture
def beside(alone):
    """Put a program in LibreOffice's place whose .docx has these lines, the tables being of two cells."""

    def put(*lines: str, tables: int = 0) -> None:
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        for _ in range(tables):
            document.add_table(rows=1, cols=2).cell(0, 0).text = "甲"
        document.save(str(alone / "made.docx"))
        program = alone / "bin" / "soffice"
        program.write_text(
            f"#!{sys.executable}\nimport shutil, sys\nfrom pathlib import Path\n"
            "out = Path(sys.argv[sys.argv.index('--outdir') + 1])\nout.mkdir()\n"
            f"shutil.copy({str(alone / 'made.docx')!r}, out / 'in.docx')\n",
            encoding="utf-8",
        )
        program.chmod(0o755)

    return put


def read(folder: Path, content: bytes, name: str = "方案.doc"):
    (folder / name).write_bytes(content)
    document = read_document(folder / name)
    texts = [line.text for line in document.lines]
    return texts, [(n.why, n.words, n.line) for n in document.not_read]


@pytest.mark.parametrize("name", ["方案.doc", "方案.wps", "方案.docx", "方案"])
def test_an_old_word_file_is_read_without_libreoffice(alone, name):
    assert read(alone, old_word(BODY), name) == (LINES, [])


def test_what_is_lost_on_the_way_is_named(alone):
    texts, left = read(alone, old_word(BODY, others={6: "文本框里的话\r"}))

    assert texts == LINES
    assert left == [(MISSING, "文本框里的话", 3)]


def test_what_is_lost_one_way_is_read_the_other(alone, beside):
    beside(*LINES, "文本框里的话")

    assert read(alone, old_word(BODY, others={6: "文本框里的话\r"})) == (
        [*LINES, "文本框里的话"],
        [],
    )


def test_the_other_way_is_not_taken_where_nothing_is_lost(alone, beside):
    beside("别的")

    assert read(alone, old_word(BODY)) == (LINES, [])


def test_the_other_way_is_not_taken_where_it_loses_more(alone, beside):
    beside(LINES[0])

    texts, left = read(alone, old_word(BODY, others={6: "文本框里的话\r"}))

    assert texts == LINES
    assert left == [(MISSING, "文本框里的话", 3)]


def test_of_two_ways_the_one_with_fewer_tables_is_no_better(alone, beside, monkeypatch):
    beside(*LINES, "文本框里的话")
    monkeypatch.setattr(reading, "_rows", lambda document: -len(document.lines))

    assert read(alone, old_word(BODY, others={6: "文本框里的话\r"}))[0] == LINES


@pytest.mark.parametrize("version", [104, 193])
def test_an_old_file_that_cannot_be_counted_says_so(alone, beside, version):
    beside(*LINES)
    told = old_word(BODY).replace(
        struct.pack("<HH", 0xA5EC, 193), struct.pack("<HH", 0xA5EC, version)
    )
    if version == 193:  # more letters than there are pieces
        at = told.index(struct.pack("<HH", 0xA5EC, 193)) + 0x4C
        told = told[:at] + struct.pack("<I", 99) + told[at + 4 :]

    texts, left = read(alone, told)

    assert texts == LINES
    assert left == [(UNCOUNTED, "Word 95 或更早的 .doc，或者已损坏", 1)]
    [doubt] = unread_doubts(read_document(alone / "方案.doc").not_read)
    assert "没有逐字核对" in doubt.reason and "另存为 .docx" in doubt.reason


RICH = r"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fcharset134 a;}}\f0 {\listtext 1.\tab}\u26576?\u21439?\par %s}"


@pytest.mark.parametrize(
    ("more", "made", "left"),
    [
        ("", ["1.某县"], []),
        ("", ["某县"], [(MISSING, "1. 某县", 1)]),  # the number went astray
        (r"\'b7\'a8\'d6\'ce", ["1.某县", "法治"], []),
        (r"\'b7\'a8\'d6\'ce", ["1.某县"], [(MISSING, "法治", 2)]),
        (r"{\header\'b7\'a8}", ["1.某县"], [("页眉", "法", 2)]),
        (r"{\listtext\'a1\'f1\tab}\'b7\'a8", ["1.某县", "法"], []),  # a bullet is no number
        (r"{\listtext o\tab}\'b7\'a8", ["1.某县", "法"], []),
        (r"{\listtext\'a3\'a82)\tab}\'b7\'a8", ["1.某县", "(2)法"], []),  # but for its width
        ("{" * 2000, ["1.某县"], [(UNCOUNTED, "文件可能已损坏", 1)]),
    ],
)
def test_what_is_lost_of_an_rtf_is_named(alone, beside, more, made, left):
    beside(*made)

    assert read(alone, (RICH % more).encode(), "方案.rtf") == (made, left)


@pytest.mark.parametrize("kind", ["content.xml", "styles.xml"])
def test_a_part_that_only_the_other_reads_is_not_counted(alone, beside, kind):
    beside(*LINES)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(kind, "<office:document")

    assert read(alone, made.getvalue(), "方案.odt") == (LINES, [(UNCOUNTED, "文件可能已损坏", 1)])


def test_a_locked_file_says_so(alone):
    with pytest.raises(DocumentError, match="“方案.doc”设有打开密码"):
        read(alone, old_word(BODY, locked=True))


def test_a_broken_file_says_what_to_do(alone):
    with pytest.raises(DocumentError, match="LibreOffice.*另存为 .docx"):
        read(alone, old_word(BODY).replace(b"\x02\x10\0\0\0", b"\x09\x10\0\0\0"))


def test_a_file_that_is_too_long_is_not_read_twice(alone, beside, monkeypatch):
    beside(*LINES)
    monkeypatch.setattr(apart, "LINES", 1)

    with pytest.raises(DocumentError, match="不像一份方案"):
        read(alone, old_word(BODY))


def test_nothing_is_left_behind(alone, monkeypatch):
    (alone / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(alone / "tmp"))

    read(alone, old_word(BODY))

    assert list((alone / "tmp").iterdir()) == []
