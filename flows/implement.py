"""Implementation: every unit checks itself, gathers evidence, publicises, finds its highlight (实施步骤 二).

Runs every working morning while such a stage is under way.
"""

from prefect.states import State

from flows.running.forms import Campaign, Day
from flows.running.missed import once_for_all_missed
from flows.running.stage_round import begin, finish
from flows.running.step import shown, step
from models.rules.words import StageKind
from tasks.stages.implementing import highlights_found, publicity_going_on, self_checks


@shown(
    "实施推进",
    "实施推进阶段进行中时，每天查各单位自查到哪里、宣传做了没有，从通过的材料里找特色亮点的线索；写清单、查推进条件。",
)
@once_for_all_missed
def implement(campaign: Campaign = "", today: Day = "") -> State:
    """The page says who has not checked itself, what of publicity is late, and what may be a highlight.

    May be repeated: checklists are replaced by today's, nothing else is written; of another day nothing is.
    """
    morning = begin(StageKind.IMPLEMENTATION, campaign, today)
    if not morning.rounds:
        return morning.without_a_stage
    checked = step("查各单位自查", self_checks)(morning.rounds)
    publicised = step("查宣传和报送", publicity_going_on)(morning.rounds)
    highlights = step("找特色亮点的线索", highlights_found)(morning.rounds)
    return finish(morning, checked, publicised, highlights)
