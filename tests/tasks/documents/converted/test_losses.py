"""What a file holds that is not in the .docx made of it is named, with its place."""

import io
import zipfile

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.converted.losses import lost_letters
from tasks.documents.pages import HEADER

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word(*texts: str, header: str = "") -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        runs = "".join(f"<w:t>{text}</w:t>" for text in texts)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}">{runs}</w:document>')
        archive.writestr("word/header1.xml", f'<w:hdr xmlns:w="{W}"><w:t>{header}</w:t></w:hdr>')
    return made.getvalue()


def lost(pieces: list[str], there: bytes, *rows: str, why: str = MISSING) -> list:
    return lost_letters([(why, piece) for piece in pieces], there, [(row, [], 0) for row in rows])


def test_nothing_is_lost_that_stands_anywhere():
    assert lost(["标题", "页眉"], word("标", "题", header="页眉"), "标题") == []


@pytest.mark.parametrize(
    ("pieces", "left"),
    [
        (["标题", "框里的话", "后文"], [(MISSING, "框里的话", 4, 1)]),
        (["框里的话", "标题", "后文"], [(MISSING, "框里的话", 4, 0)]),
        (["标题", "后文", "框里的话"], [(MISSING, "框里的话", 4, 2)]),
        (["标题", "标题", "后文"], [(MISSING, "标题", 2, 2)]),  # said twice, there once
        (["标题", " \u3000", "后文"], []),
    ],
)
def test_what_is_lost_is_named_before_the_row_where_it_stood(pieces, left):
    assert lost(pieces, word("标题", "后文"), "标题", "后文") == left


def test_the_head_of_a_page_is_lost_for_its_reason():
    assert lost(["页眉"], word("标题"), "标题", why=HEADER) == [(HEADER, "页眉", 2, 0)]


def test_a_long_file_of_which_nothing_is_there_is_compared_at_once():
    left = lost([f"第{n}条" for n in range(20_000)], word("标题"), "标题")

    assert len(left) == 51  # the first ones by name, the others together
    assert sum(letters for _, _, letters, _ in left) == sum(len(f"第{n}条") for n in range(20_000))
