"""Ask about a stage because somebody of the office wants it moved."""

from sqlmodel import Session

from models.campaign.campaign import Campaign, Stage, open_campaign, stages_of, writing_to
from models.database import open_session
from models.decisions.decision import asked_about, open_decisions
from models.errors import DecisionError, NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.decisions.decisions import Why
from models.rules.words import UNDER_WAY, StageStatus, post_fault
from tasks.decisions.putting import Put, put_question
from tasks.decisions.rounds import Round


def ask_by_hand(slug: str | None, ordinal: int | None, by: str, moment: Moment) -> tuple[int, str]:
    """Ask about a stage because somebody wants it moved; return the question's id and the stage.

    One that is asked already is returned as it is, so this may be repeated. About a pending stage
    the question is whether to open it before its day, beside whatever is under way. Raises DecisionError or NotFoundError in one line.
    """
    if fault := post_fault(by, "发起"):
        raise DecisionError(fault)
    with writing_to(slug) as (session, campaign):
        stage = _stage_to_move(session, campaign, ordinal)
        for decision in open_decisions(session, campaign.id):
            if decision.stage_id == stage.id:
                return key_of(decision), asked_about(decision, stage.name)
        one = Round.of(session, campaign, moment)
        why = Why.OPENING if stage.status == StageStatus.PENDING else Why.BY_HAND
        asked = put_question(Put(one, stage, why, one.word(by.strip(), stage, why)))
        if asked is None:
            raise DecisionError("没有可以审批的岗位，请先用 shifan posts 填写组长或分管领导")
        return asked.id, asked.title


def foresee_asking(slug: str | None, ordinal: int | None, by: str) -> None:
    """Raise in one line what forbids asking about a stage; nothing is written."""
    if fault := post_fault(by, "发起"):
        raise DecisionError(fault)
    with open_session(read_only=True) as session:
        _stage_to_move(session, open_campaign(session, slug), ordinal)


def _stage_to_move(session: Session, campaign: Campaign, ordinal: int | None) -> Stage:
    stages = stages_of(session, key_of(campaign))
    moving = [s for s in stages if s.status in UNDER_WAY]
    if ordinal is None:
        if not moving:
            raise DecisionError(
                f"{campaign.title}目前没有进行中的阶段；要提前启动某个阶段，请写明第几阶段"
            )
        return moving[0]
    found = next((s for s in stages if s.ordinal == ordinal), None)
    if found is None:
        known = "、".join(f"{s.ordinal}（{s.name}）" for s in stages)
        raise NotFoundError(f"没有第 {ordinal} 阶段，现有：{known}")
    if found.status == StageStatus.CLOSED:
        raise DecisionError(f"第 {ordinal} 阶段“{found.name}”已结束，不能提请审批")
    return found
