"""Time: is the clock believed, does it agree with the mail server's, are the coming holidays known."""

from datetime import datetime, timedelta

from models.calendar.calendar import work_calendar
from models.database import open_session
from models.doctor.looks import newest_mail
from models.rules.calendar.clock import WHAT_TO_DO
from models.settings import moment_of, settings
from tasks.doctor.diagnosis import Diagnosis, bad, to_look_at, well
from tasks.doctor.words import span_in_words
from tasks.office.clock_watch import doubt_of_this_look

AHEAD = timedelta(days=90)
SERVERS_MAY_DIFFER = timedelta(minutes=5)
CONFIRM = "shifan clock confirm --today 今天的日期 --by 创建办"


def clock_believed(now: datetime) -> Diagnosis:
    """Say whether the next patrol or delivery will believe the clock, and what that holds up if not."""
    if doubt := doubt_of_this_look(now):
        words = doubt.removesuffix(WHAT_TO_DO).rstrip("。")
        return bad(words, "对照日历；时间对的确认一下，不对的先校正", CONFIRM)
    return well(f"没有疑点：今天是 {moment_of(now).today:%Y年%-m月%-d日}")


def mail_clock(now: datetime) -> Diagnosis:
    """Compare with the mail server's clock, as the newest mail bears it; nobody is asked for that.

    A mail that arrived later than now shows a clock that is slow; one that is fast does not show so.
    """
    if not settings().mailbox_host:
        return well("没有设收件邮箱，不必比")
    with open_session(read_only=True) as session:
        arrived = newest_mail(session)
    if arrived is None:
        return well("收件邮箱还没有来过信，没有可比的")
    if arrived > now + SERVERS_MAY_DIFFER:
        late = span_in_words(arrived - now)
        return bad(
            f"最近一封信按邮件服务器的时钟是 {late}以后到的：本机时钟慢了", "与时间服务器对时"
        )
    return well("最近一封信的到达时间没有晚于本机时钟（本机走快的，这样看不出来）")


def holidays_known(now: datetime) -> Diagnosis:
    """Say whether the official arrangement is known for every day of the next ninety."""
    today = moment_of(now).today
    with open_session(read_only=True) as session:
        unknown = work_calendar(session).unknown_years(today, today + AHEAD)
    if not unknown:
        return well("往后 90 天的放假安排都有")
    years = "、".join(f"{year} 年" for year in unknown)
    return to_look_at(
        f"{years}的放假安排还没有装入，先按周一至周五、减去法定节假日算",
        "国务院公布以后装进来",
        "shifan holidays load 放假通知.txt",
    )
