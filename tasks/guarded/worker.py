"""The process that takes one file apart under limits; started by `tasks.guarded.guard` and by nobody else.

Reads the file from its standard input and answers with messages, each behind its length: the parts of
the file, then that it is done, or what is wrong. It starts for every workbook that comes back, so it
imports next to nothing: `typing` or `signal` alone would double the time it takes to be ready.
"""

from __future__ import annotations

import marshal
import sys
import time
from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


def main() -> None:
    """Read the file that comes in; the arguments are its parser and the limits."""
    parser, *numbers = sys.argv[1:]
    memory, part, whole, wall = map(int, numbers)
    _limit(memory, whole, wall)
    _allow(part, whole)
    try:
        parse = function_named(parser)
        content = sys.stdin.buffer.read()
        for found in parse(content):
            say("part", found)
            _allow(part, whole)
        say("done", None)
    except (
        Exception
    ) as error:  # whatever a broken file makes a parser raise: one line, no traceback
        say("fault", in_words(error))


def function_named(parser: str) -> Callable[[bytes], Iterator[Any]]:
    """Return the function that ``parser`` (module:function) names."""
    module, _, function = parser.partition(":")
    found: Callable[[bytes], Iterator[Any]] = getattr(import_module(module), function)
    return found


def in_words(error: Exception) -> str:
    """Return what is said of a file that made a library raise ``error``, behind its name."""
    from models.errors import CampaignError

    if isinstance(error, CampaignError):
        return str(error)
    if isinstance(error, MemoryError | ImportError):  # with no room a library does not load
        return "太大或太复杂，内存不够，没有读完"
    return "结构不正常，打不开" if isinstance(error, RecursionError) else "已损坏，打不开"


def _limit(memory: int, whole: int, wall: int) -> None:
    """Bound memory, the processor's time and the clock's, where the system can; leave no core file."""
    try:
        import resource
    except ImportError:
        return
    alarm = import_module("_signal").alarm  # what `signal` is made of, without its enumerations
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    alarm(wall)


def _allow(part: int, whole: int) -> None:
    """Give the next part its time of the processor."""
    try:
        import resource
    except ImportError:
        return
    until = min(int(time.process_time()) + 1 + part, whole)  # it counts in whole seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, whole + 1))


def say(kind: str, value: Any) -> None:
    """Answer with one message."""
    message = marshal.dumps((kind, value))
    sys.stdout.buffer.write(len(message).to_bytes(8, "big") + message)
    sys.stdout.buffer.flush()
