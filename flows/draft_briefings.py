"""Every afternoon: on the last working day of the week, draft the briefing of each campaign."""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.missed import once_for_all_missed
from flows.running.step import shown, step
from tasks.papers.briefings.weekly import draft_the_week


@shown(
    "简报稿",
    "每天 15:30 看一次：一周的最后一个工作日，收下各单位的简报投稿，形成这一周的简报稿。稿子没有期号，由人确认后才编号。",
)
@once_for_all_missed
def draft_briefings() -> State:
    """Every campaign that wants one has the draft of its week, where there is anything to say.

    May be repeated, and at the same time as itself: a week is drafted once. Confirms and sends nothing.
    """
    lines = step("形成简报稿", draft_the_week)(clock.moment())
    for line in lines:
        get_run_logger().info(line)
    return Completed(message="。".join(lines)[:500] or "今天不出简报稿")
