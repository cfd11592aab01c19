"""What a file of many parts says of them, without any of it being unpacked: names in an archive, pages of a .tif."""

import struct
from itertools import islice

from models.rules.evidence.examined import Hindrance
from models.rules.evidence.secrecy import secret_mark
from tasks.evidence.examining.seen import Unseen
from tasks.intake.unpacking import LOCKED, listed

MOST_NAMES = 5_000
MOST_PAGES = 10_000


def see_packed(content: bytes, media: str) -> None:
    """Raise Unseen for an archive that comes as one piece: what is in it is not looked at, its names are."""
    members = list(islice(listed(content, media), MOST_NAMES))
    names = [path for path, _ in members if path]
    faults = [why for _, why in members if why]
    marks = filter(None, (secret_mark(name, "") for name in names))
    secret = next((f"压缩包里的{mark}" for mark in marks), "")
    if LOCKED in faults:
        raise Unseen(Hindrance.LOCKED, "设有打开密码，请去掉密码后再试", secret)
    if not names and faults:
        raise Unseen(Hindrance.UNREADABLE, "已损坏，打不开")
    if not names:
        # Of a .rar or .7z that is cut off the library finds no file, and says nothing.
        broken = "" if media == "zip" else "，或已损坏"
        raise Unseen(Hindrance.EMPTY, f"里面什么也没有{broken}")
    more = " 个以上的" if len(members) == MOST_NAMES else " 个"
    words = f"是压缩包，里面的 {len(names)}{more}文件没有核查；请解开后逐个报送"
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
