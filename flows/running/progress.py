"""A long step's progress as operators see it: one artifact of its run, brought up to date sparingly."""

from contextlib import suppress
from uuid import UUID

from httpx import HTTPError
from prefect.artifacts import create_progress_artifact, update_progress_artifact

from flows.running.publish import with_window

FEWEST = 20  # things: a step with fewer is over before anybody looks
STEP = 5.0  # per cent between two updates


class RunProgress:
    """What a step tells of itself; a round with little to do shows nothing.

    A server that cannot be reached holds up no work: the next update says where it stands.
    """

    def __init__(self, key: str, what: str) -> None:
        """Show it under ``key``, as so and so many of ``what``."""
        self._key, self._what = key, what
        self._shown: UUID | None = None
        self._last = 0.0

    def __call__(self, done: int, of: int) -> None:
        """Say that ``done`` of ``of`` are done; the first call makes the artifact, the last ends it."""
        if of < FEWEST:
            return
        percent = 100.0 * done / of
        line = with_window(f"{self._what}：已处理 {done} 个，共 {of} 个")
        with suppress(HTTPError):
            if self._shown is None:
                made = create_progress_artifact(percent, self._key, line)
                self._shown = (
                    made if isinstance(made, UUID) else None
                )  # its type allows a coroutine
            elif percent - self._last >= STEP or done == of:
                update_progress_artifact(self._shown, percent, line)
            else:
                return
            self._last = percent
