"""Dispatches that came back from the scanner: told by the number in the name of a file that was received."""

from collections.abc import Mapping

from sqlmodel import Session, and_, col, or_, select

from models.evidence.intake.received import ReceivedFile
from models.findings.dispatch import Dispatch
from models.findings.dispatching import note_return
from models.findings.rules_set import finding_rules
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.words import Reception
from models.rules.findings.numbers import DispatchState, number_named

# The kinds of a received file that is a dispatch come back: as a scan, or as what may be none.
RETURN, UNSURE_RETURN = "return", "return-unsure"
RETURNS = (RETURN, UNSURE_RETURN)
DOUBTFUL = "；看不出是扫描仪扫描的（{why}），请核对原件，确认时写明怎样核对的"
TIED = "已作为{name}的回件收下，待创建办确认"
BY_INTAKE = "收件"


def tie_received(
    session: Session, campaign_id: int, received: Mapping[int, str], moment: Moment
) -> dict[int, str]:
    """Tie files that were received to the dispatches whose numbers they bear; return what is said of each.

    Only to those that still wait: a second scan of one that waits for its confirmation takes the first one's
    place, and one that was refused counts again where it comes again, among the rows ``received`` now. These
    say why they may be no scan: whoever confirms one then says how it was checked.
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
            and_(col(ReceivedFile.kind).in_(RETURNS), col(ReceivedFile.id).in_(list(received))),
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
        doubt = received.get(key_of(file), "")
        file.kind, file.detail = UNSURE_RETURN if doubt else RETURN, TIED.format(name=row.name)
        file.detail += DOUBTFUL.format(why=doubt) if doubt else ""
        session.add(file)
        said[key_of(file)] = file.detail
    return said


def is_doubtful_return(session: Session, row: Dispatch) -> bool:
    """Say whether what came back of a dispatch may be no scan."""
    query = select(ReceivedFile.id).where(
        ReceivedFile.campaign_id == row.campaign_id,
        ReceivedFile.sha256 == row.returned_sha256,
        ReceivedFile.kind == UNSURE_RETURN,
    )
    return session.exec(query.limit(1)).first() is not None
