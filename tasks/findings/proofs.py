"""Files that prove that a finding was mended: handed in by the door of all evidence, before a step speaks of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from models.campaign.campaign import looking_at
from models.errors import NotFoundError, ProgressError
from models.findings.listing import FindingLine, finding_lines
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import NewEvidence, PieceTaken
from models.rules.evidence.words import Via
from tasks.evidence.handing_in import hand_in

LONGEST_TITLE = 80  # characters of a finding in the title of its evidence


@dataclass(frozen=True, slots=True)
class ProofFile:
    """A file that proves a finding mended, by its code; on the disk, or held."""

    finding: str
    name: str
    path: Path | None = None
    content: bytes | None = field(default=None, repr=False)


def proofs_from_files(
    slug: str | None, code: str, files: Sequence[Path], by_post: str, moment: Moment
) -> list[str]:
    """Hand ``files`` in as evidence that a finding was mended; return their codes.

    They lie in the vault before the step is taken: killed between, the same call again finds them there.
    Raises ProgressError with why one was not taken.
    """
    if not files:
        return []
    wanted = code.strip().upper()
    with looking_at(slug) as (session, campaign):
        known = {line.code: line for line in finding_lines(session, key_of(campaign))}
    if wanted not in known:
        raise NotFoundError(f"没有编号为“{shown(code)}”的问题，全部编号见 shifan findings list")
    proofs = [ProofFile(wanted, file.name, path=file) for file in files]
    taken = hand_in_proofs(slug, known, proofs, (by_post, Via.COMMAND), moment)
    refused = [
        f"{file.name}：{one.refused}" for file, one in zip(files, taken, strict=True) if one.refused
    ]
    if refused:
        raise ProgressError("；".join(refused))
    return [one.code for one in taken]


def hand_in_proofs(
    slug: str | None,
    findings: Mapping[str, FindingLine],
    files: Sequence[ProofFile],
    handed: tuple[str, Via],
    moment: Moment,
) -> list[PieceTaken]:
    """Hand in the files of many findings in one call, and return what came of each, in their order. Repeatable."""
    by_post, via = handed
    several = {
        one.finding for one in files if sum(one.finding == other.finding for other in files) > 1
    }
    new = [
        NewEvidence(
            _title(findings[one.finding], one, numbered=one.finding in several),
            (),
            file_name=one.name,
            content=one.content,
            provider=findings[one.finding].unit,
            path=one.path,
            finding=one.finding,
        )
        for one in files
    ]
    return hand_in(slug, new, by_post, via, moment) if new else []


def _title(line: FindingLine, file: ProofFile, *, numbered: bool) -> str:
    title = f"{line.code} 整改：{' '.join(line.problem.split())}"[:LONGEST_TITLE]
    return f"{title}（{Path(file.name).stem[:15]}）" if numbered else title
