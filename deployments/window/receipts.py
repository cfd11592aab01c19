"""`/r/N`: the receipt of what was done, and taking it back."""

from deployments.window.asking import Asked, Go, Page, Way
from deployments.window.theirs import campaign_of_page, number_in, one_s_own
from models.errors import NotFoundError
from models.rules.window.sight import Right
from tasks.window.receipt import receipt_of
from tasks.window.taking_back import take_back_entry


def show_receipt(asked: Asked) -> Page:
    """Show an entry of the audit to whoever made it, the office or an auditor."""
    with one_s_own():
        one = receipt_of(_entry(asked), asked.visitor, asked.moment)
    of = campaign_of_page(one.address) if one.address else {}
    return Page("receipt.html", {"receipt": one, "fault": asked.fault, **of})


def take_back_here(asked: Asked) -> Go:
    """Take back what the entry says; pressed twice it is taken back once."""
    with one_s_own():
        return Go(f"/r/{take_back_entry(_entry(asked), asked.visitor, asked.moment)}")


def _entry(asked: Asked) -> int:
    number = number_in(asked.path["entry"])
    if number is None:
        raise NotFoundError("没有这张回执")
    return number


WAYS = (
    Way("GET", "/r/{entry}", show_receipt, Right.SEE_BOARD),
    Way("POST", "/r/{entry}/back", take_back_here, Right.ACKNOWLEDGE, again=show_receipt),
)
