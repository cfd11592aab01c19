"""What the application system takes: set by the office, and how each piece is made to fit.

No public list of the system's limits is known: without a row of the office's nothing is limited.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session

from models.campaign.campaign import looking_at, writing_to
from models.errors import NotFoundError, PlanError, ProgressError
from models.evidence.packages.package import PackageLimit
from models.evidence.packages.packaging import PackedPiece, limits_of, set_limits
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import EvidenceKind
from models.rules.words import post_fault
from tasks.packages.naming import suffix_of
from tasks.packages.scaling import bounds_of

MEGABYTE = 1_000_000  # as such systems count


@dataclass(frozen=True, slots=True)
class Fitted:
    """What of a piece goes into the package: which file, under which ending, and what is said of it.

    ``aside`` says that the system would not take it; ``suffix`` is set where it is a copy of another kind.
    """

    sha256: str
    size: int
    suffix: str = ""
    aside: bool = False
    notes: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SystemLimits:
    """The limits by kind of evidence."""

    by_kind: Mapping[str, PackageLimit]

    @property
    def bounds(self) -> str:
        """Return the bounds of pictures, as their copies are marked."""
        return bounds_of(self.by_kind.get(EvidenceKind.PICTURE))

    def fitted(self, piece: PackedPiece, before: int) -> Fitted:
        """Return how ``piece`` goes in, of whose indicator ``before`` files are in already.

        What will be public goes in as its masked copy; a picture that is too large as its smaller one.
        """
        limit = self.by_kind.get(piece.kind)
        sha256, size, suffix, notes = piece.sha256, piece.size, "", []
        if piece.to_publish and piece.masked:
            sha256, size = piece.masked, piece.masked_size or 0
            notes = ["已遮盖个人信息的副本"]
        elif piece.scaled and piece.scaled != sha256:
            sha256, size, suffix = piece.scaled, piece.scaled_size or 0, ".jpg"
            notes = ["缩小的副本，原图在材料库"]
        own = suffix or suffix_of(piece.file_name, piece.media)
        problems = _problems(limit, size, own, before) if limit else []
        said = ["后面还有新的版本，没有通过核查"] if piece.newer else []
        return Fitted(
            sha256,
            size,
            suffix,
            bool(problems),
            (*notes, *problems, *said),
            (*problems, *said),
        )


def _problems(limit: PackageLimit, size: int, suffix: str, before: int) -> list[str]:
    found = []
    if limit.suffixes and suffix not in limit.suffixes.split():
        allowed = "、".join(limit.suffixes.split())
        found.append(f"申报系统不收 {suffix or '没有后缀的'} 文件，只收 {allowed}，请转换后再报")
    if limit.largest and size > limit.largest:
        have, most = size / MEGABYTE, limit.largest / MEGABYTE
        found.append(f"有 {have:.1f} MB，超过申报系统的 {most:g} MB，请拆分或压缩后再报")
    if limit.most and before >= limit.most:
        found.append(f"本指标已有 {before} 份，申报系统最多收 {limit.most} 份，请合并或精选")
    return found


def limits_for(session: Session, campaign_id: int) -> SystemLimits:
    """Return the limits of a campaign."""
    return SystemLimits(limits_of(session, campaign_id))


@dataclass(frozen=True, slots=True)
class NewLimit:
    """What the office writes down of one kind; None and "" mean no limit. ``megabytes`` of a file."""

    kind: EvidenceKind
    suffixes: str = ""
    megabytes: float | None = None
    most: int | None = None
    side: int | None = None


def set_limit(slug: str | None, new: NewLimit, by: str, moment: Moment) -> bool:
    """Make ``new`` the limit of its kind; say whether that changed anything. Repeatable."""
    if fault := post_fault(by, "设置"):
        raise ProgressError(fault)
    suffixes = _suffixes(new.suffixes)
    with writing_to(slug) as (session, campaign):
        limit = PackageLimit(
            campaign_id=key_of(campaign),
            kind=new.kind,
            suffixes=suffixes,
            largest=round(new.megabytes * MEGABYTE) if new.megabytes else None,
            most=new.most,
            side=new.side,
            set_on=moment.today,
        )
        return bool(set_limits(session, key_of(campaign), [limit], by.strip(), moment))


def _suffixes(text: str) -> str:
    """Return endings as they are kept: small, with their dot, in order, split by a blank."""
    words = text.lower().replace("，", " ").replace("、", " ").replace(",", " ").split()
    plain = sorted({word.lstrip("*").lstrip(".") for word in words})
    if wrong := [word for word in plain if not (word.isascii() and word.isalnum())]:
        raise PlanError("允许的文件类型", [f"“{wrong[0]}”不是后缀名，应写成 .pdf .docx 这样"])
    return " ".join(f".{word}" for word in plain)


def limit_rows(slug: str | None) -> list[tuple[str, ...]]:
    """Return each kind with what the system takes of it, in words."""
    with looking_at(slug) as (session, campaign):
        known = limits_of(session, key_of(campaign))
        return [_words(kind, known.get(kind)) for kind in EvidenceKind]


def _words(kind: EvidenceKind, limit: PackageLimit | None) -> tuple[str, ...]:
    if limit is None:
        return kind.chinese, "不限", "不限", "不限", "不限", ""
    return (
        kind.chinese,
        limit.suffixes or "不限",
        f"{limit.largest / MEGABYTE:g} MB" if limit.largest else "不限",
        str(limit.most or "不限"),
        f"{limit.side} 像素" if limit.side else "不限",
        f"{limit.set_by} {limit.set_on}",
    )


def kind_named(word: str) -> EvidenceKind:
    """Return the kind that an office calls ``word``; raises NotFoundError with all of them."""
    found = [kind for kind in EvidenceKind if word.strip() in (kind.value, kind.chinese)]
    if not found:
        words = "、".join(kind.chinese for kind in EvidenceKind)
        raise NotFoundError(f"没有“{word}”这类材料，只有 {words}")
    return found[0]
