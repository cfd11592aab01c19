"""Make the masked copy of a piece of evidence: one button, and nothing of the original changes."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path, PurePath

from models.campaign.campaign import looking_at, writing_to
from models.errors import NotFoundError, ProgressError
from models.evidence.listing import EvidenceLine, evidence_line
from models.evidence.masking import add_masked
from models.evidence.vault.keeping import keep, read_kept
from models.files.whole_file import FileFault, read_whole, write_whole
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.checking import MOST_SHOWN
from models.rules.evidence.personal import mask_name
from models.rules.evidence.personal_kinds import PersonalKind
from models.rules.evidence.pieces import number_of
from models.rules.evidence.words import CopyPurpose
from models.rules.words import post_fault, words_of
from tasks.evidence.examining.examine import examine
from tasks.guarded.many import FileLimits, ManyWorker

MASK = "tasks.evidence.masking.mask:mask_file"
# Pages are drawn, and where words in pictures are read, they are read on each page.
MASK_LIMITS = FileLimits(memory=6 * 1024**3, seconds=900, wall=1800)
LARGEST = 100_000_000  # bytes


@dataclass(frozen=True, slots=True)
class MaskedCopy:
    """A masked copy as it lies in the vault; ``new`` is false where the very same was made before."""

    code: str
    file_name: str
    content: bytes = field(repr=False)
    sha256: str
    notes: Sequence[str]
    new: bool
    original: str  # SHA-256 of what it is a copy of


def make_masked(slug: str | None, code: str, by_post: str, moment: Moment) -> MaskedCopy:
    """Make, examine again and keep the masked copy of the newest revision of ``code``.

    The copy is first in the vault, then one transaction names it: killed between the two, a file lies there
    that nothing speaks of, and the next time finds it. Made twice, at once or in turn, it is one.

    Raises ProgressError in one line where the file has none to mask, or where a number would stay in it.
    """
    if fault := post_fault(by_post, "制作副本"):
        raise ProgressError(fault)
    number = number_of(code)
    with looking_at(slug) as (session, campaign):
        line = evidence_line(session, key_of(campaign), number) if number else None
    if line is None:
        raise NotFoundError(
            f"没有编号为“{shown(code)}”的材料，应为 E0003 这样的编号；全部编号见 shifan evidence list"
        )
    content, name, notes = _masked(line)
    copy = keep(content)
    with writing_to(slug) as (session, campaign):
        kept = add_masked(session, key_of(campaign), line, copy, by_post.strip(), moment)
    return MaskedCopy(line.code, name, content, copy.sha256, notes, kept.new, line.sha256)


def save_masked(made: MaskedCopy, out: Path) -> None:
    """Write the copy to ``out`` as well; the original is never overwritten, which raises ProgressError."""
    with suppress(FileFault):
        if sha256(read_whole(out, LARGEST)).hexdigest() == made.original:
            raise ProgressError(f"“{shown(out.name)}”就是原件，没有覆盖它；请换一个文件名")
    write_whole(out, made.content)


def _masked(line: EvidenceLine) -> tuple[bytes, str, Sequence[str]]:
    if not line.sha256 or not line.file_name:
        raise ProgressError(f"{line.code}“{line.title}”没有文件，不能制作遮盖副本")
    raw = read_kept(line.sha256, LARGEST)
    with ManyWorker(MASK, MASK_LIMITS) as process:
        answer = process.look(line.file_name, raw)
    if answer.fault:
        raise ProgressError(f"{line.code}“{shown(line.file_name)}”{answer.fault}")
    content, ending, notes = answer.found
    stem = mask_name(PurePath(line.file_name).stem)
    name = f"{stem}（{CopyPurpose.MASKED.chinese}）.{ending}"
    [seen] = examine([(name, content)])
    if seen.personal:
        kinds = words_of(PersonalKind)
        left = [f"{kinds[kind]} {masked}" for kind, masked in seen.personal]
        listed = "、".join(left[:MOST_SHOWN])
        raise ProgressError(
            f"{line.code}“{shown(line.file_name)}”遮盖后仍有 {len(left)} 个号码遮不到：{listed}；"
            "没有留存这份副本，请在原件里遮盖后作为新版报来"
        )
    return content, name, notes
