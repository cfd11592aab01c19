"""`/m/N`: everything a message says, to acknowledge at once or one by one, and to register."""

from deployments.window.asking import Asked, Go, Page, Way
from deployments.window.theirs import campaign_of_page, number_in, one_s_own
from models.errors import NotFoundError
from models.rules.window.sight import Right, VisitorRole
from tasks.window.message import acknowledge_as, page_of_message

A_PAGE = 20  # items; the others stand on further pages


def show_message(asked: Asked) -> Page:
    """Show what a message says, as it is now; acknowledges nothing."""
    with one_s_own():
        page = page_of_message(_number(asked), asked.visitor, asked.moment)
    facts: dict[str, object] = {"message": page, "fault": asked.fault}
    skip = _skipped(asked.query.get("from", ""), len(page.items))
    facts |= {
        "to_decide": asked.may(Right.DECIDE) and asked.visitor.role is not VisitorRole.OFFICE_POST,
        "skip": skip,
    }
    facts |= {"items": page.items[skip : skip + A_PAGE], "next": skip + A_PAGE}
    return Page("message.html", facts | campaign_of_page(*page.addresses))


def acknowledge_here(asked: Asked) -> Go:
    """Acknowledge everything, or the one item that the form names; pressed twice it is done once, with one receipt."""
    table, one = asked.form.get("table", ""), number_in(asked.form.get("item", ""))
    only = (table, one) if table and one else None
    with one_s_own():
        acknowledge_as(_number(asked), only, asked.visitor, asked.moment)
    written = asked.done.last or _receipt_before(asked, only)
    return Go(f"/r/{written}" if written else f"/m/{_number(asked)}")


def _receipt_before(asked: Asked, only: tuple[str, int] | None) -> int | None:
    """Return the last entry in which whoever presses acknowledged what is pressed; None where others did."""
    page = page_of_message(_number(asked), asked.visitor, asked.moment)
    mine = [
        one.entry
        for one in page.items
        if one.entry
        and one.by == asked.visitor.by
        and (only is None or (one.item and (one.item.table, one.item.id) == only))
    ]
    return max(mine, default=None)


def _skipped(typed: str, count: int) -> int:
    """Return how many items come before this page; the first page for what makes no sense."""
    skip = number_in(typed) or 0
    return skip if skip < count else 0


def _number(asked: Asked) -> int:
    number = number_in(asked.path["number"])
    if number is None:
        raise NotFoundError("没有这条消息，请从收到的链接打开")
    return number


WAYS = (
    Way("GET", "/m/{number}", show_message, Right.SEE_UNIT),
    Way("POST", "/m/{number}/receive", acknowledge_here, Right.ACKNOWLEDGE, again=show_message),
)
