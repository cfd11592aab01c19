"""What units really send: each kind is told by its content and gets one clear line, or none when all was seen."""

from datetime import date

import pytest

from models.rules.evidence.checking import findings_of
from models.rules.evidence.pieces import NewEvidence
from tasks.evidence.examining.examine import examine
from tasks.evidence.examining.mails import mail_day
from tasks.evidence.hashing import FilesHanded
from tasks.evidence.looking import looked_at
from tests.support.archives import rarred, tarred, zipped
from tests.support.compounds import compound
from tests.support.evidence_files import (
    pages_file,
    paper_picture,
    pdf_file,
    picture_file,
    table_file,
    word_file,
)
from tests.support.mails import mixed, text
from tests.support.old_word import old_word
from tests.support.recordings import film

PAPER = paper_picture("正文")
MAIL = b"Date: Sun, 1 Jun 2025 23:30:00 +0800\r\n" + mixed(text("请查收法治宣传材料"))
ATTACHED = MAIL.replace(b"Content-Type: text/plain", b"Content-Type: application/pdf", 1)
LOCKED = "设有打开密码，请去掉密码后再试"
EMPTY, BROKEN = "里面什么也没有", "已损坏，打不开"


@pytest.mark.parametrize(
    ("name", "content", "media", "said"),
    [
        ("旧.doc", old_word("正文文字"), "doc", ""),
        ("旧.wps", old_word("正文文字"), "doc", ""),
        ("新.wps", word_file("正文文字"), "docx", ""),
        ("坏.xls", compound({"Workbook": b"x" * 600}), "xls", "已损坏或有密码，打不开"),
        ("坏.et", compound({"Workbook": b"x" * 600}), "xls", "已损坏或有密码，打不开"),
        ("旧.ppt", compound({"PowerPoint Document": b"x"}), "ppt", "请另存为 .pptx"),
        ("旧.dps", compound({"PowerPoint Document": b"x"}), "ppt", "请另存为 .pptx"),
        ("坏.ofd", zipped(("OFD.xml", b"<ofd/>")), "ofd", BROKEN),
        ("照片.heic", b"\0\0\0\x18ftypheic" + bytes(90), "heic", "请另存为 JPG 后再报"),
        ("照片.heif", b"\0\0\0\x18ftypmif1" + bytes(90), "heic", "请另存为 JPG 后再报"),
        ("三页.tif", pages_file(3, PAPER), "tif", "有 3 页，只核查了第 1 页"),
        ("一页.tif", picture_file(PAPER, "TIFF"), "tif", ""),
        ("录像.mp4", film(), "mp4", ""),
        ("录像.mov", film().replace(b"mp42", b"qt  "), "mp4", ""),
        ("旧录像.mov", b"\0\0\0\x08wide" + film()[24:], "mp4", ""),
        ("包.zip", zipped(("甲.txt", b"x"), ("乙.txt", b"y")), "zip", "里面的 2 个文件没有核查"),
        ("空.zip", zipped(), "zip", EMPTY),
        ("坏.zip", b"PK\x03\x04xxxx", "zip", BROKEN),
        ("包.rar", rarred(("甲.txt", b"x")), "rar", "里面的 1 个文件没有核查"),
        ("锁.rar", rarred(("甲.txt", b"x"), password="x"), "rar", "里面的 1 个文件没有核查"),
        ("坏.rar", b"Rar!\x1a\x07\x01\x00xxxx", "rar", "什么也没有，或已损坏"),
        ("坏.7z", b"7z\xbc\xaf\x27\x1cxxxx", "7z", BROKEN),
        ("网址.url", b"[InternetShortcut]\r\nURL=http://a.cn\r\n", "url", "请按网址报送"),
        ("文件.lnk", b"L\0\0\0\x01\x14\x02\0" + bytes(80), "lnk", "请报送它指向的原文件"),
        ("网页.html", "<html><body>公开栏</body></html>".encode("gbk"), "html", ""),
        ("说明.txt", "说明文字".encode("gbk"), "txt", ""),
        ("邮件.eml", MAIL, "eml", ""),
        ("附件.eml", ATTACHED, "eml", "里面的 1 个附件没有核查"),
        ("零.docx", b"", "", EMPTY),
        ("全零.pdf", bytes(3000), "", EMPTY),
        ("空白.txt", b" \r\n", "", EMPTY),
        ("锁.pdf", pdf_file("正文", password="x"), "pdf", LOCKED),
        ("锁.docx", compound({"EncryptedPackage": b"x"}), "", LOCKED),
        ("锁.doc", old_word("正文", locked=True), "doc", LOCKED),
        ("照片.jpg", pdf_file("正文写了十个字以上的话"), "pdf", "内容却是 .pdf 文件"),
        ("表.doc", table_file(("甲",)), "xlsx", "内容却是 .xlsx 文件"),
        ("短.pdf", pdf_file("公示"), "pdf", ""),
        ("程序.exe", b"MZ" + bytes(99), "exe", "里面的内容没有核查"),
        ("图.dwg", b"AC1032" + bytes(range(256)), "", "认不出来的文件"),
    ],
)
def test_each_kind_is_told_and_gets_at_most_one_line(name, content, media, said):
    [seen] = examine([(name, content)], read_scans=False)

    found = findings_of(seen, None, (None, None), False)
    assert seen.media == media
    assert [said in one.detail for one in found] == ([True] if said else [])
    assert all("\n" not in one.detail and one.detail.startswith(f"“{name}”") for one in found)


