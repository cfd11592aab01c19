"""What is there already when evidence comes in: items, demands, parts, pieces like the new ones."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from sqlmodel import Session, col, or_, select

from models.database import run
from models.evidence.evidence import Evidence, EvidenceRevision, EvidenceUse
from models.keys import key_of
from models.rules.registrar import unit_of_post
from models.rules.words import OWN_KINDS
from models.units.succession import last_of
from models.units.unit import unit_names, units_of

MILESTONE = "milestone"

_ITEMS = f"""
    SELECT code, 'indicator' AS kind, id, CAST(NULL AS INTEGER) AS owner FROM indicator
    WHERE campaign_id = :campaign AND NOT withdrawn
    UNION ALL
    SELECT 'W' || ordinal, 'work', id, CAST(NULL AS INTEGER) FROM work_item
    WHERE campaign_id = :campaign AND NOT withdrawn
    UNION ALL
    SELECT code, 'milestone', id, unit_id FROM milestone
    WHERE campaign_id = :campaign AND NOT withdrawn
      AND kind IN ({", ".join(f"'{kind.value}'" for kind in sorted(OWN_KINDS))})"""  # noqa: S608
_DEMAND_IDS = """
    SELECT id, indicator_id, work_item_id, ordinal, needs_evidence FROM demand
    WHERE campaign_id = :campaign AND NOT withdrawn ORDER BY ordinal"""
_PARTS = """
    SELECT id, indicator_id, work_item_id, unit_id FROM assignment
    WHERE campaign_id = :campaign AND NOT withdrawn ORDER BY id"""

Item = tuple[str, int]  # indicator, work or milestone (of our own), and its id
Use = tuple[str, int]  # assignment, demand or milestone, and its id


@dataclass(slots=True)
class KnownRevision:
    """One revision as far as it matters to what comes in; ``id`` is 0 until it is stored."""

    piece: "KnownPiece"
    number: int
    sha256: str
    url: str
    state: str
    id: int = 0


@dataclass(slots=True)
class KnownPiece:
    """A piece that is there, or is about to be (``id`` is 0 then), with its revisions and uses."""

    number: int
    title: str
    provider_id: int | None
    withdrawn: bool = False
    id: int = 0
    said: dict[str, object] = field(default_factory=dict)  # its description by column
    revisions: list[KnownRevision] = field(default_factory=list)
    uses: dict[Use, bool] = field(default_factory=dict)  # whether withdrawn

    @property
    def code(self) -> str:
        """Return what it is called: E0001."""
        return f"E{self.number:04d}"

    @property
    def latest(self) -> KnownRevision:
        """Return its newest revision."""
        return self.revisions[-1]


DESCRIBED = [
    "caption",
    "passage",
    "fact_on",
    "effective_on",
    "expires_on",
    "promised_on",
    "to_publish",
]


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a campaign by each of their names."""

    ids: Mapping[str, int]
    names: Mapping[int, str]
    heirs: Mapping[int, int] = field(default_factory=dict)  # the last of each unit's successors

    def of_post(self, post: str) -> int | None:
        """Return the unit that ``post`` belongs to; None for the office, leaders and groups."""
        full = {name: self.names[unit_id] for name, unit_id in self.ids.items()}
        return self.ids.get(unit_of_post(post, full))

    def named(self, unit_id: int | None) -> str:
        """Return the name of a unit; what no unit provides comes from the office."""
        return self.names.get(unit_id or 0, "")


def units_known(session: Session, campaign_id: int) -> Units:
    """Return the units of a campaign; three statements."""
    units = units_of(session, campaign_id)
    names = {key_of(unit): unit.name for unit in units}
    heirs = last_of({key_of(one): one.successor_id for one in units if one.successor_id})
    return Units(unit_names(session, campaign_id), names, heirs)


@dataclass(frozen=True, slots=True)
class Items:
    """What can be proved: items by code, their demands by ordinal, and the parts units have in them.

    ``wanting`` are the demands that want evidence; the others are only measured.
    """

    by_code: Mapping[str, Item]
    demands: Mapping[Item, Mapping[int, int]]
    parts: Mapping[tuple[Item, int], Sequence[int]]
    owners: Mapping[Item, int | None] = field(default_factory=dict)  # of milestones of our own
    wanting: Mapping[Item, Sequence[int]] = field(default_factory=dict)


def items_known(session: Session, campaign_id: int) -> Items:
    """Return what can be proved in a campaign; three statements."""
    values = {"campaign": campaign_id}
    by_code: dict[str, Item] = {}
    owners: dict[Item, int | None] = {}
    for code, kind, id_, owner in run(session, _ITEMS, values):
        by_code[code.upper()] = (kind, id_)
        if kind == MILESTONE:
            owners[kind, id_] = owner
    demands: dict[Item, dict[int, int]] = {}
    wanting: dict[Item, list[int]] = {}
    for id_, indicator, work, ordinal, wants in run(session, _DEMAND_IDS, values):
        demands.setdefault(_item(indicator, work), {})[ordinal] = id_
        if wants:
            wanting.setdefault(_item(indicator, work), []).append(id_)
    parts: dict[tuple[Item, int], list[int]] = {}
    for id_, indicator, work, unit in run(session, _PARTS, values):
        parts.setdefault((_item(indicator, work), unit), []).append(id_)
    return Items(by_code, demands, parts, owners, wanting)


def _item(indicator_id: int | None, work_item_id: int | None) -> Item:
    return ("indicator", indicator_id) if indicator_id else ("work", work_item_id or 0)


def pieces_like(
    session: Session,
    campaign_id: int,
    numbers: Collection[int],
    hashes: Collection[str],
    titles: Collection[str],
) -> list[KnownPiece]:
    """Return every piece that bears one of ``numbers``, ``hashes`` or ``titles``, with revisions and uses.

    Three statements.
    """
    alike = select(EvidenceRevision.evidence_id).where(col(EvidenceRevision.sha256).in_(hashes))
    query = select(Evidence).where(
        Evidence.campaign_id == campaign_id,
        or_(
            col(Evidence.number).in_(numbers),
            col(Evidence.title).in_(titles),
            col(Evidence.id).in_(alike),
        ),
    )
    pieces = {}
    for row in session.exec(query.order_by(col(Evidence.number))):
        said = {name: getattr(row, name) for name in ("title", *DESCRIBED)}
        piece = KnownPiece(row.number, row.title, row.provider_id, row.withdrawn, key_of(row), said)
        pieces[piece.id] = piece
    revisions = select(EvidenceRevision).where(col(EvidenceRevision.evidence_id).in_(pieces))
    for one in session.exec(revisions.order_by(col(EvidenceRevision.number))):
        piece = pieces[one.evidence_id]
        piece.revisions.append(
            KnownRevision(piece, one.number, one.sha256, one.url, one.state, key_of(one))
        )
    uses = select(EvidenceUse).where(col(EvidenceUse.evidence_id).in_(pieces))
    for use in session.exec(uses):
        pieces[use.evidence_id].uses[use.proves] = use.withdrawn
    return list(pieces.values())


def sizes_known(session: Session, campaign_id: int, least: int) -> set[int]:
    """Return the sizes (bytes, ``least`` and more) of the files that are in already; one statement."""
    query = (
        select(EvidenceRevision.size)
        .join(Evidence)
        .where(Evidence.campaign_id == campaign_id, col(EvidenceRevision.size) >= least)
    )
    return set(session.exec(query))
