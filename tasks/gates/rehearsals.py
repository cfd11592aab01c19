"""What the last finished mock assessments came to, beside the obstacles that are left."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.assessment.drill import Drill
from models.assessment.results import all_combined, last_drills
from models.keys import key_of
from models.rules.assessment.combining import Combined


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What the last finished mock assessment came to: as a whole, by parts, and where it is weak, in fixed order."""

    head: str
    whole: str
    parts: Sequence[str]
    weak: str


def rehearsals_of(session: Session, campaign_ids: Sequence[int]) -> dict[int, Rehearsal]:
    """Return what the last finished drill of each campaign that had one came to."""
    drills = last_drills(session, campaign_ids)
    results = all_combined(session, list(drills.values()))
    return {id: _rehearsal(drill, results[key_of(drill)]) for id, drill in drills.items()}


def _rehearsal(drill: Drill, found: Combined) -> Rehearsal:
    third = "第三方" if drill.third_party else drill.assessor
    head = f"{drill.code} {drill.title}（{drill.begin} 至 {drill.due}，{third}）"
    return Rehearsal(head, found.words, [one.words for one in found.parts], found.weak_words)
