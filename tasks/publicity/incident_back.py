"""Take back a step of an incident that was registered by mistake."""

from models.audit.chain import NewEntry, record
from models.campaign.campaign import writing_to
from models.campaign.own_milestones import HowFar, settle_milestones
from models.errors import ProgressError
from models.keys import key_of
from models.publicity.incident import incident_numbered, withdraw_deed
from models.rules.calendar.moment import Moment
from models.rules.publicity.words import IncidentStep
from models.rules.words import Level, Progress, post_fault
from tasks.publicity.incident_hours import next_hour_in_words
from tasks.publicity.incidents import lay_incident, tell_now

TOLD = (IncidentStep.ANSWERED, IncidentStep.ENDED)  # of which office and leader heard


def take_back_step(slug: str | None, number: int, by: str, why: str, moment: Moment) -> str:
    """Take back the last step that was registered of an incident; return where it stands, in one line.

    Its clock goes on as before the step. Who heard of the step hears of this. Raises NotFoundError for a
    number that is none, ProgressError where there is no step to take back, no reason, or no post.
    """
    faults = [fault] if (fault := post_fault(by, "撤回")) else []
    if not why.strip():
        faults.append("请写明撤回的理由")
    if faults:
        raise ProgressError("；".join(faults))
    by, why = by.strip(), why.strip()
    with writing_to(slug) as (session, campaign):
        incident = incident_numbered(session, key_of(campaign), number)
        step = withdraw_deed(session, incident)
        if step is None:
            raise ProgressError(f"第 {number} 号舆情还没有登记处置，没有可撤回的")
        open_again = {f"Y{number}": HowFar(Progress.OPEN, None, by, why)}
        if step is IncidentStep.ENDED:
            settle_milestones(session, key_of(campaign), open_again)
        lay_incident(session, incident, moment)
        subject, facts = f"第 {number} 号舆情", {"step": step.chinese, "reason": why}
        record(session, campaign.id, moment, NewEntry(by, "incident-back", subject, facts))
        line = f"{subject}“{incident.title}”：撤回登记的“{step.chinese}”"
        if step in TOLD:
            told = [Level.OFFICE, Level.LEADER]
            tell_now(session, incident, told, f"{line}，理由：{why}", moment)
        return f"{line}；{next_hour_in_words(session, incident, moment)}"
