"""Word files as several programs pack them, and the files that they take in."""

from base64 import b64encode
from pathlib import Path
from zipfile import ZipFile

import pytest

from models.plan.reading.text.document import EMBEDDED, MISSING
from tasks.documents.checks import DocumentError
from tasks.documents.pages import STRUCK
from tasks.documents.reading import read_document
from tests.support.word_packages import cell, para, paras, row, table, write_package
from tests.tasks.documents.word.conftest import lines_of, named

BODY = paras("方案", "正文。")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"main": "word/document2.xml"},
        {"main": "Inhalt/haupt.xml"},
        {"strict": True},
        {"strict": True, "main": "word/document2.xml"},
    ],
)
@pytest.mark.parametrize("suffix", [".docx", ".docm", ".dotx"])
def test_a_word_file_is_found_by_its_relations(tmp_path, said, suffix):
    path = write_package(tmp_path / f"a{suffix}", BODY + table(["甲", "乙"]), **said)

    assert lines_of(read_document(path)) == ["方案", "正文。", "甲|乙"]


def test_parts_may_be_named_with_backslashes(tmp_path):
    from tests.tasks.documents.word.test_text import CALL, NOTES

    whole = write_package(
        tmp_path / "a.docx", f"<w:p>{CALL}</w:p>" + BODY, parts={"footnotes.xml": NOTES}
    )
    with ZipFile(whole) as before, ZipFile(tmp_path / "b.docx", "w") as after:
        for name in before.namelist():
            after.writestr(name.replace("/", "\\"), before.read(name))

    lines = lines_of(read_document(tmp_path / "b.docx"))

    assert lines == lines_of(read_document(whole))
    assert "注1：各县区：指甲县、乙县。" in lines


def test_the_parts_of_a_strict_file_are_found(tmp_path):
    from tests.tasks.documents.word.test_text import CALL, NOTES

    body = f"<w:p>{CALL}</w:p>" + BODY
    path = write_package(tmp_path / "a.docx", body, parts={"footnotes.xml": NOTES}, strict=True)

    assert "注1：各县区：指甲县、乙县。" in lines_of(read_document(path))


CHUNK = '<w:altChunk r:id="aFChunk"/>'


def _within(tmp_path: Path, depth: int) -> bytes:
    parts = {"aFChunk.docx": _within(tmp_path, depth - 1)} if depth else {}
    inner = paras(f"第{depth}层。") + (CHUNK if depth else "")
    return write_package(tmp_path / f"{depth}.docx", inner, parts=parts).read_bytes()


@pytest.mark.parametrize(
    ("name", "content", "lines", "left"),
    [
        ("aFChunk.xhtml", "<p>甲。</p>".encode(), ["甲。"], []),
        (
            "aFChunk.mht",
            b'MIME-Version: 1.0\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
            + "<html><p>甲。</p></html>".encode(),
            ["甲。"],
            [],
        ),
        (
            "aFChunk.html",
            "<html><body><p>甲。</p><table><tr><td>乙</td><td>丙</td></tr></table></body></html>".encode(),
            ["甲。", "乙|丙"],
            [],
        ),
        (
            "aFChunk.txt",
            "各乡镇负责落实。\n县司法局牵头负责。".encode(),
            ["各乡镇负责落实。", "县司法局牵头负责。"],
            [],
        ),
        (
            "aFChunk.mht",
            b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n"
            b"Content-Transfer-Encoding: base64\r\n\r\n"
            + b64encode("<p>甲。</p><p>乙。</p>".encode()),
            ["甲。", "乙。"],
            [],
        ),
        ("aFChunk.rtf", b"{\\rtf1 abc}", [], [(EMBEDDED, "aFChunk.rtf")]),
        ("aFChunk.docx", b"PK\x03\x04broken", [], [(EMBEDDED, "aFChunk.docx")]),
    ],
)
def test_a_file_within_is_read_in_place_or_named(read, name, content, lines, left):
    document = read(
        paras("方案") + CHUNK + table(["丁", "戊"]) + paras("正文。"), parts={name: content}
    )

    assert lines_of(document) == ["方案", *lines, "丁|戊", "正文。"]
    assert named(document) == left
    tables = [line.table for line in document.lines if line.cells]
    assert tables == sorted(set(tables))


def test_a_struck_file_within_is_named(read):
    document = read(f"<w:del>{CHUNK}</w:del>" + BODY, parts={"aFChunk.txt": "旧文。".encode()})

    assert lines_of(document) == ["方案", "正文。"]
    assert named(document) == [(STRUCK, "旧文。")]


@pytest.mark.parametrize("tag", ["altChunk", "subDoc"])
def test_a_file_that_is_called_and_not_there_is_named(read, tag):
    document = read(BODY + f'<w:{tag} r:id="rId9"/>')

    assert lines_of(document) == ["方案", "正文。"]
    assert named(document) == [(EMBEDDED, "rId9")]


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        ("Excel.Sheet.12", [(EMBEDDED, "Excel表格")]),
        ("Package", [(EMBEDDED, "附件")]),
        ("My.Thing", [(EMBEDDED, "My.Thing")]),
        ("", [(EMBEDDED, "对象")]),
        ("Equation.DSMT4", []),  # nothing but what one sees
        ("PBrush", []),
    ],
)
def test_an_object_within_is_named(read, kind, left):
    shape = f'<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="{kind}"/>'
    body = para("附件", f"<w:r><w:object><v:shape/>{shape}</w:object></w:r>")

    document = read(body + para(f"<w:del><w:r><w:object>{shape}</w:object></w:r></w:del>", "后"))

    assert lines_of(document) == ["附件", "后"]
    assert named(document) == left


def test_files_within_files_are_read_to_a_depth(tmp_path, read):
    document = read(paras("方案") + CHUNK, parts={"aFChunk.docx": _within(tmp_path, 2)})
    assert lines_of(document) == ["方案", "第2层。", "第1层。", "第0层。"]

    document = read(paras("方案") + CHUNK, parts={"aFChunk.docx": _within(tmp_path, 5)})
    assert lines_of(document) == ["方案", "第5层。", "第4层。", "第3层。"]
    assert named(document) == [(EMBEDDED, "aFChunk.docx")]


def test_a_file_within_a_cell_is_lines_of_the_cell(read):
    body = table(row("甲", cell(CHUNK)))

    assert lines_of(read(body, parts={"aFChunk.txt": "乙。\n丙。".encode()})) == ["甲|乙。\n丙。"]


@pytest.mark.parametrize("deep", [300, 3000])
def test_a_file_nested_without_end_is_refused_in_one_line(tmp_path, deep):
    body = "<w:sdt><w:sdtContent>" * deep + BODY + "</w:sdtContent></w:sdt>" * deep
    path = write_package(tmp_path / "a.docx", body)

    with pytest.raises(DocumentError, match="打不开"):
        read_document(path)


def test_cells_that_claim_the_world_cost_little(tmp_path):
    wide = '<w:gridSpan w:val="999999999"/><w:vMerge w:val="restart"/>'
    body = table(
        *[
            row(cell("甲", said=wide), said='<w:gridBefore w:val="99999"/>') + row("乙", "丙")
            for _ in range(20)
        ]
    )
    document = read_document(write_package(tmp_path / "a.docx", body))

    assert not [n for n in document.not_read if n.why == MISSING]
    assert max(len(line.cells) for line in document.lines) <= 120
