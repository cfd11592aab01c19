"""Files of every kind become the same document; bad ones soon get one Chinese line."""

import os
import time
import zipfile
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import UNREADABLE
from models.plan.schema import Plan
from tasks.documents import apart
from tasks.documents.checks import DocumentError
from tasks.documents.reading import read_document
from tasks.documents.scans import reading as scans
from tasks.guarded.guard import Limits, worker
from tests.places import DOCUMENTS
from tests.support import office_files
from tests.support.compounds import compound

SAMPLE = DOCUMENTS / "01-fazhi-shifan-shishi.txt"
SECONDS = 30  # for one bad file, on a busy machine


def check_plan(plan: Plan) -> None:
    """Every fact of the plan in `office_files`, however it was stored."""
    assert plan.title == office_files.TITLE
    assert plan.issuer == "芦汀县人民政府办公室"
    assert plan.document_number == "芦政办发〔2024〕9号"
    assert plan.issued_on == date(2024, 3, 5)
    assert [(s.name, s.start, s.end) for s in plan.stages] == [
        ("动员部署", date(2024, 3, 1), date(2024, 3, 31)),
        ("集中整治", date(2024, 4, 1), date(2024, 10, 31)),
        ("总结验收", date(2024, 11, 1), date(2024, 12, 15)),
    ]
    assert [(t.ordinal, t.section, t.title) for t in plan.tasks] == [
        (1, "厕所革命", "改造农村户厕"),
        (2, "厕所革命", "建设农村公厕"),
        (3, "垃圾污水", "完善垃圾收运体系"),
        (4, "垃圾污水", "治理生活污水"),
    ]
    assert [t.lead_units for t in plan.tasks] == [
        ["县农业农村局"],
        ["县住建局"],
        ["县城管局"],
        ["县生态环境分局"],
    ]
    assert plan.tasks[0].responsible_units == ["县卫健局"]
    assert plan.tasks[0].responsible_groups == ["各乡镇"]
    assert [(t.op, t.value) for t in plan.tasks[3].targets] == [(">=", 45), ("==", 0)]
    assert [(str(d.freq), d.day) for d in plan.recurring] == [
        ("monthly", None),
        ("daily", None),
        ("monthly", 20),
    ]


def test_a_word_file_with_a_real_table_is_read(tmp_path):
    office_files.write_word(tmp_path / "方案.docx")

    document = read_document(tmp_path / "方案.docx")

    check_plan(compile_plan(document))
    text = "".join(line.text for line in document.lines)
    assert "请认真执行" in text  # a tracked insertion counts
    assert "应删去的话" not in text  # a tracked deletion does not


def test_a_pdf_with_running_heads_and_a_table_over_two_pages_is_read(tmp_path):
    office_files.write_pdf(tmp_path / "方案.pdf")

    document = read_document(tmp_path / "方案.pdf")

    assert max(line.page for line in document.lines) >= 2
    plan = compile_plan(document)
    check_plan(plan)
    assert plan.tasks[-1].source.page >= 2


def test_the_automatic_numbers_of_word_are_seen(tmp_path):
    office_files.write_numbered_word(tmp_path / "方案.docx")

    plan = compile_plan(read_document(tmp_path / "方案.docx"))

    assert [(t.section, t.title, t.lead_units) for t in plan.tasks] == [
        ("强化阵地建设", "建好法治公园", ["县司法局"]),
        ("强化阵地建设", "用好宣传栏", ["县委宣传部"]),
        ("强化队伍建设", "培训骨干", ["县司法局"]),
    ]
    assert [s.name for s in plan.stages] == ["启动阶段", "推进阶段"]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"]
)
def test_the_encoding_of_a_text_is_found(tmp_path, encoding):
    path = tmp_path / "方案.txt"
    path.write_bytes(SAMPLE.read_text(encoding="utf-8").encode(encoding))

    assert compile_plan(read_document(path)).title == "云岫市创建全国法治政府建设示范市实施方案"


