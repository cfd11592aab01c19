"""Whether the vault still holds what was handed in: hashed anew, held against the tables, resumable."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from models.database import run
from models.evidence.vault.keeping import ALGORITHM, PIECE, every_kept, is_kept, vault
from models.files.whole_file import write_whole

OFTEN = 200  # files after which it is noted how far the check has come

_NEEDED = """
    SELECT DISTINCT sha256 FROM evidence_revision WHERE sha256 <> ''
    UNION SELECT sha256 FROM evidence_copy"""
# Kept where their rooms keep them; gone is no fault, there is no stranger.
_KNOWN = """
    SELECT sha256 FROM received_file WHERE outcome <> 'secret'
    UNION SELECT sha256 FROM link_check WHERE sha256 <> ''
    UNION SELECT sha256 FROM paper
    UNION SELECT sha256 FROM ledger_issue
    UNION SELECT sha256 FROM package"""


@dataclass(slots=True)
class VaultReport:
    """What a check found, hashes of files each: gone, changed, named by nothing; how many drafts lie about."""

    files: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unreferenced: list[str] = field(default_factory=list)
    drafts: int = 0
    resumed: bool = False

    @property
    def sound(self) -> bool:
        """Say whether every file that is needed is there and is what it was."""
        return not (self.missing or self.changed)


def hashes_needed(session: Session) -> tuple[set[str], set[str]]:
    """Return the hashes that must be in the vault, and those that may; two statements."""
    needed = set(run(session, _NEEDED).scalars())
    return needed, set(run(session, _KNOWN).scalars())


def check_vault(needed: set[str], known: set[str], report: VaultReport) -> Iterator[int]:
    """Hash every file of the vault into ``report``; yield after each how many were looked at.

    Memory stays flat: a file is read piece by piece. Stopped or killed, the next check goes on where this
    one noted to be, with what it had found; a whole check begins anew.
    """
    place = vault() / "check.json"
    after = _resumed(place, report)
    for sha256, path in every_kept():
        if sha256 <= after:
            continue
        if _hash_of(path) != sha256:
            report.changed.append(sha256)
        elif sha256 not in needed and sha256 not in known:
            report.unreferenced.append(sha256)
        report.files += 1
        if report.files % OFTEN == 0:
            _note(place, sha256, report)
        yield report.files
    report.missing = sorted(one for one in needed if not is_kept(one))
    drafts = vault() / "drafts"
    report.drafts = len(list(drafts.iterdir())) if drafts.is_dir() else 0
    place.unlink(missing_ok=True)


def _resumed(place: Path, report: VaultReport) -> str:
    try:
        noted = json.loads(place.read_bytes())
        after, files = str(noted["after"]), int(noted["files"])
        changed, strange = list(noted["changed"]), list(noted["unreferenced"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    report.files, report.changed, report.unreferenced = files, changed, strange
    report.resumed = True
    return after


def _note(place: Path, after: str, report: VaultReport) -> None:
    noted = {"after": after, "files": report.files}
    found = {"changed": report.changed, "unreferenced": report.unreferenced}
    write_whole(place, json.dumps(noted | found).encode(), lasting=False)


def _hash_of(path: Path) -> str:
    digest = hashlib.new(ALGORITHM)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
