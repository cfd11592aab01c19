"""Give a call a time it must end by, whatever its sockets do."""

import threading
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def within(seconds: float, work: Callable[[], Result]) -> Result | None:
    """Return what ``work`` returns, or None when it takes longer; it is then left to end by itself.

    ``work`` must not raise.
    """
    result: list[Result] = []
    thread = threading.Thread(target=lambda: result.append(work()), daemon=True)
    thread.start()
    thread.join(seconds)
    return result[0] if result else None