def test_a_few_words_of_an_old_program_are_read(tmp_path):
    (tmp_path / "a.txt").write_bytes("实施方案\n法治政府建设示范创建\n".encode("gb18030"))

    assert [line.text for line in read_document(tmp_path / "a.txt").lines] == [
        "实施方案",
        "法治政府建设示范创建",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("at", [101, 3001, -1])
def test_a_broken_byte_is_named_and_spoils_nothing_else(tmp_path, encoding, at):
    raw = SAMPLE.read_text(encoding="utf-8").encode(encoding)
    path = tmp_path / "方案.txt"
    path.write_bytes(raw[:at] + b"\xff" + raw[at:])

    document = read_document(path)

    assert compile_plan(document).title == "云岫市创建全国法治政府建设示范市实施方案"
    (named,) = document.not_read
    assert named.why == UNREADABLE
    assert 1 <= named.letters <= 3  # the character it stands in may break too
    assert "\ufffd" in document.lines[named.line - 1].text


def test_a_web_page_and_a_markdown_file_are_read(tmp_path):
    page = tmp_path / "方案.html"
    rows = "".join(
        f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>"
        for row in [office_files.HEAD, *office_files.ROWS]
    )
    body = "".join(f"<p>{text}</p>" for text in office_files.PARAGRAPHS)
    page.write_text(
        f"<html><script>var x='一、'</script><body>{body}<table>{rows}</table></body></html>",
        encoding="utf-8",
    )
    marked = tmp_path / "方案.md"
    table = "\n".join(
        "| " + " | ".join(row) + " |"
        for row in [office_files.HEAD, ["---"] * 6, *office_files.ROWS]
    )
    text = "\n\n".join(
        f"**{p}**" if p == office_files.TITLE else p for p in office_files.PARAGRAPHS
    )
    marked.write_text(text + "\n\n" + table, encoding="utf-8")

    from_page = compile_plan(read_document(page))
    from_marks = compile_plan(read_document(marked))
    check_plan(from_page)
    check_plan(from_marks)
    assert [t.title for t in from_page.tasks] == [t.title for t in from_marks.tasks]


def _zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def _empty(folder: Path) -> Path:
    (folder / "a.txt").write_bytes(b"")
    return folder / "a.txt"


def _blank(folder: Path) -> Path:
    (folder / "a.txt").write_text(" \n\u3000\n", encoding="utf-8")
    return folder / "a.txt"


def _large(folder: Path) -> Path:
    with (folder / "a.docx").open("wb") as file:
        file.truncate(200 * 2**20)  # 200 MB that take no room
    return folder / "a.docx"


def _declared(folder: Path) -> Path:
    xml = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "x.dtd"><x/>'
    return _zip(folder / "a.docx", {"word/document.xml": xml})


def _paths(folder: Path) -> Path:
    return _zip(folder / "a.docx", {"word/document.xml": b"<x/>", "../../etc/passwd": b"x"})


def _broken(folder: Path) -> Path:
    (folder / "a.docx").write_bytes(b"PK\x03\x04" + b"\0" * 400)
    return folder / "a.docx"


def _not_word(folder: Path) -> Path:
    return _zip(folder / "a.docx", {"xl/workbook.xml": b"<x/>"})


def _broken_pdf(folder: Path) -> Path:
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 40)
    return folder / "a.pdf"


def _scanned(folder: Path) -> Path:
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(folder / "a.pdf"))
    page.rect(100, 100, 300, 300, fill=1)
    page.showPage()
    page.save()
    return folder / "a.pdf"


def _locked(folder: Path) -> Path:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen import canvas

    page = canvas.Canvas(str(folder / "a.pdf"), encrypt=StandardEncryption("secret", strength=128))
    page.drawString(100, 100, "text")
    page.save()
    return folder / "a.pdf"


def _locked_word(folder: Path) -> Path:
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    )
    (folder / "a.docx").write_bytes(content + b"\0" * 600)
    return folder / "a.docx"


def _picture(folder: Path) -> Path:
    (folder / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    return folder / "a.png"


def _binary(folder: Path) -> Path:
    (folder / "a.txt").write_bytes(bytes(range(256)) * 30)
    return folder / "a.txt"


def _wordy(folder: Path) -> Path:
    (folder / "a.txt").write_text("加强执法，" * 200_000, encoding="utf-8")
    return folder / "a.txt"


def _many_lines(folder: Path) -> Path:
    (folder / "a.txt").write_text("1.加强。\n" * 40_000, encoding="utf-8")
    return folder / "a.txt"


def _wide_page(folder: Path) -> Path:
    rows = "<tr><td colspan=9999 rowspan=9999>任务</td><td>单位</td></tr>" * 3000
    (folder / "a.html").write_text(f"<table>{rows}</table>", encoding="utf-8")
    return folder / "a.html"


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "a.txt")
    return folder / "a.txt"


def _own_link(folder: Path) -> Path:
    (folder / "a.txt").symlink_to(folder / "a.txt")
    return folder / "a.txt"


BAD = [
    (_wordy, "不像一份方案"),
    (_many_lines, "不像一份方案"),
    (_wide_page, "不像一份方案"),
    (_own_link, "链接"),
    (_pipe, "不是文件"),
    (_empty, "空文件"),
    (_blank, "没有文字"),
    (_large, "上限"),
    (_declared, "外部引用"),
    (_paths, "路径"),
    (_broken, "损坏"),
    (_not_word, "不是 Word"),
    (_broken_pdf, "打不开|没有"),
    (_scanned, "扫描件"),
    (_locked, "密码"),
    (_locked_word, "密码"),
    (_picture, "是图片"),
    (_binary, "不是文本|编码|没有文字"),
    (lambda folder: folder / "没有.txt", "找不到"),
    (lambda folder: folder, "不是文件"),
]


