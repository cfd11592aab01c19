"""What a file of many parts says of them, without any of it being unpacked: names in a .zip, pages of a .tif."""

import struct
import zipfile
from io import BytesIO

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import secret_mark
from tasks.evidence.examining.seen import Unseen
from tasks.guarded.archives import BROKEN
from tasks.intake.member_names import name_in_zip

MOST_NAMES = 5_000
MOST_PAGES = 10_000


def see_packed(content: bytes) -> None:
    """Raise Unseen for a .zip that comes as one piece: what is in it is not looked at, its names are."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except BROKEN:
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开") from None
    names = [name_in_zip(one.filename, one.flag_bits, one.extra) for one in members[:MOST_NAMES]]
    marks = filter(None, (secret_mark(name, "") for name in names))
    secret = next((f"压缩包里的{mark}" for mark in marks), "")
    if not members:
        raise Unseen(Hindrance.EMPTY, "里面什么也没有")
    if any(one.flag_bits & 1 for one in members):
        raise Unseen(Hindrance.LOCKED, "设有打开密码，请去掉密码后再试", secret)
    count = sum(not one.is_dir() for one in members)
    words = f"是压缩包，里面的 {count} 个文件没有核查；请解开后逐个报送"
    raise Unseen(Hindrance.NOT_EXAMINED, words, secret)


def pages_of_tif(content: bytes) -> int:
    """Return how many pages a .tif has (TIFF 6.0, section 2); as far as its chain of pages holds."""
    order = "<" if content.startswith(b"II") else ">"
    seen: set[int] = set()
    try:
        (at,) = struct.unpack_from(f"{order}I", content, 4)
        while at and at not in seen and len(seen) < MOST_PAGES:
            (entries,) = struct.unpack_from(f"{order}H", content, at)
            seen.add(at)
            (at,) = struct.unpack_from(f"{order}I", content, at + 2 + 12 * entries)
    except struct.error:
        return len(seen)
    return len(seen)
