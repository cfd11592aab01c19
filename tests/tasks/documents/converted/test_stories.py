"""The letters of a .doc, counted from its own tables."""

import struct
from contextlib import suppress

import pytest

from models.plan.reading.text.document import MISSING
from tasks.documents.converted.stories import story_pieces
from tasks.documents.pages import COMMENT, HEADER
from tests.support.compounds import compound
from tests.support.old_word import PIECES, old_word


def lines(body: str) -> list[str]:
    return [text for _, text in story_pieces(old_word(body))]


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ("某市方案\r一、目标\r", ["某市方案", "一、目标"]),
        ("甲\x07乙\x07\x07后\r", ["甲", "乙", "后"]),  # cells and the end of a row
        ("上\x0b下\x0c", ["上", "下"]),
        ("见\x13 PAGE \x147\x15页\r", ["见7页"]),  # a field shows what stands behind its command
        ("\x13 TOC \x14\x13 PAGEREF a \x143\x15目录\x15\r", ["3目录"]),
        ("\x13 SHAPE \x15后\r", ["后"]),  # one that shows nothing
        ("a(b\uf0fe\r", ["ab"]),  # symbols, of which the text does not say which
        ("", []),
    ],
)
def test_what_is_shown_is_counted(body, shown):
    assert lines(body) == shown


def test_every_story_has_its_reason():
    whole = old_word("正文\r", others={1: "脚注\r", 2: "页眉\r", 3: "宏\r", 4: "批\r", 5: "尾注\r", 6: "框\r", 7: "角\r"})  # fmt: skip

    assert list(story_pieces(whole)) == [
        (MISSING, "正文"), (MISSING, "脚注"), (HEADER, "页眉"), (COMMENT, "批"),
        (MISSING, "尾注"), (MISSING, "框"), (HEADER, "角"),
    ]  # fmt: skip


def test_a_piece_may_have_one_byte_a_letter():
    head = bytearray(0x600)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, 0xC1, 0, 0, 0, 0)
    struct.pack_into("<I", head, 0x4C, 6)
    changes = b"\x01" + struct.pack("<H", 3) + b"abc"  # changes of format stand before the pieces
    ends = struct.pack("<III", 0, 4, 6)
    places = struct.pack("<HIH", 0, 0x40000000 | 2 * 0x600, 0) + struct.pack("<HIH", 0, 0x610, 0)
    table = changes + b"\x02" + struct.pack("<I", len(ends + places)) + ends + places
    struct.pack_into("<II", head, PIECES, 0, len(table))
    body = (bytes(head) + b"plan").ljust(0x610, b"\0") + "方案".encode("utf-16-le")

    made = compound({"WordDocument": body.ljust(5000, b"\0"), "0Table": table})

    assert list(story_pieces(made)) == [(MISSING, "plan方案")]


@pytest.mark.parametrize("place", [0x4C, PIECES, PIECES + 4])
@pytest.mark.parametrize("number", [0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF])
def test_no_number_of_the_head_leads_out_of_the_file(place, number):
    content = old_word("某市方案\r")
    at = content.index(struct.pack("<HH", 0xA5EC, 0xC1)) + place
    broken = content[:at] + struct.pack("<I", number) + content[at + 4 :]

    with suppress(ValueError, struct.error):
        assert len(list(story_pieces(broken))) < 10


@pytest.mark.parametrize("version", [101, 104, 105])
def test_word_95_and_older_is_not_counted(version):
    old = old_word("方案\r").replace(
        struct.pack("<HH", 0xA5EC, 0xC1), struct.pack("<HH", 0xA5EC, version)
    )

    with pytest.raises(ValueError, match="otherwise"):
        list(story_pieces(old))


def test_a_text_with_fewer_pieces_than_it_says_is_not_counted():
    content = old_word("某市方案\r")
    at = content.index(struct.pack("<HH", 0xA5EC, 0xC1)) + 0x4C
    longer = content[:at] + struct.pack("<I", 600) + content[at + 4 :]

    with pytest.raises(ValueError, match="missing"):
        list(story_pieces(longer))


def test_a_letter_of_two_units_moves_no_story():
    told = list(story_pieces(old_word("𠮷某市\r", others={2: "页眉\r"})))

    assert told == [(MISSING, "𠮷某市"), (HEADER, "页眉")]
