"""What is written into the chain of a method of a drill: always under the same subject, M1/案卷评查."""

from collections.abc import Mapping

from sqlmodel import Session

from models.assessment.drill import Drill
from models.audit.chain import NewEntry, record
from models.rules.assessment.words import Method
from models.rules.calendar.moment import Moment


def subject_of(drill: Drill, method: Method) -> str:
    """Return under which subject the chain speaks of a method of a drill."""
    return f"{drill.code}/{method.chinese}"


def record_method(
    session: Session,
    drill: Drill,
    said: tuple[str, str, Method],
    facts: Mapping[str, object],
    moment: Moment,
) -> None:
    """Write an entry about a method of a drill; ``said`` is by whom, what was done, and which method."""
    by, what, method = said
    entry = NewEntry(by.strip(), what, subject_of(drill, method), facts)
    record(session, drill.campaign_id, moment, entry)
