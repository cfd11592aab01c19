"""Self-evaluation: review every indicator's material, score it, write the report."""

from prefect import flow
from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.run_names import run_name
from flows.running.stage_round import stage_round
from flows.running.step import in_one_line
from models.rules.words import StageKind


@flow(
    name="自评初审",
    flow_run_name=run_name("自评初审"),
    description="自评初审阶段进行中时，每天写清单、查推进条件。",
)
@in_one_line
@once_for_all_missed
def self_evaluate(campaign: Campaign = "", today: Day = "") -> State:
    """Every unit has its checklist of each such stage under way, and the obstacles are shown.

    May be repeated: checklists are replaced by today's, nothing else is written.
    """
    return stage_round(StageKind.SELF_EVALUATION, campaign, today)
