"""What an office set for its findings, and setting it."""

from dataclasses import dataclass

from sqlmodel import Session, select

from models.audit.chain import NewEntry, record
from models.errors import ProgressError
from models.findings.finding import FindingRules
from models.rules.bounds import number_fault
from models.rules.calendar.moment import Moment
from models.rules.findings.days import ANSWER_WORKDAYS, WATCH_DAYS
from models.rules.findings.numbers import FORM, form_fault
from models.rules.words import post_fault

LONGEST_WATCH, LONGEST_ANSWER = 365, 60


@dataclass(frozen=True, slots=True)
class RulesOfFindings:
    """How long is watched (days), in how many workdays is answered, how dispatches are numbered."""

    watch_days: int = WATCH_DAYS
    answer_workdays: int = ANSWER_WORKDAYS
    dispatch_number: str = FORM

    @property
    def words(self) -> str:
        """Return them in a line."""
        return (
            f"整改核实后观察 {self.watch_days} 天才能销号；投诉建议 {self.answer_workdays} 个工作日内答复；"
            f"督办单编号 {self.dispatch_number}"
        )


def finding_rules(session: Session, campaign_id: int) -> RulesOfFindings:
    """Return what holds for a campaign: what its office set, else the usual."""
    row = _row(session, campaign_id)
    if row is None:
        return RulesOfFindings()
    return RulesOfFindings(row.watch_days, row.answer_workdays, row.dispatch_number or FORM)


def set_finding_rules(
    session: Session, campaign_id: int, new: RulesOfFindings, by_post: str, moment: Moment
) -> bool:
    """Set what holds from now on; say whether that changed anything. Repeatable.

    What is watched already keeps its day, and a dispatch its number. Raises ProgressError with every fault.
    """
    faults = [
        f"{what}{fault}"
        for what, number, largest in (
            ("观察期天数", new.watch_days, LONGEST_WATCH),
            ("答复工作日", new.answer_workdays, LONGEST_ANSWER),
        )
        if (fault := number_fault(number, 1, largest))
    ]
    faults += filter(None, (form_fault(new.dispatch_number), post_fault(by_post, "设置")))
    if faults:
        raise ProgressError("；".join(faults))
    old = finding_rules(session, campaign_id)
    if old == new:
        return False
    row = _row(session, campaign_id) or FindingRules(campaign_id=campaign_id, set_at=moment.now)
    row.watch_days, row.answer_workdays = new.watch_days, new.answer_workdays
    row.dispatch_number = new.dispatch_number
    row.set_by, row.set_at = by_post.strip(), moment.now
    session.add(row)
    facts = {"before": old.words, "after": new.words}
    record(session, campaign_id, moment, NewEntry(row.set_by, "findings-set", "问题整改", facts))
    return True


def _row(session: Session, campaign_id: int) -> FindingRules | None:
    query = select(FindingRules).where(FindingRules.campaign_id == campaign_id)
    return session.exec(query).first()
