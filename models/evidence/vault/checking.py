"""Whether the vault still holds what was handed in: hashed anew, held against the tables, resumable."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import Session

from models.database import rows_as, run
from models.evidence.vault.drafts import sweep_drafts
from models.evidence.vault.keeping import (
    ALGORITHM,
    PIECE,
    digest_of_kept,
    every_kept,
    is_kept,
    vault,
)
from models.evidence.vault.places import place_of
from models.files.whole_file import write_whole
from models.hashing import new_hash

CHANGED = "changed"  # no hash of a file
OFTEN = 200  # files after which it is noted how far the check has come

# What must be there, and of what it is. Of what came in, only what was taken lies in the vault for certain.
_NEEDED = """
    SELECT r.sha256, 'piece' AS kind, e.number, r.number AS version
    FROM evidence_revision r JOIN evidence e ON e.id = r.evidence_id WHERE r.sha256 <> ''
    UNION ALL
    SELECT c.sha256, 'copy', e.number, r.number
    FROM evidence_copy c JOIN evidence_revision r ON r.id = c.revision_id
    JOIN evidence e ON e.id = r.evidence_id
    UNION ALL SELECT sha256, 'paper', 0, version FROM paper
    UNION ALL SELECT sha256, 'template', 0, 0 FROM paper_template
    UNION ALL SELECT sha256, 'page', 0, 0 FROM link_check WHERE sha256 <> ''
    UNION ALL SELECT population_sha256, 'population', 0, 0 FROM drill_draw
    UNION ALL SELECT sha256, 'received', 0, 0 FROM received_file
        WHERE outcome IN ('taken', 'partly', 'older')
    UNION ALL SELECT returned_sha256, 'returned', 0, 0 FROM received_file
        WHERE returned_sha256 <> ''
    UNION ALL SELECT file_sha256, 'submission', 0, 0 FROM briefing_item WHERE file_sha256 <> ''
    UNION ALL SELECT returned_sha256, 'slip', 0, 0 FROM dispatch WHERE returned_sha256 <> ''"""
# Kept where their rooms keep them; gone is no fault, there is no stranger.
_KNOWN = """
    SELECT sha256 FROM received_file WHERE outcome <> 'secret'
    UNION SELECT sha256 FROM ledger_issue
    UNION SELECT sha256 FROM package"""
_OTHERWISE = (
    "SELECT sha256, algorithm, digest FROM evidence_revision WHERE digest <> '' ORDER BY id"
)
_KINDS = {
    "piece": "证明材料 E{number:04d} 第 {version} 版",
    "copy": "证明材料 E{number:04d} 第 {version} 版的副本",
    "paper": "文书第 {version} 版",
    "template": "文书模板",
    "page": "网址的留存网页",
    "population": "抽样的总体",
    "received": "收到的原件",
    "returned": "标红的退回件",
    "submission": "简报投稿的原件",
    "slip": "督办单的回执",
}


@dataclass(slots=True)
class VaultReport:
    """What a check found, hashes of files each: gone, changed, that the disk does not give, named by nothing.

    And how many drafts of ended hand-ins were removed; whether a vault lies in the vault, as a copy
    back from a backup makes it that goes one folder too deep.
    """

    files: int = 0
    missing: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    unreferenced: list[str] = field(default_factory=list)
    drafts: int = 0
    nested: bool = False
    uses: Mapping[str, str] = field(default_factory=dict)  # what is at fault, in words
    resumed: bool = False

    @property
    def sound(self) -> bool:
        """Say whether every file that is needed is there and is what it was."""
        return not (self.missing or self.changed or self.unread)


@dataclass(frozen=True, slots=True)
class VaultUse:
    """A hash that must be in the vault, and what it is of."""

    sha256: str
    kind: str
    number: int
    version: int

    @property
    def words(self) -> str:
        """Return what it is of, in words."""
        return _KINDS[self.kind].format(number=self.number, version=self.version)


def hashes_needed(session: Session) -> tuple[set[str], set[str]]:
    """Return the hashes that must be in the vault, and those that may; two statements."""
    needed = {one.sha256 for one in rows_as(session, VaultUse, _NEEDED)}
    return needed, set(run(session, _KNOWN).scalars())


def hashed_otherwise(session: Session) -> dict[str, tuple[str, str]]:
    """Return the algorithm and the hash of what was handed in while another than SHA-256 was chosen, by its file."""
    found = run(session, _OTHERWISE)
    return {sha256: (algorithm, digest) for sha256, algorithm, digest in found}


def uses_of_hashes(session: Session, hashes: Collection[str]) -> dict[str, str]:
    """Return in words what each of ``hashes`` is of, its first use; one statement."""
    found: dict[str, str] = {}
    if hashes:
        for one in rows_as(session, VaultUse, _NEEDED):
            if one.sha256 in hashes:
                found.setdefault(one.sha256, one.words)
    return found


def check_vault(
    needed: Collection[str],
    known: Collection[str],
    report: VaultReport,
    otherwise: Mapping[str, tuple[str, str]] | None = None,
) -> Iterator[int]:
    """Hash every file of the vault into ``report``; yield after each how many were looked at.

    Memory stays flat: a file is read piece by piece. Stopped or killed, the next check goes on where this
    one noted to be, with what it had found; a whole check begins anew. A file that cannot be read (another
    user's, a bad spot of the disk) is noted, and the others are looked at. What has a hash ``otherwise`` must
    have that too; raises SettingsError where this machine lacks its algorithm.
    """
    otherwise = otherwise or {}
    for algorithm in {algorithm for algorithm, _ in otherwise.values()}:
        new_hash(algorithm)
    place = vault() / "check.json"
    after = _resumed(place, report)
    for sha256, path in every_kept():
        if sha256 <= after:
            continue
        try:
            found = _hash_of(path)
            if found and sha256 in otherwise and not _is_so_too(sha256, *otherwise[sha256]):
                found = CHANGED
        except OSError:
            found = ""
        if not found:
            report.unread.append(sha256)
        elif found != sha256:
            report.changed.append(sha256)
        elif sha256 not in needed and sha256 not in known:
            report.unreferenced.append(sha256)
        report.files += 1
        if report.files % OFTEN == 0:
            _note(place, sha256, report)
        yield report.files
    report.missing = sorted(one for one in needed if not is_kept(one))
    report.drafts = sweep_drafts()
    report.nested = (vault() / vault().name).is_dir()
    place.unlink(missing_ok=True)


def kept_fault(sha256: str) -> str:
    """Return what is wrong with one file of the vault: it is gone, changed, or the disk does not give it."""
    if not is_kept(sha256):
        return "缺少"
    try:
        return "" if _hash_of(place_of(sha256)) == sha256 else "被改动"
    except OSError:
        return "读不出"


def _resumed(place: Path, report: VaultReport) -> str:
    try:
        noted = json.loads(place.read_bytes())
        after, files = str(noted["after"]), int(noted["files"])
        changed, strange = list(noted["changed"]), list(noted["unreferenced"])
        unread = list(noted.get("unread", ()))  # none was noted before
    except (OSError, ValueError, KeyError, TypeError):
        return ""
    report.files, report.changed, report.unreferenced = files, changed, strange
    report.unread = unread
    report.resumed = True
    return after


def _note(place: Path, after: str, report: VaultReport) -> None:
    noted = {"after": after, "files": report.files}
    found = {
        "changed": report.changed,
        "unread": report.unread,
        "unreferenced": report.unreferenced,
    }
    write_whole(place, json.dumps(noted | found).encode(), lasting=False)


def _is_so_too(sha256: str, algorithm: str, digest: str) -> bool:
    """Say whether a file has its hash by another algorithm as well."""
    return digest_of_kept(sha256, algorithm) == digest


def _hash_of(path: Path) -> str:
    digest = hashlib.new(ALGORITHM)
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()
