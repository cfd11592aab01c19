"""The kernel's table and the tally of refusals."""

import os
import socket
from datetime import UTC, datetime, timedelta

from deployments.door.callers.counting import MOST_ROWS, WINDOW, Tally
from deployments.door.callers.neighbours import owner_of

NOW = datetime(2026, 5, 20, 2, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


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
