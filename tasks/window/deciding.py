"""The last page before an answer counts: what was chosen, and in one sentence what will happen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from models.audit.about import entries_of_question
from models.campaign.campaign import stages_of
from models.database import open_session
from models.decisions.decision import ASKED, ESCALATED
from models.decisions.hearing import Hearing
from models.errors import DecisionError
from models.notices.stages import owners
from models.rules.calendar.moment import Moment
from models.rules.decisions.answers import Answer, Said, Voice
from models.rules.decisions.decisions import moot, opens_after
from models.rules.decisions.foretold import NamedStage, Prospect, sentence_of
from models.rules.gates.values import GateReport
from models.rules.words import OFFICE, UNDER_WAY, StageStatus
from tasks.decisions.answering import faults_of
from tasks.decisions.questions import gate_asked
from tasks.window.decision import question_page
from tasks.window.decision_values import DecisionPage

PRESSED_AGAIN = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class LastPage:
    """An answer that waits for its code: ``sentence`` says what will happen once it counts.

    Where the question was closed meanwhile ``page.ended`` says how, and there is no sentence.
    """

    page: DecisionPage
    said: Said
    sentence: str = ""


def last_page(number: int, said: Said, post_id: int | None, moment: Moment) -> LastPage:
    """Return what ``said`` would do to the question ``number``, as things stand; nothing is written.

    Raises DecisionError with everything that forbids it, NotFoundError where there is no such question.
    """
    with open_session(read_only=True) as session:
        one = Hearing.numbered(session, number, moment)
        if one.decision.status != ASKED:
            return LastPage(question_page(one, GateReport(), post_id), said)
        if reason := moot(StageStatus(one.stage.status), opening=one.decision.is_opening):
            raise DecisionError(f"{reason}，不需要再决定")
        gate = gate_asked(one)
        if wrong := faults_of(one, said, gate):
            raise DecisionError("；".join(wrong))
        page = question_page(one, gate, post_id)
        return LastPage(page, said, sentence_of(said, prospect(one, gate, page.speaker)))


def heard_before(number: int, answer: Answer | None, via: str, moment: Moment) -> int | None:
    """Return the entry by which ``via`` just gave that answer to the question; None where it gave none.

    So a button that was pressed twice, because the first time took long, leads to its receipt.
    """
    if answer is None:
        return None
    with open_session(read_only=True) as session:
        for entry in entries_of_question(session, number, moment.now - PRESSED_AGAIN):
            facts = json.loads(entry.facts)
            given = entry.what.removeprefix("decision-"), facts.get("answer")
            if facts.get("window") == via and answer.value in given:
                return entry.id
    return None


def prospect(one: Hearing, gate: GateReport, speaker: str) -> Prospect:
    """Return what an answer of ``speaker`` would meet: the facts that the act goes by."""
    session, stage, decision = one.session, one.stage, one.decision
    stages = [s for s in stages_of(session, stage.campaign_id) if s.id != stage.id]
    opens = opens_after(stage.ordinal, [stage, *stages])
    named = {s.ordinal: NamedStage(s.ordinal, s.name, s.planned_start) for s in [stage, *stages]}
    units = _owning(gate)
    everybody = one.everybody
    back = owners(session, stage.campaign_id, units)
    return Prospect(
        today=one.moment.today,
        stage=named[stage.ordinal],
        end=stage.planned_end,
        original_end=stage.original_end,
        opening=decision.is_opening,
        voices=[
            Voice(post.title, Answer(a.answer) if a.answer else None, a.how == ESCALATED)
            for a, post in one.asked
            if not (post.vacant and not a.answer)
        ],
        speaker=speaker,
        together=decision.all_must_agree,
        obstacles=len(gate.obstacles),
        opens=named[opens] if opens is not None else None,
        going=any(s.status in UNDER_WAY for s in stages),
        owners=units,
        told=len(everybody),
        told_back=len({*everybody, *back}),
    )


def _owning(gate: GateReport) -> Sequence[str]:
    named = dict.fromkeys(obstacle.owner for obstacle in gate.obstacles)
    return [name for name in named if name and name != OFFICE]
