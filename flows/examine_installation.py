"""Every morning before everything else: is the installation well? The office hears of what is newly bad."""

from prefect import get_run_logger
from prefect.states import Completed, State

from flows.running import clock
from flows.running.missed import once_for_all_missed
from flows.running.publish import show
from flows.running.step import shown, step
from tasks.doctor.daily import examine_daily
from tasks.doctor.diagnosis import Health

PAGE = "doctor"


@shown(
    "体检",
    "每天 7:50：程序、数据库、磁盘、通道、时钟、定时任务逐项看一遍；有新的毛病才告诉创建办。",
)
@once_for_all_missed
def examine_installation() -> State:
    """Every check was made, its result is kept for the window, and the office has a notice of what is newly bad.

    May be repeated: a fault that lasts is told once. Sends no message itself.
    """
    examined = step("逐项看一遍", examine_daily)(clock.moment())
    for line in examined.found.lines:
        if line.health is not Health.WELL:
            get_run_logger().warning("%s：%s", line.name, line.words)
    step("发布到界面", show)(PAGE, examined.table(), f"体检：{examined.found.in_words}")
    told = f"；新的毛病已告诉创建办：{'、'.join(examined.told)}" if examined.told else ""
    return Completed(message=f"体检：{examined.found.in_words}{told}"[:500])
