"""Running heads and feet are named as left out, and no part of the text or its title."""

from pathlib import Path

import pytest

from models.plan.reading.compile import compile_plan
from models.plan.reading.text.document import Document
from tasks.documents.pages import FOOTER, HEADER
from tasks.documents.reading import read_document
from tests.support.pdf_drawing import Pen, pdf

TITLE = "芦汀县法治建设实施方案"
FULL = "为深入推进法治政府建设示范创建工作，根据上级部署，结合我县实际"


def read(tmp_path: Path, *draw) -> Document:
    path = tmp_path / "方案.pdf"
    path.write_bytes(pdf(*draw))
    return read_document(path)


def text(pen: Pen, top: float = 120) -> None:
    for at in range(8):
        pen.write(70, top + at * 22, FULL, 13)


def named(document: Document, why: str) -> list[str]:
    return [left.words for left in document.not_read if left.why == why]


def test_a_head_that_is_no_repetition_is_no_part_of_the_title(tmp_path):
    def draw(pen: Pen) -> None:
        pen.write(70, 40, "芦汀县推进依法治县工作文件选编", 9)
        pen.middle(297, 100, TITLE, 20)
        text(pen, 160)
        pen.middle(297, 810, "— 1 —", 9)

    document = read(tmp_path, draw)

    assert [line.text for line in document.lines] == [TITLE, *[FULL] * 8]
    assert named(document, HEADER) == ["芦汀县推进依法治县工作文件选编"]
    assert named(document, FOOTER) == ["— 1 —"]
    assert compile_plan(document).title == TITLE


def test_heads_that_change_from_page_to_page_are_left_out_of_all(tmp_path):
    def page(number: int):
        def draw(pen: Pen) -> None:
            pen.write(70, 80, f"第{number}章 {['总则', '实施', '保障'][number]}", 9)
            text(pen)

        return draw

    document = read(tmp_path, *map(page, range(3)))

    assert [line.text for line in document.lines] == [FULL] * 24
    assert named(document, HEADER) == ["第0章 总则", "第1章 实施", "第2章 保障"]


def test_what_is_left_out_of_every_page_is_told_once_and_at_the_end(tmp_path):
    def draw(pen: Pen) -> None:
        pen.write(70, 40, "芦汀县人民政府公报", 9)
        text(pen)

    document = read(tmp_path, draw, draw, draw)

    assert [(left.words, left.letters, left.page) for left in document.not_read] == [
        ("芦汀县人民政府公报", 9, 1),
        ("芦汀县人民政府公报（各页都有）", 18, 3),
    ]


@pytest.mark.parametrize(
    ("place", "size", "words"),
    [
        (40, 13, "芦汀县人民政府文件"),  # no smaller than the text
        (104, 9, "芦汀县人民政府文件"),  # not apart from the text
        (80, 9, "特急"),  # in the text's place, and on this page alone
        (40, 9, "附件1"),
        (40, 9, "单位：万元"),
    ],
)
def test_a_line_that_may_be_text_is_read(tmp_path, place, size, words):
    def draw(pen: Pen) -> None:
        pen.write(70, place, words, size)
        text(pen)

    document = read(tmp_path, draw)

    assert document.lines[0].text == words
    assert not document.not_read


def test_a_note_at_the_foot_of_a_page_is_read(tmp_path):
    def draw(pen: Pen) -> None:
        text(pen)
        pen.write(70, 760, "① 各乡镇包括街道办事处。", 9)

    assert read(tmp_path, draw).lines[-1].text == "① 各乡镇包括街道办事处。"


@pytest.mark.parametrize("number", ["芦政办发〔2026〕18号", "芦府〔 2026 〕 第8 号"])
def test_the_number_of_a_document_above_its_rule_is_read(tmp_path, number):
    def first(pen: Pen) -> None:
        pen.middle(297, 44, number, 10)
        pen.middle(297, 100, TITLE, 20)
        text(pen, 160)

    def second(pen: Pen) -> None:
        pen.middle(297, 44, "芦政办发〔2026〕18号", 9)  # repeated as a running head
        text(pen)

    document = read(tmp_path, first, second)

    assert [line.text.replace(" ", "") for line in document.lines][:2] == [
        number.replace(" ", ""),
        TITLE,
    ]
    assert named(document, HEADER) == ["芦政办发〔2026〕18号"]
