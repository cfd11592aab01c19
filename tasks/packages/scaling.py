"""Hold every accepted picture against the system's bounds; those that are too large get a smaller copy."""

from collections.abc import Iterator, Sequence

from models.campaign.campaign import looking_at, writing_to
from models.errors import NotFoundError
from models.evidence.packages.copying import FittedCopy, Unfitted, add_copies, unfitted_pictures
from models.evidence.packages.package import PackageLimit
from models.evidence.packages.packaging import limits_of
from models.evidence.vault.keeping import keep, read_kept
from models.files.whole_file import FileFault
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import EvidenceKind
from tasks.guarded.guard import GivenUp, Limits, worker

LARGEST = 200_000_000  # bytes of a picture that is read at all
IN_ONE = 20  # pictures between two commits: what a break costs
CHILD = Limits(memory=1536 * 1024 * 1024, part=30, whole=60, wall=180)


def bounds_of(limit: PackageLimit | None) -> str:
    """Return the bounds of pictures as a copy is marked with: "side bytes"; empty without any."""
    if limit is None or not (limit.side or limit.largest):
        return ""
    return f"{limit.side or 0} {limit.largest or 0}"


def scale_pictures(slug: str | None, by: str, moment: Moment) -> list[str]:
    """Make the copies that are missing; return a line for each picture that could not be made smaller.

    Each picture is looked at once for the same bounds. Stopped in the middle, the next call goes on
    where it was; two at once make the same copies, and the second is told so by the database.
    """
    with looking_at(slug) as (session, campaign):
        made_for = bounds_of(limits_of(session, key_of(campaign)).get(EvidenceKind.PICTURE))
        if not made_for:
            return []
        waiting = unfitted_pictures(session, key_of(campaign), made_for)
        slug = campaign.slug
    faults: list[str] = []
    for some in _batches(waiting):
        copies = [copy for one in some if (copy := _fitted(one, made_for, faults))]
        with writing_to(slug) as (session, campaign):
            still = unfitted_pictures(session, key_of(campaign), made_for)
            open_ = {one.revision_id for one in still}
            mine = [copy for copy in copies if copy.revision_id in open_]
            add_copies(session, mine, made_for, by, moment)
    return faults


def _batches(waiting: Sequence[Unfitted]) -> Iterator[Sequence[Unfitted]]:
    return (waiting[n : n + IN_ONE] for n in range(0, len(waiting), IN_ONE))


def _fitted(one: Unfitted, made_for: str, faults: list[str]) -> FittedCopy | None:
    code = f"E{one.number:04d}"
    try:
        content = read_kept(one.sha256, LARGEST)
        with worker("tasks.packages.shrinking:shrunk", CHILD) as child:
            made = b"".join(child.parts(f"{made_for}\n".encode() + content))
    except GivenUp:
        faults.append(f"{code} 的图片缩小不了（打不开，或太大），请人工处理")
        return None
    except (FileFault, NotFoundError):
        return None  # the package says so, with every other
    kept = keep(made) if made else None
    return FittedCopy(
        one.revision_id, kept.sha256 if kept else one.sha256, kept.size if kept else one.size
    )
