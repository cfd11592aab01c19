"""What a page says, read within the guarded process."""

from tasks.evidence.examining.media import media_of
from tasks.evidence.examining.seen import Unseen
from tasks.evidence.examining.written import page_text


def words_of_page(charset: str, content: bytes) -> str:
    """Return what a page shows, in lines; empty for what is no page of text."""
    if media_of(content) not in ("html", "xml", "txt"):
        return ""
    try:
        return page_text(content, charset)
    except Unseen:
        return ""
