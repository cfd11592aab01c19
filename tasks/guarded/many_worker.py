"""The process that looks at file after file under limits for each; started by `tasks.guarded.many` alone.

Each file comes as a message of its name and bytes behind its length, and is answered by one message
of the same form: what was found, or what is wrong. A file that takes too long or too much ends it.
"""

from __future__ import annotations

import marshal
import sys
import time
from contextlib import suppress
from importlib import import_module

from tasks.guarded.worker import function_named, in_words, say

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def answer_for_each() -> None:
    """Answer for every file that comes in; the arguments are the function and the limits."""
    function, *numbers = sys.argv[1:]
    memory, seconds, wall = map(int, numbers)
    _bound(memory)
    _begin(seconds, wall)  # loading the function has its time too
    look: Any = function_named(function)
    files = sys.stdin.buffer
    while head := files.read(8):
        name, content = marshal.loads(files.read(int.from_bytes(head, "big")))  # noqa: S302
        _begin(seconds, wall)
        answer: tuple[str, Any]
        try:
            answer = "found", look(name, content)
        except MemoryError as error:
            answer = "worn", in_words(error)
        except Exception as error:  # whatever a broken file makes a library raise: one line
            answer = "fault", in_words(error)
        say(*answer)
        _wait()


def _bound(memory: int) -> None:
    with suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _begin(seconds: int, wall: int) -> None:
    """Give one file its time of the processor and of the clock; the process ends when it is over."""
    with suppress(ImportError):
        import resource

        until = int(time.process_time()) + 1 + seconds  # it counts in whole seconds
        resource.setrlimit(resource.RLIMIT_CPU, (until, resource.RLIM_INFINITY))
        import_module("_signal").alarm(wall)


def _wait() -> None:
    """Stop the clock: nobody asks for the next file until the caller is ready for it."""
    with suppress(ImportError):
        import_module("_signal").alarm(0)
