"""Raw mails as the usual clients write them, made byte by byte: no library writes these faults."""

import base64
import struct
import subprocess
from pathlib import Path
from urllib.parse import quote_from_bytes

SENDER = "zhangju@example.cn"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def word(text: str, charset: str = "gb2312", codec: str = "gb18030") -> bytes:
    """Return an encoded word of ``text`` in ``codec``, labelled ``charset``, as Foxmail does."""
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(text.encode(codec)) + b"?="


def head(
    subject: bytes = b"Ledger",
    *,
    message_id: bytes | None = b"<a1@example.cn>",
    sender: bytes = SENDER.encode(),
    date: bytes | None = b"Tue, 1 Jul 2025 09:00:00 +0800",
    more: bytes = b"",
) -> bytes:
    lines = [b"From: <" + sender + b">", b"To: <cjb@example.cn>", b"Subject: " + subject]
    lines += [b"Date: " + date] if date is not None else []
    lines += [b"Message-ID: " + message_id] if message_id is not None else []
    lines += [more.rstrip(b"\r\n")] if more else []
    return b"\r\n".join([*lines, b"MIME-Version: 1.0", b""])


def part(
    content: bytes,
    name: bytes = b'filename="a.xlsx"',
    *,
    kind: bytes = b"application/octet-stream",
    how: bytes = b"attachment",
) -> bytes:
    """Return an attachment whose Content-Disposition goes on with ``name``."""
    disposition = b"Content-Disposition: " + how + (b"; " + name if name else b"") + b"\r\n"
    coded = base64.encodebytes(content).replace(b"\n", b"\r\n")
    return (
        b"Content-Type: " + kind + b"\r\n" + disposition
        + b"Content-Transfer-Encoding: base64\r\n\r\n" + coded
    )  # fmt: skip


def text(words: str = "请查收", charset: str = "gb18030") -> bytes:
    coded = base64.encodebytes(words.encode(charset)).replace(b"\n", b"\r\n")
    return (
        b"Content-Type: text/plain; charset=" + charset.encode() + b"\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + coded
    )  # fmt: skip


def mixed(*parts: bytes, start: bytes | None = None, kind: bytes = b"mixed") -> bytes:
    """Return a mail of several parts; nested ones have a border of their own, by their length."""
    border = b"----=_Part_%d" % sum(map(len, parts))
    body = b"".join(b"--" + border + b"\r\n" + one + b"\r\n" for one in parts)
    lead = head() if start is None else start
    return (
        lead + b"Content-Type: multipart/" + kind + b';\r\n boundary="' + border + b'"\r\n\r\n'
        + body + b"--" + border + b"--\r\n"
    )  # fmt: skip


def inside(*parts: bytes, kind: bytes = b"mixed") -> bytes:
    """Return a multipart to stand in another."""
    return mixed(*parts, start=b"", kind=kind)


def forwarded(mail: bytes) -> bytes:
    return b"Content-Type: message/rfc822\r\nContent-Disposition: attachment\r\n\r\n" + mail


def foxmail(name: str, content: bytes) -> bytes:
    """A mail of Foxmail: subject and name in GBK, called gb2312."""
    subject = word("填报" + name)
    both = b'filename="' + word(name) + b'"'
    return mixed(inside(text(), kind=b"alternative"), part(content, both), start=head(subject))


def rfc2231(name: str, charset: str = "gb18030", *, pieces: bool = False) -> bytes:
    raw = quote_from_bytes(name.encode(charset)).encode()
    if not pieces:
        return b"filename*=" + charset.encode() + b"''" + raw
    half = len(raw) // 2 // 3 * 3
    return (
        b"filename*0*=" + charset.encode() + b"''" + raw[:half] + b";\r\n filename*1*=" + raw[half:]
    )


def tnef(*files: tuple[str, bytes]) -> bytes:
    """Return a winmail.dat with these files, their names in GBK and in Unicode as Outlook writes them."""
    made = struct.pack("<IH", 0x223E9F78, 1)
    made += _attribute(1, 0x9006, 8, struct.pack("<I", 0x10000))
    made += _attribute(1, 0x9007, 6, struct.pack("<II", 936, 0))
    for name, content in files:
        made += _attribute(2, 0x9002, 6, b"\1" + b"\0" * 13)
        made += _attribute(2, 0x8010, 1, name.encode("gb18030") + b"\0")
        made += _attribute(2, 0x800F, 6, content)
        made += _attribute(2, 0x9005, 6, _long_name(name))
    return made


def _attribute(level: int, name: int, kind: int, content: bytes) -> bytes:
    return (
        struct.pack("<BHHI", level, name, kind, len(content))
        + content
        + struct.pack("<H", sum(content) & 0xFFFF)
    )


def _long_name(name: str) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return struct.pack("<IHHII", 1, 0x001F, 0x3707, 1, len(raw)) + raw + b"\0" * (-len(raw) % 4)


def msg(subject: str, *files: "tuple[str, bytes | dict]") -> dict:
    """Return a mail as Outlook saves it, to be made a file by `compound`; a file may be such a mail itself."""
    tree: dict = {"__substg1.0_0037001F": subject.encode("utf-16-le")}
    for number, (name, content) in enumerate(files):
        mail = isinstance(content, dict)
        tree[f"__attach_version1.0_#{number:08X}"] = {
            "__substg1.0_3707001F": name.encode("utf-16-le"),
            f"__substg1.0_3701{'000D' if mail else '0102'}": content,
        }
    return tree


def sealed(part_of: bytes, folder: Path) -> bytes:
    """Return a part signed as one piece, as Outlook sends it; made by openssl with a key of its own."""
    key, certificate = folder / "key.pem", folder / "cert.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=unit"]
    subprocess.run(
        [*made, "-keyout", str(key), "-out", str(certificate)], check=True, capture_output=True
    )
    return _smime(["-sign", "-nodetach", "-signer", str(certificate), "-inkey", str(key)], part_of)


def encrypted(part_of: bytes, folder: Path) -> bytes:
    """Return a part encrypted for whom `sealed` made a key in ``folder``."""
    return _smime(["-encrypt", "-aes256", str(folder / "cert.pem")], part_of)


def _smime(how: list[str], content: bytes) -> bytes:
    order = ["openssl", "cms", how[0], "-binary", "-outform", "DER", *how[1:]]
    return subprocess.run(order, input=content, check=True, capture_output=True).stdout
