"""Put questions to those who decide: with a code of their own each, by plan or because somebody asks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage, open_campaign, stages_of, writing_to
from models.campaign.moves import Occasion
from models.database import open_session
from models.decisions.asking import NewQuestion, ask, deciders
from models.decisions.codes import open_codes
from models.decisions.decision import Decision, asked_about, open_decisions
from models.decisions.gate import gate_of, plan_gates
from models.decisions.hearing import Hearing
from models.errors import DecisionError, NotFoundError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.decisions import Why
from models.rules.gates.plan import PlanGates
from models.rules.gates.values import GateReport
from models.rules.words import UNDER_WAY, StageStatus, post_fault
from models.units.unit import Post
from tasks.decisions.codes.codes import send_code
from tasks.decisions.deputies.entanglements import entanglements
from tasks.office.reach import lazily_reachable


@dataclass(slots=True)
class DecisionNews:
    """What a patrol did about decisions, in words for its one line."""

    asked: list[str] = field(default_factory=list)
    chased: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    nobody: list[str] = field(default_factory=list)
    noted: list[str] = field(default_factory=list)  # why a question may reach nobody, with the mend
    told: int = 0  # notices written

    def in_words(self) -> list[str]:
        """Return the parts of a summary; empty when nothing happened."""
        kinds = (
            ("请求审批", self.asked),
            ("催办审批", self.chased),
            ("审批已失效", self.closed),
            ("没有可以审批的岗位（请用 shifan posts 填写）", self.nobody),
            ("注意", list(dict.fromkeys(self.noted))),
        )
        return [f"{words}：{'、'.join(names)}" for words, names in kinds if names]


@dataclass(slots=True)
class Round:
    """One patrol of one campaign's decisions."""

    session: Session
    campaign: Campaign
    plan: PlanGates
    calendar: WorkCalendar
    moment: Moment
    reach: Callable[[str], bool]
    news: DecisionNews = field(default_factory=DecisionNews)

    @classmethod
    def of(
        cls,
        session: Session,
        campaign: Campaign,
        moment: Moment,
        calendar: WorkCalendar | None = None,
    ) -> Self:
        """Return a round of ``campaign``, by the calendar of the office unless another is given."""
        days = calendar or work_calendar(session)
        return cls(session, campaign, plan_gates(campaign), days, moment, lazily_reachable())

    def gate(self, stage: Stage) -> GateReport:
        """Return what the gate of ``stage`` says today."""
        return gate_of(self.session, self.campaign, stage, self.moment.today, self.reach)

    def word(self, by: str, stage: Stage, why: Why) -> Occasion:
        """Return that ``by`` asks about ``stage``, with what is in the way of closing it."""
        obstacles = () if why is Why.OPENING else self.gate(stage).obstacles
        return Occasion(by, self.moment, obstacles=obstacles)

    def hearing(self, decision: Decision, stage: Stage) -> Hearing:
        """Return one question of the campaign as it is dealt with."""
        return Hearing(self.session, decision, self.moment, stage, self.campaign)


def put_question(
    one: Round,
    stage: Stage,
    why: Why,
    word: Occasion,
    again: Sequence[Post] = (),
    *,
    together: bool | None = None,
) -> Hearing | None:
    """Ask on whose ``word``, which says what is in the way; None where nobody could be asked.

    The deciders are told, and each is sent a code of its own.
    Those of ``again`` are asked, where a question is put a second time, else whom the plan names;
    ``together`` says whether all must agree, where that is not the plan's to say.
    """
    filled = [post for post in again if not post.vacant]
    posts = filled or deciders(one.session, stage.campaign_id, one.plan)
    if not posts:
        one.news.nobody.append(stage.name)
        return None
    due = one.calendar.last_workday(
        one.calendar.due_within(one.moment.today, one.plan.answer_workdays)
    )
    agreed = one.plan.all_must_agree if together is None else together
    asked = ask(one.session, one.campaign, stage, NewQuestion(posts, why, due, agreed), word)
    if asked is None:
        return None
    tell_posts(one, asked, posts, "decision_asked")
    one.news.asked.append(asked.title)
    one.news.noted += entanglements(one.session, one.campaign, one.moment.today)
    return asked


def tell_posts(
    one: Round, asked: Hearing, posts: Sequence[Post], rule: str, occurrence: str = ""
) -> None:
    """Tell ``posts`` that they are asked, and send a code to each that holds none."""
    ids = [key_of(post) for post in posts]
    detail = f"{Why(asked.decision.why).chinese}；请在 {asked.decision.due} 前答复：打开链接办理，验证码另发"
    one.news.told += asked.tell(rule, ids, occurrence, detail)
    held = {code.post_id for code in open_codes(one.session, asked.matter, one.moment.now)}
    for post in posts:
        if post.id not in held:
            send_code(asked, post)


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
        asked = put_question(one, stage, why, one.word(by.strip(), stage, why))
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
