"""All units and all work items of a campaign, page by page: the board names the first hundred and counts the rest."""

from deployments.window.asking import Asked, Page, Way
from deployments.window.board import ROWS_SHOWN, sees_of, skipped
from models.rules.window.sight import Right
from tasks.window.board import board_page

WORDS = {"units": "各单位", "items": "工作任务"}


def every_unit(asked: Asked) -> Page:
    """Show a hundred units with their lights, in the plan's order."""
    return _page(asked, "units")


def every_work_item(asked: Asked) -> Page:
    """Show a hundred work items with their lights, in the plan's order."""
    return _page(asked, "items")


def _page(asked: Asked, kind: str) -> Page:
    skip, board = skipped(asked), board_page(asked.slug, asked.moment.today)
    found = board.units if kind == "units" else board.work_items
    rows, behind = found[skip : skip + ROWS_SHOWN], skip + ROWS_SHOWN
    facts = {
        "kind": kind,
        "words": WORDS[kind],
        "total": len(found),
        "skip": skip,
        "rows": rows,
        "next_from": behind if behind < len(found) else 0,
        "sees": sees_of(asked),
    }
    return Page("all.html", facts)


WAYS = (
    Way("GET", "/c/{slug}/all/units", every_unit, Right.SEE_BOARD),
    Way("GET", "/c/{slug}/all/items", every_work_item, Right.SEE_BOARD),
)
