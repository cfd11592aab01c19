"""A unit's page: 需要干什么, 已经干了什么, 还有哪些差距, on a phone and on A4."""

from deployments.window.asking import Asked, Page, Way, require_own
from models.rules.window.sight import Right
from tasks.window.unit import unit_shown

A_PAGE = 60  # items; the others stand on further pages, or all on one for paper
DONE, PIECES = 60, 40  # of what is over and handed in, on the first page


def unit(asked: Asked) -> Page:
    """Show a unit, or what the office itself has to do (0); units see their own."""
    unit_id = int(asked.path["unit"])
    require_own(asked, unit_id or None)
    shown = unit_shown(asked.slug, unit_id, asked.moment.today)
    whole = asked.query.get("all") == "1"
    skip = 0 if whole else _skipped(asked.query.get("from", ""), len(shown.todo))
    last = len(shown.todo) if whole else skip + A_PAGE
    return Page(
        "unit.html",
        {
            "unit": shown,
            "lines": shown.todo[skip:last],
            "skip": skip,
            "last": min(last, len(shown.todo)),
            "done": len(shown.done) if whole else DONE,
            "pieces": len(shown.pieces) if whole else PIECES,
            "page": A_PAGE,
        },
    )


def _skipped(typed: str, count: int) -> int:
    """Return how many items come before this page; the first page for what makes no sense."""
    skip = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 6 else 0
    return skip if skip < count else 0


WAYS = (Way("GET", "/c/{slug}/u/{unit:int}", unit, Right.SEE_UNIT),)
