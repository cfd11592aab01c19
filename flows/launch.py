"""Launch: mobilise, form the task force, train, pass it on to every unit (实施步骤 一).

Runs every working morning while such a stage is under way.
"""

from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.stage_round import begin, finish
from flows.running.step import shown, step
from models.rules.words import StageKind
from tasks.stages.launching import founding, units_ready


@shown(
    "部署启动",
    "部署启动阶段进行中时，每天查动员部署会、专班、培训和方案办了没有，哪些单位还没有自己的方案、台账、联络员；写清单、查推进条件。",
)
@once_for_all_missed
def launch(campaign: Campaign = "", today: Day = "") -> State:
    """The page says whether the meeting was held and the task force founded, and which unit lacks what.

    May be repeated: checklists are replaced by today's, nothing else is written; of another day nothing is.
    """
    morning = begin(StageKind.LAUNCH, campaign, today)
    if not morning.rounds:
        return morning.without_a_stage
    founded = step("查会议、专班、培训和方案", founding)(morning.rounds)
    ready = step("查各单位的方案、台账和联络员", units_ready)(morning.rounds)
    return finish(morning, founded, ready)
