"""What people do on a day of a rehearsal, as its pace says: acknowledge, answer, get things done."""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from sqlmodel import Session

from models.calendar.calendar import in_hours
from models.database import open_session
from models.decisions.tries import HandedIn
from models.loading.progress import Change, milestone_lines, part_lines, store_changes
from models.rehearsal.due import DueItem, finish_elsewhere, open_until
from models.rehearsal.walked import to_acknowledge, voices_waiting
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.answers import Answer, Said
from models.rules.rehearsal.pace import Deciding, Pace, moved
from models.rules.words import Progress
from tasks.decisions.answering import take_answer
from tasks.decisions.codes.codes import print_code
from tasks.notices.acknowledging import acknowledge_messages

BY = "演练"
FORCED = "演练：按方案推进"


def acknowledge_new(campaign_id: int, before: int, pace: Pace, moment: Moment) -> bool:
    """Acknowledge every message after number ``before`` that asks for it; say whether any did."""
    if not pace.acknowledges:
        return False
    with open_session(read_only=True) as session:
        numbers = to_acknowledge(session, campaign_id, before)
    return bool(numbers and acknowledge_messages(campaign_id, numbers, BY, moment=moment))


def answer_questions(
    campaign_id: int, pace: Pace, codes: Mapping[int, str], moment: Moment
) -> bool:
    """Answer what is asked as the pace says, each post with the code that a message brought it (``codes`` by number).

    Yes where nothing stands against it, else forced. A post without a channel gets its code on a sheet.
    Say whether anything was said.
    """
    if pace.deciding is Deciding.NEVER:
        return False
    with open_session(read_only=True) as session:
        waiting = voices_waiting(session, campaign_id)
    said = False
    for decision_id, asked in groupby(waiting, key=lambda one: one.decision_id):
        for one in asked:
            if pace.deciding is Deciding.LAST_DAY and moment.today < one.due:
                continue
            code = codes.get(one.message_id or 0, "")
            if one.message_id and not code:
                continue  # on its way
            code = code or print_code(decision_id, one.post, BY, FORCED, moment).code
            outcome = take_answer(
                decision_id, Said(Answer.APPROVE), HandedIn.at_command(code), moment
            )
            if not (outcome.done or outcome.noted):
                forced = Said(Answer.FORCE, FORCED)
                take_answer(decision_id, forced, HandedIn.at_command(code), moment)
            said = True
    return said


def get_done(campaign_id: int, pace: Pace, calendar: WorkCalendar, moment: Moment) -> int:
    """Report as done what the pace finishes by today; return how many items.

    What has a life of its own (visits, findings, submissions) is taken as done there. The end of a stage is
    not reported: it comes with the decision.
    """
    today = moment.today
    ahead = moved(today, pace.reach + 1, calendar)
    until = (
        date.max if pace.items else ahead
    )  # a day that a file names may lie before the item's own
    if pace.whole is None and not pace.units and not pace.items:
        return 0
    with open_session() as session:
        found = [
            one
            for one in open_until(session, campaign_id, until)
            if pace.done_on(one.code, one.unit, one.due, calendar) <= today
        ]
        if not found:
            return 0
        own = [one.id for one in found if one.elsewhere]
        finish_elsewhere(session, own, today, BY)
        _report(session, campaign_id, [one for one in found if not one.elsewhere], moment)
    return len(found)


def _report(session: Session, campaign_id: int, items: list[DueItem], moment: Moment) -> None:
    whole = [one.id for one in items if not one.part]
    parts = [one.id for one in items if one.part]
    lines = milestone_lines(session, campaign_id, only=whole) if whole else []
    lines += part_lines(session, campaign_id, only=parts) if parts else []
    today = moment.today
    changes = [
        Change(line, line._replace(state=Progress.DONE, done_on=today, by_post=BY))
        for line in lines
    ]
    if changes:
        store_changes(session, campaign_id, changes, moment=in_hours(session, moment))
