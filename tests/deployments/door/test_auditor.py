"""An auditor at the door: every call that Prefect's own application has, and every one of the door's table."""

import re
from functools import cache

from prefect.server.api.server import create_api_app

from deployments.door.calls.table import CALLS, CHANGES, call_of
from tests.deployments.door.own_door import RUN, Door, cookie

# A body that the form of each change takes, by the path's last words.
FITTING = {
    "create_flow_run": {},
    "resume": {},
    "set_state": {"state": {"type": "CANCELLING", "name": "Cancelling"}},
    f"deployments/{RUN}": {"paused": True},
    f"schedules/{RUN}": {"active": False},
}


@cache
def every_call() -> set[tuple[str, str]]:
    """Return every method and path, with something in each gap of a path."""
    paths = create_api_app(ignore_cache=True).openapi()["paths"]
    known = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    known |= {(one.method, one.path) for one in CALLS}
    return {(method, f"/api{filled(path)}") for method, path in known}


def filled(path: str) -> str:
    """Return a path with an id where one is asked for, and a word in all other gaps."""
    with_ids = re.sub(r"\{(?:\w+_)?id(?::\w+)?\}", RUN, path)
    return re.sub(r"\{[^}]*\}", "x", with_ids).removesuffix("$")


def reached_by(role: str) -> set[tuple[str, str]]:
    """Return what reaches Prefect when ``role`` makes every call, with a body that the door takes."""
    door = Door(asks=True)
    for method, path in sorted(every_call()):
        body = next((body for end, body in FITTING.items() if path.endswith(end)), {})
        door.call(method, path, body, cookie=cookie(role))
    return {(method, path) for method, path, _ in door.behind.reached}


def changes(calls: set[tuple[str, str]]) -> set[str]:
    """Return which lines of the table that change something are among ``calls``."""
    found = (call_of(method, path.removeprefix("/api")) for method, path in calls)
    return {f"{one.method} {one.path}" for one in found if one in CHANGES}


def test_an_auditor_looks_at_everything_and_changes_nothing_by_any_call():
    office, auditor = reached_by("office"), reached_by("auditor")

    assert len(every_call()) > 150
    assert changes(office) == {f"{one.method} {one.path}" for one in CHANGES}
    assert changes(auditor) == set()
    assert {one for one in office if not changes({one})} == auditor
