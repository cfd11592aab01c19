"""The list of sources under a table in Word: each mark is a link to its line."""

from tasks.papers.table_sources import SOURCES_HEAD, TableSources, source_mark
from tasks.papers.word.elements import (
    Element,
    keep_with_next,
    linked,
    made,
    named_place,
    paragraph,
    words,
)
from tasks.papers.word.styles import SOURCE_MARK, SOURCES


class ListedSources:
    """The sources of one table; ``table`` is its own number in the paper."""

    def __init__(self, table: int) -> None:
        self._table = table
        self.sources = TableSources()

    def mark(self, note: str) -> Element:
        """Keep ``note`` and return what points to it."""
        number = self.sources.number_of(note)
        # Raised by itself, not only by its style: LibreOffice gives every link a style of its own.
        look = made("rStyle", val=SOURCE_MARK), made("vertAlign", val="superscript")
        return linked(self._name(number), words(source_mark(number), *look))

    def listed(self, together: int) -> list[Element]:
        """Return a line for each source, the first says what they are; none where there is no number.

        The first ``together`` of them stand on one page.
        """
        heads = [
            words(SOURCES_HEAD)
        ]  # on the line of the first, or it stays alone at the end of a page
        lines = []
        for number, note in self.sources:
            place = named_place(self._name(number), words(f"{source_mark(number)} {note}"))
            lines.append(paragraph(SOURCES, *heads, *place))
            heads = []
        for line in lines[: together - 1]:
            keep_with_next(line)
        return lines

    def _name(self, number: int) -> str:
        return f"_source_{self._table}_{number}"  # with _ before it who edits does not see it
