"""`shifan notices`: send what is due, see what was said to whom."""

from datetime import datetime

from cyclopts import App

from deployments.say import say

notices = App(name="notices", help="提醒:立即发送。")


def register(app: App) -> None:
    """Add the word to the command."""
    app.command(notices)


@notices.command
def deliver(*, now: datetime | None = None) -> None:
    """立即发送该发的提醒(平时每 5 分钟自动发送一次)。

    示例:

        shifan notices deliver

    Parameters
    ----------
    now
        按这个时刻发送,如 2025-07-21T09:00;默认现在。
    """
    from flows import clock
    from models.schema import ensure_schema
    from tasks.delivery import deliver as run_delivery

    ensure_schema(clock.now())
    said = clock.local(now) if now else None
    say(run_delivery(lambda: said or clock.now()).in_words())
