"""Self-evaluation: review every indicator's material, score it, draft the report (实施步骤 三).

Runs every working morning while such a stage is under way.
"""

from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.stage_round import begin, finish
from flows.running.step import shown, step
from models.rules.words import StageKind
from tasks.stages.self_evaluating import report_drafts, scoring_done


@shown(
    "自评初审",
    "自评初审阶段进行中时，每天查哪些指标没有自评、初审，写自评报告的草稿、列出空白；写清单、查推进条件。",
)
@once_for_all_missed
def self_evaluate(campaign: Campaign = "", today: Day = "") -> State:
    """The page says which indicators are not scored; a draft of the report lies beside the checklists.

    May be repeated: checklists and draft are replaced by today's. No version of the report is made, and
    of another day nothing is written.
    """
    morning = begin(StageKind.SELF_EVALUATION, campaign, today)
    if not morning.rounds:
        return morning.without_a_stage
    scored = step("查自评和初审", scoring_done)(morning.rounds)
    drafted = step("写自评报告草稿", report_drafts)(morning.rounds, morning.moment)
    return finish(morning, scored, drafted)
