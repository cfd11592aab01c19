"""The wall: what a screen shows by turns to whoever stands five metres away, computed at each turn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from models.campaign.due_groups import Cut
from models.database import open_session
from models.errors import NotFoundError
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.window.addresses import opened_by
from tasks.window.board import BoardPage, board_page
from tasks.window.lines import NamedLights
from tasks.window.subscribed import subscribed_to
from tasks.window.tokens import TokenKind

CAMPAIGN, UNITS, WEEK = "campaign", "units", "week"
UNITS_A_TURN = 22  # two columns of lines of 40 points
SHOWN = Cut(reds=5, soon=9)
WALL_GONE = "这个大屏地址已经收回，或者不完整；请创建办到窗口的“日历和大屏”一页取新的地址"


@dataclass(frozen=True, slots=True)
class WallPage:
    """One turn: ``kind`` says which of the three it is, ``turn`` of ``turns`` counts from 1.

    ``units`` are those of this turn, the ``first`` of them in the plan's order of all that there are.
    ``computed`` is the time on the office's clock.
    """

    board: BoardPage
    kind: str
    turn: int
    turns: int
    computed: datetime
    units: Sequence[NamedLights] = ()
    first: int = 0
    of_units: int = 0

    @property
    def next(self) -> int:
        """Return the turn that comes after it; after the last the first."""
        return self.turn % self.turns + 1

    @property
    def last(self) -> int:
        """Return the place of the last unit of this turn in the plan's order."""
        return self.first + len(self.units) - 1


def wall_page(slug: str, turn: int, moment: Moment) -> WallPage:
    """Return a turn of the wall of the campaign called exactly ``slug``: the campaign, its units, its week.

    Units come in the plan's order, over as many turns as they need, the office's own items last; nobody is
    ranked. A ``turn`` that there is none of goes on counting from the first: units come and go while a
    screen turns. As many statements as the board. Raises NotFoundError.
    """
    board = board_page(slug, moment.today, SHOWN)
    units = list(board.units)
    if board.office.total:
        units.append(NamedLights("", OFFICE, board.office))
    of_units = -(-len(units) // UNITS_A_TURN)
    turns = of_units + 2
    turn = (turn - 1) % turns + 1
    kind = CAMPAIGN if turn == 1 else WEEK if turn == turns else UNITS
    first = (turn - 2) * UNITS_A_TURN if kind == UNITS else 0
    return WallPage(
        board,
        kind,
        turn,
        turns,
        moment.local,
        units[first : first + UNITS_A_TURN] if kind == UNITS else (),
        first + 1,
        len(units),
    )


def wall_behind(token: str) -> str:
    """Return the name of the campaign whose wall ``token`` opens.

    Raises NotFoundError in one line for an address that was withdrawn or made by nobody, and where the
    campaign was removed.
    """
    with open_session(read_only=True) as session:
        secret = opened_by(session, TokenKind.WALL, token)
        found = subscribed_to(session, secret) if secret else None
    if found is None:
        raise NotFoundError(WALL_GONE)
    return found.slug
