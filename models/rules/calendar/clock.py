"""Whether a clock can be believed: what it shows beside the last instant at which it was believed."""

from datetime import datetime, timedelta

from models.rules.calendar.moment import Moment
from models.rules.words import Worded

# A clock that is set right by the net, or an hour wrong, changes no day; eight hours (a zone taken for
# another) and every date that somebody mistyped do.
BACK = timedelta(hours=3)
# Working days without a sign of life. The longest holidays count for none, and where a year's are not
# published for seven at most; a machine that stood still for longer looks like a clock set forward.
AHEAD_WORKDAYS = 7
FAR = timedelta(days=60)  # further ahead no calendar need be asked

STOPPED = "单位负责人以上的提醒、阶段启动和审批都先停着，只提醒联络员"
WHAT_TO_DO = (
    "请对照日历：时间对（如电脑停了几周），运行 shifan clock confirm --today 今天的日期 --by 创建办，"
    "或在界面上填“确认时钟”；不对，请先校正本机时钟"
)


class Jump(Worded):
    """How a clock is not to be believed."""

    AHEAD = "ahead", "走快，或停了很久"
    BACK = "back", "走慢"


def jump(seen: datetime, at: Moment) -> Jump | None:
    """Return how ``at`` cannot follow the instant ``seen``; None while it can.

    Back: on an earlier day, by more than three hours. Ahead: more than seven working days later.
    """
    seen, now = seen.astimezone(at.zone), at.local
    if seen - now > BACK and now.date() < seen.date():
        return Jump.BACK
    if now - seen > FAR or at.workdays_since(seen.date()) > AHEAD_WORKDAYS:
        return Jump.AHEAD
    return None


def doubt(seen: datetime, at: Moment) -> str:
    """Return why a clock that shows ``at`` after ``seen`` is not believed, and what to do."""
    seen, now = seen.astimezone(at.zone), at.local
    if jump(seen, at) is Jump.BACK:
        how = f"比上次可信的时间 {seen:%Y-%m-%d %H:%M} 还早"
    else:
        days = at.workdays_since(seen.date())
        how = f"离上次可信的时间 {seen:%Y-%m-%d %H:%M} 隔了 {days} 个工作日"
    return f"本机时钟可疑：现在显示 {now:%Y-%m-%d %H:%M}，{how}。{STOPPED}。{WHAT_TO_DO}"
