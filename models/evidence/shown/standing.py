"""Where evidence and ledgers stand, unit by unit: one statement whatever the size."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.database import run
from models.evidence.shown.proof import PROOF
from models.evidence.shown.telling import LEDGER_BACK, LEDGER_LATE, LEDGER_NEWEST
from models.rules.evidence.days import EvidenceDays
from models.rules.words import OFFICE

_COUNTED = (
    "parts",
    "proved",
    "sent_back",
    "done_unproved",
    "reopened",
    "pieces",
    "submitted",
    "accepted",
    "returned",
    "expired",
    "issued",
    "back",
    "missing",
    "conflicts",
)
UNITS_NAMED = 5  # whose ledgers are missing, in one line
_SUMS = ", ".join(f"CAST(sum(c.{name}) AS INTEGER) AS {name}" for name in _COUNTED)

# Parts and what proves them are laid on one another by a sort: SQLite joined the two by trying every pair.
_STANDING = f"""
    WITH {PROOF},
    weighed AS (
        SELECT max(campaign_id) AS campaign_id, max(unit_id) AS unit_id, max(state) AS state, max(reopened) AS reopened,
               coalesce(max(stands), 0) AS stands, coalesce(max(sent_back), 0) AS sent_back
        FROM (SELECT id, campaign_id, unit_id, state, reopened, NULL AS stands, NULL AS sent_back FROM needing
              UNION ALL SELECT part, NULL, NULL, NULL, NULL, stands, sent_back FROM proven) AS said
        GROUP BY id HAVING max(unit_id) IS NOT NULL),
    counted AS (
        SELECT campaign_id, unit_id, count(*) AS parts, sum(stands) AS proved,
               sum(CASE WHEN stands = 0 AND sent_back = 1 THEN 1 ELSE 0 END) AS sent_back,
               sum(CASE WHEN state = 'done' AND stands = 0 THEN 1 ELSE 0 END) AS done_unproved,
               sum(reopened) AS reopened,
               0 AS pieces, 0 AS submitted, 0 AS accepted, 0 AS returned, 0 AS expired,
               0 AS issued, 0 AS back, 0 AS missing, 0 AS conflicts
        FROM weighed GROUP BY campaign_id, unit_id
        UNION ALL
        SELECT campaign_id, coalesce(provider_id, 0), 0, 0, 0, 0, 0,
               sum(CASE WHEN state <> 'draft' THEN 1 ELSE 0 END),
               sum(CASE WHEN state = 'submitted' THEN 1 ELSE 0 END),
               sum(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END),
               sum(CASE WHEN state = 'returned' THEN 1 ELSE 0 END),
               sum(CASE WHEN state = 'expired' THEN 1 ELSE 0 END), 0, 0, 0, 0
        FROM piece GROUP BY campaign_id, coalesce(provider_id, 0)
        UNION ALL
        SELECT l.campaign_id, l.unit_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1,
               CASE WHEN {LEDGER_BACK} THEN 1 ELSE 0 END,
               CASE WHEN NOT {LEDGER_BACK}{LEDGER_LATE} THEN 1 ELSE 0 END, 0
        FROM ledger_issue l WHERE {LEDGER_NEWEST}
        UNION ALL
        SELECT c.campaign_id, a.unit_id, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, count(*)
        FROM ledger_conflict c JOIN assignment a ON a.id = c.assignment_id
        WHERE c.campaign_id IN :these AND c.settled_at IS NULL GROUP BY c.campaign_id, a.unit_id)
    SELECT c.campaign_id, coalesce(u.name, '{OFFICE}') AS unit, c.unit_id,
           {_SUMS}
    FROM counted c LEFT JOIN unit u ON u.id = c.unit_id
    GROUP BY c.campaign_id, u.name, c.unit_id ORDER BY c.unit_id"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class UnitEvidence:
    """Where one unit stands; the office (its pieces are for all) has ``unit_id`` 0.

    ``parts`` are those for which something has to be shown, ``proved`` those with a piece that was handed
    in or accepted, ``sent_back`` those that have only returned ones, ``done_unproved`` those reported as
    done that have none, ``reopened`` those whose 已完成 was taken back because theirs fell. ``pieces`` were
    handed in and are ``submitted`` (wait to be judged), ``accepted``, ``returned`` or ``expired``. Its newest ledger was ``issued`` and came ``back`` (0 or 1), or is ``missing``
    though something in it is past its day, and says in
    ``conflicts`` cells something else than another version.
    """

    unit: str
    unit_id: int
    parts: int = 0
    proved: int = 0
    sent_back: int = 0
    done_unproved: int = 0
    reopened: int = 0
    pieces: int = 0
    submitted: int = 0
    accepted: int = 0
    returned: int = 0
    expired: int = 0
    issued: int = 0
    back: int = 0
    missing: int = 0
    conflicts: int = 0

    @property
    def lacking(self) -> int:
        """Return for how many parts nothing that stands was handed in."""
        return self.parts - self.proved

    @property
    def words(self) -> str:
        """Return how the unit itself stands, for its own message; empty where nothing is asked or missing."""
        out = self.issued and not self.back
        ledger = (
            ("发来的台账到期没有交回" if self.missing else "发来的台账还没有交回") if out else ""
        )
        return "；".join(said for said in (_pieces_said(self), ledger) if said)


