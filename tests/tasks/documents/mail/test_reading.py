"""A letter is read by the one plan that is attached to it; everything else of it is named."""

from email.message import EmailMessage
from io import BytesIO
from pathlib import Path

import docx
import pytest

from models.plan.reading.text.document import EMBEDDED
from tasks.documents.faults import DocumentError
from tasks.documents.reading import read_document

PLAN = [
    "某县法治政府建设实施方案",
    "一、重点任务",
    "1.规范执法监督。案卷评查合格率达到95%以上。（牵头单位：县司法局）",
    "二、实施步骤",
    "（一）动员部署阶段（2025年3月）。召开动员大会。",
]
OTHER = [PLAN[0].replace("法治政府", "信访工作"), *PLAN[1:]]
NEWS = ["县司法局召开工作推进会", "3月5日，县司法局召开会议，会议听取了有关情况汇报。"]
WORD = ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document")


def word(lines: list[str]) -> bytes:
    document, out = docx.Document(), BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def letter(words: str, *files: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.cn", "b@example.cn", "报送方案"
    mail.set_content(words)
    for name, content in files:
        mail.add_attachment(content, maintype=WORD[0], subtype=WORD[1], filename=name)
    return mail.as_bytes()


def read(tmp_path: Path, content: bytes, told: list[str] | None = None):
    path = tmp_path / "报送.eml"
    path.write_bytes(content)
    return read_document(path, (told if told is not None else []).append)


def test_the_plan_among_the_attachments_is_read_and_the_others_are_named(tmp_path):
    told: list[str] = []
    content = letter("请查收。", ("简报.docx", word(NEWS)), ("方案.docx", word(PLAN)))

    document = read(tmp_path, content, told)

    assert [line.text for line in document.lines] == PLAN
    assert document.source == "报送.eml 的附件 方案.docx"
    assert told == ["“报送.eml”是电子邮件，读的是附件“方案.docx”"]
    assert [(each.why, each.words) for each in document.not_read] == [
        ("邮件正文", "请查收。"),
        (EMBEDDED, "附件“简报.docx”"),
    ]


def test_several_plans_are_named_and_none_is_read(tmp_path):
    content = letter("请查收。", ("甲.docx", word(PLAN)), ("乙.docx", word(OTHER)))

    with pytest.raises(
        DocumentError, match="附件里有 2 份方案：“甲.docx”“乙.docx”；请把要读的那份"
    ):
        read(tmp_path, content)


def test_the_same_plan_in_two_files_is_one(tmp_path):
    content = letter("请查收。", ("甲.docx", word(PLAN)), ("甲.txt", "\n".join(PLAN).encode()))

    assert [line.text for line in read(tmp_path, content).lines] == PLAN


def test_a_letter_without_attachments_is_read_itself(tmp_path):
    assert [
        line.text for line in read(tmp_path, letter("\n".join(PLAN))).lines if line.text
    ] == PLAN


def test_a_page_as_a_letter_is_read_as_a_page(tmp_path):
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@example.cn", "b@example.cn"
    body = "".join(f"<p>{line}</p>" for line in PLAN)
    mail.set_content(f"<html><body>{body}</body></html>", subtype="html", charset="gb18030")

    assert [line.text for line in read(tmp_path, mail.as_bytes()).lines] == PLAN


@pytest.mark.parametrize("words", ["", "请查收。"])
def test_what_cannot_be_read_says_why(tmp_path, words):
    content = letter(words, ("表.zip", b"PK\x05\x06" + bytes(18)))

    with pytest.raises(
        DocumentError, match="“报送.eml”是电子邮件，附件里没有能读的方案：“表.zip”是空的压缩包"
    ) as caught:
        read(tmp_path, content)

    assert "\n" not in str(caught.value)


def test_a_forwarded_letter_is_opened(tmp_path):
    inner = EmailMessage()
    inner["From"], inner["To"], inner["Subject"] = "a@example.cn", "b@example.cn", "原信"
    inner.set_content("见附件")
    inner.add_attachment(word(PLAN), maintype=WORD[0], subtype=WORD[1], filename="方案.docx")
    outer = EmailMessage()
    outer["From"], outer["To"] = "c@example.cn", "b@example.cn"
    outer.set_content("转发")
    outer.add_attachment(inner)

    assert [line.text for line in read(tmp_path, outer.as_bytes()).lines] == PLAN
