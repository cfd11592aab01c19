"""The rows of a Word table as they are read: merged cells repeated, tables within them in their place."""

from collections.abc import Callable
from dataclasses import dataclass

from tasks.documents.pages import HIDDEN, Part
from tasks.documents.word.tables import GridCell, GridRow


@dataclass(slots=True)
class Told:
    """The text of one column of a row; ``again`` when another column or row has it already."""

    text: str
    again: bool = False
    merges: bool = False  # whether the cell below may go on with it


class OwnLine(str):
    """A line that stands apart from the text around it, as those of a text box or a note."""


Item = str | list[list[Told]] | Part  # a line, the rows of a table, what another reader read


def told_row(
    row: GridRow, above: list[Told], why: str, within: Callable[[GridCell, str], list[Item]]
) -> tuple[list[Told], list[Item] | None]:
    """Return the columns of a row below the row ``above``; its items where it lays out a table within.

    ``within`` reads a cell, left out when there is a reason. A cell that goes on with another shows
    nothing of its own.
    """
    told = [Told("") for _ in range(row.before)]
    filled: list[list[Item]] = []
    for cell in row.cells:
        at = len(told)
        joins = cell.joins_above and at < len(above) and above[at].merges
        left = cell.joins_left and at > 0
        again = joins or left
        items = within(cell, why or row.why or cell.why or (HIDDEN if again else ""))
        if cell.gone:
            continue
        text = above[at].text if joins else told[-1].text if left else text_of(items)
        merges = joins or cell.heads_below
        told += [Told(text, again or part > 0, merges) for part in range(cell.width)]
        if text and not again:
            filled.append(items)
    told += [Told("") for _ in range(row.after)]
    inner = [item for items in filled for item in items]
    lays_out = (len(filled) == 1 or row.alone) and any(map(_is_table, inner))
    return told, inner if lays_out else None


def text_of(items: list[Item]) -> str:
    """Return a cell as text: each paragraph a line, a table within it a line a row."""
    lines: list[str] = []
    for item in items:
        if isinstance(item, str):
            lines.append(item)
        elif isinstance(item, tuple):
            lines += [text for text, _, _ in item[0]]
        else:
            for row in item:
                lines.append(" ".join(cell.text for cell in row if cell.text and not cell.again))
    return "\n".join(line for line in lines if line.strip())


def _is_table(item: Item) -> bool:
    return isinstance(item, list) and any(len(row) > 1 for row in item)
