"""Which run asks which question: remembered, compared with what Prefect says, and replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.decision import (
    Decision,
    asked_about,
    close_runs,
    closed_with_runs,
    open_decisions,
    take_run,
)
from models.decisions.hearing import Hearing
from models.keys import key_of
from models.rules.calendar.moment import Moment
from tasks.decisions.aftermath import closed_in_words


@dataclass(frozen=True, slots=True)
class AskedRun:
    """A question and the run whose form answers it; ``ended`` says how it ended, empty while open."""

    decision_id: int
    flow_run: str
    campaign: str
    title: str
    ended: str = ""


def open_runs() -> list[AskedRun]:
    """Return every open question with its run, empty where none was started yet."""
    with open_session(read_only=True) as session:
        return [_run_of(session, decision) for decision in open_decisions(session)]


def leftover_runs() -> list[AskedRun]:
    """Return the runs of questions that were closed elsewhere; their forms answer nothing any more."""
    with open_session(read_only=True) as session:
        return [_run_of(session, decision) for decision in closed_with_runs(session)]


def _run_of(session: Session, decision: Decision) -> AskedRun:
    return AskedRun(
        key_of(decision),
        decision.flow_run,
        session.get_one(Campaign, decision.campaign_id).label,
        asked_about(decision, session.get_one(Stage, decision.stage_id).name),
        closed_in_words(decision),
    )


def remember_run(
    decision_id: int, flow_run: str, *, before: str, found: str, moment: Moment
) -> bool:
    """Remember the run that asks a question now; False when another process was quicker.

    ``found`` says what became of the run ``before``; replacing one is an entry of the audit, for
    somebody touched it by hand or it was lost.
    """
    with open_session() as session:
        if not take_run(session, decision_id, flow_run, before):
            return False
        if before:
            one = Hearing.numbered(session, decision_id, moment)
            facts = {"run": flow_run, "before": before, "found": found}
            one.note("decision-asked-again", Occasion("系统", moment), **facts)
        return True


def forget_runs(decision_ids: Sequence[int]) -> None:
    """Note that the runs of closed questions need no more looking after."""
    with open_session() as session:
        close_runs(session, decision_ids)
