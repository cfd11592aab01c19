"""`shifan clock`: is this machine's clock believed, and a person's word that it is right."""

from cyclopts import App

from deployments.say import say, say_json
from deployments.typed.options import Json, Now
from deployments.typed.values import Day, Note, Post

clock = App(name="clock", help="时钟：看本机时钟是否可信；停着的提醒和审批，确认后照常。")


@clock.default
def show(*, json: Json = False, moment: Now) -> None:
    """看本机时钟是否可信。不写入任何内容。

    示例：

        shifan clock
    """
    from tasks.office.clock_watch import doubt_now

    doubt = doubt_now(moment.now)
    if json:
        say_json({"today": moment.today.isoformat(), "believed": not doubt, "doubt": doubt})
    else:
        say(doubt or f"时钟没有疑点：今天是 {moment.today}")


@clock.command
def confirm(*, today: Day, by: Post, note: Note = "", moment: Now) -> None:
    """确认本机时钟是对的：写下日历上今天的日期，与时钟一致才算数；时钟走快时写下的提醒、启动和审批随即收回，到日子再办。

    示例：

        shifan clock confirm --today 2026-11-27 --by 创建办 --note 电脑停了三周

    Parameters
    ----------
    today
        今天的日期，请看日历填写，不要照抄屏幕。
    by
        谁确认的（职务）。
    note
        说明，一句话；可不写。
    """
    from tasks.office.clock_watch import believe_clock

    say(believe_clock(today, by, note, moment.now))
