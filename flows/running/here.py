"""A patrol in this one process: of one campaign or of all, of today or as a preview of another day."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from prefect import get_run_logger, runtime
from prefect.states import Completed, Failed, State

from flows.running import clock
from flows.running.publish import announce, publish_board
from flows.running.question_runs import look_after_runs
from flows.running.step import step
from models.settings import local_day, moment_of
from tasks.campaign.naming import none_under_way
from tasks.patrol.board import board_pages
from tasks.patrol.heartbeat import beat
from tasks.patrol.patrol import patrol_what_can_be
from tasks.patrol.summary import summary
from tasks.patrol.view import with_the_others
from tasks.province.in_turn import patrol_in_turn

NO_PLACE = "没有空位给逐个巡查，改在这一个进程里巡查 {} 个"


def patrol_here(campaign: str, day: date, now: datetime) -> State:
    """Patrol ``campaign``, or every one, and show the three pages; a heartbeat tells of a patrol of all.

    What fails in one campaign keeps no other from being patrolled and shown; it is named, its reason stands
    in the run's log, and there is no heartbeat. May be repeated. Another day than that of ``now`` is a
    preview: it has pages of its own, and nothing is written, asked, sent or announced.
    """
    preview = day != local_day(now)
    done = step("计算亮灯，写下提醒", patrol_what_can_be)(campaign or None, day, now)
    _log(done.failed)
    views = done.views
    pages = step("画甘特图和亮灯表", board_pages)(with_the_others(views, moment_of(now, day)))
    step("发布到界面", publish_board)(pages, preview=preview)
    if preview:
        said = [summary(view) for view in views] or [none_under_way()]
        if done.fault:
            return Failed(message=done.fault[:1000])
        return Completed(name="预览", message="。".join(said)[:500])
    if not any(view.held for view in views):
        announce(views)
    asked_again = step("请求审批", look_after_runs)(clock.moment(day))
    if not done.fault:
        beat(clock.moment(day), campaign, views, str(runtime.flow_run.id or ""))

    lines = asked_again + ([summary(view) for view in views] or [none_under_way()])
    for line in lines + [view.chain for view in views[:1] if view.chain]:
        get_run_logger().info(line)
    if done.fault:
        return Failed(message=done.fault[:1000])
    return Completed(message="。".join(lines)[:500])


def patrol_the_rest(slugs: Sequence[str]) -> Mapping[str, str]:
    """Patrol ``slugs`` in this process, each by itself; return why others than those patrolled were not.

    Where the only worker's only place is held by the run that asks, nobody else will.
    """
    get_run_logger().warning(NO_PLACE.format(len(slugs)))
    done = step("逐个巡查", patrol_in_turn)(slugs, clock.now)
    _log(done.failed)
    if not any(view.held for view in done.views):
        announce(done.views)
    return done.reasons


def _log(failed: Mapping[str, Exception]) -> None:
    for slug, error in failed.items():
        get_run_logger().error(f"{slug} 没有巡查成", exc_info=error)
