"""The first patrol of a start: whether it has ended, and what it came to."""

from collections.abc import Mapping, Sequence
from typing import Any

from flows.running.missed import is_of_all

PATROL = "每日巡查"  # the deployment
FIRST_PATROL = "启动时巡查"  # the tag of the run that a start asks for

DONE = ("COMPLETED", "FAILED", "CRASHED")
GIVEN_UP = "CANCELLED"

Run = Mapping[str, Any]


def outcome(asked: Sequence[Run], all_since: Sequence[Run]) -> str | None:
    """Return the line of the patrol that did the work, None while that one still runs.

    ``asked`` are the runs that this start asked for, ``all_since`` every patrol that began since or is
    about to, both newest first. One patrol runs at a time: where another was under way (its hour had
    just come), ours was cancelled as one too many, and the other is the one that counts. A preview or
    a patrol of one campaign is none.
    """
    if not asked:
        return None
    if _type(asked[0]) in DONE:
        return _line(asked[0])
    if _type(asked[0]) != GIVEN_UP:
        return None
    others = [
        run
        for run in all_since
        if _type(run) != GIVEN_UP and is_of_all(run.get("parameters") or {})
    ]
    if ended := [run for run in others if _type(run) in DONE]:
        return _line(ended[0])
    return (
        None if others else f"没有巡查，运行被取消了（{_line(asked[0])}）；可以在界面上再运行一次"
    )


def _type(run: Run) -> str:
    return str((run.get("state") or {}).get("type"))


def _line(run: Run) -> str:
    return str((run.get("state") or {}).get("message") or _type(run))
