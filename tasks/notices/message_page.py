"""The page behind a letter's “本消息的全部 … 项”: every item that one message says."""

from models.database import open_session
from models.notices.waiting import notices_said
from notifications.letter import whole_page


def message_page(number: int) -> str | None:
    """Return the page of message ``number``, None where there is no such message; reads only."""
    with open_session(read_only=True) as session:
        notices = notices_said(session, number)
    return whole_page(notices, number) if notices else None
