"""Versions of papers: the newest, all of them, and a new one where something has changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.errors import NotFoundError
from models.papers.paper import Paper
from models.rules.calendar.moment import Moment
from models.rules.figures.words import PaperKind


@dataclass(frozen=True, slots=True)
class NewPaper:
    """A paper as it was written, before it has a version."""

    kind: PaperKind
    subject: str
    title: str
    sha256: str
    characters: int
    blanks: int
    facts: str
    by_post: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a paper; ``new`` says that it was added just now."""

    kind: PaperKind
    subject: str
    number: int
    title: str
    sha256: str
    characters: int
    blanks: int
    made_at: datetime
    made_by: str
    new: bool = False

    @property
    def name(self) -> str:
        """Return what it is called in lists and in the audit."""
        of = f"（{self.subject}）" if self.subject else ""
        return f"{self.kind.chinese}{of}第 {self.number} 版"


def add_version(session: Session, campaign_id: int, paper: NewPaper, moment: Moment) -> Version:
    """Keep ``paper`` as the next version, with its audit entry, or return the newest that says the same.

    Called in a transaction that has the chain to itself, so two writers at once give one version.
    """
    last = newest_paper(session, campaign_id, paper.kind, paper.subject)
    if last and last.facts == paper.facts:
        return _version(last)
    row = Paper(
        campaign_id=campaign_id,
        kind=paper.kind,
        subject=paper.subject,
        version=last.version + 1 if last else 1,
        title=paper.title,
        sha256=paper.sha256,
        characters=paper.characters,
        blanks=paper.blanks,
        facts=paper.facts,
        made_at=moment.now,
        made_by=paper.by_post,
    )
    session.add(row)
    version = _version(row, new=True)
    facts = {
        "title": row.title,
        "version": row.version,
        "characters": row.characters,
        "blanks": row.blanks,
        "sha256": row.sha256,
    }
    said = NewEntry(paper.by_post, "paper-written", version.name, facts)
    record(session, campaign_id, moment, said)
    return version


def record_export(
    session: Session, campaign_id: int, version: Version, made: tuple[str, str], moment: Moment
) -> None:
    """Say in the audit that ``version`` left the house: the file's name and hash are ``made``."""
    name, sha256 = made
    facts = {"title": version.title, "version": version.number, "file": name, "sha256": sha256}
    record(session, campaign_id, moment, NewEntry(version.made_by, "exported", version.name, facts))


def newest_paper(session: Session, campaign_id: int, kind: str, subject: str) -> Paper | None:
    """Return the newest version of a paper, None when none was written."""
    query = select(Paper).where(
        Paper.campaign_id == campaign_id, Paper.kind == kind, Paper.subject == subject
    )
    return session.exec(query.order_by(col(Paper.version).desc()).limit(1)).first()


def blanks_of_report(session: Session, campaign_id: int) -> int | None:
    """Return how many blanks the newest self-evaluation report has, None while none is written."""
    return all_blanks_of_reports(session, [campaign_id]).get(campaign_id)


def all_blanks_of_reports(session: Session, campaign_ids: Sequence[int]) -> dict[int, int]:
    """Return what `blanks_of_report` does of each campaign that has one; one statement for all of them."""
    query = select(Paper.campaign_id, Paper.blanks).where(
        col(Paper.campaign_id).in_(campaign_ids), Paper.kind == PaperKind.REPORT
    )
    return dict(session.exec(query.order_by(col(Paper.version))).all())  # the last said stands


def versions_of(session: Session, campaign_id: int) -> Sequence[Version]:
    """Return every paper of a campaign, by kind and subject, the newest version first."""
    query = select(Paper).where(Paper.campaign_id == campaign_id)
    order = (col(Paper.kind), col(Paper.subject), col(Paper.version).desc())
    return [_version(row) for row in session.exec(query.order_by(*order))]


def facts_of_version(
    session: Session, campaign_id: int, kind: PaperKind, subject: str, number: int
) -> str:
    """Return what a version was written from; raises NotFoundError that says which there are."""
    query = select(Paper.version, Paper.facts).where(
        Paper.campaign_id == campaign_id, Paper.kind == kind, Paper.subject == subject
    )
    found = dict(session.exec(query).all())
    if number not in found:
        have = "、".join(map(str, sorted(found))) or "一版也没有"
        raise NotFoundError(f"{kind.chinese}没有第 {number} 版，现有：{have}")
    return found[number]


def _version(row: Paper, *, new: bool = False) -> Version:
    return Version(
        PaperKind(row.kind),
        row.subject,
        row.version,
        row.title,
        row.sha256,
        row.characters,
        row.blanks,
        row.made_at,
        row.made_by,
        new,
    )
