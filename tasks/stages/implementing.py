"""实施推进: which unit has not checked itself, is publicity going on, which pieces may be highlights."""

from collections.abc import Sequence
from datetime import timedelta

from sqlmodel import Session

from models.campaign.campaign import Campaign
from models.keys import key_of
from models.rules.words import MilestoneKind
from models.stages.due_things import due_things
from models.stages.highlights import highlight_candidates_of
from tasks.gates.chapters import Chapter
from tasks.gates.checklists import StageRound
from tasks.stages.chapter import chapters_by, condition_line, day_or_open, named_units

PUBLICITY = (MilestoneKind.MEASURE, MilestoneKind.DUTY, MilestoneKind.SUBMISSION)
LOOKED_AHEAD = timedelta(days=31)
NO_PARTS = "还没有责任分解，没有可以自查的：请装入指标表（shifan indicators load），或在方案里写明任务的牵头、责任单位"


def self_checks(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return which units have parts that they did not check, prove or finish, in the plan's order."""
    return [_self_checks(one) for one in rounds]


def _self_checks(one: StageRound) -> Chapter:
    facts = one.facts
    unproved = facts.unproved or {}
    units = dict.fromkeys([*facts.unchecked, *unproved, *facts.unfinished])
    rows = [
        (
            unit,
            *(
                str(part.get(unit, 0) or "")
                for part in (facts.unchecked, unproved, facts.unfinished)
            ),
        )
        for unit in units
    ]
    waiting = list(facts.unchecked)
    if not any(item.role for items in one.units.values() for item in items):
        line, brief = NO_PARTS, "还没有责任分解"
    elif waiting:
        line = f"还没有自查完的 {len(waiting)} 家：{named_units(waiting)}"
        brief = f"{len(waiting)} 家单位没有自查完"
    else:
        line, brief = "各单位都已自查登记", ""
    head = ("单位", "没有自查", "没有证明材料", "没有办完")
    return Chapter("各单位自查（责任分解条数）", line, head, rows, brief)


def publicity_going_on(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return what of publicity is late or due within a month; units in the plan's order, none ranked."""
    return chapters_by(rounds, _publicity)


def _publicity(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    things = due_things(session, key_of(campaign), PUBLICITY)
    begun = sum(thing.state.is_over for thing in things)
    until = one.today + LOOKED_AHEAD
    coming = [t for t in things if not t.state.is_over and (t.due is None or t.due <= until)]
    late = [thing for thing in coming if thing.is_late(one.today)]
    rows = [
        (
            f"{t.code} {t.title}",
            t.owner,
            day_or_open(t.due),
            "逾期" if t in late else t.state.chinese,
        )
        for t in coming
    ]
    line = (
        f"宣传措施和报送共 {len(things)} 项，已办 {begun} 项，逾期 {len(late)} 项"
        if things
        else "方案里没有宣传措施，也没有定期报送"
    )
    line = f"{line}。{condition_line(one, 'publicity-begun')}"
    brief = f"宣传逾期 {len(late)} 项" if late else ""
    return Chapter("宣传", line, ("事项", "责任", "时限", "进度"), rows, brief)


def highlights_found(rounds: Sequence[StageRound]) -> list[Chapter]:
    """Return accepted pieces that may be highlights; a person chooses and confirms."""
    return chapters_by(rounds, _highlights)


def _highlights(session: Session, campaign: Campaign, one: StageRound) -> Chapter:
    found = highlight_candidates_of(session, key_of(campaign))
    rows = [(f"{c.code} {c.title}", c.provider, "已公开" if c.url else "") for c in found]
    line = (
        f"通过的材料里可能是特色亮点的 {len(found)} 份，按编号排列，由创建办选树"
        if found
        else "通过的材料里还没有找到线索"
    )
    line = f"{line}。{condition_line(one, 'highlight')}"
    return Chapter("特色亮点的线索", line, ("材料", "单位", "是否公开"), rows)
