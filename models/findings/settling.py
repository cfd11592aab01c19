"""Keep what a person says of a dispatch, with its entry."""

from collections.abc import Mapping

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.errors import ProgressError
from models.findings.dispatch import Dispatch
from models.findings.returning import is_doubtful_return
from models.rules.calendar.moment import Moment
from models.rules.findings.dispatch_words import (
    DispatchAsIs,
    DispatchVerdict,
    DispatchWord,
    is_said_already,
    state_after,
    word_faults,
)
from models.rules.findings.numbers import DispatchState


def settle_dispatch(
    session: Session,
    row: Dispatch,
    said: DispatchVerdict,
    units: Mapping[str, str],
    moment: Moment,
) -> bool:
    """Take a person's word on a dispatch; say whether that changed anything. A void number stays in the list.

    What was refused stays known, so that a wrong no can be taken back as a wrong yes can. Raises ProgressError
    where nothing came back, where the post is the addressee's own, or without a reason where one is owed.
    """
    came, state = bool(row.returned_sha256), DispatchState(row.state)
    one = DispatchAsIs(row.name, state, came, came and is_doubtful_return(session, row))
    if is_said_already(one, said.what):
        return False
    if faults := word_faults(one, said, units):
        raise ProgressError("；".join(faults))
    by, why = said.by_post.strip(), said.reason.strip()
    taken_back = said.what is DispatchWord.TAKEN_BACK
    row.state = state_after(one, said.what).value
    row.settled_by, row.settled_why = ("", "") if taken_back else (by, why)
    done = said.what in (DispatchWord.ANSWERED, DispatchWord.VOID)
    row.settled_on = moment.today if done else None
    session.add(row)
    facts = {"reason": why} if why else {}
    record(session, row.campaign_id, moment, NewEntry(by, said.what, row.name, facts))
    return True
