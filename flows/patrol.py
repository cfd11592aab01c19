"""Every working morning: open what is due, see every light, write down who must be told."""

from prefect.states import State

from flows.running import clock
from flows.running.forms import Campaign, Day, day_in
from flows.running.here import patrol_here
from flows.running.missed import once_for_all_missed
from flows.running.step import shown
from models.settings import local_day


@shown("巡查", "每个工作日 8:30：打开到期的阶段，计算每盏灯，写下该提醒谁。休息日不巡查。")
@once_for_all_missed
def patrol(campaign: Campaign = "", today: Day = "") -> State:
    """Every due stage is open, every new fact has its notice, and the three pages show today.

    May be repeated: a second patrol of a day writes no notice and opens nothing. A complete patrol of
    the real day leaves a heartbeat for the watchdog. Another day than today is a preview: it has pages
    of its own, and nothing is written, asked, sent or announced.
    """
    now = clock.now()
    return patrol_here(campaign, day_in(today) or local_day(now), now)
