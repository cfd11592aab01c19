"""Mails as the usual clients write them, taken apart."""

import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.intake.mailbox.apart import parts
from tasks.intake.mailbox.mails import known_by, read_mail
from tasks.intake.mailbox.signed import SIGNED, signed_content
from tests.support.compounds import compound
from tests.support.mails import (
    encrypted,
    forwarded,
    foxmail,
    head,
    inside,
    mixed,
    msg,
    part,
    rfc2231,
    sealed,
    text,
    tnef,
    word,
)

NAME = (
    "市司法局台账（2025年镕字誠）.xlsx"  # 镕 is in no GB 2312; the second byte of 誠 is a backslash
)


def names(raw: bytes) -> list[str]:
    return [said[0] for kind, *said in parts(raw) if kind == "file"]


def notes(raw: bytes) -> list[str]:
    return [said[0] for kind, *said in parts(raw) if kind == "note"]


def head_of(raw: bytes) -> dict:
    return dict(next(said[0] for kind, *said in parts(raw) if kind == "head"))


@pytest.mark.parametrize(
    "named",
    [
        b'filename="' + word(NAME) + b'"',  # Foxmail: GBK labelled gb2312
        b'filename="' + word(NAME, "gbk") + b'"',
        b'filename="' + word(NAME, "utf-8", "utf-8") + b'"',  # QQ, Outlook
        b"filename=" + word(NAME, "GB18030"),
        b'filename="' + word(NAME, "utf-8*zh-CN", "utf-8") + b'"',
        b'filename="' + word(NAME[:9]) + b"\r\n " + word(NAME[9:]) + b'"',  # folded
        b'filename="' + NAME.encode("gb18030") + b'"',  # raw, Coremail and old programs
        b'filename="' + NAME.encode() + b'"',  # raw UTF-8
        b"filename=" + NAME.encode("gb18030"),
        rfc2231(NAME),
        rfc2231(NAME, "gbk"),
        rfc2231(NAME, "utf-8"),
        rfc2231(NAME, "utf-8", pieces=True),
        rfc2231(NAME, pieces=True),
        b'filename="=?unknown?Q?x?="; ' + rfc2231(NAME),  # both: the better one
        b'filename="C:\\\\\xcc\xa8\xd5\xcb\\\\'
        + NAME.encode("gb18030")
        + b'"',  # Outlook Express: a path
    ],
)
def test_the_name_of_a_file_is_read_however_a_client_writes_it(named):
    assert names(mixed(text(), part(b"x", named))) == [NAME]


def test_a_character_cut_by_the_border_of_two_words_is_put_together_again():
    raw = NAME.encode("gb18030")
    words = [b"=?gb2312?B?" + base64.b64encode(one) + b"?=" for one in (raw[:7], raw[7:])]

    found = names(mixed(part(b"x", b'filename="' + b"\r\n ".join(words) + b'"')))

    assert found == [NAME]


def test_a_name_only_in_the_content_type_is_the_name():
    kind = b'application/octet-stream;\r\n\tname="' + word(NAME) + b'"'
    assert names(mixed(part(b"x", b"", kind=kind))) == [NAME]


def test_a_name_cannot_lead_out_of_a_folder_or_hold_a_line():
    assert names(mixed(part(b"x", b'filename="../../etc/pass\twd\x00.xlsx"'))) == ["pass wd .xlsx"]


def test_subject_and_sender_of_foxmail_are_read():
    raw = foxmail(NAME, b"x")

    assert head_of(raw)["subject"] == "填报" + NAME
    assert head_of(raw)["from"] == "zhangju@example.cn"
    assert names(raw) == [NAME]


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        (b'"a@b.cn" <Li@Example.cn', "li@example.cn"),  # the name looks like an address
        (word("张局").replace(b">", b"") + b"> <li@example.cn", "li@example.cn"),
        ("司法局".encode("gb18030") + b" <li@example.cn", "li@example.cn"),
        (b"", ""),
        (b"undisclosed", ""),
    ],
)
def test_the_address_of_the_sender_is_found_behind_any_name(sender, address):
    raw = head(sender=b"x").replace(b"From: <x>", b"From: " + sender + b">")
    assert head_of(raw + b"\r\n")["from"] == address


