"""The pages of the operator's window as the tables stand: every campaign, made anew when anything moved."""

from dataclasses import dataclass
from datetime import date

from models.campaign.moved import last_of_all
from models.database import open_session
from tasks.gates.outlook import all_outlooks, outlook_page
from tasks.patrol.board import BoardPages, board_pages
from tasks.patrol.view import campaign_slugs, view_campaigns


@dataclass(frozen=True, slots=True)
class Pages:
    """All pages of a day; ``mark`` is how the tables stood before they were read."""

    board: BoardPages
    outlook: str
    mark: str


def pages_mark(today: date) -> str:
    """Return how the tables stand: another mark, another day or another fact."""
    with open_session(read_only=True) as session:
        return f"{today} {last_of_all(session)}"


def pages_of(today: date) -> Pages:
    """Return every page of ``today``; reads only, and writes no notice."""
    mark = pages_mark(today)
    views = view_campaigns(campaign_slugs(), today)
    return Pages(board_pages(views), outlook_page(all_outlooks(None, today)), mark)
