"""Whether what should run by itself did: the patrol, the rounds of delivery, and who watches over them."""

import json
from datetime import UTC, datetime, timedelta

from models.database import open_session, sqlite_file
from models.doctor.signs import DELIVERY, signs_of
from models.errors import CampaignError
from models.settings import office_time, settings
from tasks.doctor.diagnosis import Diagnosis, bad, to_look_at, well
from tasks.doctor.patrols import LastPatrol, last_patrol
from tasks.doctor.words import ago_in_words
from tasks.office.switches import schedules_off
from tasks.patrol.heartbeat import DELIVERY_FILE, last_beat

MISSED_DELIVERIES = timedelta(minutes=30)
CLOCKS_DIFFER = timedelta(
    minutes=5
)  # a sign that is further ahead comes from a clock that was wrong
WATCHDOG_FILE = (
    "watchdog.seen"  # beside the heartbeat; left by `deployments/watchdog.py` at each look
)
WATCHDOG_QUIET = timedelta(minutes=30)
START = "shifan up"
MEND_PATROL = (
    "看示范是否启动着、“每日巡查”有没有停用；在运行界面里再运行一次“每日巡查”，没有做的就补上"
)


def patrol_ran(now: datetime) -> Diagnosis:
    """Say whether the last complete patrol is the one that was due: of all campaigns, on whichever machine."""
    last = last_patrol(now)
    if last is None:
        return to_look_at("还没有完成过定时巡查", "启动以后，第一次巡查会自动做", START)
    said = f"最近一次完整巡查是{last.day:%-m月%-d日}的，{last.campaigns} 个活动（{ago_in_words(last.at, now)}）"
    if last.late:
        days = f"，共 {last.late} 个工作日没有" if last.late > 1 else ""
        words = f"{last.due:%-m月%-d日}应做的巡查没有完成{days}{_missed(last)}"
        others = said if last.day < last.due else f"其余 {last.campaigns} 个都巡查过"
        return bad(f"{words}；{others}", MEND_PATROL, START)
    return well(said + _beat_beside(last))


def _missed(last: LastPatrol) -> str:
    """Return which campaigns were not patrolled, in words; empty where that is not known."""
    more = f"等 {last.missed} 个" if last.missed > len(last.named) else ""
    return f"，没有巡查到：{'、'.join(last.named)}{more}" if last.named else ""


def _beat_beside(last: LastPatrol) -> str:
    """Say where this machine's heartbeat, which a watchdog here would look at, knows less than the table."""
    beat = last_beat()
    if beat and beat.day >= last.day:
        return ""
    here = f"停在{beat.day:%-m月%-d日}" if beat else "还没有"
    return f"；是别的电脑做的，这台电脑上的心跳{here}，看门狗要看做巡查的那一台"


def deliveries_run(now: datetime) -> Diagnosis:
    """Say whether the canary sings: the round of delivery that is scheduled every five minutes, on any machine."""
    last = last_delivery(now)
    if last is None:
        return to_look_at("还没有定时发送过", "启动以后每 5 分钟自动发送", START)
    said = f"最近一次定时发送在 {ago_in_words(last, now)}"
    if now - last > MISSED_DELIVERIES:
        return bad(f"{said}，应每 5 分钟一次", "看示范是否启动着、“发送提醒”有没有停用", START)
    return well(said)


def last_delivery(now: datetime) -> datetime | None:
    """Return when a round of delivery last ended, on any machine; None before the first. At most one statement.

    Each round leaves a sign in the database that several machines share; on SQLite, and where the database
    cannot be read, the file says it that the rounds of this machine leave.
    """
    try:
        said = [last_delivery_here(now), *_deliveries_elsewhere(now)]
    except CampaignError:  # the database is ill, which has a line of its own
        return last_delivery_here(now)
    return max((at for at in said if at and at <= now + CLOCKS_DIFFER), default=None)


def last_delivery_here(now: datetime) -> datetime | None:
    """Return when a round of delivery last ended on this machine, by its file; None before the first."""
    try:
        said = json.loads((settings().home / DELIVERY_FILE).read_bytes())
        at = datetime.fromisoformat(said["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return at if at <= now + CLOCKS_DIFFER else None


def _deliveries_elsewhere(now: datetime) -> list[datetime]:
    if sqlite_file():
        return []
    with open_session(read_only=True) as session:
        return [one.at for one in signs_of(session, DELIVERY, now)]


def nothing_switched_off(_now: datetime) -> Diagnosis:
    """Name the schedules that somebody switched off."""
    off = [f"“{one.schedule}”（{office_time(one.at):%-m月%-d日}起）" for one in schedules_off()]
    if not off:
        return well("没有停用的")
    return to_look_at(f"停用了{'、'.join(off)}，到点不会自动运行", "不是有意的，在运行界面里打开")


def watchdog_looks(now: datetime) -> Diagnosis:
    """Say when the watchdog last looked, by the sign it leaves beside the heartbeat."""
    try:
        seen = (settings().home / WATCHDOG_FILE).stat().st_mtime
    except FileNotFoundError:
        return to_look_at(
            "没有看门狗来过的记号：没有设，或它在别的机器上、写不进数据目录（那样这里看不到）",
            "照“看门狗”一段设一个：系统整个停了，只有它能报警",
        )
    last = datetime.fromtimestamp(seen, UTC)
    said = f"看门狗 {ago_in_words(last, now)}来看过"
    return to_look_at(said, "看它的定时任务是否还在") if now - last > WATCHDOG_QUIET else well(said)
