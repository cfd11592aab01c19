"""Drills as an office arranges them: made, brought to their end, dropped."""

from models.assessment.drill import drill_coded
from models.assessment.drills import NewDrill, add_drill, drop_drill, finish_drill
from models.campaign.campaign import writing_to
from models.keys import key_of
from models.rules.assessment.combining import Combined
from models.rules.calendar.moment import Moment


def arrange_drill(slug: str | None, new: NewDrill, by: str, moment: Moment) -> str:
    """Arrange a drill with its milestone and say what it is called; the same again is the same one."""
    with writing_to(slug) as (session, campaign):
        drill = add_drill(session, key_of(campaign), new, by, moment)
        third = "（第三方）" if drill.third_party else ""
        return (
            f"模拟评估 {drill.code}“{drill.title}”：{drill.begin} 至 {drill.due}，"
            f"由{drill.assessor}{third}评估；结束日已列为节点 {drill.code}"
        )


def close_drill(slug: str | None, drill: str, by: str, moment: Moment) -> tuple[str, Combined]:
    """Bring a drill to its end; return its code and what it came to."""
    with writing_to(slug) as (session, campaign):
        found = drill_coded(session, key_of(campaign), drill)
        return found.code, finish_drill(session, found, by, moment)


def cancel_drill(slug: str | None, drill: str, by: str, reason: str, moment: Moment) -> str:
    """Drop a drill that will not be held; return its code."""
    with writing_to(slug) as (session, campaign):
        found = drill_coded(session, key_of(campaign), drill)
        drop_drill(session, found, by, reason, moment)
        return found.code
