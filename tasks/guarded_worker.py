"""The process that takes one file apart under limits; started by `tasks.guarded` and by nobody else.

Reads the file from its standard input and answers with messages, each behind its length: the parts of
the file, then that it is done, or what is wrong. Light on purpose: it starts for every workbook.
"""

import marshal
import signal
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

from models.errors import CampaignError


def main() -> None:
    """Read the file that comes in; the arguments are its parser and the limits."""
    parser, *numbers = sys.argv[1:]
    memory, part, whole, wall = map(int, numbers)
    _limit(memory, whole, wall)
    _allow(part, whole)
    try:
        content = sys.stdin.buffer.read()
        for found in _function(parser)(content):
            _say("part", found)
            _allow(part, whole)
        _say("done", None)
    except CampaignError as error:
        _say("fault", str(error))
    except (MemoryError, ImportError):  # the reader itself is there; with no room it does not load
        _say("fault", "太大或太复杂,内存不够,没有读完")
    except RecursionError:
        _say("fault", "结构不正常,打不开")
    except Exception:  # whatever a broken file makes a parser raise: one line, never a traceback
        _say("fault", "已损坏,打不开")


def _function(parser: str) -> Callable[[bytes], Iterator[Any]]:
    module, _, function = parser.partition(":")
    return getattr(import_module(module), function)


def _limit(memory: int, whole: int, wall: int) -> None:
    """Bound memory, the processor's time and the clock's, where the system can; leave no core file."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (whole, whole + 1))
    signal.alarm(wall)


def _allow(part: int, whole: int) -> None:
    """Give the next part its time of the processor."""
    try:
        import resource
    except ImportError:
        return
    until = min(int(time.process_time()) + 1 + part, whole)  # it counts in whole seconds
    resource.setrlimit(resource.RLIMIT_CPU, (until, whole + 1))


def _say(kind: str, value: Any) -> None:
    message = marshal.dumps((kind, value))
    sys.stdout.buffer.write(len(message).to_bytes(8, "big") + message)
    sys.stdout.buffer.flush()
