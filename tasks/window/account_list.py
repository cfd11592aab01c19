"""Who may enter the window with an account: since when, when last, and who must wait or ask whom."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.audit.recent import last_of_each
from models.database import open_session
from models.decisions.wrong_codes import must_wait
from models.rules.calendar.moment import Moment
from models.rules.window.sight import VisitorRole
from models.settings import office_time
from models.window.account import WindowAccount, accounts
from tasks.window.entering import EVERYWHERE, account_matter

CAN, LOCKED, WITHOUT, WAITS = "可用", "已停用", "还没有口令", "暂时不能登录"
ASK = "管这台电脑的同事"


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """An account as colleagues see it; ``advice`` says what whoever cannot enter does, empty for whoever can.

    Times are on the office's clock; ``last_in`` is None for one that never came in.
    """

    name: str
    role: str
    state: str
    advice: str
    last_in: datetime | None
    made_at: datetime
    made_by: str


def seen_accounts(moment: Moment) -> list[SeenAccount]:
    """Return every account, the oldest first, nothing of a password; reads only."""
    with open_session(read_only=True) as session:
        every = accounts(session)
        came = last_of_each(session, "window-entered", [one.name for one in every])
        return [_seen(session, one, came.get(one.name), moment) for one in every]


def _seen(
    session: Session, one: WindowAccount, came: datetime | None, moment: Moment
) -> SeenAccount:
    state, advice = _state(session, one, moment)
    last = office_time(came) if came else None
    role = VisitorRole(one.role).chinese
    return SeenAccount(one.name, role, state, advice, last, office_time(one.made_at), one.made_by)


def _state(session: Session, one: WindowAccount, moment: Moment) -> tuple[str, str]:
    if one.locked_at:
        return LOCKED, f"不能登录；要恢复，请找{ASK}"
    if wait := must_wait(session, account_matter(one.name), EVERYWHERE, moment.now):
        until = f"{office_time(moment.now + wait):%H:%M}"
        return WAITS, f"口令输错太多次，{until} 以后再试；忘了口令的，请找{ASK}重设"
    if not one.password:
        return WITHOUT, f"请找{ASK}设口令，或要一个只能用一次的登录链接"
    return CAN, ""
