"""What may be typed at a command: the types of every option and argument, each within its bounds.

A value that is none of its type ends the command before it opens anything, in one line that says what
was expected. A test looks through every command: none takes a bare ``str``, ``int``, ``date`` or
``Path``.
"""

import re
from collections.abc import Callable, Sequence
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, CycloptsError, Parameter, Token

from deployments.typed.paths import (
    to_be_written,
    to_be_written_anywhere,
    to_hold_files,
    to_look_into,
    to_read,
    written_path,
)
from models.rules.bounds import (
    A_DAY,
    FIRST_DAY,
    LARGEST_NUMBER,
    LARGEST_PORT,
    LAST_DAY,
    LONGEST_NOTE,
    LONGEST_POST,
    LONGEST_TAG,
    LONGEST_TYPED,
    day_fault,
    number_fault,
    shown,
    text_fault,
)
from models.rules.calendar.days import half_width, read_day

MOST_DIGITS = 20  # Python itself refuses to read thousands
HOST = re.compile("[A-Za-z0-9:._-]{1,253}")  # IPv4, IPv6, a name
LONGEST_LABEL = 63  # characters between two dots; sockets fail on more


# What stands for a refused value of a type while the others of the same call are looked at.
_STAND_INS: dict[type, tuple[Any, ...]] = {
    str: ("",),
    int: (1,),
    date: (2000, 1, 1),
    datetime: (2000, 1, 1),
    Path: (".",),
}
_ALL_AT_ONCE = ContextVar("all at once", default=False)


def every_fault(app: App, words: list[str]) -> list[str]:
    """Return a line for each value of a call that its type refuses; nothing is run.

    The library itself stops at the first.
    """
    token = _ALL_AT_ONCE.set(True)
    try:
        _, bound, _ = app.parse_args(words, exit_on_error=False, print_error=False)
    except CycloptsError:
        return []
    finally:
        _ALL_AT_ONCE.reset(token)
    found = {name: getattr(value, "wrong", "") for name, value in bound.arguments.items()}
    return [f"--{name} {line}" for name, line in found.items() if line]


def _stand_in(kind: type, line: str) -> Any:
    """Return a value of ``kind``, which pydantic looks at where it is loaded, that carries ``line``."""
    base = type(Path()) if kind is Path else kind
    value = type("Wrong", (base,), {})(*_STAND_INS[kind])
    value.wrong = line
    return value


def _typed(read: Callable[[str], Any]) -> Parameter:
    """Return the parameter whose words ``read`` turns into its value; ValueError says what is wrong."""

    def convert(kind: Any, tokens: Sequence[Token]) -> Any:
        try:
            return read(tokens[0].value)
        except ValueError as error:
            if _ALL_AT_ONCE.get():
                return _stand_in(kind, str(error))
            raise

    return Parameter(converter=convert)


def _text(longest: int, *, lines: bool = False, blank: bool = False) -> Callable[[str], str]:
    def read(text: str) -> str:
        if fault := text_fault(text, longest, lines=lines):
            raise ValueError(fault)
        if not blank and not text.strip():
            raise ValueError("没有内容")
        return text

    return read


def _number(smallest: int, largest: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        plain = half_width(text[: MOST_DIGITS + 1]).strip()
        if len(text) > MOST_DIGITS or not (plain.isascii() and plain.removeprefix("-").isdigit()):
            raise ValueError(f"写的是“{shown(text)}”，应为整数（{smallest} 到 {largest}）")
        if number_fault(int(plain), smallest, largest):
            raise ValueError(f"写的是“{plain}”，应为整数（{smallest} 到 {largest}）")
        return int(plain)

    return read


def _host(text: str) -> str:
    name = text.strip()
    if not HOST.fullmatch(name) or any(len(label) > LONGEST_LABEL for label in name.split(".")):
        raise ValueError(f"写的是“{shown(text)}”，应为本机的地址，如 127.0.0.1")
    return name


def _instant(text: str) -> datetime:
    expected = f"写的是“{shown(text)}”，应为 2025-07-21T09:00 这样的时刻，其中 {A_DAY}"
    try:
        instant = datetime.fromisoformat(half_width(text[:LONGEST_TAG]).strip())
    except ValueError:
        raise ValueError(expected) from None
    if day_fault(instant.date()):
        raise ValueError(expected)
    return instant


Post = Annotated[str, _typed(_text(LONGEST_POST))]  # never a person's name
Name = Annotated[str, _typed(_text(LONGEST_TAG))]  # of whatever is looked up by its name
Note = Annotated[str, _typed(_text(LONGEST_NOTE, lines=True, blank=True))]
Address = Annotated[str, _typed(_text(LONGEST_TYPED))]  # of a page
Codes = Annotated[str, _typed(_text(LONGEST_NOTE, lines=True))]  # of several things, split by 、
Number = Annotated[int, _typed(_number(1, LARGEST_NUMBER))]
Year = Annotated[int, _typed(_number(FIRST_DAY.year, LAST_DAY.year))]
Host = Annotated[str, _typed(_host)]
Port = Annotated[int, _typed(_number(1, LARGEST_PORT))]
Day = Annotated[date, _typed(read_day)]
Instant = Annotated[datetime, _typed(_instant)]
Source = Annotated[str, _typed(lambda text: str(written_path(text)))]  # a file, or a pack's name
InFile = Annotated[Path, _typed(to_read)]
InPlace = Annotated[Path, _typed(to_look_into)]  # a file or a folder
OutFile = Annotated[Path, _typed(to_be_written)]
OutFileAnywhere = Annotated[Path, _typed(to_be_written_anywhere)]
OutFolder = Annotated[Path, _typed(to_hold_files)]
