"""Take a file out of the vault, under its name; who took what is kept."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from models.audit.chain import NewEntry, lock_chain, record
from models.campaign.campaign import campaign_named, looking_at
from models.database import open_session
from models.errors import NotFoundError, ProgressError
from models.evidence.life import LifeRevision, life_of
from models.evidence.vault.keeping import PIECE, place_of
from models.files.held_draft import held_draft
from models.keys import key_of
from models.rules.bounds import shown
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import number_of
from models.rules.words import post_fault
from tasks.file_names import file_name


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which revision of which piece is taken out (None: the newest), into which folder, and by whom."""

    code: str
    out: Path
    by_post: str
    revision: int | None = None


def save_evidence(slug: str | None, wanted: Wanted, moment: Moment) -> Path:
    """Write a revision's file into the folder ``wanted.out`` under its own name; return where it is.

    What is there already is never overwritten. The file is looked at again while it is copied: one that is
    not what was handed in any more is not given out. An entry of the audit says who took it before the copy
    has its name; killed in between, the next run takes the draft over.

    Raises NotFoundError for a piece, revision or file that is not there, ProgressError for a changed one.
    """
    if fault := post_fault(wanted.by_post, "导出"):
        raise ProgressError(fault)
    number = number_of(wanted.code)
    with looking_at(slug) as (session, campaign):
        life = life_of(session, key_of(campaign), number) if number else None
        slug = campaign.slug
    if life is None:
        raise NotFoundError(f"没有编号为“{shown(wanted.code)}”的材料，见 shifan evidence list")
    revision = _revision(life.revisions, wanted)
    wanted.out.mkdir(parents=True, exist_ok=True)
    target = wanted.out / _name(life.line.code, life.line.title, revision)
    if target.exists():
        raise ProgressError(f"“{target}”已经存在，不会覆盖；请换一个文件夹")
    facts = {"version": revision.number, "sha256": revision.sha256, "file": target.name}
    said = NewEntry(wanted.by_post.strip(), "exported", life.line.code, facts)
    with held_draft(target) as draft:
        _copy(revision.sha256, draft.handle)
        with open_session() as session:
            lock_chain(session)
            campaign = campaign_named(session, slug)  # an ended one too: it can still be looked at
            record(session, campaign.id, moment, said)
    return target


def _revision(revisions: Sequence[LifeRevision], wanted: Wanted) -> LifeRevision:
    found = [one for one in revisions if wanted.revision in (None, one.number)]
    if not found:
        raise NotFoundError(f"{wanted.code} 没有第 {wanted.revision} 版")
    if not found[-1].sha256:
        raise NotFoundError(f"{wanted.code} 第 {found[-1].number} 版没有文件（网址或承诺）")
    return found[-1]


def _name(code: str, title: str, revision: LifeRevision) -> str:
    ending = f".{revision.media}" if revision.media.isalnum() else ""
    name = revision.file_name or f"{code} {title}{ending}"
    stem, dot, rest = name.rpartition(".")
    return f"{file_name(stem)}.{rest}" if dot and stem and rest.isalnum() else file_name(name)


def _copy(sha256: str, target: int) -> None:
    place = place_of(sha256)
    if not place.is_file():
        raise NotFoundError(f"证明材料库里没有文件 {sha256[:12]}…，请运行 shifan vault check")
    digest = hashlib.sha256()
    os.truncate(target, 0)
    with place.open("rb") as source, os.fdopen(os.dup(target), "wb") as copy:
        while piece := source.read(PIECE):
            digest.update(piece)
            copy.write(piece)
    if digest.hexdigest() != sha256:
        raise ProgressError(
            f"证明材料库里的文件 {sha256[:12]}… 已被改动，没有导出；请运行 shifan vault check"
        )
