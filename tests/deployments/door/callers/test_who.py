"""Sessions, waiting times, the kernel's table and the tally of refusals."""

import os
import socket
from datetime import UTC, datetime, timedelta

import pytest

from deployments.door.callers.counting import (
    FORGET_AFTER,
    FREE,
    LONGEST_WAIT,
    MOST_ROWS,
    WINDOW,
    Slowing,
    Tally,
)
from deployments.door.callers.neighbours import owner_of
from deployments.door.callers.who import LIFE, Sessions

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("later", "holds"),
    [
        (timedelta(), True),
        (LIFE - SECOND, True),
        (LIFE, False),
        (-timedelta(minutes=5), True),  # a clock that was set back a little
        (-timedelta(minutes=6), False),
    ],
)
def test_a_session_holds_for_a_week(later, holds):
    sessions = Sessions(b"k", "p")

    assert sessions.holds(sessions.begin(NOW), NOW + later) is holds


@pytest.mark.parametrize("change", [lambda c: "9" + c, lambda c: c[:-1], lambda c: c + "0"])
def test_a_changed_cookie_holds_nothing(change):
    sessions = Sessions(b"k", "p")

    assert not sessions.holds(change(sessions.begin(NOW)), NOW)


@pytest.mark.parametrize("cookie", ["", ".", "..", "口令", "1.2.3", "x.y.z"])
def test_what_is_no_cookie_of_ours_holds_nothing(cookie):
    assert not Sessions(b"k", "p").holds(cookie, NOW)


def test_a_new_password_or_key_ends_every_session():
    cookie = Sessions(b"k", "p").begin(NOW)

    assert Sessions(b"k", "p").holds(cookie, NOW)
    assert not Sessions(b"k", "q").holds(cookie, NOW)
    assert not Sessions(b"l", "p").holds(cookie, NOW)


def test_who_mistypes_waits_for_nothing_and_who_guesses_waits_longer_each_time():
    slowing = Slowing()
    waits = []
    for _ in range(FREE + 10):
        slowing.wrong("a", 100)
        waits.append(slowing.wait("a", 100))

    assert waits[:FREE] == [0] * FREE
    assert waits[FREE : FREE + 4] == [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT
    assert slowing.wait("b", 100) == 0  # nobody else waits
    assert slowing.wait("a", 100 + LONGEST_WAIT) == 0


def test_the_right_password_and_time_forget_the_wrong_ones():
    slowing = Slowing()
    for _ in range(FREE + 1):
        slowing.wrong("a", 0)
    slowing.right("a")
    assert slowing.wrong("a", 0) == 1
    assert slowing.wrong("a", FORGET_AFTER + 1) == 1


def test_the_kernel_tells_whose_connection_it_is():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)) as client:
            mine = owner_of(client.getsockname(), ("127.0.0.1", port))
            mapped = owner_of(
                ("::ffff:127.0.0.1", client.getsockname()[1]), ("::ffff:127.0.0.1", port)
            )
        gone = owner_of(("127.0.0.1", 1), ("127.0.0.1", port))

    assert mine == mapped == os.getuid()
    assert gone is None


def test_a_flood_of_refusals_makes_a_row_in_ten_minutes():
    tally = Tally()
    rows = [tally.count("a", "origin", at) for at in (0, 1, 2, WINDOW, WINDOW + 1)]

    assert rows == [1, None, None, 3, None]
    assert tally.count("a", "host", 2) == 1
    assert tally.count("b", "origin", 2) == 1


def test_a_flood_from_everywhere_makes_no_flood_of_rows():
    tally = Tally()
    rows = [tally.count(str(source), "origin", 0) for source in range(MOST_ROWS + 50)]

    assert rows == [1] * MOST_ROWS + [None] * 50
