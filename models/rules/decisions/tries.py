"""Wrong codes: how long whoever typed them waits before the next one is looked at.

Counted per source (where the answers come from) and matter (what the code is for), so that a
stranger's tries keep nobody else out. The odds of guessing: a code is one of 22^6 = 113,379,904, so
`MOST_WRONG` tries at one code, from however many sources, hit it with 1 in 113,000; where three
posts decide together a try is at three codes at once, 1 in 38,000. One source alone gets about 80
tries at a code of 72 hours, 1 in 1.4 million.

Behind a reverse proxy all come from its address and are one source: who mistypes there makes the
others wait too. What a proxy says of its callers is asked only where the office names the proxy: a
caller could say it as well.
"""

from datetime import datetime, timedelta

FREE = 5  # wrong codes of one source before it waits
# After the fifth wrong code, the sixth, ...; the last one holds from then on.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=60),
)
FORGOTTEN_AFTER = timedelta(hours=24)  # without a wrong code of this source it starts afresh
MOST_WRONG = 1000  # at one code, over all sources: then it is worn out and a new one can be had


def still_counted(wrong: int, last_at: datetime, now: datetime) -> int:
    """Return how many of a source's wrong codes still count at ``now``."""
    return 0 if now - last_at >= FORGOTTEN_AFTER else wrong


def wait_after(wrong: int) -> timedelta:
    """Return how long a source waits after its ``wrong``-th wrong code."""
    if wrong < FREE:
        return timedelta(0)
    return WAITS[min(wrong - FREE, len(WAITS) - 1)]


def wait_left(wrong: int, last_at: datetime, now: datetime) -> timedelta:
    """Return how long a source must still wait; nothing once the time is over.

    A clock that was set back makes nobody wait longer than the wait itself.
    """
    wait = wait_after(still_counted(wrong, last_at, now))
    return max(timedelta(0), min(wait, last_at + wait - now))


def wait_in_words(wait: timedelta) -> str:
    """Return a wait as people say it, rounded up: 5 分钟, 40 秒."""
    seconds = int(-(-wait.total_seconds() // 1))
    return f"{-(-seconds // 60)} 分钟" if seconds > 60 else f"{seconds} 秒"
