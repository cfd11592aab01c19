"""Files of evidence are examined as they are, by content; what breaks on one is said of that one."""

import struct
from datetime import UTC, date, datetime

import pytest

from models.rules.evidence.examined import Hindrance
from tasks.evidence.examining.days import pdf_day, written_day
from tasks.evidence.examining.examine import examine
from tasks.evidence.examining.media import media_of
from tests.support.compounds import compound
from tests.support.evidence_files import (
    paper_picture,
    pdf_file,
    picture_file,
    scan_file,
    slide_file,
    table_file,
    word_file,
)
from tests.support.old_word import old_word

MADE = datetime(2025, 6, 1, 20, 30, tzinfo=UTC)  # the second of June in China
MOBILE = "13812345678"


def one(name: str, content: bytes, **more):
    [found] = examine([(name, content)], read_scans=False, **more)
    return found


def test_files_of_all_kinds_are_examined_in_their_order():
    files = [
        ("总结.docx", word_file("工作总结", f"甲\t{MOBILE}")),
        ("名单.xlsx", table_file(("姓名", "电话"), ("甲", int(MOBILE)))),
        ("课件.pptx", slide_file("普法课件", MOBILE)),
        ("通知.pdf", pdf_file(f"关于开会的通知\n联系电话{MOBILE}")),
        ("旧.doc", old_word(f"旧文件\r{MOBILE}\r")),
        ("说明.txt", f"说明 {MOBILE}".encode("gb18030")),
        ("网页.html", f"<html><body><p>公开{MOBILE}</p></body></html>".encode()),
    ]

    found = list(examine(files, read_scans=False))

    assert [one.name for one in found] == [name for name, _ in files]
    assert [one.media for one in found] == ["docx", "xlsx", "pptx", "pdf", "doc", "txt", "html"]
    assert all(one.suffix_fits and one.fault is Hindrance.NONE for one in found)
    assert {one.personal for one in found} == {(("mobile", "138****5678"),)}
    assert all(MOBILE in one.text for one in found)


@pytest.mark.parametrize(
    ("name", "content", "fault", "words"),
    [
        ("空.docx", b"", Hindrance.EMPTY, "什么也没有"),
        ("空白.txt", b" \r\n\t", Hindrance.EMPTY, "什么也没有"),
        ("空白.docx", word_file(""), Hindrance.EMPTY, "没有文字也没有图片"),
        ("空表.xlsx", table_file(()), Hindrance.EMPTY, "没有文字也没有图片"),
        ("空.pdf", pdf_file(""), Hindrance.EMPTY, "没有文字也没有图片"),
        ("锁.pdf", pdf_file("正文正文", password="x"), Hindrance.LOCKED, "密码"),
        ("锁.xlsx", compound({"EncryptedPackage": b"x"}), Hindrance.LOCKED, "密码"),
        ("锁.doc", old_word("正文", locked=True), Hindrance.LOCKED, "密码"),
        ("坏.docx", word_file("正文正文")[:-400], Hindrance.UNREADABLE, "已损坏"),
        ("坏.pdf", b"%PDF-1.4 nothing", Hindrance.UNREADABLE, "已损坏"),
        ("包.rar", b"Rar!\x1a\x07\x01\0" + bytes(50), Hindrance.UNREADABLE, "已损坏"),
        ("谁知道", bytes(range(256)) * 9, Hindrance.NOT_EXAMINED, "认不出来"),
    ],
)
def test_what_cannot_be_seen_has_its_reason(name, content, fault, words):
    found = one(name, content)

    assert found.fault is fault
    assert words in found.fault_words


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("a.doc", pdf_file("正文正文"), False),
        ("a.DOCX", word_file("正文"), True),
        ("a.wps", old_word("正文"), True),
        ("a.jpg", picture_file(paper_picture("正文")), False),  # a .png that was renamed
        ("没有后缀", word_file("正文"), True),
        ("a.pdf", word_file("正文"), False),
    ],
)
def test_the_ending_of_a_name_is_held_against_the_content(name, content, fits):
    assert one(name, content).suffix_fits is fits


def test_properties_tell_when_a_file_was_made():
    found = one("a.docx", word_file("正文", made=MADE))

    assert (found.made_on, found.changed_on) == (date(2025, 6, 2), date(2025, 6, 2))
    assert one("a.docx", word_file("正文")).made_on is None  # the template's own day
    assert one("a.xlsx", table_file(("甲",), made=MADE)).made_on == date(2025, 6, 2)
    stamped = pdf_file("正文正文", made="D:20250601200000+00'00'")
    assert one("a.pdf", stamped).made_on == date(2025, 6, 2)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("D:20250601233000+08'00'", "2025-06-01T23:30:00+08:00"),
        ("D:20250601233000Z", "2025-06-01T23:30:00+00:00"),
        ("D:20250601233000-05'00", "2025-06-01T23:30:00-05:00"),
        ("D:20250601", "2025-06-01T00:00:00+08:00"),
        ("20250601120000", "2025-06-01T12:00:00+08:00"),
        ("D:20251301", None),
        ("D:00000000000000Z", None),
        ("D:19700101000000Z", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_dates_of_pdf_keep_their_zone(text, day):
    found = pdf_day(text)

    assert (found and found.isoformat()) == day


def test_days_that_templates_were_born_with_are_none():
    assert written_day("2013-12-23T23:15:00Z") is None
    assert written_day("2006-09-16T00:00:00Z") is None
    assert written_day("2013-12-23T23:16:00Z") is not None


def test_an_old_office_file_tells_its_day():
    ticks = int((MADE - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    head = bytes(44) + struct.pack("<I", 48)
    section = struct.pack("<IIIIIQ", 60, 1, 12, 16, 0x40, ticks)
    ppt = compound({"PowerPoint Document": b"x", "\x05SummaryInformation": head + section})

    assert one("a.ppt", ppt).made_on == date(2025, 6, 2)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", word_file("机密★1年", "关于会议的通知")),
        ("a.docx", word_file("关于会议的通知", head="秘密★")),  # in the header
        ("a.xlsx", table_file(("绝密★启用前",))),
        ("a.pdf", pdf_file("000001\n机密★3年\n关于会议的通知")),
        ("（秘密）通知.pdf", pdf_file("关于会议的通知")),
        ("机密★1年.rar", b"Rar!\x1a\x07\x01\0" + bytes(50)),  # not opened, and told by its name
        ("a.doc", old_word("秘密★\r关于会议的通知\r")),
    ],
)
def test_a_mark_of_secrecy_is_seen(name, content):
    assert one(name, content).secret


def test_a_mark_that_a_course_shows_on_a_later_page_is_none():
    assert one("a.pdf", pdf_file("保密工作培训材料", "机密★3年\n这是样例")).secret == ""


def test_a_scan_is_told_and_said_not_to_be_read():
    found = one("a.pdf", scan_file(paper_picture("机密★1年")))

    assert found.scan and found.fault is Hindrance.NONE
    assert any("没有核查" in note for note in found.notes)


@pytest.mark.parametrize("media", ["docx", "xlsx", "pptx", "pdf", "png", "doc"])
def test_kinds_are_told_by_content(media):
    made = {
        "docx": word_file("甲"),
        "xlsx": table_file(("甲",)),
        "pptx": slide_file("甲"),
        "pdf": pdf_file("甲"),
        "png": picture_file(paper_picture("甲")),
        "doc": old_word("甲"),
    }

    assert media_of(made[media]) == media
