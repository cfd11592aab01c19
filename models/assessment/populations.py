"""What a sample can be drawn from in the tables: what is public, where units sit, which demands need material."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as
from models.rules.assessment.areas import area_of
from models.rules.assessment.sample_item import SampleItem

# What is to be found by the public: evidence that is to be published, or that lies on the web already, and
# what the register of publicity says was published there.
_PUBLIC = """
    SELECT 'E' AS letter, e.number, e.title, r.url, coalesce(u.name, '') AS unit
    FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    LEFT JOIN unit u ON u.id = e.provider_id
    WHERE e.campaign_id = :campaign AND NOT e.withdrawn AND (e.to_publish OR r.url <> '')
    UNION ALL
    SELECT 'P', p.number, p.title, p.url, coalesce(u.name, '')
    FROM publicity_item p LEFT JOIN unit u ON u.id = p.unit_id
    WHERE p.campaign_id = :campaign AND NOT p.withdrawn AND p.url <> '' AND p.evidence_id IS NULL
    ORDER BY 1, 2"""

_PLACES = """
    SELECT u.name AS unit FROM unit u
    WHERE u.campaign_id = :campaign AND NOT u.retired
      AND EXISTS (SELECT 1 FROM assignment a WHERE a.unit_id = u.id AND NOT a.withdrawn)
    ORDER BY u.id"""

# Each demand with each unit that has a part in its item, those that lead first.
_DEMANDS = """
    SELECT coalesce(i.code, 'W' || w.ordinal) AS code, d.ordinal, d.text, d.needs_evidence,
           coalesce(t.title, w.section, '') AS trade, coalesce(u.name, '') AS unit
    FROM demand d
    LEFT JOIN indicator i ON i.id = d.indicator_id
    LEFT JOIN indicator s ON s.id = i.parent_id
    LEFT JOIN indicator t ON t.id = s.parent_id
    LEFT JOIN work_item w ON w.id = d.work_item_id
    LEFT JOIN assignment a ON NOT a.withdrawn AND a.state <> 'dropped'
         AND (a.indicator_id = d.indicator_id OR a.work_item_id = d.work_item_id)
    LEFT JOIN unit u ON u.id = a.unit_id
    WHERE d.campaign_id = :campaign AND NOT d.withdrawn AND NOT coalesce(i.withdrawn, w.withdrawn)
    ORDER BY coalesce(w.ordinal, 0), i.id, d.ordinal, coalesce(a.role, ''), u.id"""

# A piece proves a demand that it names, or a unit's part in the demand's item.
_PIECES = """
    SELECT DISTINCT coalesce(i.code, 'W' || w.ordinal) AS code, d.ordinal, e.number
    FROM evidence_use x
    JOIN evidence e ON e.id = x.evidence_id AND NOT e.withdrawn
    LEFT JOIN assignment a ON a.id = x.assignment_id AND NOT a.withdrawn
    JOIN demand d ON NOT d.withdrawn AND (d.id = x.demand_id
         OR (a.indicator_id = d.indicator_id OR a.work_item_id = d.work_item_id))
    LEFT JOIN indicator i ON i.id = d.indicator_id
    LEFT JOIN work_item w ON w.id = d.work_item_id
    WHERE e.campaign_id = :campaign AND NOT x.withdrawn ORDER BY e.number"""


@dataclass(frozen=True, slots=True)
class _Public:
    letter: str
    number: int
    title: str
    url: str
    unit: str


@dataclass(frozen=True, slots=True)
class _Place:
    unit: str


@dataclass(frozen=True, slots=True)
class PlacedDemand:
    """A demand with a unit that has a part in its item; the unit is empty where nobody has."""

    code: str
    ordinal: int
    text: str
    needs_evidence: bool
    trade: str
    unit: str

    @property
    def name(self) -> str:
        """Return what it is called: 1.1.3#2."""
        return f"{self.code}#{self.ordinal}"


@dataclass(frozen=True, slots=True)
class _Piece:
    code: str
    ordinal: int
    number: int


def public_items(session: Session, campaign_id: int) -> list[SampleItem]:
    """Return what the public should find: evidence (E), then publicity (P), by number; one statement.

    The ``detail`` is the address, empty where none is known.
    """
    return [
        SampleItem(
            f"{one.letter}{one.number:04d}",
            one.unit,
            area_of(one.unit),
            title=one.title,
            detail=one.url,
        )
        for one in found_as(session, _Public, _PUBLIC, {"campaign": campaign_id})
    ]


def unit_places(session: Session, campaign_id: int) -> list[SampleItem]:
    """Return the seat of each unit that has work, in the units' order."""
    found = found_as(session, _Place, _PLACES, {"campaign": campaign_id})
    return [
        SampleItem(one.unit, one.unit, area_of(one.unit), title=f"{one.unit}办公场所")
        for one in found
    ]


def asked_demands(session: Session, campaign_id: int) -> list[PlacedDemand]:
    """Return every demand with each unit that has a part in it, in the plan's order, who leads first; one statement."""
    return found_as(session, PlacedDemand, _DEMANDS, {"campaign": campaign_id})


def demands_needing_papers(session: Session, campaign_id: int) -> list[SampleItem]:
    """Return each demand that needs material, of the unit that leads; ``detail`` lists what there is; two statements."""
    pieces: dict[tuple[str, int], list[str]] = {}
    for one in found_as(session, _Piece, _PIECES, {"campaign": campaign_id}):
        pieces.setdefault((one.code, one.ordinal), []).append(f"E{one.number:04d}")
    first: dict[str, PlacedDemand] = {}
    for each in asked_demands(session, campaign_id):
        if each.needs_evidence:
            first.setdefault(each.name, each)
    return [
        SampleItem(
            name,
            each.unit,
            area_of(each.unit),
            each.trade,
            each.text,
            "、".join(pieces.get((each.code, each.ordinal), ())) or "没有材料",
        )
        for name, each in first.items()
    ]
