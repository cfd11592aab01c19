"""What a command does around a one-time code: send what waits, read the code unseen."""

import sys


def read_code(prompt: str = "验证码：") -> str:
    """Return the code typed at the terminal, unseen, or the first line of a pipe.

    Never an argument: every user of the machine sees those. Raises DecisionError where there is
    nothing to read from.
    """
    import getpass

    from models.errors import DecisionError

    if sys.stdin is not None and sys.stdin.isatty():
        return getpass.getpass(prompt)
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except OSError:  # closed by whoever started us
        line = ""
    if not line:
        raise DecisionError("没有读到验证码：请在终端里运行并在提示后输入，或从管道传入一行")
    return line


def read_new_password() -> str:
    """Return a new password, typed twice at the terminal, unseen, or the first line of a pipe.

    Raises UnclearError where both times differ, or where there is nothing to read from.
    """
    import getpass

    from models.errors import UnclearError

    if sys.stdin is not None and sys.stdin.isatty():
        typed = getpass.getpass("口令（至少 10 个字）：")
        if typed != getpass.getpass("再输入一次："):
            raise UnclearError("两次输入的口令不一样，什么也没有改")
        return typed
    try:
        line = sys.stdin.readline() if sys.stdin else ""
    except OSError:  # closed by whoever started us
        line = ""
    if not line.strip():
        raise UnclearError("没有读到口令：请在终端里运行并在提示后输入，或从管道传入一行")
    return line.rstrip("\r\n")


def send_now() -> None:
    """Send what a leader must hear at once, without waiting for the next round; harmless at any time.

    What was done stands whether or not it can be said now: where sending is not possible the next
    round tries again, and the terminal says why.
    """
    from flows.running import clock
    from models.errors import CampaignError
    from models.settings import settings

    if settings().channels is None:
        return
    from tasks.notices.delivery import deliver

    try:
        deliver(clock.now)
    except CampaignError as error:
        sys.stderr.write(f"已登记；通知暂时没有发出：{error}\n")
