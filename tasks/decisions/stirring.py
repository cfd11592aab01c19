"""Find the campaigns whose questions need looking after today: asked of all at once, most days of most it is none."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage
from models.campaign.stage_end import stages_and_ends_of
from models.decisions.at_a_glance import Work, open_questions, work_of
from models.decisions.decision import ESCALATED, AskedPost, Decision
from models.decisions.gate import plan_gates
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.decisions import Why, chase, moot, occasion
from models.rules.gates.judge import surely_shut
from models.rules.gates.plan import PlanGates
from models.rules.gates.values import GateFacts
from models.rules.words import UNFINISHED, StageKind, StageStatus
from models.units.unit import Post

Voices = Sequence[tuple[AskedPost, Post]]


def stirring(
    session: Session, campaigns: Sequence[Campaign], calendar: WorkCalendar, moment: Moment
) -> list[Campaign]:
    """Return those of ``campaigns`` in which a question may have to be asked, chased or closed.

    What is left out surely has none. Five statements at any size, whatever their number.
    """
    ids = [key_of(one) for one in campaigns]
    stages, questions = stages_and_ends_of(session, ids), open_questions(session, ids)
    looks = [_Look(plan_gates(one), calendar, moment) for one in campaigns]
    found, quiet = set(), []
    for id, look in zip(ids, looks, strict=True):
        of = {stage.id: stage for stage, _ in stages[id]}
        if any(
            look.stirs(decision, voices, of.get(decision.stage_id))
            for decision, voices in questions.get(id, [])
        ) or any(look.near_or_unreached(stage, end) for stage, end in stages[id]):
            found.add(id)
        elif any(stage.status == StageStatus.ACTIVE for stage, _ in stages[id]):
            quiet.append(id)
    work = work_of(session, quiet, moment.today)
    for id, look in zip(ids, looks, strict=True):
        active = [stage for stage, _ in stages[id] if stage.status == StageStatus.ACTIVE]
        if id not in found and not all(look.shut(stage, work) for stage in active):
            found.add(id)
    return [one for one, id in zip(campaigns, ids, strict=True) if id in found]


@dataclass(frozen=True, slots=True)
class _Look:
    """A look at one campaign's questions on a day, from what is known of all campaigns."""

    plan: PlanGates
    calendar: WorkCalendar
    moment: Moment

    def _near(self, stage: Stage) -> bool:
        near = self.plan.near_end_workdays
        return bool(occasion(stage.planned_end, False, self.moment.today, self.calendar, near))

    def near_or_unreached(self, stage: Stage, end: str | None) -> bool:
        """Say whether a stage comes to its end, or was closed without it."""
        if stage.status == StageStatus.ACTIVE:
            return self._near(stage)
        return stage.status == StageStatus.CLOSED and end in UNFINISHED

    def shut(self, stage: Stage, work: Work) -> bool:
        """Say whether the gate of a stage is surely shut."""
        opened, started, late = work.parts.get(stage.campaign_id, (0, 0, 0))
        facts = GateFacts(
            stage.ordinal,
            stage.planned_end,
            steps=work.steps.get(key_of(stage), []),
            unchecked={"": opened} if opened else {},
            unfinished={"": started} if started else {},
            overdue=late,
        )
        return surely_shut(StageKind(stage.kind), facts, self.plan)

    def stirs(self, decision: Decision, voices: Voices, stage: Stage | None) -> bool:
        """Say whether an open question may have to be chased or closed today."""
        if stage is None or moot(StageStatus(stage.status), opening=decision.is_opening):
            return True
        asked_by_hand = decision.why in (Why.OPENING, Why.BY_HAND, Why.OBJECTION)
        if not asked_by_hand and not self._near(stage):
            return True  # its gate must be asked
        today = self.moment.today
        escalated = any(voice.how == ESCALATED for voice, _ in voices)
        due = chase(decision.due, escalated, today, self.calendar)
        filled = any(not post.vacant and not voice.answer for voice, post in voices)
        to_remind = due.remind and decision.reminded_on != today and filled
        to_escalate = (due.escalate or not filled) and not escalated
        return due.expire or to_remind or to_escalate
