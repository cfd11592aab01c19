"""A signature that a service calls too old: say that this machine's clock is wrong, and by how much."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from notifications.saying.answer import Answer

_TOO_OLD = re.compile(r"time ?stamp|时间戳|签名过期|过期|expired|within (?:one|1) hour", re.I)
NEAR = 120.0  # seconds between two clocks that nobody refuses


def ahead(date_header: str, now: datetime) -> float | None:
    """Return by how many seconds our clock is ahead of the one behind an HTTP Date; None without one."""
    try:
        theirs = parsedate_to_datetime(date_header)
    except (TypeError, ValueError):
        return None
    return (now - (theirs if theirs.tzinfo else theirs.replace(tzinfo=UTC))).total_seconds()


def with_clock(answer: Answer, seconds: float | None) -> Answer:
    """Return a refusal of a signature with what our clock has to do with it; another answer as it is.

    A clock can be put right, so another try may help.
    """
    if answer.delivered or not _TOO_OLD.search(answer.text):
        return answer
    if seconds is None:
        return replace(answer, text=f"{answer.text}（请核对这台电脑的时钟）")
    if abs(seconds) <= NEAR:
        return answer
    way = "快" if seconds > 0 else "慢"
    words = f"这台电脑的时钟比对方{way} {in_words(abs(seconds))}，请校准时钟后再发：{answer.text}"
    return replace(answer, text=words, permanent=False)


def in_words(seconds: float) -> str:
    """Return a length of time in its two largest parts: 3 小时 12 分, 2 天 5 小时."""
    minutes = round(seconds / 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [(days, "天"), (hours, "小时"), (rest, "分")]
    told = [f"{number} {unit}" for number, unit in parts if number]
    return " ".join(told[:2])