@pytest.mark.parametrize(("make", "says"), BAD, ids=lambda value: getattr(value, "__name__", value))
def test_a_bad_file_gets_one_chinese_line_soon(tmp_path, monkeypatch, make, says):
    monkeypatch.setattr(scans, "can_read_scans", lambda: False)
    path = make(tmp_path)
    start = time.monotonic()

    with pytest.raises(DocumentError, match=says) as caught:
        read_document(path)

    message = str(caught.value)
    assert "\n" not in message
    assert any("\u4e00" <= char <= "\u9fff" for char in message)
    assert time.monotonic() - start < SECONDS


def test_bounds_are_those_of_the_module_and_told_kindly(tmp_path, monkeypatch):
    office_files.write_word(tmp_path / "方案.docx")
    monkeypatch.setattr("tasks.guarded.archives.UNPACKED", 1000)

    with pytest.raises(DocumentError, match="“方案.docx”解开后过大，没有打开；请删去图片"):
        read_document(tmp_path / "方案.docx")


def test_the_pages_of_a_pdf_are_counted(tmp_path, monkeypatch):
    from tasks.documents.pdf import pages as pdf

    office_files.write_pdf(tmp_path / "方案.pdf")
    monkeypatch.setattr(pdf, "PAGES", 1)

    with pytest.raises(DocumentError, match="页，不像一份方案"):
        list(pdf.pdf_pages((tmp_path / "方案.pdf").read_bytes()))


def test_a_file_that_is_given_up_is_not_called_harmful(tmp_path, monkeypatch):
    office_files.write_word(tmp_path / "方案.docx")
    monkeypatch.setattr(apart, "worker", partial(worker, limits=Limits(memory=2**20)))

    with pytest.raises(DocumentError, match="“方案.docx”.*没有读完") as caught:
        read_document(tmp_path / "方案.docx")
    assert "有害" not in str(caught.value)


def test_a_name_from_an_old_archive_is_shown_and_kept(tmp_path):
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + "方案.txt".encode("gb18030")))
    path.write_text(PLAN, encoding="utf-8")

    document = read_document(path)

    assert document.source == "方案.txt"
    assert "方案.txt" in compile_plan(document).model_dump_json()


def test_what_nobody_can_see_is_not_in_a_document(tmp_path):
    (tmp_path / "a.txt").write_text(PLAN.replace("执法", "执\x07\x02法"), encoding="utf-8")
    (tmp_path / "b.html").write_text(
        f"<p>{PLAN}</p>".replace("执法", "执&#7;\x02法"), encoding="utf-8"
    )

    for name in ("a.txt", "b.html"):
        text = "".join(line.text for line in read_document(tmp_path / name).lines)
        assert "加强执法" in text


def test_a_paragraph_of_sixty_thousand_characters_is_read(tmp_path):
    (tmp_path / "a.txt").write_text(PLAN + "1.加强执法" * 12_000, encoding="utf-8")

    assert compile_plan(read_document(tmp_path / "a.txt")).tasks


PLAN = "某县法治建设实施方案\n一、重点任务\n1.加强执法。合格率不低于95%。（牵头单位：县司法局）\n"
ODD_TEXTS = {
    "vertical tabs": PLAN.replace("\n", "\v"),
    "old Mac line ends": PLAN.replace("\n", "\r"),
    "line separators": PLAN.replace("\n", "\u2028"),
    "soft hyphens": "\u00ad".join(PLAN),
    "marks of direction": PLAN.replace("。", "。\u200f\u202c"),
    "full width": PLAN.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789%."}),
    "a span that is no number": "<html><body><p>"
    + PLAN.replace("\n", "</p><p>")
    + "</p><table><tr><td colspan='²' rowspan='½'>甲</td></tr></table>",
    "a web page called .txt": "<!DOCTYPE html><html><p>" + PLAN.replace("\n", "</p><p>") + "</p>",
}


@pytest.mark.parametrize("name", ODD_TEXTS)
def test_an_odd_text_is_read_all_the_same(tmp_path, name):
    path = tmp_path / "a.txt"
    path.write_text(ODD_TEXTS[name], encoding="utf-8", newline="")

    [task] = compile_plan(read_document(path)).tasks

    assert (task.title, task.lead_units) == ("加强执法", ["县司法局"])
    assert [(target.op, target.value) for target in task.targets] == [(">=", 95)]


def test_an_old_word_file_without_libreoffice_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "方案.doc"
    path.write_bytes(compound({"WordDocument": bytes(2000)}))

    with pytest.raises(DocumentError, match="LibreOffice"):
        read_document(path)


def test_a_file_of_nothing_but_a_header_says_so(tmp_path):
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "内部资料"
    document.save(str(tmp_path / "空白.docx"))

    with pytest.raises(DocumentError, match="^“空白.docx”的正文里没有文字，只有页眉 1 处 4 字$"):
        read_document(tmp_path / "空白.docx")
