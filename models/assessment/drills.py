"""Drills: arrange one, bring it to its end, or drop it; each has its milestone (M1)."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from models.assessment.drill import Drill, DrillDraw, drills_of
from models.assessment.results import combined_of, weights_of, weights_text
from models.assessment.workpapers import workpapers_of
from models.audit.chain import NewEntry, record
from models.campaign.own_milestones import (
    HowFar,
    OwnMilestone,
    lay_milestones,
    settle_milestones,
    withdraw_milestones,
)
from models.errors import CampaignError
from models.keys import key_of
from models.rules.assessment.combining import Combined
from models.rules.assessment.words import DrillState, Method
from models.rules.bounds import LONGEST_NAME, day_fault, text_fault
from models.rules.calendar.moment import Moment
from models.rules.words import MilestoneKind, Progress, post_fault


@dataclass(frozen=True, slots=True)
class NewDrill:
    """A drill that is asked for: what it is called, from when to when, and by whom."""

    title: str
    begin: date
    due: date
    assessor: str
    third_party: bool = False

    @property
    def faults(self) -> list[str]:
        """Return what is wrong with it."""
        found = [f"名称{fault}" for fault in [text_fault(self.title, LONGEST_NAME)] if fault]
        found += [] if self.title.strip() else ["没有写名称"]
        found += [fault for fault in [post_fault(self.assessor, "评估")] if fault]
        found += [fault for day in (self.begin, self.due) if (fault := day_fault(day))]
        if self.due < self.begin:
            found.append(f"结束日 {self.due} 早于开始日 {self.begin}")
        return found


def add_drill(session: Session, campaign_id: int, new: NewDrill, by: str, moment: Moment) -> Drill:
    """Arrange a drill with the next number, and its milestone. Repeatable: one that says the same is returned.

    Raises CampaignError with every fault.
    """
    faults = new.faults + [fault for fault in [post_fault(by, "安排")] if fault]
    if faults:
        raise CampaignError("；".join(faults))
    found = drills_of(session, campaign_id)
    said = (new.title.strip(), new.begin, new.due, new.assessor.strip(), new.third_party)
    for one in found:
        there = (one.title, one.begin, one.due, one.assessor, one.third_party)
        if there == said and one.state == DrillState.OPEN:
            return one
    drill = Drill(
        campaign_id=campaign_id,
        number=max((one.number for one in found), default=0) + 1,
        title=said[0],
        begin=new.begin,
        due=new.due,
        assessor=said[3],
        third_party=new.third_party,
        made_by=by.strip(),
        made_at=moment.now,
    )
    session.add(drill)
    session.flush()
    wanted = OwnMilestone(
        MilestoneKind.DRILL, drill.code, f"模拟评估：{drill.title}", drill.due, begin=drill.begin
    )
    lay_milestones(session, campaign_id, [wanted])
    facts = {"begin": drill.begin, "due": drill.due, "assessor": drill.assessor}
    facts |= {"title": drill.title, "third_party": drill.third_party}
    record(session, campaign_id, moment, NewEntry(by.strip(), "drill-made", drill.code, facts))
    return drill


def begun_methods(session: Session, drill_id: int) -> list[Method]:
    """Return the methods of which something was drawn or written, in their order."""
    drawn = set(session.exec(select(DrillDraw.method).where(DrillDraw.drill_id == drill_id)))
    written = {one.method for one in workpapers_of(session, drill_id)}
    return [method for method in Method if method.value in drawn | written]


def finish_drill(session: Session, drill: Drill, by: str, moment: Moment) -> Combined:
    """Bring a drill to its end and return what it came to: its weights are kept, its milestone is done.

    Every method that was begun must have its newest workpaper reviewed. Repeatable. Raises CampaignError
    with what is still missing.
    """
    if fault := post_fault(by, "办结"):
        raise CampaignError(fault)
    if drill.state == DrillState.FINISHED:
        return combined_of(session, drill)
    if drill.state == DrillState.DROPPED:
        raise CampaignError(f"{drill.code} 已取消，不能办结")
    newest = {one.method: one for one in workpapers_of(session, key_of(drill))}
    waiting = [
        method.chinese
        for method in begun_methods(session, key_of(drill))
        if method.value not in newest or newest[method.value].reviewed_at is None
    ]
    if waiting or not newest:
        missing = f"还没有复核的工作底稿：{'、'.join(waiting)}" if waiting else "一项工作底稿也没有"
        raise CampaignError(f"{drill.code} 还不能办结：{missing}")
    drill.weights = weights_text(weights_of(session, drill.campaign_id))
    drill.state, drill.closed_on = DrillState.FINISHED, moment.today
    session.add(drill)
    settled = {drill.code: HowFar(Progress.DONE, moment.today, by.strip())}
    settle_milestones(session, drill.campaign_id, settled)
    found = combined_of(session, drill)
    facts = {"result": found.words, "weights": drill.weights}
    entry = NewEntry(by.strip(), "drill-finished", drill.code, facts)
    record(session, drill.campaign_id, moment, entry)
    return found


def drop_drill(session: Session, drill: Drill, by: str, reason: str, moment: Moment) -> None:
    """Drop a drill that will not be held: nothing is due any more, what was registered stays. Repeatable."""
    fault = post_fault(by, "取消") or ("" if reason.strip() else "没有写明为什么取消")
    if fault:
        raise CampaignError(fault)
    if drill.state == DrillState.DROPPED:
        return
    if drill.state == DrillState.FINISHED:
        raise CampaignError(f"{drill.code} 已完成，不能取消")
    drill.state, drill.closed_on, drill.note = DrillState.DROPPED, moment.today, reason.strip()
    session.add(drill)
    withdraw_milestones(session, drill.campaign_id, [drill.code])
    entry = NewEntry(by.strip(), "drill-dropped", drill.code, {"reason": drill.note})
    record(session, drill.campaign_id, moment, entry)