SECRET_WITHIN = ("通知.txt", b"x"), ("附件/秘密★1年 名单.xlsx", b"x")


@pytest.mark.parametrize(
    "packed",
    [
        zipped(*SECRET_WITHIN, gbk=True),
        zipped(*SECRET_WITHIN),
        rarred(*SECRET_WITHIN),
        rarred(*SECRET_WITHIN, password="x"),
        tarred(*SECRET_WITHIN, mode="w"),
        tarred(*SECRET_WITHIN, mode="w:gz"),
    ],
    ids=["zip of Windows", "zip", "rar", "locked rar", "tar", "tar.gz"],
)
def test_a_mark_in_a_members_name_is_a_mark_of_the_whole_archive(packed):
    [seen] = examine([("材料", packed)], read_scans=False)

    assert seen.secret == "压缩包里的文件名里有“秘密”"


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("Sun, 1 Jun 2025 23:30:00 +0800", "2025-06-01T23:30:00+08:00"),
        ("Sun, 1 Jun 2025 15:30:00 +0000", "2025-06-01T15:30:00+00:00"),
        ("Sun, 1 Jun 2025 15:30:00 -0000", "2025-06-01T15:30:00+00:00"),
        ("Sun, 1 Jun 2025 23:30:00 CST", "2025-06-01T23:30:00+08:00"),  # not -0600
        ("Sun, 1 Jun 2025 23:30:00 +0800 (CST)", "2025-06-01T23:30:00+08:00"),
        ("Sun, 1 Jun 2025 23:30:00", "2025-06-01T23:30:00+08:00"),
        ("Thu, 1 Jan 1970 00:00:00 +0000", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_the_day_of_a_mail_is_of_its_zone(text, instant):
    found = mail_day(text)

    assert (found and found.isoformat()) == instant


def test_a_large_recording_is_hashed_and_kept_and_told_by_its_content(tmp_path, monkeypatch):
    monkeypatch.setenv("SHIFAN_HOME", str(tmp_path / "home"))
    path = tmp_path / "会议.mp4"
    with path.open("wb") as file:
        file.write(film(first=True)[:-72] + b"\0\0\0\0mdat")  # to the end of the file
        file.truncate(120_000_000)  # above what is held in memory; sparse
    new = NewEvidence("会议", ["W1"], path.name, path=path, fact_on=date(2025, 6, 1))

    with FilesHanded() as files:
        [look] = looked_at([new], [files.hashed(new)], [True], files)

    assert (look.media, look.size, list(look.findings)) == ("mp4", 120_000_000, [])
