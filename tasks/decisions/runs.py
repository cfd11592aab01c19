"""Which run asks which question: remembered, compared with what Prefect says, and replaced."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import update
from sqlmodel import Session, col, select

from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion, note
from models.database import open_session
from models.decisions.decision import (
    ASKED,
    Decision,
    asked_about,
    decision_numbered,
    open_decisions,
)
from models.keys import key_of
from models.rules.calendar.moment import Moment
from tasks.decisions.outcome import closed_in_words


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
        return [
            AskedRun(key_of(d), d.flow_run, *_names(session, d)) for d in open_decisions(session)
        ]


def leftover_runs() -> list[AskedRun]:
    """Return the runs of questions that were closed elsewhere; their forms answer nothing any more."""
    with open_session(read_only=True) as session:
        query = select(Decision).where(
            Decision.status != ASKED, Decision.flow_run != "", col(Decision.run_closed).is_(False)
        )
        return [
            AskedRun(key_of(d), d.flow_run, *_names(session, d), closed_in_words(d))
            for d in session.exec(query)
        ]


def _names(session: Session, decision: Decision) -> tuple[str, str]:
    campaign = session.get_one(Campaign, decision.campaign_id)
    stage = session.get_one(Stage, decision.stage_id)
    return campaign.label, asked_about(decision, stage.name)


def remember_run(
    decision_id: int, flow_run: str, *, before: str, found: str, moment: Moment
) -> bool:
    """Remember the run that asks a question now; False when another process was quicker.

    ``found`` says what became of the run ``before``; replacing one is an entry of the audit, for
    somebody touched it by hand or it was lost.
    """
    with open_session() as session:
        statement = (
            update(Decision)
            .where(
                col(Decision.id) == decision_id,
                col(Decision.status) == ASKED,
                col(Decision.flow_run) == before,
            )
            .values(flow_run=flow_run, run_closed=False)
        )
        if session.connection().execute(statement).rowcount != 1:
            return False
        if before:
            decision = decision_numbered(session, decision_id)
            stage = session.get_one(Stage, decision.stage_id)
            note(
                session,
                decision.campaign_id,
                Occasion("系统", moment),
                "decision-asked-again",
                f"S{stage.ordinal}",
                decision=decision_id,
                run=flow_run,
                before=before,
                found=found,
            )
        return True


def forget_runs(decision_ids: Sequence[int]) -> None:
    """Note that the runs of closed questions need no more looking after."""
    with open_session() as session:
        statement = (
            update(Decision).where(col(Decision.id).in_(list(decision_ids))).values(run_closed=True)
        )
        session.connection().execute(statement)
