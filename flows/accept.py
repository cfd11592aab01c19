"""Acceptance: prepare for and take part in every activity of the assessment (实施步骤 五).

Runs every working morning while such a stage is under way.
"""

from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.stage_round import begin, finish
from flows.running.step import shown, step
from models.rules.words import StageKind
from tasks.stages.accepting import assessors_view, rehearsals_held, sign_off


@shown(
    "评估验收",
    "评估验收阶段进行中时，每天查每项评估活动演练了没有、签批到哪一步、如果今天验收会发现什么；写清单、查推进条件。",
)
@once_for_all_missed
def accept(campaign: Campaign = "", today: Day = "") -> State:
    """The page says what was rehearsed and signed off, and what the assessors would find today.

    May be repeated: checklists are replaced by today's, nothing else is written; of another day nothing is.
    """
    morning = begin(StageKind.ACCEPTANCE, campaign, today)
    if not morning.rounds:
        return morning.without_a_stage
    rehearsed = step("查八项活动的演练", rehearsals_held)(morning.rounds)
    signed = step("查签批", sign_off)(morning.rounds)
    found = step("如果今天验收", assessors_view)(morning.rounds)
    return finish(morning, rehearsed, signed, found)
