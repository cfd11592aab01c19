"""What a file is, whatever its name says: read by what it holds, or named with the next step."""

import zipfile
from pathlib import Path

import docx
import pytest

from models.plan.document import MISSING, Document
from tasks.documents.checks import DocumentError, kind_of
from tasks.documents.reading import read_document

TITLE = "某县法治建设实施方案"
MAIN = "word/document.xml"


def whole(path: Path) -> Document:
    """Read a file and hold it to the law: nothing is missing."""
    document = read_document(path)
    assert not [n for n in document.not_read if n.why == MISSING]
    return document


def changed(path: Path, new: Path, members: dict[str, bytes], names: dict[str, str]) -> Path:
    """Write a packed file again with other members and other names of members."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(new, "w", zipfile.ZIP_DEFLATED) as made:
        for name in old.namelist():
            made.writestr(names.get(name, name), members.get(name) or old.read(name))
        for name in members.keys() - set(old.namelist()):
            made.writestr(name, members[name])
    return new


@pytest.fixture
def plain(tmp_path) -> Path:
    document = docx.Document()
    document.add_paragraph(TITLE)
    document.save(str(tmp_path / "plain.docx"))
    return tmp_path / "plain.docx"


def part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name)


@pytest.mark.parametrize("target", ["word/document2.xml", "/word/document2.xml", "./word/文.xml"])
def test_the_body_of_a_word_file_is_where_its_relations_say(plain, tmp_path, target):
    relations = part(plain, "_rels/.rels").replace(b"word/document.xml", target.encode())
    moved = target.lstrip("./")
    types = part(plain, "[Content_Types].xml").replace(b"word/document.xml", moved.encode())
    members = {"_rels/.rels": relations, "[Content_Types].xml": types}
    path = changed(plain, tmp_path / "a.docx", members, {
        MAIN: moved, "word/_rels/document.xml.rels": moved.replace("word/", "word/_rels/") + ".rels",
    })  # fmt: skip

    assert kind_of(path.read_bytes(), "a.docx") == "docx"
    assert [line.text for line in whole(path).lines] == [TITLE]


@pytest.mark.parametrize("name", ["customXml/item1.xml", "docProps/app2.xml"])
def test_a_part_that_nobody_reads_may_declare_what_it_likes(plain, tmp_path, name):
    declared = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "x.dtd"><x/>'

    assert whole(changed(plain, tmp_path / "a.docx", {name: declared}, {})).lines
    with pytest.raises(DocumentError, match="外部引用"):
        read_document(changed(plain, tmp_path / "b.docx", {"word/x.xml": declared}, {}))


@pytest.mark.parametrize("start", ['<!--{}--><!DOCTYPE x SYSTEM "x.dtd"><x/>', "<!DOCTYPE x><x/>"])
@pytest.mark.parametrize("code", ["utf-8", "utf-16"])
def test_a_declaration_is_found_however_it_is_written(plain, tmp_path, start, code):
    declared = start.format("x" * 9000).encode(code)

    with pytest.raises(DocumentError, match="外部引用"):
        read_document(changed(plain, tmp_path / "a.docx", {"word/x.xml": declared}, {}))
