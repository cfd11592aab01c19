"""Any folder of files is tried whole, and what goes wrong is counted."""

import io
import zipfile

import pytest

from models.plan.reading.text.document import Document, Line
from models.plan.schema import NotRead
from tests.support import office_files
from tests.support.letter_count import kind_by_bytes, letters_in, lost, plain, twice
from tests.support.old_word import old_word
from tests.support.sheets import made
from tests.tools import corpora, corpora_try
from tests.tools.corpora_try import Tried
from tests.tools.mutation_files import write_word


@pytest.fixture
def folder(tmp_path):
    """A folder with a file of many kinds, one of them below."""
    (tmp_path / "下级").mkdir()
    write_word(tmp_path / "方案.docx", "\n".join(office_files.PARAGRAPHS))
    (tmp_path / "下级" / "通知.txt").write_text("\n".join(office_files.PARAGRAPHS), "utf-8")
    (tmp_path / "坏.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "没有后缀").write_bytes(b"\0\1\2")
    made(tmp_path / "表.xlsx", 单位=[["单位名称", "别名"], ["市司法局", ""]])
    return tmp_path


def test_each_file_is_read_or_refused_and_nothing_is_lost(folder, capsys, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(folder))

    code = corpora.main([str(folder)])

    said = capsys.readouterr().out
    assert code == 0, said
    [total] = [line for line in said.splitlines() if line.startswith("| 合计")]
    assert total.split(" | ")[1:15] == ["5", "2", "1", "2", *["0"] * 10], said
    assert "1 份没有读：" in said


def test_a_silent_loss_an_error_and_a_changed_database_are_told(monkeypatch, tmp_path, capsys):
    found = Tried(
        silent=3,
        cells=["表“单位”B4"],
        errors=["出错"],
        changed=["units"],
        odd=["units：no"],
        ended="没有读完",
    )
    (tmp_path / "a.txt").write_text("x")
    monkeypatch.setattr(corpora, "try_all", lambda files: [(file, found) for file in files])

    assert corpora.main([str(tmp_path)]) == 1
    said = capsys.readouterr().out
    assert (
        "a.txt：悄悄少了 3 个字；名册里没收也没说：表“单位”B4；出错；答的不是中文一行：units：no；拒绝时改了数据库：units；没有读完"
        in said
    )


def test_without_a_folder_it_says_how(capsys):
    assert corpora.main([]) == 2
    assert "make corpora DIR=" in capsys.readouterr().err


def test_a_process_that_is_ended_is_counted_and_the_next_file_goes_on(monkeypatch, tmp_path):
    def hangs(path, folder):
        while path.name == "a.txt":
            pass
        return Tried(read=True)

    monkeypatch.setattr(corpora, "try_file", hangs)
    monkeypatch.setattr(corpora, "set_up", lambda folder: None)
    monkeypatch.setattr(corpora, "WALL", 0.3)
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text("x")

    found = {path.name: tried for path, tried in corpora.try_all(corpora.files_in(tmp_path))}

    assert "没有读完" in found["a.txt"].ended
    assert found["b.txt"].read and found["c.txt"].read


def test_letters_that_are_in_no_line_and_not_named_are_lost():
    document = Document((Line("甲乙", 1),), not_read=(NotRead(why="页眉", words="丙", letters=1),))

    assert lost(document, "甲乙丙") == 0
    assert lost(document, "甲乙丙丁戊") == 2


def test_a_long_line_that_the_file_has_once_is_not_read_twice():
    text = "各乡镇于每月二十日前向领导小组办公室报送进展情况"
    lines = (Line(text, 1), Line(text, 2))

    assert twice(Document(lines), text) == [text]
    assert twice(Document(lines), text * 2) == []


def test_letters_are_counted_without_the_readers(tmp_path):
    office_files.write_word(tmp_path / "a.docx")
    office_files.write_pdf(tmp_path / "a.pdf")
    wanted = set(plain("".join(office_files.PARAGRAPHS)))

    assert wanted <= set(letters_in(tmp_path / "a.docx"))
    assert wanted <= set(letters_in(tmp_path / "a.pdf"))


OPEN = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}'
    "</office:text></office:body></office:document-content>"
)


def open_text(body: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", OPEN.format(body))
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind", "letters"),
    [
        ("a.doc", old_word("某县方案\r", others={1: "注文\r"}), "doc", "某县方案注文"),
        ("a.wps", old_word("某县方案\r"), "doc", "某县方案"),
        ("a.doc", old_word("某县\r").replace(b"\xec\xa5\xc1", b"\xec\xa5\x65"), "doc", None),
        ("a.doc", b"{\\rtf1 a{\\*\\x b}\\u26576?}", "rtf", "a某"),
        ("a.rtf", b"{\\rtf1" + b"{" * 2000, "rtf", None),
        ("a.odt", open_text("<text:p>某<text:span>县</text:span>方</text:p>案"), "odt", "某县方"),
        ("a.odt", open_text("<text:p>某<text:number>1</text:number>县</text:p>"), "odt", "某县"),
        ("a.odt", open_text("<text:p>某"), "odt", None),
        ("a.fodt", OPEN.format("<text:h>某县</text:h>").encode(), "odt", "某县"),
    ],
)
def test_letters_of_other_office_files_are_counted(tmp_path, name, content, kind, letters):
    (tmp_path / name).write_bytes(content)

    assert kind_by_bytes(content, (tmp_path / name).suffix) == kind
    assert letters_in(tmp_path / name) == letters


def test_the_columns_are_those_of_what_is_counted():
    assert {name for _, name in corpora.COLUMNS} | {"seconds"} == set(corpora.Kind.__slots__)
    assert corpora_try.LISTS == ("units", "posts", "progress", "indicators", "holidays")


def test_a_cell_that_a_list_takes_neither_in_nor_by_name_is_counted(tmp_path, monkeypatch):
    from tasks.workbook.declaring import Column, Sheet
    from tasks.workbook.left_over import Notes
    from tasks.workbook.reading import open_book
    from tests.support.list_cells import silent_cells, watched_books

    units = Sheet("单位", (Column("单位名称"), Column("别名", required=False)))
    rows = [
        ["某市名册"],
        ["单位名称", "别名", "备注"],
        ["市甲局", "甲局", "留意"],
        ["", "", "边注"],
    ]
    path = made(tmp_path / "a.xlsx", 单位=rows, 底稿=[["旧名"]])

    def silent():
        with watched_books() as seen:
            assert len(list(open_book(path, [units]).rows(units))) == 1
        return silent_cells(path, seen)

    assert silent() == []
    monkeypatch.setattr(Notes, "lines", lambda self, left: [])
    assert silent() == [
        "表“单位”A1“某市名册”",
        "表“单位”C2“备注”",
        "表“单位”C3“留意”",
        "表“单位”C4“边注”",
        "表“底稿”A1“旧名”",
    ]
