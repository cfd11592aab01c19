"""Evidence as it stands, a line a piece: for lists, ledgers, papers and packages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from sqlmodel import Session

from models.database import found_as, run
from models.rules.evidence.words import EvidenceKind, EvidenceState


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """A piece of evidence with its newest revision.

    ``uses`` are the codes of what it proves, in the plan's order: W5 where it proves a unit's part, W5#1
    where it proves the first demand; ``items`` are the same without demands. ``unit`` is the provider.
    ``marks`` counts what checks found and nobody has judged yet, ``upheld`` what a person found true.
    ``size`` is bytes; of a link and of a promise without a file there is none.
    """

    id: int
    revision_id: int
    number: int
    title: str
    kind: str
    state: str
    unit: str
    revision: int
    caption: str
    passage: str
    fact_on: date | None
    effective_on: date | None
    expires_on: date | None
    promised_on: date | None
    to_publish: bool
    withdrawn: bool
    sha256: str
    size: int
    media: str
    file_name: str
    url: str
    received_at: datetime
    uploaded_by: str
    state_by: str
    state_at: datetime | None
    reason: str
    uses: Sequence[str] = field(default=())
    marks: int = 0
    upheld: int = 0

    @property
    def code(self) -> str:
        """Return what it is called: E0001."""
        return f"E{self.number:04d}"

    @property
    def items(self) -> tuple[str, ...]:
        """Return the codes of the work items and indicators it proves, each once."""
        return tuple(dict.fromkeys(use.partition("#")[0] for use in self.uses))

    @property
    def stands(self) -> bool:
        """Say whether it counts: handed in or accepted, and not withdrawn."""
        return not self.withdrawn and self.state in COUNTING

    @property
    def state_in_words(self) -> str:
        """Return where it stands, in an office's words."""
        if self.withdrawn:
            return "已撤回"
        return EvidenceState(self.state).chinese

    @property
    def kind_in_words(self) -> str:
        """Return what it is, in an office's words."""
        return EvidenceKind(self.kind).chinese


COUNTING = (EvidenceState.SUBMITTED, EvidenceState.ACCEPTED)

_OF_UNIT = """
      AND (e.provider_id = :unit OR EXISTS (
          SELECT 1 FROM evidence_use x JOIN assignment xa ON xa.id = x.assignment_id
          WHERE x.evidence_id = e.id AND NOT x.withdrawn AND xa.unit_id = :unit))"""

_LINES = """
    SELECT e.id, r.id AS revision_id, e.number, e.title, e.kind, r.state, coalesce(u.name, '') AS unit,
           r.number AS revision, e.caption, e.passage, e.fact_on, e.effective_on, e.expires_on,
           e.promised_on, e.to_publish, e.withdrawn, r.sha256, r.size, r.media, r.file_name, r.url,
           r.received_at, r.uploaded_by, r.state_by, r.state_at, r.reason
    FROM evidence e
    JOIN evidence_revision r ON r.evidence_id = e.id AND r.number = e.latest
    LEFT JOIN unit u ON u.id = e.provider_id
    WHERE e.campaign_id = :campaign {which}
    ORDER BY e.number"""

# What a piece proves: parts of units first, then demands, each by its item's code.
_USES = """
    SELECT x.evidence_id, coalesce(i.code, 'W' || w.ordinal, m.code) AS code, d.ordinal AS demand
    FROM evidence_use x
    JOIN evidence e ON e.id = x.evidence_id
    LEFT JOIN assignment a ON a.id = x.assignment_id
    LEFT JOIN demand d ON d.id = x.demand_id
    LEFT JOIN milestone m ON m.id = x.milestone_id
    LEFT JOIN indicator i ON i.id = coalesce(a.indicator_id, d.indicator_id)
    LEFT JOIN work_item w ON w.id = coalesce(a.work_item_id, d.work_item_id)
    WHERE e.campaign_id = :campaign AND NOT x.withdrawn {which}
    ORDER BY x.evidence_id, coalesce(w.ordinal, 0), coalesce(i.id, 0), coalesce(d.ordinal, 0), x.id"""

_MARKS = """
    SELECT r.evidence_id, count(CASE WHEN m.verdict = '' THEN 1 END) AS open,
           count(CASE WHEN m.verdict = 'upheld' THEN 1 END) AS upheld
    FROM evidence_mark m
    JOIN evidence_revision r ON r.id = m.revision_id
    JOIN evidence e ON e.id = r.evidence_id AND e.latest = r.number
    WHERE e.campaign_id = :campaign {which}
    GROUP BY r.evidence_id"""


def evidence_lines(
    session: Session, campaign_id: int, *, unit_id: int | None = None
) -> list[EvidenceLine]:
    """Return every piece of a campaign, or what a unit provides or cites, by number; three statements.

    Withdrawn pieces are among them and say so.
    """
    return _lines(session, {"campaign": campaign_id, "unit": unit_id}, _OF_UNIT if unit_id else "")


def evidence_line(session: Session, campaign_id: int, number: int) -> EvidenceLine | None:
    """Return one piece by its number; None where there is none."""
    values = {"campaign": campaign_id, "number": number}
    return next(iter(_lines(session, values, " AND e.number = :number")), None)


def _lines(session: Session, values: Mapping[str, object], which: str) -> list[EvidenceLine]:
    lines = found_as(session, EvidenceLine, _LINES.format(which=which), values)
    uses: dict[int, list[str]] = {}
    for evidence_id, code, demand in run(session, _USES.format(which=which), values):
        uses.setdefault(evidence_id, []).append(f"{code}#{demand}" if demand else code)
    marks = {
        evidence_id: (open_, upheld)
        for evidence_id, open_, upheld in run(session, _MARKS.format(which=which), values)
    }
    return [
        replace(
            line,
            uses=tuple(dict.fromkeys(uses.get(line.id, ()))),
            marks=marks.get(line.id, (0, 0))[0],
            upheld=marks.get(line.id, (0, 0))[1],
        )
        for line in lines
    ]
