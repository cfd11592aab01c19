"""What a visit looks at of a unit: its indicators and work items, those with open points first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.database import found_as, run
from models.evidence.shown.asked import parts_asked
from models.rules.evidence.asked import PartAsked
from models.rules.findings.words import SETTLED, FindingState
from models.rules.visits.words import visit_code
from models.rules.words import Progress, Role

_PARTS = f"""
    SELECT a.id, a.unit_id, {ASSIGNED_CODE} AS code, coalesce(w.title, i.title) AS title, a.role,
           a.due, a.state
    FROM assignment a
    LEFT JOIN work_item w ON w.id = a.work_item_id
    LEFT JOIN indicator i ON i.id = a.indicator_id
    WHERE a.campaign_id = :campaign AND NOT a.withdrawn AND a.state <> 'dropped'
    ORDER BY a.unit_id, coalesce(w.ordinal, 1000000), i.id, a.role"""  # noqa: S608

# What earlier visits listed, at whichever unit has it now, and what was found otherwise and is not settled yet.
_BEFORE = """
    SELECT coalesce(f.unit_id, k.successor_id, v.unit_id) AS unit_id, r.number AS round_number, v.number, p.text, p.code, p.due,
           coalesce(f.code, '') AS finding, coalesce(f.state, '') AS state
    FROM visit_problem p JOIN visit v ON v.id = p.visit_id
    JOIN inspection_round r ON r.id = v.round_id JOIN unit k ON k.id = v.unit_id
    LEFT JOIN finding f ON f.id = p.finding_id
    WHERE v.campaign_id = :campaign AND r.number < :round
    UNION ALL
    SELECT f.unit_id, 0, 0, f.problem, f.item, NULL, f.code, f.state FROM finding f
    WHERE f.campaign_id = :campaign AND f.unit_id IS NOT NULL AND f.kind = 'problem'
      AND f.state NOT IN ('closed', 'ended')
      AND NOT EXISTS (SELECT 1 FROM visit_problem p WHERE p.finding_id = f.id)
    ORDER BY 1, 2 DESC, 3, 7"""

_CODES = """
    SELECT 'W' || ordinal AS code FROM work_item WHERE campaign_id = :campaign AND NOT withdrawn
    UNION SELECT code FROM indicator WHERE campaign_id = :campaign AND NOT withdrawn"""


@dataclass(frozen=True, slots=True)
class _PartRow:
    id: int
    unit_id: int
    code: str
    title: str
    role: str
    due: date | None
    state: str


@dataclass(frozen=True, slots=True)
class UnitPoint:
    """A unit's part, with what is open about it; ``open`` is empty where nothing is."""

    unit_id: int
    code: str
    title: str
    role: str
    due: date | None
    state: str
    open: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return it as a line of a checklist."""
        return f"{self.code} {self.title}"

    @property
    def standing(self) -> str:
        """Return how far it is, and what is open about it."""
        due = f"，{self.due} 前" if self.due else ""
        first = f"{Role(self.role).chinese}，{Progress(self.state).chinese}{due}"
        return "；".join((*self.open, first))


@dataclass(frozen=True, slots=True)
class ProblemBefore:
    """A problem that was found before: by an earlier visit, or (round 0) otherwise and still open."""

    unit_id: int
    round_number: int
    number: int
    text: str
    code: str
    due: date | None
    finding: str
    state: str

    @property
    def is_open(self) -> bool:
        """Say whether it is a finding that is neither closed nor ended."""
        return bool(self.finding) and self.state not in SETTLED

    @property
    def standing(self) -> str:
        """Return where it was found and how far it is."""
        visit = f"{visit_code(self.round_number, self.number)} 列出" if self.round_number else ""
        due = f"{self.due} 前整改" if self.due else ""
        state = FindingState(self.state).chinese if self.state else ""
        now = f"{self.finding} {state}" if self.finding else ""
        return "，".join(filter(None, (self.code, visit, due, now)))


def unit_points(
    session: Session, campaign_id: int, today: date, before: Mapping[int, Sequence[ProblemBefore]]
) -> dict[int, list[UnitPoint]]:
    """Return the parts of every unit: those with open points first, done ones last, else in the plan's order.

    An open finding ``before`` that names a part is an open point of it. Three statements.
    """
    rows = found_as(session, _PartRow, _PARTS, {"campaign": campaign_id})
    asked = parts_asked(session, campaign_id, today)
    found: dict[int, list[UnitPoint]] = {}
    for row in rows:
        named = [one for one in before.get(row.unit_id, ()) if one.is_open and one.code == row.code]
        open_ = (
            *_open_of(row, asked.get(row.id), today),
            *(f"{o.finding} 没有销号" for o in named),
        )
        point = UnitPoint(row.unit_id, row.code, row.title, row.role, row.due, row.state, open_)
        found.setdefault(row.unit_id, []).append(point)
    return {unit: sorted(points, key=_turn) for unit, points in found.items()}


def _turn(one: UnitPoint) -> int:
    """Return which comes first: what is open, what is not done, what is."""
    return 0 if one.open else 1 + (one.state == Progress.DONE)


def problems_before(
    session: Session, campaign_id: int, round_number: int
) -> dict[int, Sequence[ProblemBefore]]:
    """Return what visits of earlier rounds listed at each unit, the last round first; one statement."""
    values = {"campaign": campaign_id, "round": round_number}
    found: dict[int, list[ProblemBefore]] = {}
    for row in found_as(session, ProblemBefore, _BEFORE, values):
        found.setdefault(row.unit_id, []).append(row)
    return dict(found)


def _open_of(row: _PartRow, asked: PartAsked | None, today: date) -> Iterator[str]:
    if row.due and row.due < today and row.state not in (Progress.DONE, Progress.DROPPED):
        yield "已过时限"
    if asked is None or not asked.needs:
        return
    if asked.returned:
        yield "材料被退回"
    if asked.expired:
        yield "材料到期"
    if not (asked.stands or asked.returned or asked.expired):
        yield "还没有证明材料"
    elif asked.unproved:
        yield f"{len(asked.unproved)} 项要求还没有材料"


def item_codes(session: Session, campaign_id: int) -> frozenset[str]:
    """Return the code of every work item and indicator, as codes are compared."""
    return frozenset(
        str(row.code).upper() for row in run(session, _CODES, {"campaign": campaign_id})
    )
