"""What came in for a recurring duty: known by its name, its folder or its mail's subject, and registered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.audit.chain import NewEntry, record
from models.audit.facts_kept import BY_SYSTEM
from models.campaign.campaign import Campaign
from models.keys import key_of
from models.publicity.duties import duties_of, names_in_order, words_of_duties
from models.publicity.submission import (
    NewReceipt,
    SubmissionLine,
    submission_lines,
    take_receipts,
)
from models.rules.calendar.moment import Moment
from models.rules.publicity.arrival import arrival, duty_in_name, occurrence_meant


@dataclass(frozen=True, slots=True)
class CameIn:
    """A file that waits to be known: by its row, whose it is, what it and its mail are called, when it came."""

    received_id: int
    unit_id: int
    called: str
    arrived_on: date


@dataclass(frozen=True, slots=True)
class CountedFor:
    """What a file was registered for, as its sender reads it; ``unsure`` where it could be for another time."""

    line: str
    unsure: bool


def take_named_files(
    session: Session, campaign_id: int, files: Sequence[CameIn], moment: Moment
) -> dict[int, CountedFor]:
    """Register each file that is named for a duty its unit owes, and return what for, by its row.

    A file of which that cannot be said is left alone. The same files again change nothing. Five
    statements where a unit of theirs owes anything, whatever their number.
    """
    campaign = session.get_one(Campaign, campaign_id)
    duties = words_of_duties(duties_of(campaign)) if files else {}
    if not duties:
        return {}
    names = names_in_order(session, campaign_id)
    lines = submission_lines(session, campaign_id, names, {one.unit_id for one in files})
    found: dict[int, CountedFor] = {}
    receipts: list[NewReceipt] = []
    for one in files:
        owed = [line for line in lines if line.unit_id == one.unit_id]
        own = {number: duties[number] for number in {line.duty for line in owed} & duties.keys()}
        number = duty_in_name(one.called, own)
        meant = number and occurrence_meant(
            one.called, [line.owed for line in owed if line.duty == number], one.arrived_on
        )
        if meant:
            line = next(each for each in owed if each.code == meant.code)
            earlier = next((each for each in owed if each.code == meant.doubt), None)
            found[one.received_id] = _counted(line, earlier, one.arrived_on, moment.today)
            receipts.append(NewReceipt(meant.code, one.arrived_on, one.received_id))
    news = take_receipts(session, campaign_id, receipts, BY_SYSTEM, moment.now)
    if news:
        said = NewEntry(BY_SYSTEM, "submission-taken", campaign.label, {"codes": news})
        record(session, key_of(campaign), moment, said)
    return found


def _counted(
    line: SubmissionLine, earlier: SubmissionLine | None, arrived: date, today: date
) -> CountedFor:
    word = arrival(line.due, arrived, today).chinese
    said = f"已登记为“{line.title}”（{line.code}）的报送，{word}，不用再报"
    if earlier is None:
        return CountedFor(said, unsure=False)
    more = (
        f"{said}；“{earlier.title}”还没有收到，如果这是那一次的，请在文件名里写上 {earlier.occurrence}"
        "，或告知创建办"
    )
    return CountedFor(more, unsure=True)
