"""Acceptance: prepare for and take part in every activity of the assessment."""

from prefect import flow
from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.run_names import run_name
from flows.running.stage_round import stage_round
from flows.running.step import in_one_line
from models.rules.words import StageKind


@flow(
    name="评估验收",
    flow_run_name=run_name("评估验收"),
    description="评估验收阶段进行中时，每天写清单、查推进条件。",
)
@in_one_line
@once_for_all_missed
def accept(campaign: Campaign = "", today: Day = "") -> State:
    """Every unit has its checklist of each such stage under way, and the obstacles are shown.

    May be repeated: checklists are replaced by today's, nothing else is written.
    """
    return stage_round(StageKind.ACCEPTANCE, campaign, today)
