"""What an office file (.docx, .xlsx, .doc) claims to hold, looked at before any of it is unpacked."""

import struct
import zipfile
import zlib
from collections import Counter

from tasks.guarded.compound import Compound

UNPACKED = 250_000_000  # bytes of all members together
RATIO, SMALL = (
    1000,
    1_000_000,
)  # a member above SMALL bytes that claims more than RATIO times its size
MEMBERS = 5000
# Folders of pictures, fonts and objects, which no reader of ours unpacks: a white page packs well. One
# that claims to be XML is counted all the same, and what a forged relation leads to has the worker's limits.
UNREAD = frozenset({"media", "embeddings", "fonts", "pictures", "thumbnails"})
XML = (".xml", ".rels")
LONGEST_NAME = 255
# What opening one that is broken, or locked by a password, raises.
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
    zlib.error,
)


def has_stream(content: bytes, stream: str) -> bool:
    """Say whether an old office file (.doc, .xls) has a stream of that name in its outermost folder.

    Of a file whose tables are broken it is enough that the name stands anywhere.
    """
    try:
        return not stream or Compound(content).holds(stream)
    except (ValueError, struct.error):
        return stream.encode("utf-16-le") in content


def members_fault(archive: zipfile.ZipFile) -> str:
    """Return why the members of ``archive`` must not be unpacked, in words behind its name; "" else."""
    members = archive.infolist()
    if len(members) > MEMBERS:
        return f"里面有 {len(members)} 个部分，不像是正常的文件，没有打开"
    read = [member for member in members if _is_unpacked(member.filename)]
    swollen = any(m.file_size > SMALL and m.file_size > RATIO * m.compress_size for m in read)
    if swollen or sum(member.file_size for member in read) > UNPACKED:
        return "解开后过大，没有打开；请删去图片、空行等多余内容后另存再试"
    if any(member.flag_bits & 1 for member in members):
        return "设有打开密码，请去掉密码后再试"
    if any(_is_odd(member.filename) for member in members):
        return "里面有不正常的路径，可能有害，没有打开"
    if any(times > 1 for times in Counter(member.filename for member in members).values()):
        return "里面有两个同名的部分，可能有害，没有打开"
    return ""


def _is_unpacked(name: str) -> bool:
    *folders, _ = name.lower().replace("\\", "/").split("/")
    return name.lower().endswith(XML) or not UNREAD.intersection(folders)


def _is_odd(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    absolute = name.startswith(("/", "\\")) or ":" in parts[0]
    return absolute or ".." in parts or len(name) > LONGEST_NAME
