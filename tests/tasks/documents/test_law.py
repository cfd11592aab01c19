"""The law at the door: letters read and letters named as left out are all letters of a file."""

import random
import shutil
from contextlib import suppress

import pytest

from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS
from tests.support import office_files
from tests.tools.file_mutations import CHANGES
from tests.tools.mutation_files import FILES, write_page, write_pdf, write_word

# `law` in conftest.py says what is asked of each reading.
MADE = {
    "方案.docx": office_files.write_word,
    "编号.docx": office_files.write_numbered_word,
    "方案.pdf": office_files.write_pdf,
}
OURS = sorted(p for p in DOCUMENTS.iterdir() if p.suffix in {".txt", ".html", ".docx", ".pdf"})
TABLES = ("148-shixiang-qingdan-tab", "14-yingshang-jieduan-biaoge", "02-weisheng-xiancheng-biaoge")


@pytest.mark.parametrize("name", MADE)
def test_a_made_file_is_read_whole(tmp_path, name):
    MADE[name](tmp_path / name)

    assert read_document(tmp_path / name).lines


@pytest.mark.parametrize("path", OURS, ids=lambda path: path.stem)
def test_a_document_of_the_tests_is_read_whole(path):
    assert read_document(path).lines


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("stem", TABLES)
def test_a_document_is_read_whole_whatever_file_it_stands_in(tmp_path, stem, kind):
    ending, write = FILES[kind]
    write(tmp_path / f"方案{ending}", (DOCUMENTS / f"{stem}.txt").read_text("utf-8"))

    assert read_document(tmp_path / f"方案{ending}").lines


@pytest.mark.parametrize("kind", ["docx", "html", "pdf"])
def test_a_file_that_others_have_changed_is_read_whole_or_refused(tmp_path, kind):
    """Three changes to each, so that every change is met by one of the files."""
    write = {"docx": write_word, "html": write_page, "pdf": write_pdf}[kind]
    path = tmp_path / f"方案.{kind}"
    write(path, (DOCUMENTS / f"{TABLES[0]}.txt").read_text("utf-8")[:1_500])
    whole, names = path.read_bytes(), list(CHANGES[kind])
    read = 0
    for at in range(0, len(names), 3):
        content, chance = whole, random.Random(at)
        for name in names[at : at + 3]:
            with suppress(Exception):  # what one change has broken another cannot open
                content = CHANGES[kind][name](content, chance)
        path.write_bytes(content)
        with suppress(DocumentError):
            read += bool(read_document(path).lines)

    assert read >= len(names) / 3 / 2


def test_the_suffix_does_not_matter(tmp_path):
    office_files.write_word(tmp_path / "方案.docx")
    shutil.copy(tmp_path / "方案.docx", tmp_path / "方案.doc")

    assert read_document(tmp_path / "方案.doc").lines == read_document(tmp_path / "方案.docx").lines