@pytest.mark.parametrize(
    ("date", "seconds"),
    [
        (b"Tue, 1 Jul 2025 09:00:00 +0800", 1751331600),
        (b"Tue, 1 Jul 2025 09:00:00 +0800 (CST)", 1751331600),
        (b"Tue, 1 Jul 2025 09:00:00 CST", 1751331600),  # China's, not Chicago's
        (b"Tue, 1 Jul 2025 09:00:00", 1751331600),
        (b"Tue, 1 Jul 2025 01:00:00 -0000", 1751331600),
        (b"Tue, 1 Jul 2025 01:00:00 GMT", 1751331600),
        (b"Mon, 1 Jan 1900 00:00:00 +0000", None),
        (b"not a day", None),
        (b"", None),
        (None, None),
    ],
)
def test_a_date_is_an_instant_or_none(date, seconds):
    assert head_of(head(date=date) + b"\r\n")["at"] == seconds


def test_inline_parts_are_attachments_and_unnamed_ones_get_a_name():
    picture = part(b"\x89PNG", b"", kind=b"image/png", how=b"inline")
    named = part(b"%PDF", b'filename="b.pdf"', how=b"inline")
    page = inside(text(), picture, kind=b"related")

    assert names(mixed(page, named)) == ["未命名附件1.png", "b.pdf"]


def test_forty_parts_that_are_all_inline_are_forty_files():
    pictures = [part(b"%d" % n, b"", kind=b"image/png", how=b"inline") for n in range(40)]

    assert names(mixed(*pictures)) == [f"未命名附件{n}.png" for n in range(1, 41)]


def test_a_forwarded_mail_gives_its_attachments_under_its_subject():
    inner = mixed(text("里面的话"), part(b"1", b'filename="a.xlsx"'), start=head(word("转")))
    deeper = mixed(text(), forwarded(inner), start=head(word("再转")))

    found = names(mixed(text("外面的话"), forwarded(deeper), part(b"2", b'filename="b.xlsx"')))

    assert found == ["再转.eml/转.eml/a.xlsx", "b.xlsx"]


def test_a_mail_attached_as_a_file_is_opened_too():
    inner = mixed(part(b"1", b'filename="a.xlsx"'))
    assert names(mixed(part(inner, b'filename="x.eml"'))) == ["x.eml", "x.eml/a.xlsx"]


def test_a_forwarded_mail_coded_in_base64_which_is_not_allowed_is_read():
    inner = base64.encodebytes(mixed(part(b"1"), start=head(b"in"))).replace(b"\n", b"\r\n")
    kind = b"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    assert names(mixed(kind + inner)) == ["in.eml/a.xlsx"]


def test_a_forwarded_mail_without_attachments_is_named_and_no_file():
    mail = mixed(text("外"), forwarded(mixed(text("里"), start=head(word("通知")))))

    assert names(mail) == []
    assert notes(mail) == ["转发的邮件“通知”里没有附件，它的正文没有登记"]


def test_winmail_is_unwrapped_with_its_chinese_names():
    raw = tnef((NAME, b"eins"), ("照片.jpg", b"zwei"))
    wrapped = part(raw, b'filename="winmail.dat"', kind=b"application/ms-tnef")

    found = [said for kind, *said in parts(mixed(text(), wrapped)) if kind == "file"]

    assert found == [[NAME, b"eins"], ["照片.jpg", b"zwei"]]


def test_a_mail_that_outlook_wrapped_within_its_wrapping_is_unwrapped_too():
    raw = tnef(("转发.msg", tnef((NAME, b"eins"))))
    assert names(mixed(part(raw, b'filename="winmail.dat"'))) == [f"转发.msg/{NAME}"]


