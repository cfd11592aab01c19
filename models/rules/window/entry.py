"""How long what lets somebody into the window works, and which passwords will do.

等保 2.0 第二级（GB/T 22239-2019，身份鉴别）: unique accounts, passwords of some length, a limit on
failures, an end of idle sessions.
"""

from datetime import datetime, timedelta

IDLE = timedelta(minutes=30)  # of a session
WHOLE = timedelta(hours=12)  # of a session, however busy
LINK_LASTS = timedelta(days=14)  # a personal link in a message
ONCE_LASTS = timedelta(hours=24)  # a link that works once
AHEAD = timedelta(minutes=10)  # a clock that was set back a little ends nothing

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 200  # characters
LONGEST_ACCOUNT = 40


def holds(made: datetime, lasts: timedelta, now: datetime) -> bool:
    """Say whether what was made at ``made`` and lasts so long still works; a clock ahead is allowed for."""
    return made - AHEAD <= now < made + lasts


def password_faults(password: str, name: str) -> list[str]:
    """Return what is wrong with a new password; empty when it will do."""
    faults = []
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        faults.append(f"口令应有 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字")
    if not password.isprintable():
        faults.append("口令里有不能显示的字符")
    if len(set(password)) < 5:
        faults.append("口令里不同的字太少（至少 5 个不同的字）")
    if name and name.casefold() in password.casefold():
        faults.append("口令里不能有账号名")
    return faults


def account_fault(name: str) -> str:
    """Return what is wrong with an account's name; empty when it can be one."""
    if name and name == name.strip() and name.isprintable() and len(name) <= LONGEST_ACCOUNT:
        return ""
    return f"账号名应是一行、{LONGEST_ACCOUNT} 个字以内的文字，前后没有空格"
