"""Spans of time as an office reads them."""

from datetime import datetime, timedelta


def ago_in_words(then: datetime, now: datetime) -> str:
    """Return how long ago ``then`` was, in the largest unit that fits: 3 分钟前."""
    return f"{span_in_words(now - then)}前"


def span_in_words(span: timedelta) -> str:
    """Return a span of time in the largest unit that fits, never below nothing."""
    seconds = max(0, int(span.total_seconds()))
    for unit, word in ((86_400, "天"), (3_600, "小时"), (60, "分钟")):
        if seconds >= unit:
            return f"{seconds // unit} {word}"
    return f"{seconds} 秒"
