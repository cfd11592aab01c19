"""Open archives as they come from units: .zip with names in GBK or UTF-8, .rar, .7z, .tar, .gz, and nested ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tasks.evidence.examining.media import media_of
from tasks.guarded.guard import GivenUp, Limits, worker
from tasks.intake.unpacking import ARCHIVES

PARSER = "tasks.intake.unpacking:members"
LIMITS = Limits(memory=1 << 30)  # bytes; a member, its pieces and the archive are there at once
LARGEST_ARCHIVE = 200_000_000  # bytes
# One of several volumes: alone it opens in part or not at all.
_VOLUME = re.compile(r".*(?:\.part\d+\.rar|\.r\d\d|\.z\d\d|\.(?:zip|7z|rar|tar|gz)\.\d{3})", re.I)


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """One file of an archive; ``name`` is its path from the archive on (材料.zip/台账/市司法局.xlsx)."""

    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """What was taken out of an archive, in its order, and a line for each place that was not."""

    members: Sequence[ArchiveMember] = ()
    left: Sequence[str] = ()


def is_archive(name: str, content: bytes) -> bool:
    """Say whether a file is an archive or a volume of one; an office file is none, though it is packed as zip."""
    return media_of(content) in ARCHIVES or _VOLUME.fullmatch(name) is not None


def opened_archive(name: str, content: bytes) -> Opened:
    """Return what lies in an archive, opened in the guarded child; never raises for what is in it.

    At most 3,000 files, 100 MB each and 400 MB together, 3 archives deep. What goes beyond, has a
    password, an odd path or a name twice, is a link or broken, is named in `Opened.left` with the reason,
    and the rest is taken. Nothing is written to the disk. The same bytes give the same.
    """
    if _VOLUME.fullmatch(name):
        why = "是分卷压缩的其中一卷，没有打开；请合成一个压缩包（每个不超过 200 MB）再发"
        return Opened(left=[f"{name}：{why}"])
    if len(content) > LARGEST_ARCHIVE:
        why = f"超过 {LARGEST_ARCHIVE // 1_000_000} MB，没有打开；请分成几个压缩包"
        return Opened(left=[f"{name}：{why}"])
    members, left = [], []
    with worker(PARSER, LIMITS) as child:
        try:
            for kind, path, found in child.parts(content):
                if kind == "member":
                    members.append(ArchiveMember(f"{name}/{path}", found))
                else:
                    left.append(f"{name}/{path}".removesuffix("/") + f"：{found}")
        except GivenUp as fault:
            left.append(f"{name}：{fault}，后面的没有取出")
    if not members and not left:
        left.append(f"{name}：是空的压缩包")
    return Opened(members, left)