def test_winmail_within_a_forwarded_mail_is_unwrapped_under_its_subject():
    wrapped = part(tnef((NAME, b"eins")), b'filename="winmail.dat"', kind=b"application/ms-tnef")
    inner = mixed(text(), wrapped, start=head(word("转")))

    assert names(mixed(text(), forwarded(inner))) == [f"转.eml/{NAME}"]


def test_a_mail_that_outlook_saved_is_kept_and_its_attachments_are_taken_out():
    deeper = msg("再转/二", (NAME, b"drei"))
    saved = compound(msg("转", (NAME, b"eins" * 2000), ("照片.jpg", b"zwei"), ("", deeper)))

    found = [
        said for kind, *said in parts(mixed(part(saved, b'filename="a.msg"'))) if kind == "file"
    ]

    assert found == [
        ["a.msg", saved],
        [f"a.msg/{NAME}", b"eins" * 2000],
        ["a.msg/照片.jpg", b"zwei"],
        [f"a.msg/再转-二.msg/{NAME}", b"drei"],
    ]


def test_a_broken_mail_of_outlook_is_named_and_kept():
    saved = compound(msg("转", (NAME, b"eins")))[:600]
    mail = mixed(part(saved, b'filename="a.msg"'))

    assert names(mail) == ["a.msg"]
    assert notes(mail) == ["a.msg 是 Outlook 存的邮件，里面的附件没有取全；请把附件直接发来"]


SEAL = b'filename="smime.p7m"'


def test_a_mail_that_is_signed_as_one_piece_is_read_and_an_encrypted_one_named(tmp_path):
    inner = inside(text(), part(b"1", b'filename="' + word(NAME) + b'"'))
    signed = sealed(inner, tmp_path)
    kind = b'application/pkcs7-mime; smime-type=signed-data; name="smime.p7m"'

    assert names(head() + part(signed, SEAL, kind=kind)) == [NAME]
    mail = head() + part(encrypted(inner, tmp_path), SEAL, kind=b"application/x-pkcs7-mime")
    assert names(mail) == []
    assert notes(mail) == ["smime.p7m是加密的邮件（或签名已损坏），读不了；请不加密重发"]
    cut = head() + part(signed[:200], SEAL, kind=kind)
    assert "签名已损坏" in notes(cut)[0]


def test_a_seal_of_pieces_without_a_length_is_opened():
    octets = b"\x24\x80" + b"\x04\x05Subje" + b"\x04\x08ct: a\r\n\r" + b"\x04\x01\n" + b"\0\0"
    encapsulated = b"\x30\x80\x06\x09" + b"123456789" + b"\xa0\x80" + octets + b"\0\0" + b"\0\0"
    data = b"\x30\x80\x02\x01\x01\x31\x00" + encapsulated + b"\x31\x00" + b"\0\0"

    assert (
        signed_content(b"\x30\x80" + SIGNED + b"\xa0\x80" + data + b"\0\0\0\0")
        == b"Subject: a\r\n\r\n"
    )


@given(st.binary(max_size=60), st.integers(0, 60))
def test_a_broken_seal_is_opened_or_not_and_never_raises(raw, at):
    whole = b"\x30\x80" + SIGNED + bytes.fromhex("a080308002010131003080") + raw
    assert isinstance(signed_content(whole[:at] + raw), bytes | None)


def test_a_mail_signed_beside_its_text_gives_its_files_and_not_the_seal():
    seal = part(b"x", b'filename="smime.p7s"', kind=b"application/pkcs7-signature")
    assert names(mixed(inside(text(), part(b"1")), seal, kind=b"signed")) == ["a.xlsx"]


