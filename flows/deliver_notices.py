"""Every five minutes: send what may go out now, and keep what the providers answered."""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.missed import once_for_all_missed
from flows.running.step import shown, step
from tasks.notices.delivery import deliver
from tasks.patrol.heartbeat import beat_after_delivery


@shown("发送提醒", "每 5 分钟：把该发的提醒发出去，记下对方的答复。")
@once_for_all_missed
def deliver_notices() -> State:
    """Everything that may go out has been tried once, and each answer stands on its delivery.

    May be repeated, and at the same time as itself: what a provider took is not sent to it again. A
    round that ended leaves a heartbeat for the watchdog.
    """
    result = step("发送", deliver)(clock.now)
    beat_after_delivery(clock.now())
    get_run_logger().info(result.in_words())
    return Completed(message=result.in_words())
