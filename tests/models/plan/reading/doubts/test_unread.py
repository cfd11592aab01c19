"""What of a file is in no line is told: counted where there is a reason, one by one where there is none."""

from models.plan.reading.compile import read_plan
from models.plan.reading.doubts.unread import ASKED, MOST, unread_doubts, unread_lines
from models.plan.reading.text.document import MISSING, PICTURE, Document
from models.plan.schema import NotRead
from tests.places import DOCUMENTS

HEADER = NotRead(why="页眉", words="内部资料", letters=4, line=1)
PIECE = NotRead(why=MISSING, words="（二）清理行政规范性文件。", letters=13, line=12)


def test_what_has_a_reason_is_counted_and_what_is_lost_is_told_with_its_place():
    hidden = NotRead(why="隐藏文字", words="内部时限", letters=9, line=3)

    assert unread_lines([HEADER, PIECE, HEADER, hidden]) == [
        "没有收进方案的文字：页眉 2 处 8 字、隐藏文字 1 处 9 字",
        "注意：第12行：这段文字没有读到，请对照原文核对（13 字，“（二）清理行政规范性文件。”）",
    ]
    assert unread_lines([]) == []


def test_a_great_many_lost_pieces_are_counted():
    lines = unread_lines([PIECE] * (MOST + 2))

    assert len(lines) == MOST + 1
    assert lines[-1] == "注意：另有没有读到 2 处 26 字，见审核表“没有读的文字”"


def test_the_plan_carries_what_was_not_read_and_doubts_what_was_lost():
    text = (DOCUMENTS / "01-fazhi-shifan-shishi.txt").read_text(encoding="utf-8")
    document = Document(Document.from_text(text).lines, "方案.docx", (HEADER, PIECE))

    reading = read_plan(document)

    assert reading.plan.not_read[:2] == [HEADER, PIECE]
    assert [d.sentence for d in reading.doubts if d.reason == ASKED[MISSING]] == [PIECE.words]


def test_a_page_that_is_a_picture_asks_for_a_look():
    page = NotRead(why=PICTURE, words="第 3 页是图片，没有文字", letters=0, page=3)

    assert unread_lines([page]) == [
        "注意：第3页：这一页是图片，没有读，请对照原文补上（“第 3 页是图片，没有文字”）"
    ]
    assert [doubt.reason for doubt in unread_doubts([page, HEADER])] == [ASKED[PICTURE]]
