"""Make the package for the application system: a folder per indicator, an index with hashes, every gap named."""

import hashlib
import io
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at, writing_to
from models.errors import NotFoundError, PlanError, ProgressError
from models.evidence.packages.package import Package
from models.evidence.packages.packaging import (
    PackedPiece,
    note_package,
    package_gaps,
    packed_pieces,
)
from models.evidence.vault.keeping import place_of
from models.files.held_draft import held_draft, require_new
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import post_fault
from models.settings import office_time
from tasks.packages.index import (
    MOST_LISTED,
    FileTable,
    PackedFile,
    Problem,
    checking_words,
    gap_words,
    index_sheets,
)
from tasks.packages.limits import SystemLimits, limits_for
from tasks.packages.naming import ASIDE, folder_of, name_of, suffix_of
from tasks.packages.pieces import BOM, encoded, pieces_of, seen_pieces
from tasks.packages.scaling import scale_pictures
from tasks.packages.sinks import Sink, packed_at, sink_in
from tasks.workbook.writing import workbook_bytes

NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)  # of an index over nothing
Told = Callable[[int], None]  # how many files are written


@dataclass(frozen=True, slots=True)
class PackageMade:
    """What a package came to: its files and problems, and the hash over all of it."""

    out: Path
    files: int
    problems: int
    sha256: str
    aside: int
    unscaled: tuple[str, ...] = ()  # pictures that could not be made smaller, a line each


@dataclass(slots=True)
class _Contents:
    """What was written so far, held small: hashes and rows go to files of their own."""

    hashes: io.TextIOBase
    table: FileTable
    listed: list[PackedFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    count: Counter[str] = field(default_factory=Counter)
    titles: dict[str, str] = field(default_factory=dict)
    aside: Counter[str] = field(default_factory=Counter)
    until: datetime | None = None

    @property
    def files(self) -> int:
        """Return how many files there are."""
        return sum(self.count.values())


def make_package(
    slug: str | None,
    out: Path,
    by: str,
    moment: Moment,
    *,
    code: str = "",
    told: Told | None = None,
) -> PackageMade:
    """Write the package of a campaign, or of the indicator ``code``, to ``out`` (a .zip, else a folder).

    The same evidence gives the same bytes: nothing in it depends on the clock. Every file is hashed
    as it is written; where one is gone or is not what was registered, nothing is made and all of these
    are named. A break leaves nothing under the name of ``out``, and the vault is never changed; stopped
    or killed, the next run goes on with the files that a folder has whole, a .zip begins anew. It has its
    name when the register knows of it: where that is full, nothing stays; killed just between the two,
    the next run makes the same again, and it is registered twice.

    Raises NotFoundError without indicators, PlanError with every damaged file.
    """
    if fault := post_fault(by, "生成材料包"):
        raise ProgressError(fault)
    require_new(out)
    unscaled = scale_pictures(slug, by.strip(), moment)
    with held_draft(out, folder=not packed_at(out)) as draft:
        with looking_at(slug) as (session, campaign), sink_in(draft) as sink:
            made = _written(session, campaign, sink, code, told)
            slug = campaign.slug
        with writing_to(slug) as (session, campaign):
            row = Package(
                campaign_id=key_of(campaign),
                sha256=made.sha256,
                files=made.files,
                gaps=made.problems,
                made_at=moment.now,
                made_by=by.strip(),
            )
            note_package(session, key_of(campaign), row, by.strip(), moment)
    return replace(made, out=out, unscaled=tuple(unscaled))


def package_in_words(made: PackageMade) -> str:
    """Return what came of it in one line."""
    aside = f"，其中 {made.aside} 份超出申报系统的限制，放在“{ASIDE}”" if made.aside else ""
    gaps = f"；缺项和问题 {made.problems} 处，见 目录.xlsx" if made.problems else "；没有缺项"
    return (
        f"已生成 {made.out}：{made.files} 份材料{aside}{gaps}；总指纹（SHA-256）{made.sha256[:16]}…"
    )


def _written(
    session: Session, campaign: Campaign, sink: Sink, code: str, told: Told | None
) -> PackageMade:
    campaign_id = key_of(campaign)
    gaps = package_gaps(session, campaign_id, code)
    limits = limits_for(session, campaign_id)
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n") as hashes,
        tempfile.TemporaryFile("w+", encoding="utf-8-sig", newline="") as rows,
    ):
        contents = _Contents(hashes, FileTable(rows))
        for piece in packed_pieces(session, campaign_id, code, limits.bounds):
            _add(sink, contents, piece, limits)
            if told:
                told(contents.files)
        for gap in gaps:
            contents.titles.setdefault(gap.indicator_code, gap.indicator)
            contents.problems.append(Problem(gap.indicator_code, gap_words(gap), gap.demand))
        if not contents.titles:
            words = f"没有编号为 {code} 的三级指标" if code else "还没有装入指标表"
            raise NotFoundError(f"{words}，申报材料包按指标归类；指标表见 shifan indicators load")
        if contents.faults:
            raise PlanError("材料库", contents.faults)
        return _finish(sink, contents, campaign.label, rows)


