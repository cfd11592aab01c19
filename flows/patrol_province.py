"""Every working morning on a work pool: have each campaign patrolled by a run of its own, and name who was not.

That a campaign was patrolled stands in our own table, written with its notices; what Prefect says of
runs only tells whom to try again.
"""

from datetime import timedelta
from typing import Annotated

from prefect import get_client, get_run_logger, runtime
from prefect.states import Completed, Failed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import Campaign, Day, NumberOrNone, day_in
from flows.running.here import patrol_here, patrol_the_rest
from flows.running.missed import once_for_all_missed
from flows.running.pool_runs import NOBODY, Limits, PoolRuns
from flows.running.publish import publish_board, show
from flows.running.question_runs import look_after_runs
from flows.running.step import shown, step
from models.settings import local_day
from tasks.office.clock_watch import look
from tasks.patrol.board import board_pages
from tasks.patrol.heartbeat import beat
from tasks.patrol.view import with_the_others
from tasks.province.rounds import KEY, Province, province_in_words, province_on, province_table

NAME, ONE = "全省巡查", "巡查一个创建活动/巡查一个创建活动"
LASTS = 10  # minutes
Minutes = Annotated[
    NumberOrNone,
    Field(title="每个最多几分钟", description=f"超过的停下来再试；填 0 表示 {LASTS} 分钟"),
]


@shown(
    NAME,
    "每个工作日 8:30：在工作池上为每个创建活动各运行一次巡查，同时最多 8 个；没有巡查到的点名，稍后补巡。",
)
@once_for_all_missed
def patrol_province(campaign: Campaign = "", today: Day = "", minutes: Minutes = 0) -> State:
    """Every campaign under way has its round of today, or is named with why it has none.

    May be repeated, killed and begun again, and at the same time as itself: who has a round is not
    run again, and who has a run under way gets no second one. One campaign alone, a preview, a day off
    and a day whose clock is not believed are patrolled in this process, as on one machine; so are
    those for which no worker has a place. The day is the one it began on: whose round is of the next,
    because midnight came, has been seen. When nobody is missing the pages are shown and a heartbeat tells
    the watchdog.
    """
    begun = clock.now()
    day = day_in(today) or local_day(begun)
    if campaign or day != local_day(begun):
        return patrol_here(campaign, day, begun)
    before = step("看哪些还没有巡查", province_on)(day)
    if not before.workday or step("核对时钟", look)(begun).held:
        return patrol_here("", day, begun)
    why = _runs_of_each(before, minutes or LASTS)
    if left := [slug for slug, reason in why.items() if reason == NOBODY]:
        why = {**why, **patrol_the_rest(left)}

    after = province_on(day, clock.today())
    views = with_the_others([], clock.moment())
    step("发布到界面", publish_board)(step("画甘特图和亮灯表", board_pages)(views))
    show(KEY, province_table(after, why), f"{NAME}：{day}")
    asked_again = step("请求审批", look_after_runs)(clock.moment())
    said = province_in_words(before, after, why, clock.now() - begun)
    for line in [*asked_again, said]:
        get_run_logger().info(line)
    if after.missing:
        return Failed(message=said[:1000])
    beat(clock.moment(day), None, views, str(runtime.flow_run.id or ""))
    return Completed(message=said)


def _runs_of_each(before: Province, minutes: int) -> dict[str, str]:
    """Have every campaign run that is missing; return why its run came to nothing, by campaign."""
    limits, say = Limits(timedelta(minutes=minutes)), get_run_logger().warning
    with get_client(sync_client=True) as client:
        runs = PoolRuns(client, ONE, f"{NAME} {before.day}", limits, say)
        waiting = [one.slug for one in before.missing]
        return runs.see_to(waiting, lambda: province_on(before.day, clock.today()).patrolled)
