"""Every evening: are the links of the evidence still there, and do their pages say what they said?"""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.missed import once_for_all_missed
from flows.running.step import shown, step
from tasks.evidence.links.watching import watch_all


@shown(
    "复核网址",
    "每天 18:30：证明材料里的网址每周看一遍，评估前后每三天一遍，打不开的次日再试，直到整体结束。",
)
@once_for_all_missed
def watch_links() -> State:
    """Every link that was due was looked at, its page kept, and what is dead or changed is marked.

    May be repeated, and at the same time as itself. Sends nothing: the unit hears of it in the message that
    goes anyway.
    """
    found = step("看网址", watch_all)(clock.moment())
    for line in found.lines:
        get_run_logger().info(line)
    said = "。".join(found.lines) or "没有到期要看的网址"
    return Completed(message=said[:500])
