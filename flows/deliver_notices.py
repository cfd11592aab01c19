"""Every five minutes: send what may go out now, and keep what the providers answered."""

from typing import Annotated

from prefect import get_run_logger
from prefect.states import Completed, State
from pydantic import Field

from flows.running import clock
from flows.running.forms import NumberOrNone
from flows.running.missed import once_for_all_missed
from flows.running.step import shown, step
from models.errors import ProgressError
from models.rules.notices.shares import Share
from tasks.notices.delivery import deliver
from tasks.patrol.heartbeat import beat_after_delivery

Part = Annotated[
    NumberOrNone,
    Field(title="第几份", description="收件人很多、分几份同时发送时填；填 0 表示全部收件人"),
]
Parts = Annotated[NumberOrNone, Field(title="共分几份", description="填 0 表示不分")]


@shown("发送提醒", "每 5 分钟：把该发的提醒发出去，记下对方的答复。")
@once_for_all_missed
def deliver_notices(part: Part = 0, parts: Parts = 0) -> State:
    """Everything that may go out has been tried once, and each answer stands on its delivery.

    May be repeated, and at the same time as itself: what a provider took is not sent to it again. Of
    several ``parts`` that run beside one another each sees to its own recipients. A round that ended
    leaves a heartbeat for the watchdog.
    """
    result = step("发送", deliver)(clock.now, share_of(part, parts))
    beat_after_delivery(clock.now())
    get_run_logger().info(result.in_words())
    return Completed(message=result.in_words())


def share_of(part: int, parts: int) -> Share:
    """Return the share that a form asks for; raises ProgressError for a part that there is not."""
    try:
        return Share(part or 1, parts or 1)
    except ValueError:
        raise ProgressError(f"共分 {parts or 1} 份，没有第 {part} 份") from None
