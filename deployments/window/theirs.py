"""What pages of one's own share: another's is refused, numbers are read, the campaign is named."""

from collections.abc import Iterator
from contextlib import contextmanager

from deployments.window.asking import NotYours
from models.rules.bounds import LARGEST_NUMBER
from tasks.window.foreign import ForeignError
from tasks.window.naming import campaign_at


@contextmanager
def one_s_own() -> Iterator[None]:
    """Turn what is somebody else's into the page that says so."""
    try:
        yield
    except ForeignError as error:
        raise NotYours(str(error)) from None


def campaign_of_page(*addresses: str) -> dict[str, object]:
    """Return the fact that a page is about one campaign, where it is; its head then leads there."""
    return {"campaign": campaign_at(addresses[0])} if len(addresses) == 1 else {}


def number_in(text: str) -> int | None:
    """Return the number that a part of an address writes, None where it writes none there could be."""
    if text.isascii() and text.isdecimal() and len(text) <= 10:
        number = int(text)
        return number if 0 < number <= LARGEST_NUMBER else None
    return None
