"""How fast a robot may speak: never more than 20 in any minute, whatever the clock does."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from models.rules.notices.token_bucket import BACK_OFF, CAPACITY, LONGEST_PAUSE, Bucket, pause, take

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def full() -> Bucket:
    bucket = Bucket()
    for _ in range(CAPACITY):
        bucket, wait = take(bucket, NOON)
        assert wait == 0.0
    return bucket


def test_the_twenty_first_in_a_minute_waits_until_the_first_is_a_minute_old():
    assert take(full(), at(15)) == (full(), 45.0)
    assert take(full(), at(59.5))[1] == 0.5
    assert take(full(), at(60))[1] == 0.0  # exactly a minute later the token is back


def test_a_pause_holds_everything_and_ends():
    bucket = pause(Bucket(), NOON)

    assert take(bucket, at(1))[1] == BACK_OFF.total_seconds() - 1
    assert take(bucket, NOON + BACK_OFF)[1] == 0.0


def test_a_shorter_pause_does_not_end_a_longer_one():
    bucket = pause(pause(Bucket(), NOON, 600), at(1), 5)

    assert take(bucket, at(10))[1] == 590.0


def test_no_provider_can_ask_for_more_than_an_hour_or_less_than_nothing():
    assert take(pause(Bucket(), NOON, 1e12), NOON)[1] == LONGEST_PAUSE.total_seconds()
    assert take(pause(Bucket(), NOON, -5), NOON)[1] == 0.0


def test_a_clock_set_back_a_day_delays_by_a_minute_at_most():
    yesterday = NOON - timedelta(days=1)

    assert take(full(), yesterday)[1] == 60.0
    assert take(pause(Bucket(), NOON), yesterday)[1] == BACK_OFF.total_seconds()


@settings(deadline=None)  # the machine may be busy
@given(st.lists(st.floats(0, 30), min_size=1, max_size=150))
def test_no_minute_ever_holds_more_than_the_capacity(gaps):
    bucket, now, spoken = Bucket(), NOON, []
    for gap in gaps:
        now += timedelta(seconds=gap)
        bucket, wait = take(bucket, now)
        if not wait:
            spoken.append(now)

    for start in spoken:
        assert sum(start <= when < start + timedelta(minutes=1) for when in spoken) <= CAPACITY
    assert len(bucket.taken) <= CAPACITY
