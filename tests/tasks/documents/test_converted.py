"""An old Word file is read without LibreOffice; what is lost on the way is named, or read another way."""

import sys
from pathlib import Path

import docx
import pytest

from models.plan.document import MISSING
from tasks.documents import reading
from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tests.support.old_word import old_word

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


def test_a_locked_file_says_so(alone):
    with pytest.raises(DocumentError, match="“方案.doc”设有打开密码"):
        read(alone, old_word(BODY, locked=True))


def test_a_broken_file_says_what_to_do(alone):
    with pytest.raises(DocumentError, match="LibreOffice.*另存为 .docx"):
        read(alone, old_word(BODY).replace(b"\x02\x10\0\0\0", b"\x09\x10\0\0\0"))


def test_a_file_that_is_too_long_is_not_read_twice(alone, beside, monkeypatch):
    beside(*LINES)
    monkeypatch.setattr(reading, "LINES", 1)

    with pytest.raises(DocumentError, match="不像一份方案"):
        read(alone, old_word(BODY))


def test_nothing_is_left_behind(alone, monkeypatch):
    (alone / "tmp").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(alone / "tmp"))

    read(alone, old_word(BODY))

    assert list((alone / "tmp").iterdir()) == []
