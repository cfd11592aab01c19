"""What an operator switched off: kept with who and when, and said in words."""

from collections.abc import Mapping

from models.audit.switch import UNKNOWN, Switch, record_switches, switched_off
from models.database import open_session
from models.rules.calendar.moment import Moment
from models.settings import office_time


def keep_switches(on: Mapping[str, bool], who: str, moment: Moment) -> int:
    """Write down which schedules are on, where that is news; return how many were switched.

    ``who`` is what is known of who did it, `UNKNOWN` where nobody saw it.
    """
    with open_session() as session:
        return record_switches(session, on, who, moment)


def schedules_off() -> list[Switch]:
    """Return the schedules that are switched off, the longest first."""
    with open_session(read_only=True) as session:
        return switched_off(session)


def off_in_words() -> list[str]:
    """Return a line for each schedule that is off: which, who switched it off, since when."""
    return [
        f"定时任务“{one.schedule}”已停用（{_who(one)}），到点不会自动运行；要恢复，在运行界面里找到它，打开它的开关"
        for one in schedules_off()
    ]


def _who(one: Switch) -> str:
    local = office_time(one.at)
    when = f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
    if one.who == UNKNOWN:
        return f"停用人不明，{when} 发现"
    return f"{one.who}，{when}"
