"""Every working morning before the patrol: what may be late, and when the stages will probably end."""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.forms import Campaign
from flows.running.missed import once_for_all_missed
from flows.running.step import shown, step
from tasks.foresight.making import keep_all_foreseen


@shown(
    "预计",
    "每个工作日 8:10：照到今天为止的快慢，预计哪些事项可能逾期、各阶段大致哪天办完。不亮灯、不提醒、不上报；同一天再运行一次，以后一次为准。",
)
@once_for_all_missed
def foresee(campaign: Campaign = "") -> State:
    """The board, the status and the messages of the day know what is foreseen; on a day off nothing is done.

    May be repeated: the second of a day takes the place of the first. Sends nothing, and asks nobody.
    """
    lines = step("预计", keep_all_foreseen)(campaign or None, clock.moment())
    for line in lines:
        get_run_logger().info(line)
    return Completed(
        message="。".join(lines)[:500] or "今天是休息日，或没有进行中的创建活动，不预计"
    )
