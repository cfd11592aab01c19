"""Every morning before the patrol: are the channels still there? Silent when all is well."""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.missed import once_for_all_missed
from flows.running.step import shown, step
from tasks.notices.self_test import self_test


@shown("通道自检", "每天 8:00：看通道是否都在；全部正常时不打扰任何人，有问题时通知创建办。")
@once_for_all_missed
def check_channels() -> State:
    """Every channel was looked at; the office has a notice when something is wrong.

    May be repeated: the office is told once a day. Sends no message itself.
    """
    found = step("检查通道", self_test)(clock.moment())
    for fault in found.faults:
        get_run_logger().warning(fault)
    bad = len(found.faults)
    words = f"通道有 {bad} 处问题，已通知创建办" if bad else "通道没有发现问题"
    return Completed(message=f"{words}；{found.looked_at}")
