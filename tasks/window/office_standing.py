"""What the office did that stands now, and can be taken back in the window."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from sqlmodel import Session

from models.audit.taking_back import TAKEN_BACK, newest_of_findings, taken_back_since
from models.decisions.confirmation import standing_entries
from models.decisions.decision import Decision, asked_posts, open_decisions
from models.keys import key_of
from models.notices.burden import allowances_of, monday_of
from models.notices.silence import silences_of
from models.rules.decisions.decisions import Why, withdrawal_fault
from models.rules.findings.life import CAN_BE_TAKEN_BACK
from models.rules.window.finding_history import PREFIX
from models.units.succession_back import SUCCESSION, UNDO

AT_THE_RECEIPT = ("progress", "acknowledged")  # where these are taken back


@dataclass(frozen=True, slots=True)
class StandingActs:
    """Silences and questions by name and number, confirmations by entry, units that a leader's word of
    this week lets be asked more often; and the entries that were taken back."""

    silences: Collection[str]
    questions: Collection[int]
    confirmed: Collection[int]
    allowed: Collection[str]
    week: str
    gone: Collection[int]
    newest: Mapping[str, int]  # the last entry about each finding and visit

    @classmethod
    def of(cls, session: Session, campaign_id: int, today: date, since: int) -> Self:
        """Return what stands today; taken back is only what entries after ``since`` took back."""
        monday = monday_of(today)
        silences = silences_of(session, campaign_id)
        asked = open_decisions(session, campaign_id)
        return cls(
            [f"silence {s.id}" for s in silences if s.ended_on is None and s.until >= today],
            [key_of(one) for one in asked if not _fault(session, one)],
            standing_entries(session, campaign_id),
            allowances_of(session, campaign_id, monday),
            monday.isoformat(),
            taken_back_since(session, campaign_id, since),
            newest_of_findings(session, campaign_id, since),
        )

    def has(self, number: int, what: str, subject: str, facts: Mapping[str, Any]) -> bool:
        """Say whether what entry ``number`` did stands and can be taken back."""
        if what == "silence-added":
            return subject in self.silences
        if what == "decision-asked":
            return facts.get("decision") in self.questions
        if what == "asks-allowed":
            return facts.get("week") == self.week and subject in self.allowed
        if what.removeprefix(PREFIX) in CAN_BE_TAKEN_BACK and what.startswith(PREFIX):
            return self.newest.get(subject) == number
        if what == "visits-held":
            return self.newest.get(subject) == number and not facts.get("problems")
        if what in AT_THE_RECEIPT:
            return number not in self.gone and TAKEN_BACK not in facts
        if what == SUCCESSION:
            return UNDO in facts and number not in self.gone
        return number in self.confirmed


def _fault(session: Session, one: Decision) -> str:
    heard = [post.title for voice, post in asked_posts(session, key_of(one)) if voice.answer]
    return withdrawal_fault(Why(one.why), heard)
