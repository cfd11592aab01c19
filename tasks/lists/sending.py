"""Send a list out: for all of them the same way from the tables to the file."""

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.rules.calendar.moment import Moment
from tasks.lists.belonging import list_title
from tasks.workbook.declaring import Sheet
from tasks.workbook.writing import write_workbook

Rows = Sequence[Sequence[object]]
Listed = tuple[Rows, str]  # and of what, in the title: 第 2 次测试


def send_list(
    slug: str | None,
    sheet: Sheet,
    path: Path,
    moment: Moment,
    rows_of: Callable[[Session, int], Listed],
) -> int:
    """Write ``sheet`` with what ``rows_of`` returns of a campaign; return how many rows.

    Its title says whose it is, and of which day. Never overwrites a file.
    """
    with looking_at(slug) as (session, campaign):
        rows, about = rows_of(session, key_of(campaign))
        title = list_title(campaign, sheet.title, moment.today, about)
    write_workbook(path, [sheet.filled(rows, title)])
    return len(rows)
