"""Say things on the terminal: a line, a table, one JSON object."""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from typing import TYPE_CHECKING, Any

from deployments.folding import folded
from models.rules.bounds import in_sight

if TYPE_CHECKING:  # lists are heavy, and most commands take none in
    from tasks.lists.taking import Loaded

NARROWEST, LONGEST_WORD = (
    12,
    24,
)  # of a column: six Chinese characters; what one that holds a word is
_WORD = re.compile("[!-~]+")


def say(*lines: str) -> None:
    """Print lines to standard output; what would steer the terminal (a file may be called so) is a □."""
    for line in lines:
        sys.stdout.write(in_sight(line) + "\n")


def say_aside(line: str) -> None:
    """Print a line for whoever waits, apart from what a program reads: to the standard error output."""
    sys.stderr.write(in_sight(line) + "\n")
    sys.stderr.flush()


def say_folded(*lines: str) -> None:
    """Print lines for a reader, folded to the width of the terminal (80 columns where there is none)."""
    from rich.console import Console

    width = Console(file=sys.stdout).width
    say(*(piece for line in lines for piece in folded(in_sight(line), width)))


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
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=1, default=_plain) + "\n")


def _plain(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else str(value)


def say_table(title: str, head: Sequence[str], rows: Iterable[Iterable[object]]) -> None:
    """Print a table that fits the terminal; what stands in square brackets or colons is text.

    Where its columns would be too narrow to read, each row is a few lines instead, cell by cell under
    its name. Nothing is cut off, however narrow the window.
    """
    from rich.console import Console
    from rich.table import Table

    console = Console(file=sys.stdout, markup=False, emoji=False, highlight=False)
    cells = [[in_sight(str(cell)) for cell in row] for row in rows]
    least = [_least_width(name, [row[n] for row in cells]) for n, name in enumerate(head)]
    if cells and sum(least) + 3 * len(head) + 1 > console.width:
        say_folded(*([title] if title else []))
        for row in cells:
            say_folded(*_in_lines(head, row, console.width))
        return
    table = Table(title=title, title_justify="left")
    for name, width in zip(head, least, strict=True):
        table.add_column(name, overflow="fold", min_width=width)
    for row in cells:
        table.add_row(*row)
    console.print(table)


def _least_width(name: str, cells: Sequence[str]) -> int:
    """Return how narrow a column may be: what cannot be parted (a day, a code) stands in one line."""
    from rich.cells import cell_len

    words = [word for text in (name, *cells) for word in _WORD.findall(text)]
    whole = max(cell_len(text) for text in (name, *cells))
    longest = max(map(len, words), default=0)
    return max(cell_len(name), min(whole, NARROWEST), min(longest, LONGEST_WORD))


def _in_lines(head: Sequence[str], row: Sequence[str], width: int) -> Iterator[str]:
    """Yield a row as lines: its first cell, then every other with its name, as many as a line holds."""
    from rich.cells import cell_len

    yield " ".join(row[0].split())
    line = ""
    for name, cell in zip(head[1:], row[1:], strict=True):
        if not cell:
            continue
        said = f"{name}：{' '.join(cell.split())}"
        if line and cell_len(line) + cell_len(said) + 4 > width:
            yield f"  {line}"
            line = ""
        line += f"  {said}" if line else said
    if line:
        yield f"  {line}"


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
