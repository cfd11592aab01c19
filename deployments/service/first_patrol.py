"""The first patrol of a start: whether it has ended, and what it came to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

from flows.running.of_all import is_of_all

PATROL = "每日巡查"  # the deployment
FIRST_PATROL = "启动时巡查"  # the tag of the run that a start asks for

DONE = ("COMPLETED", "FAILED", "CRASHED")
GIVEN_UP = "CANCELLED"


@dataclass(frozen=True, slots=True)
class PatrolRun:
    """A run of the patrol as Prefect tells it; ``of_all``: no preview, and of no one campaign."""

    state: str
    message: str
    of_all: bool

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Self:
        """Return the run of an answer of Prefect's."""
        state = told.get("state") or {}
        kind = str(state.get("type"))
        return cls(kind, str(state.get("message") or kind), is_of_all(told.get("parameters") or {}))


def outcome(asked: Sequence[PatrolRun], all_since: Sequence[PatrolRun]) -> str | None:
    """Return the line of the patrol that did the work, None while that one still runs.

    ``asked`` are the runs that this start asked for, ``all_since`` every patrol that began since or is
    about to, both newest first. One patrol runs at a time: where another was under way (its hour had
    just come), ours was cancelled as one too many, and the other is the one that counts. A preview or
    a patrol of one campaign is none.
    """
    if not asked:
        return None
    ours = asked[0]
    if ours.state in DONE:
        return ours.message
    if ours.state != GIVEN_UP:
        return None
    others = [run for run in all_since if run.state != GIVEN_UP and run.of_all]
    if ended := next((run.message for run in others if run.state in DONE), None):
        return ended
    return None if others else f"没有巡查，运行被取消了（{ours.message}）；可以在界面上再运行一次"
