"""Take back what was registered of a visit by mistake: it waits for its result again."""

from sqlmodel import Session, col, delete, select

from models.campaign.own_milestones import HowFar, settle_milestones
from models.errors import ProgressError
from models.inspection.visit import Visit, VisitCheck, VisitProblem
from models.inspection.visit_round import VisitRound
from models.keys import key_of
from models.rules.visits.words import VisitState, visit_code
from models.rules.words import Progress


def take_back_visit(session: Session, visit: Visit, by: str, reason: str) -> bool:
    """Let ``visit`` and its milestone wait again; return False where nothing was registered. Repeatable.

    The caller says in the chain why. Raises ProgressError where the visit listed problems: they are
    findings of the unit by now, and end as findings do.
    """
    if visit.state != VisitState.HELD:
        return False
    code = visit_code(session.get_one(VisitRound, visit.round_id).number, visit.number)
    listed = select(VisitProblem.id).where(VisitProblem.visit_id == visit.id).limit(1)
    if session.exec(listed).first() is not None:
        raise ProgressError(
            f"{code} 列出的问题已经交办，不能撤回；登记错了的问题用 shifan findings end 写明理由作出决定，"
            "走访日期、走访人写错的再登记一次即改"
        )
    visit.state, visit.visited_on, visit.by_post = VisitState.PLANNED, None, ""
    visit.nothing_found, visit.note = False, ""
    session.exec(delete(VisitCheck).where(col(VisitCheck.visit_id) == key_of(visit)))
    session.flush()
    waits = {code: HowFar(Progress.OPEN, None, by, reason)}
    settle_milestones(session, visit.campaign_id, waits)
    return True
