"""Consolidation: upload the material, look back, clear every problem (实施步骤 四).

Runs every working morning while such a stage is under way.
"""

from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.stage_round import begin, finish
from flows.running.step import shown, step
from models.rules.words import StageKind
from tasks.stages.consolidating import findings_looked_back, package_standing, uploads_registered


@shown(
    "巩固提升",
    "巩固提升阶段进行中时，每天查申报材料包缺什么、变了什么，哪些材料没有登记上传，哪些问题没有销号、没有回头看；写清单、查推进条件。",
)
@once_for_all_missed
def consolidate(campaign: Campaign = "", today: Day = "") -> State:
    """The page says what the package lacks, what is not uploaded, and which problems want a look back.

    May be repeated: checklists are replaced by today's, nothing else is written; of another day nothing is.
    """
    morning = begin(StageKind.CONSOLIDATION, campaign, today)
    if not morning.rounds:
        return morning.without_a_stage
    packed = step("核对申报材料包", package_standing)(morning.rounds)
    uploaded = step("核对上传登记", uploads_registered)(morning.rounds)
    looked_back = step("查问题销号和回头看", findings_looked_back)(morning.rounds)
    return finish(morning, packed, uploaded, looked_back)
