"""How fast a robot may speak: a bucket of tokens, and a pause when the provider asks for one."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

# A group robot takes 20 messages a minute; DingTalk then shuts it for ten minutes.
CAPACITY = 20
RETURNS_AFTER = timedelta(minutes=1)
BACK_OFF = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Bucket:
    """Tokens taken, oldest first, and when speaking is allowed again; times are aware UTC."""

    taken: tuple[datetime, ...] = ()
    paused_until: datetime | None = None


def take(bucket: Bucket, now: datetime, capacity: int = CAPACITY) -> tuple[Bucket, float]:
    """Return the bucket after taking a token, and 0.0; or the bucket as it is, and seconds to wait.

    A token comes back one minute after it was taken, so no minute ever holds more than
    ``capacity`` messages. A clock set back delays at most as long as a token or a pause may last.
    """
    bucket = _as_of(bucket, now)
    if bucket.paused_until:
        return bucket, (bucket.paused_until - now).total_seconds()
    if len(bucket.taken) >= capacity:
        free = bucket.taken[len(bucket.taken) - capacity] + RETURNS_AFTER
        return bucket, (free - now).total_seconds()
    return replace(bucket, taken=(*bucket.taken, now)), 0.0


def pause(bucket: Bucket, now: datetime, seconds: float = BACK_OFF.total_seconds()) -> Bucket:
    """Return the bucket closed for ``seconds`` from ``now``, at most an hour; never shortens a pause."""
    until = now + min(timedelta(seconds=max(seconds, 0.0)), LONGEST_PAUSE)
    bucket = _as_of(bucket, now)
    return replace(bucket, paused_until=max(until, bucket.paused_until or until))


def _as_of(bucket: Bucket, now: datetime) -> Bucket:
    """Drop what is over, and move what lies in the future (the clock was set back) to ``now``."""
    taken = tuple(sorted(min(at, now) for at in bucket.taken if at > now - RETURNS_AFTER))
    until = bucket.paused_until
    if until and until > now + LONGEST_PAUSE:
        until = now + BACK_OFF
    return Bucket(taken, until if until and until > now else None)