@dataclass(frozen=True, slots=True)
class EvidenceStanding:
    """Where a campaign stands; without any evidence or ledger ``units`` is empty."""

    units: Sequence[UnitEvidence] = ()

    @property
    def all(self) -> UnitEvidence:
        """Return all units together."""
        return UnitEvidence(
            "", 0, **{name: sum(getattr(one, name) for one in self.units) for name in _COUNTED}
        )

    @property
    def counts(self) -> dict[str, int] | None:
        """Return the counts of all units by their names; None where there is nothing to count."""
        total = self.all
        return {name: getattr(total, name) for name in _COUNTED} if self.units else None

    @property
    def lines(self) -> list[str]:
        """Return how evidence and ledgers stand, in a line each; none where there is none."""
        total = self.all
        missing = [one.unit for one in self.units if one.missing]
        return [said for said in (_pieces_said(total), _ledgers_said(total, missing)) if said]

    def of_unit(self, unit_id: int | None) -> UnitEvidence | None:
        """Return where one unit stands; None where there is nothing to count for it."""
        return next((one for one in self.units if unit_id and one.unit_id == unit_id), None)


def _pieces_said(total: UnitEvidence) -> str:
    if not total.parts and not total.pieces:
        return ""
    counts = (
        (total.accepted, "通过"),
        (total.submitted, "待审"),
        (total.returned, "退回"),
        (total.expired, "过期"),
    )
    states = "、".join(f"{word} {count}" for count, word in counts if count)
    said = f"证明材料 {total.pieces} 份" + (f"（{states}）" if states else "")
    if total.lacking:
        said += f"，{total.parts} 项要材料，{total.lacking} 项还没有"
    elif total.parts:
        said += f"，要材料的 {total.parts} 项都有了"
    if total.done_unproved:
        said += f"，报了完成却没有材料 {total.done_unproved} 项"
    if total.reopened:
        said += f"，报过完成、因材料退回或到期改回进行中 {total.reopened} 项"
    return said


def _ledgers_said(total: UnitEvidence, missing: Sequence[str]) -> str:
    if not total.issued and not total.conflicts:
        return ""
    said = f"台账发出 {total.issued} 份，收回 {total.back} 份"
    if missing:
        named = "、".join(missing[:UNITS_NAMED]) + ("等" if len(missing) > UNITS_NAMED else "")
        said += f"，到期没有收回 {len(missing)} 份（{named}）"
    return said + (f"，两版说法不一 {total.conflicts} 处待定" if total.conflicts else "")


def evidence_standing(session: Session, campaign_id: int, days: EvidenceDays) -> EvidenceStanding:
    """Return where every unit stands on the day of ``days``, in the plan's order, the office first; one statement."""
    return evidence_standings(session, [campaign_id], days)[campaign_id]


def evidence_standings(
    session: Session, campaign_ids: Sequence[int], days: EvidenceDays
) -> dict[int, EvidenceStanding]:
    """Return where every unit of each campaign stands; one statement for all of them."""
    these = tuple(campaign_ids)
    values = {"these": these, "today": days.today, "sent_before": days.sent_before}
    found: dict[int, list[UnitEvidence]] = {one: [] for one in campaign_ids}
    for one, unit, unit_id, *counts in run(session, _STANDING, values):
        if any(counts):
            found[one].append(UnitEvidence(unit, unit_id, *counts))
    return {one: EvidenceStanding(units) for one, units in found.items()}
