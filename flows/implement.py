"""Implementation: every unit checks itself, gathers evidence, publicises, finds its highlight."""

from prefect import flow
from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.run_names import run_name
from flows.running.stage_round import stage_round
from flows.running.step import in_one_line
from models.rules.words import StageKind


@flow(
    name="实施推进",
    flow_run_name=run_name("实施推进"),
    description="实施推进阶段进行中时，每天写清单、查推进条件。",
)
@in_one_line
@once_for_all_missed
def implement(campaign: Campaign = "", today: Day = "") -> State:
    """Every unit has its checklist of each such stage under way, and the obstacles are shown.

    May be repeated: checklists are replaced by today's, nothing else is written.
    """
    return stage_round(StageKind.IMPLEMENTATION, campaign, today)