def test_a_broken_winmail_is_named_and_kept_as_it_came():
    raw = tnef((NAME, b"eins"))[:60]
    mail = mixed(part(raw, b'filename="winmail.dat"', kind=b"application/ms-tnef"))

    assert names(mail) == ["winmail.dat"]
    assert "打不开" in notes(mail)[0]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (text("超大附件 下载：https://mail.qq.com/cgi-bin/ftnExs_download?k=1"), "超大附件"),
        (text("begin 644 a.xls\nMxx\nend\n"), "uuencode"),
        (part(b"x", SEAL, kind=b"application/pkcs7-mime"), "加密"),
        (b"Content-Type: message/external-body; access-type=URL\r\n\r\nx", "不在这封邮件里"),
    ],
)
def test_what_nobody_can_take_out_is_named(body, words):
    assert words in notes(mixed(body))[0]


def test_a_mail_that_was_cut_off_says_so_and_gives_what_is_there():
    whole = mixed(text(), part(b"x" * 4000))
    assert "没有传完整" in notes(whole[: len(whole) // 2])[0]


def test_more_parts_than_anybody_sends_are_bounded_and_said():
    mail = mixed(*(part(b"%d" % n, b'filename="%d.txt"' % n) for n in range(250)))

    assert len(names(mail)) == 199
    assert "超过 200 个" in notes(mail)[0]


def test_mails_in_mails_end_somewhere():
    mail = mixed(part(b"1"))
    for _ in range(12):
        mail = mixed(forwarded(mail))
    assert names(mail) == []
    assert "层层转发太深" in notes(mail)[0]


def test_the_same_mail_is_known_wherever_it_lies_and_another_with_its_id_is_another():
    one = read_mail(foxmail(NAME, b"x"), "<a1@example.cn>")
    moved = read_mail(b"Received: by mx\r\n" + foxmail(NAME, b"x"), "<a1@example.cn>")
    other = read_mail(foxmail(NAME, b"y"), "<a1@example.cn>")

    assert (one.digest, one.key) == (moved.digest, moved.key)
    assert one.digest != other.digest
    assert [f.name for f in one.files] == [NAME]


def test_the_same_content_twice_in_a_mail_is_registered_once_and_said():
    mail = read_mail(mixed(part(b"1", b'filename="a"'), part(b"1", b'filename="b"')), "<x@y>")

    assert [one.name for one in mail.files] == ["a"]
    assert "内容完全一样" in mail.notes[0]


def test_a_mail_without_an_id_is_known_by_what_it_holds():
    raw = mixed(part(b"x"), start=head(message_id=None))
    one = read_mail(raw, known_by("", raw[:100]))
    moved = read_mail(b"X-Moved: 1\r\n" + raw, known_by("", b"X-Moved: 1\r\n" + raw[:100]))

    assert not one.has_id
    assert one.key == moved.key
    assert known_by("<" + "x" * 900 + "@y>", b"").startswith("id:")


def test_a_mail_that_breaks_the_parser_is_named_and_has_no_files(monkeypatch):
    monkeypatch.setattr("tasks.intake.mailbox.mails.PARSER", "tests.support.odd_parsers:dies")

    mail = read_mail(foxmail(NAME, b"x"), "<a1@example.cn>")

    assert mail.files == () and mail.notes and mail.sender == "zhangju@example.cn"


WHOLE = mixed(
    inside(text(), kind=b"alternative"),
    part(tnef((NAME, b"eins")), b'filename="winmail.dat"', kind=b"application/ms-tnef"),
    forwarded(foxmail(NAME, b"x")),
    part(b"y", rfc2231(NAME, pieces=True)),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=12),
       st.integers(0, len(WHOLE)))  # fmt: skip
def test_flipped_and_cut_mails_give_a_head_and_never_raise(flips, end):
    raw = bytearray(WHOLE)
    for place, byte in flips:
        raw[place] = byte

    found = list(parts(bytes(raw[:end])))

    assert found[0][0] == "head"
    assert all(
        isinstance(said, str) for kind, *rest in found if kind == "file" for said in rest[:1]
    )
