"""Dispatches that came back from the scanner: told by the number in the name of a file that was received."""

from collections.abc import Collection

from sqlmodel import Session, and_, col, or_, select

from models.evidence.intake.received import ReceivedFile
from models.findings.dispatch import Dispatch
from models.findings.dispatching import note_return
from models.findings.rules_set import finding_rules
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception
from models.rules.findings.numbers import DispatchState, number_named

RETURN = "return"  # the kind of a received file that is a dispatch come back
TIED = "已作为{name}的回件收下，待创建办确认"
BY_INTAKE = "收件"


def tie_received(
    session: Session, campaign_id: int, received: Collection[int], moment: Moment
) -> dict[int, str]:
    """Tie files that were received to the dispatches whose numbers they bear; return what is said of each.

    Only to those that still wait: a second scan of one that waits for its confirmation takes the first one's
    place, and one that was refused counts again where it comes again, among the rows ``received`` now.
    Repeatable; two statements, however many files there are.
    """
    waiting = {
        (row.year, row.number): row
        for row in session.exec(
            select(Dispatch).where(
                Dispatch.campaign_id == campaign_id,
                col(Dispatch.state).in_([DispatchState.ISSUED, DispatchState.RETURNED]),
            )
        )
    }
    if not waiting:
        return {}
    form = finding_rules(session, campaign_id).dispatch_number
    query = select(ReceivedFile).where(
        ReceivedFile.campaign_id == campaign_id,
        or_(
            col(ReceivedFile.kind) == "evidence",
            and_(col(ReceivedFile.kind) == RETURN, col(ReceivedFile.id).in_(list(received))),
        ),
        ReceivedFile.outcome == Reception.TAKEN,
        col(ReceivedFile.name).like("%督%"),
    )
    said: dict[int, str] = {}
    for file in session.exec(query.order_by(col(ReceivedFile.id))):
        name = file.name.rpartition("/")[2]
        row = waiting.get(number_named(name, form) or (0, 0))
        if row is None:
            continue
        note_return(session, row, (file.sha256, name), BY_INTAKE, moment)
        file.kind, file.detail = RETURN, TIED.format(name=row.name)
        session.add(file)
        said[key_of(file)] = file.detail
    return said
