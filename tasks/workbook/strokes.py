"""Ask about cells with words that are struck out: whether they hold any more, nobody can tell from the stroke."""

from collections.abc import Collection

from tasks.workbook.left_over import letters
from tasks.workbook.opening import Page
from tasks.workbook.rows import Faults

NAMED = 12  # cells


def ask_about_struck(page: Page, read: Collection[int], faults: Faults, first: int = 0) -> None:
    """Make one fault of the struck cells in the columns that are ``read``, from row ``first`` (0 is the top) on."""
    found = [(row, column) for row, column in page.struck if row >= first and column in read]
    if found:
        named = "、".join(f"{letters(column)}{row + 1}" for row, column in found[:NAMED])
        more = "等" if len(found) > NAMED else ""
        faults.add(
            f"表“{page.name}”有 {len(found)} 个格里有划了删除线的字（{named}{more}）："
            "作废的请删去，仍有效的请去掉删除线"
        )
