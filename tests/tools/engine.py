"""The whole suite on PostgreSQL: `--on postgresql` gives every test that asks for a database one of that kind.

`--on kingbase` speaks to the same PostgreSQL through Kingbase's own driver, where it is installed.
What asks for no database is left out, and so is what is about SQLite's own files (marker `sqlite`, which
says why): the summary counts the one and names the other.
"""

from collections import Counter
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

_LEFT_OUT: Counter[str] = Counter()
_NEEDS_NONE = "ask for no database"
_DATABASES = {"database", "any_database", "one_database"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take ``--on``: the database of the tests that do not care which it is."""
    parser.addoption("--on", choices=("sqlite", "postgresql", "kingbase"), default="sqlite")


def on_postgresql(config: pytest.Config) -> bool:
    """Say whether the tests are asked to run on PostgreSQL."""
    return bool(config.getoption("--on") != "sqlite")


def address(config: pytest.Config, url: str) -> str:
    """Return how the office's settings name the database of ``url``, whose socket lies in a folder."""
    if config.getoption("--on") != "kingbase":
        return url
    host = Path(parse_qs(urlsplit(url).query)["host"][0])
    [socket] = host.glob(".s.PGSQL.*[0-9]")
    with suppress(FileExistsError):  # the driver looks for a socket of another name
        (host / f".s.KINGBASE{socket.suffix}").symlink_to(socket)
    return f"{url}&port={socket.suffix[1:]}".replace("postgresql://", "kingbase://")


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out of ``items`` what does not run on PostgreSQL, where that was asked for, and count it.

    Raises UsageError for a marker `sqlite` that does not say why.
    """
    reasons = [(item, _left_out(item)) for item in items]
    if on_postgresql(config):
        _LEFT_OUT.update(reason for _, reason in reasons if reason)
        items[:] = [item for item, reason in reasons if not reason]
        config.hook.pytest_deselected(items=[item for item, reason in reasons if reason])


def _left_out(item: pytest.Item) -> str:
    if mark := item.get_closest_marker("sqlite"):
        if not mark.args:
            raise pytest.UsageError(f"{item.nodeid}: the marker sqlite wants a reason")
        return f"{item.nodeid.split('[')[0]}: {mark.args[0]}"
    if not _DATABASES & set(getattr(item, "fixturenames", ())):
        return _NEEDS_NONE
    return "run on SQLite all the same" if "[sqlite" in item.nodeid else ""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand what a worker left out to whoever sums up; every worker collects all tests, and leaves out the same."""
    if (output := getattr(session.config, "workeroutput", None)) is not None:
        output["left_out"] = dict(_LEFT_OUT)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take over what a worker left out."""
    _LEFT_OUT.update(Counter(getattr(node, "workeroutput", {}).get("left_out", {})) - _LEFT_OUT)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter,
) -> None:
    """Say what did not run on PostgreSQL, and why."""
    for reason, number in sorted(_LEFT_OUT.items()):
        terminalreporter.write_line(f"not on PostgreSQL: {number} {reason}")
