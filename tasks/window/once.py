"""A form does its act once: its number is spent in the transaction that writes the act down."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlmodel import Session

from models.audit.chain import Acting, acting
from models.database import open_session
from models.errors import CampaignError
from models.rules.calendar.moment import Moment
from models.rules.window.entry import WHOLE
from models.window.spent import spend_form, spent_on

KEPT_FOR = WHOLE + timedelta(hours=1)  # no stay lasts longer, and no form outlives its stay


class DoneBeforeError(CampaignError):
    """A form that was sent before did its act then: ``entry`` of the audit says so."""

    def __init__(self, entry: int) -> None:
        super().__init__(f"这张表刚才已经提交，记作第 {entry} 条记录，没有再办一次")
        self.entry = entry


def require_unsent(form: str) -> None:
    """Raise DoneBeforeError where ``form`` did its act before; reads only."""
    with open_session(read_only=True) as session:
        if entry := spent_on(session, form):
            raise DoneBeforeError(entry)


@contextmanager
def acting_once(via: str, form: str, moment: Moment) -> Iterator[Acting]:
    """Act ``via`` whoever it is, as `models.audit.chain.acting` says, once for each ``form``.

    A form that led to no entry may be sent again: nothing was done. Of two at once the later is undone
    whole. Raises DoneBeforeError.
    """

    def spent_along(session: Session, entry: int) -> None:
        if before := spend_form(session, form, entry, moment.now + KEPT_FOR, moment.now):
            raise DoneBeforeError(before)

    require_unsent(form)
    with acting(via, spent_along) as one:
        yield one
