"""Say things on the terminal: a line, a table, one JSON object."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # lists are heavy, and most commands take none in
    from tasks.lists.taking import Loaded


def say(*lines: str) -> None:
    """Print lines to standard output."""
    for line in lines:
        sys.stdout.write(line + "\n")


def say_of(campaign: str | None, line: str) -> None:
    """Print a line about a campaign (the only one where none is named), which is named before it."""
    from tasks.campaign.naming import campaign_in_words

    say(f"{campaign_in_words(campaign)}：{line}")


def say_notes(notes: Iterable[str]) -> None:
    """Print what of a file was not taken, each with its place."""
    say(*(f"  注意：{line}" for line in notes))


def say_loaded(loaded: "Loaded") -> None:
    """Print what a returned list came to."""
    say(loaded.line)
    say_notes(loaded.notes)
    if loaded.asked:
        say(loaded.asked)


def say_json(value: Any) -> None:
    """Print one JSON object for other programs: a day as 2025-07-21, a row of a list by its fields."""
    say(json.dumps(value, ensure_ascii=False, indent=1, default=_plain))


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def say_table(title: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table that fits the terminal; what stands in square brackets or colons is text."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    for name in head:
        table.add_column(name, overflow="fold")  # nothing is cut off, however narrow the window
    for row in rows:
        table.add_row(*map(str, row))
    Console(file=sys.stdout, markup=False, emoji=False, highlight=False).print(table)


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None]]:
    """Yield what is told how far a long work is; shown on a terminal alone, and gone at the end."""
    from rich.console import Console

    console = Console(file=sys.stderr, markup=False, emoji=False, highlight=False)
    if not console.is_terminal:
        yield lambda _: None
        return
    with console.status(what) as status:
        yield lambda count: status.update(f"{what} {count}")