def _add(sink: Sink, contents: _Contents, piece: PackedPiece, limits: SystemLimits) -> None:
    """Write one piece where it belongs, and note what is to be said of it."""
    contents.titles.setdefault(piece.indicator_code, piece.indicator)
    fit = limits.fitted(piece, contents.count[piece.indicator_code])
    folder = folder_of(piece.indicator_code, piece.indicator)
    folder = f"{ASIDE}/{folder}" if fit.aside else folder
    name = f"{folder}/{name_of(piece, fit.suffix or suffix_of(piece.file_name, piece.media))}"
    if fault := _written_fault(sink, name, fit.sha256, piece.received_at):
        contents.faults.append(f"{piece.code}（第 {piece.revision} 版）的文件{fault}")
        return
    contents.hashes.write(f"{fit.sha256}  {name}\n")
    file = PackedFile(piece, name, fit.sha256, fit.size, "；".join(fit.notes))
    contents.table.add(file)
    if contents.files < MOST_LISTED:
        contents.listed.append(file)
    contents.count[piece.indicator_code] += 1
    contents.aside[piece.indicator_code] += fit.aside
    contents.until = max(filter(None, (contents.until, piece.received_at)))
    contents.problems += [Problem(piece.indicator_code, n, code=piece.code) for n in fit.problems]


def _written_fault(sink: Sink, name: str, sha256: str, at: datetime) -> str:
    """Write a file of the vault and return what is wrong with it; empty where it is what was registered."""
    if sink.holds(name, sha256, at):
        return ""
    digest = hashlib.sha256()
    try:
        sink.add(name, pieces_of(place_of(sha256), digest.update), at)
    except FileNotFoundError:
        return "不见了"
    return "" if digest.hexdigest() == sha256 else "与登记的指纹不符"


def _finish(sink: Sink, contents: _Contents, label: str, rows: io.TextIOBase) -> PackageMade:
    """Write the index behind the files, and the list of hashes over all of it."""
    until = contents.until or NO_DAY
    title = f"{label}申报材料"
    problems = Counter(problem.indicator_code for problem in contents.problems)
    lines = [
        (
            code,
            words,
            contents.count[code],
            problems[code],
            contents.aside[code],
        )
        for code, words in contents.titles.items()
    ]
    book = index_sheets(title, lines, contents.problems, contents.listed, contents.files)
    said = checking_words(
        title,
        office_time(contents.until) if contents.until else None,
        contents.files,
        len(contents.problems),
    )
    rows.seek(0)
    for name, pieces in (
        ("目录.xlsx", [workbook_bytes(list(book), until)]),
        ("目录.csv", encoded(rows, BOM)),
        ("核对说明.txt", encoded([said], BOM)),
    ):
        digest = hashlib.sha256()
        sink.add(name, seen_pieces(pieces, digest.update), until)
        contents.hashes.write(f"{digest.hexdigest()}  {name}\n")
    contents.hashes.seek(0)
    whole = hashlib.sha256()
    sink.add("SHA256SUMS.txt", seen_pieces(encoded(contents.hashes), whole.update), until)
    return PackageMade(
        Path(), contents.files, len(contents.problems), whole.hexdigest(), contents.aside.total()
    )
