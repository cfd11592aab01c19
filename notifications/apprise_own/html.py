"""Markdown as HTML, by the foreign library's own reader of it."""

from apprise import NotifyFormat
from apprise.conversion import convert_between


def html(markdown: str) -> str:
    """Return our Markdown as the inside of a page."""
    return str(convert_between(NotifyFormat.MARKDOWN, NotifyFormat.HTML, markdown))
