"""What of a workbook is not taken, named with its place: sheets, columns, lines around a table."""

from collections.abc import Callable, Collection, Sequence

from models.rules.bounds import shown
from tasks.workbook.cells import as_name, as_text
from tasks.workbook.declaring import Sheet
from tasks.workbook.headers import Header, shown_places
from tasks.workbook.opening import Page

MOST_NOTES = 30  # lines
RESERVED = "WpsReserved"  # how WPS calls the sheet in which it keeps pictures


class Notes:
    """Lines for whoever sent the file in; each thing is said once."""

    def __init__(self, lines: Collection[str], aside: Collection[str]) -> None:
        self._lines, self.renamed = list(lines), False  # whether a sheet was known by its columns
        self.aside = {as_name(name) for name in aside}

    def add(self, line: str) -> None:
        """Keep one line."""
        self._lines.append(line)

    def lines(self, left: Sequence[Page]) -> list[str]:
        """Return every line, with those of the sheets ``left``; a great many are only counted."""
        found = self._lines + [line for page in left for line in self._sheet(page)]
        found = list(dict.fromkeys(found))
        if more := found[MOST_NOTES:]:
            found = [*found[:MOST_NOTES], f"……另有 {len(more)} 处没有收"]
        return found

    def page(self, page: Page, sheet: Sheet, header: Header, ours: Callable[[str], bool]) -> None:
        """Name what a sheet that is read holds outside of its table; ``ours`` tells what we wrote ourselves."""
        name = page.name
        if as_name(name) != sheet.name:
            self.renamed = True
            self.add(f"表“{name}”作为“{sheet.name}”表收了")
        self.beside(page)
        for number, line in enumerate(page.grid[: header.row], 1):
            for cell in line:
                if (text := as_text(cell)) and not (sheet.wrote_above(text) or ours(text)):
                    self.add(f"表“{name}”第 {number} 行表头上方的“{shown(text)}”没有收")
        self._columns(page, sheet, header, ours)
        self._struck(page, set(shown_places(page.grid[header.row], sheet).values()))

    def _struck(self, page: Page, shown: Collection[int]) -> None:
        """Name strokes in columns that are for the eye only."""
        for row, column in page.struck:
            if column in shown:
                self.add(
                    f"表“{page.name}”{letters(column)}{row + 1} 格里的字划了删除线；这一列只供查看，没有收"
                )

    def _columns(
        self, page: Page, sheet: Sheet, header: Header, ours: Callable[[str], bool]
    ) -> None:
        read = {place for places in header.found.values() for place in places}
        heads = page.grid[header.row]
        read |= set(shown_places(heads, sheet).values())
        below = page.grid[header.row + 1 :]
        for place in range(max(map(len, page.grid), default=0)):
            head = as_text(heads[place]) if place < len(heads) else ""
            if place in read:
                continue
            known = bool(head) and ours(head)  # a column of ours that there is no more
            filled = [
                number
                for number, line in enumerate(below, header.row + 2)
                if place < len(line) and line[place] != "" and (text := as_text(line[place]))
                if not (known and ours(text))
            ]
            if filled:
                what = f"“{shown(head)}”列" if head else f" {letters(place)} 列（没有表头）"
                rows = f"{len(filled)} 行有内容，第一处在第 {filled[0]} 行"
                self.add(f"表“{page.name}”的{what}没有收（{rows}）")
            elif head and not known:
                self.add(f"表“{page.name}”的“{shown(head)}”列没有收（只有表头）")

    def beside(self, page: Page) -> None:
        """Name what stands on a page and is no cell."""
        self._lines += [f"表“{page.name}”{words}" for words in page.beside]

    def place(self, page: Page, number: int, text: str) -> None:
        """Name a text in a row."""
        self.add(f"表“{page.name}”第 {number} 行的“{shown(text)}”没有收")

    def _sheet(self, page: Page) -> list[str]:
        name = as_name(page.name)
        filled = sum(any(as_text(cell) for cell in line) for line in page.grid)
        beside = [f"表“{page.name}”{words}" for words in page.beside]
        if name in self.aside or name.startswith(RESERVED):
            return beside if name in self.aside else []
        seen = "，它被深度隐藏" if page.hidden else ""
        whole = f"表“{page.name}”没有收（{filled} 行有内容{seen}）"
        return [whole, *beside] if filled else beside


def letters(place: int) -> str:
    """Return a column as Excel names it: 0 is A, 26 is AA."""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name
