"""What goes into the package for the application system, what is missing in it, and the system's limits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby

from sqlmodel import Session, col, select

from models.audit.chain import NewEntry, record
from models.database import rows_as, run
from models.evidence.packages.package import Package, PackageLimit
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE

# The newest accepted revision of every piece that proves something of an indicator; `newer` says that
# a later one waits. By row, so that a campaign of 100,000 files is never in memory at once.
_PIECES = f"""
    WITH best AS (
        SELECT r.evidence_id, max(r.number) AS number FROM evidence_revision r
        JOIN evidence e ON e.id = r.evidence_id
        WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND r.state = 'accepted'
        GROUP BY r.evidence_id),
    uses AS (
        SELECT u.evidence_id, coalesce(d.indicator_id, a.indicator_id) AS indicator_id, d.ordinal
        FROM evidence_use u
        LEFT JOIN demand d ON d.id = u.demand_id
        LEFT JOIN assignment a ON a.id = u.assignment_id
        WHERE NOT u.withdrawn AND coalesce(d.withdrawn, a.withdrawn) = :no)
    SELECT i.id AS indicator_id, i.code AS indicator_code, i.title AS indicator, uses.ordinal, e.id AS evidence_id,
           e.number, e.kind, e.title, e.caption, e.passage, e.fact_on, e.expires_on,
           e.to_publish, coalesce(p.name, '{OFFICE}') AS provider, r.id AS revision_id,
           r.number AS revision, e.latest > r.number AS newer, r.sha256, r.size, r.media,
           r.file_name, r.url, r.received_at, m.sha256 AS masked, m.size AS masked_size,
           s.sha256 AS scaled, s.size AS scaled_size
    FROM uses
    JOIN indicator i ON i.id = uses.indicator_id AND i.campaign_id = :campaign AND NOT i.withdrawn
    JOIN evidence e ON e.id = uses.evidence_id
    JOIN best ON best.evidence_id = e.id
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = best.number
    LEFT JOIN unit p ON p.id = e.provider_id
    LEFT JOIN evidence_copy m ON m.id = (SELECT max(c.id) FROM evidence_copy c
        WHERE c.revision_id = r.id AND c.purpose = 'masked')
    LEFT JOIN evidence_copy s ON s.id = (SELECT max(c.id) FROM evidence_copy c
        WHERE c.revision_id = r.id AND c.purpose = 'scaled' AND c.made_for = :bounds)
    WHERE :code = '' OR i.code = :code
    ORDER BY i.id, e.number, uses.ordinal"""  # noqa: S608

# What is asked for, what is given for it (for the demand itself, or for the indicator as a whole), counted.
_GAPS = """
    WITH asked AS (
        SELECT i.id, i.code, i.title AS indicator, d.id AS demand_id, d.ordinal, d.text
        FROM indicator i
        LEFT JOIN demand d ON d.indicator_id = i.id AND NOT d.withdrawn
        WHERE i.campaign_id = :campaign AND NOT i.withdrawn AND i.level = 3
          AND coalesce(d.needs_evidence, :yes) = :yes AND (:code = '' OR i.code = :code)),
    given AS (
        SELECT asked.id, asked.demand_id, u.evidence_id, 1 AS own
        FROM asked JOIN evidence_use u ON u.demand_id = asked.demand_id AND NOT u.withdrawn
        UNION ALL
        SELECT asked.id, asked.demand_id, u.evidence_id, 0 AS own
        FROM asked
        JOIN assignment a ON a.indicator_id = asked.id AND NOT a.withdrawn
        JOIN evidence_use u ON u.assignment_id = a.id AND NOT u.withdrawn),
    counted AS (
        SELECT given.id, coalesce(given.demand_id, 0) AS demand_id,
               count(DISTINCT CASE WHEN own = 1 AND r.state = 'accepted' THEN e.id END) AS own,
               count(DISTINCT CASE WHEN r.state = 'accepted' THEN e.id END) AS accepted,
               count(DISTINCT CASE WHEN r.state = 'submitted' THEN e.id END) AS waiting,
               count(DISTINCT CASE WHEN r.state = 'returned' THEN e.id END) AS returned
        FROM given
        JOIN evidence e ON e.id = given.evidence_id AND NOT e.withdrawn
        JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
        GROUP BY given.id, given.demand_id)
    SELECT asked.code, asked.indicator, asked.ordinal, asked.text, coalesce(c.own, 0) AS own,
           coalesce(c.accepted, 0) AS accepted, coalesce(c.waiting, 0) AS waiting,
           coalesce(c.returned, 0) AS returned,
           (SELECT count(*) FROM demand o WHERE o.indicator_id = asked.id AND NOT o.withdrawn
              AND o.needs_evidence) AS demands
    FROM asked
    LEFT JOIN counted c ON c.id = asked.id AND c.demand_id = coalesce(asked.demand_id, 0)
    ORDER BY asked.id, asked.ordinal"""


@dataclass(frozen=True, slots=True)
class PackedPiece:
    """A piece of evidence as it goes into an indicator's folder; ``demands`` are their ordinals.

    ``newer`` says that a later revision is there that nobody has accepted yet. ``masked`` and ``scaled``
    are the hashes of its copies. ``received_at`` is UTC, sizes are bytes.
    """

    indicator_id: int
    indicator_code: str
    indicator: str
    ordinal: int | None
    evidence_id: int
    number: int
    kind: str
    title: str
    caption: str
    passage: str
    fact_on: date | None
    expires_on: date | None
    to_publish: bool
    provider: str
    revision_id: int
    revision: int
    newer: bool
    sha256: str
    size: int
    media: str
    file_name: str
    url: str
    received_at: datetime
    masked: str | None = None
    masked_size: int | None = None
    scaled: str | None = None
    scaled_size: int | None = None
    demands: tuple[int, ...] = ()

    @property
    def code(self) -> str:
        """Return what the piece is called: E0003."""
        return f"E{self.number:04d}"


@dataclass(frozen=True, slots=True)
class PackageGap:
    """A demand (or an indicator without any) that no accepted piece proves, and what is there instead."""

    indicator_code: str
    indicator: str
    ordinal: int | None
    demand: str
    waiting: int
    returned: int
    unassigned: int  # accepted pieces of the indicator that say of no demand that they prove it


def packed_pieces(
    session: Session, campaign_id: int, code: str = "", bounds: str = ""
) -> Iterator[PackedPiece]:
    """Yield what goes into the folder of each indicator (or of the one with ``code``), folder by folder.

    Of pictures the copies come along that were made to ``bounds``.
    """
    values = {"campaign": campaign_id, "no": False, "code": code, "bounds": bounds}
    rows = rows_as(session, PackedPiece, _PIECES, values)
    for _, same in groupby(rows, key=lambda row: (row.indicator_id, row.evidence_id)):
        first, *more = same
        ordinals = {row.ordinal for row in (first, *more) if row.ordinal is not None}
        yield replace(first, demands=tuple(sorted(ordinals)))


def package_gaps(session: Session, campaign_id: int, code: str = "") -> list[PackageGap]:
    """Return every demand of a third-level indicator that no accepted piece proves, in their order.

    A piece that was handed in for the indicator as a whole proves its demand where there is only one.
    """
    rows = run(session, _GAPS, {"campaign": campaign_id, "yes": True, "code": code})
    return [
        PackageGap(
            row.code,
            row.indicator,
            row.ordinal,
            row.text or "",
            row.waiting,
            row.returned,
            row.accepted - row.own,
        )
        for row in rows
        if not (row.own or (row.demands <= 1 and row.accepted))
    ]


def limits_of(session: Session, campaign_id: int) -> Mapping[str, PackageLimit]:
    """Return what the application system takes, by kind of evidence; empty where the office set nothing."""
    query = select(PackageLimit).where(PackageLimit.campaign_id == campaign_id)
    return {limit.kind: limit for limit in session.exec(query.order_by(col(PackageLimit.kind)))}


def set_limits(
    session: Session, campaign_id: int, new: Sequence[PackageLimit], by_post: str, moment: Moment
) -> int:
    """Make ``new`` the limits of their kinds, those of other kinds stay; return how many changed."""
    known = dict(limits_of(session, campaign_id))
    was: dict[str, object] = {}
    now: dict[str, object] = {}
    for one in new:
        old = known.get(one.kind) or PackageLimit(
            campaign_id=campaign_id, kind=one.kind, set_on=moment.today
        )
        names = ("suffixes", "largest", "most", "side")
        before = {name: getattr(old, name) for name in names}
        after = {name: getattr(one, name) for name in names}
        if before == after and old.id is not None:
            continue
        for name, value in after.items():
            setattr(old, name, value)
        old.set_by, old.set_on = by_post, moment.today
        session.add(old)
        was[one.kind], now[one.kind] = before, after
    if now:
        record(
            session,
            campaign_id,
            moment,
            NewEntry(by_post, "limits-set", "、".join(now), {"old": was, "new": now}),
        )
    return len(now)


def note_package(
    session: Session, campaign_id: int, made: Package, by_post: str, moment: Moment
) -> None:
    """Keep that a package was made; the same one again is another row, for it was handed on again."""
    session.add(made)
    facts = {"sha256": made.sha256, "files": made.files, "gaps": made.gaps}
    record(session, campaign_id, moment, NewEntry(by_post, "package-made", made.sha256[:12], facts))


def last_package(session: Session, campaign_id: int) -> Package | None:
    """Return the package that was made last."""
    query = select(Package).where(Package.campaign_id == campaign_id)
    return session.exec(query.order_by(col(Package.id).desc()).limit(1)).first()
