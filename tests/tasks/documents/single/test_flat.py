"""A Word file written flat, as one file of XML, is read as the package it is."""

import base64
import zipfile
from pathlib import Path

import docx
import pytest

from tasks.documents.checks import DocumentError, kind_of
from tasks.documents.reading import read_document
from tests.support import office_files

PKG = "http://schemas.microsoft.com/office/2006/xmlPackage"
OFFICE = "application/vnd.openxmlformats-officedocument"


def flat(path: Path, *, main: str = f"{OFFICE}.wordprocessingml.document.main+xml") -> bytes:
    """Return a packed file as one of XML, as Word saves it."""
    parts = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            if name == "[Content_Types].xml":
                continue
            kind = main if name.endswith("document.xml") else "application/xml"
            if name.endswith((".xml", ".rels")):
                text = (
                    content.decode().partition("?>")[2]
                    if content[:2] == b"<?"
                    else content.decode()
                )
                held = f"<pkg:xmlData>{text}</pkg:xmlData>"
            else:
                held = f"<pkg:binaryData>{base64.encodebytes(content).decode()}</pkg:binaryData>"
            parts.append(f'<pkg:part pkg:name="/{name}" pkg:contentType="{kind}">{held}</pkg:part>')
    head = '<?xml version="1.0" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
    return f'{head}<pkg:package xmlns:pkg="{PKG}">{"".join(parts)}</pkg:package>'.encode()


@pytest.mark.parametrize("name", ["a.xml", "a.doc", "a.docx"])
@pytest.mark.parametrize("write", [office_files.write_word, office_files.write_numbered_word])
def test_it_is_read_as_the_package_it_is(tmp_path, name, write):
    write(tmp_path / "b.docx")
    (tmp_path / name).write_bytes(flat(tmp_path / "b.docx"))

    read, packed = read_document(tmp_path / name), read_document(tmp_path / "b.docx")

    assert kind_of((tmp_path / name).read_bytes(), name) == "flat"
    assert read.lines == packed.lines
    assert read.not_read == packed.not_read


def test_one_without_a_word_document_says_so(tmp_path):
    docx.Document().save(str(tmp_path / "b.docx"))
    content = flat(tmp_path / "b.docx", main=f"{OFFICE}.spreadsheetml.sheet.main+xml")
    (tmp_path / "a.xml").write_bytes(content)

    with pytest.raises(DocumentError, match="“a.xml”里没有 Word 正文"):
        read_document(tmp_path / "a.xml")


def test_what_is_no_base64_loses_only_that_part(tmp_path):
    office_files.write_word(tmp_path / "b.docx")
    broken = flat(tmp_path / "b.docx").replace(b"<pkg:binaryData>", b"<pkg:binaryData>*")
    (tmp_path / "a.xml").write_bytes(broken)

    assert read_document(tmp_path / "a.xml").lines == read_document(tmp_path / "b.docx").lines
