"""On a work pool: patrol one campaign, as the province's patrol asks for each."""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.forms import Campaign
from flows.running.publish import announce
from flows.running.step import shown
from models.settings import local_day
from tasks.campaign.naming import none_under_way
from tasks.patrol.patrol import patrol_all
from tasks.patrol.summary import summary


@shown(
    "巡查一个创建活动",
    "由“全省巡查”为每个创建活动各运行一次；也可以自己运行，补巡一个。页面由全省巡查统一发布。",
)
async def patrol_one(campaign: Campaign = "") -> State:
    """One campaign's due stages are open, and every new fact has its notice; its round is written.

    May be repeated, and at the same time as itself: a second patrol of the day writes nothing. Pages,
    requests for decisions and the heartbeat are of all campaigns: the province's patrol sees to them.
    """
    now = clock.now()
    views = patrol_all(
        campaign or None, local_day(now), now
    )  # a step of its own would show nothing more
    if not any(view.held for view in views):
        announce(views)
    said = "。".join(summary(view) for view in views) or none_under_way()
    get_run_logger().info(said)
    return Completed(message=said[:500])
