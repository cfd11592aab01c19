"""How long a source waits after wrong codes, and what guessing one comes to."""

from datetime import UTC, datetime, timedelta

import pytest

from models.rules.decisions.codes import ALPHABET, LENGTH
from models.rules.decisions.tries import (
    FORGOTTEN_AFTER,
    MOST_WRONG,
    still_counted,
    wait_after,
    wait_in_words,
    wait_left,
)

THEN = datetime(2025, 7, 21, 4, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("wrong", "minutes"),
    [
        (0, 0),
        (4, 0),  # the last that costs nothing
        (5, 1),  # the first that does
        (6, 5),
        (7, 15),
        (8, 60),
        (9, 60),  # it grows no further
        (MOST_WRONG, 60),
    ],
)
def test_the_wait_grows_from_the_fifth_wrong_code_on(wrong, minutes):
    assert wait_after(wrong) == minutes * MINUTE


@pytest.mark.parametrize(
    ("wrong", "passed", "left"),
    [
        (4, timedelta(0), timedelta(0)),
        (5, timedelta(0), MINUTE),
        (5, timedelta(seconds=59), timedelta(seconds=1)),
        (5, MINUTE, timedelta(0)),  # over to the second
        (8, 30 * MINUTE, 30 * MINUTE),
        (8, -3 * MINUTE, 60 * MINUTE),  # a clock set back: never longer than the wait itself
    ],
)
def test_what_is_left_of_a_wait(wrong, passed, left):
    assert wait_left(wrong, THEN, THEN + passed) == left


@pytest.mark.parametrize(
    ("passed", "counted"),
    [(FORGOTTEN_AFTER - timedelta(seconds=1), 7), (FORGOTTEN_AFTER, 0)],
)
def test_after_a_quiet_day_a_source_starts_afresh(passed, counted):
    assert still_counted(7, THEN, THEN + passed) == counted


def test_guessing_is_hopeless_from_one_address_and_from_all():
    codes = len(ALPHABET) ** LENGTH
    tried, left = 0, timedelta(hours=72)  # as long as a code is valid
    while left >= timedelta(0):
        tried += 1
        left -= wait_after(tried)

    assert tried < 85
    assert MOST_WRONG / codes < 1 / 100_000
    assert tried < MOST_WRONG / 10  # one address alone never wears a code out


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(1, "1 秒"), (60, "60 秒"), (61, "2 分钟"), (3600, "60 分钟"), (0.2, "1 秒")],
)
def test_a_wait_is_said_rounded_up(seconds, words):
    assert wait_in_words(timedelta(seconds=seconds)) == words
