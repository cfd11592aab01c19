"""The one way from a name (of a unit, a stage, a campaign) to the name of a file."""

import hashlib
import re
import unicodedata
from functools import lru_cache

LONGEST = 180  # bytes of UTF-8: 60 Chinese characters; an ending, a draft's marks and a path fit beside it
MARK = 12  # hexadecimal digits behind a name that could not stay as it is
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')  # somewhere, and a way out of the folder everywhere
_MARKED = re.compile(rf"-[0-9a-f]{{{MARK}}}")
_DEVICES = re.compile(
    r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?"
)  # of Windows, whatever the ending


def file_name(name: str) -> str:
    """Return a file's name for ``name``, without an ending: the same in every run, on every system.

    Two names never give one file: one that every system keeps apart from all others stays as it is,
    any other is written as well as may be, with a mark made from the whole of it behind. That goes
    for capitals too, for some systems do not tell them from small letters.
    """
    plain = "".join(_plain(char) for char in unicodedata.normalize("NFC", name)).strip(". ")
    stays = (
        plain == name == name.casefold()
        and len(name.encode("utf-8", "replace")) <= LONGEST
        and not _DEVICES.fullmatch(name)
        and not _MARKED.fullmatch(name[-MARK - 1 :])
    )
    if stays and name:
        return name
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:MARK]
    return f"{_cut(plain, LONGEST - MARK - 1) or '_'}-{digest}"


def plain_name(text: str, longest: int = LONGEST) -> str:
    """Return ``text`` as every system can hold it in a file's name, cut to ``longest`` bytes.

    Two texts may give the same: whoever needs them apart puts a code before.
    """
    normal = unicodedata.normalize("NFC", text)
    return _cut("".join(_plain(char) for char in normal).strip(". "), longest)


def campaign_folder(label: str) -> str:
    """Return the folder of the campaign called ``label``: among the checklists, and in its archive."""
    return file_name(label)


@lru_cache(4096)
def _plain(char: str) -> str:
    """Return ``char`` if a file's name can hold it and a reader can see it, _ otherwise."""
    unseen = unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
    return "_" if unseen or _FORBIDDEN.match(char) else char


def _cut(text: str, length: int) -> str:
    """Return the beginning of ``text`` that fits into ``length`` bytes, no character cut in two."""
    return text.encode("utf-8")[:length].decode("utf-8", "ignore").strip(". ")
