"""What came in, looked at: each file and each member of an archive, and what it may not be taken for."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from models.rules.evidence.camera import taken_by_camera
from models.rules.evidence.secrecy import secret_mark
from models.rules.findings.numbers import names_a_dispatch
from models.rules.findings.scans import ScanKind
from tasks.evidence.examining.examine import examine
from tasks.evidence.examining.media import media_of
from tasks.findings.arriving import is_rectification
from tasks.findings.scan_looks import looked_at_scans
from tasks.inspection.arriving import is_visit_results
from tasks.intake.archives import is_archive, opened_archive
from tasks.intake.arrived import Arrived, HowFar
from tasks.ledgers.belonging import is_ledger

PHOTOGRAPHED = "像是督办单的回件，但是是用手机或相机拍的照片，没有收；盖章的文件不用手机拍照传送，请用扫描仪扫描后再放进来"
OF_UNITS = ("ledger", "rectification")  # the kinds of workbooks that name files of their unit
WORKBOOKS = frozenset({"xlsx", "xls", "ods"})


@dataclass(slots=True)
class ReceivedPart:
    """One file as it came or lay in an archive; ``lines`` say what of it was not taken."""

    file: Arrived
    kind: str = "evidence"  # or ledger, rectification, visits (what came of visits), archive
    secret: str = ""
    refused: str = ""
    lines: Sequence[str] = ()
    members: int = 0
    doubt: str = ""  # why the return of a dispatch may be no scan
    sha256: str = field(default="")

    @property
    def kept(self) -> bool:
        """Say whether its bytes go into the vault."""
        return not self.secret and not self.refused


def parts_looked_at(files: Sequence[Arrived], told: HowFar | None = None) -> list[ReceivedPart]:
    """Return every file and every member of an archive, each archive behind its members.

    Foreign bytes are read in guarded children, which takes seconds where words in scans are read: ``told``
    hears how far it is. An archive that holds a secret is one itself.
    """
    parts = [part for file in files for part in _parts_of(file)]
    _hold_to_scans(parts)
    own = [part for part in parts if part.kind != "archive" and not part.refused]
    seen = examine((part.file.name, part.file.content) for part in own)
    for count, (part, found) in enumerate(zip(own, seen, strict=True), 1):
        part.secret = found.secret
        if told:
            told(count)
    for part in parts:
        if part.kind == "archive":
            part.secret = secret_mark(part.file.name, "")
    for part in parts:
        if part.kind == "archive":
            part.secret = part.secret or next(
                (
                    "里面有标着密级的文件"
                    for one in parts
                    if one.secret and one.file.key.startswith(f"{part.file.key}/")
                ),
                "",
            )
    return parts


def _hold_to_scans(parts: Sequence[ReceivedPart]) -> None:
    """Refuse photographs of dispatches that come back, and say of the others what is doubtful."""
    returns = [
        part
        for part in parts
        if part.kind == "evidence" and not part.refused and names_a_dispatch(part.file.name)
    ]
    looks = looked_at_scans((part.file.name, part.file.content) for part in returns)
    for part, look in zip(returns, looks, strict=True):
        if look.kind is ScanKind.PHOTO:
            part.refused = f"{PHOTOGRAPHED}（{look.words}）"
        elif look.kind is ScanKind.DOUBT:
            part.doubt = look.words


def _parts_of(file: Arrived) -> Iterator[ReceivedPart]:
    digest = hashlib.sha256(file.content).hexdigest()
    if not is_archive(file.name, file.content):
        yield _single(file, digest)
        return
    found = opened_archive(file.name, file.content)
    for member in found.members:
        inner = hashlib.sha256(member.content).hexdigest()
        place = hashlib.sha256(member.name.encode("utf-8", "replace")).hexdigest()[:16]
        key = f"{file.key}/{place}-{inner}"
        yield _single(replace(file, name=member.name, content=member.content, key=key), inner)
    yield ReceivedPart(file, "archive", lines=found.left, members=len(found.members), sha256=digest)


def _single(file: Arrived, digest: str) -> ReceivedPart:
    media = media_of(file.content)
    part = ReceivedPart(file, sha256=digest)
    if not file.content:
        part.refused = "是空文件，没有收；请检查是否选错了文件"
    elif media == "exe":
        part.refused = "是程序，不是材料，没有收"
    elif names_a_dispatch(file.name) and taken_by_camera(file.content):
        part.refused = PHOTOGRAPHED
    elif media in WORKBOOKS and is_ledger(file.name, file.content):
        part.kind = "ledger"
    elif media in WORKBOOKS and is_rectification(file.content):
        part.kind = "rectification"
    elif media in WORKBOOKS and is_visit_results(file.content):
        part.kind = "visits"
    return part
