"""A round through the decisions of one campaign: what is known of it, and what came of it in words."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Self

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.campaign import Campaign, Stage
from models.campaign.moves import Occasion
from models.decisions.decision import Decision
from models.decisions.gate import gate_of, plan_gates
from models.decisions.hearing import Hearing
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.decisions import Why
from models.rules.gates.plan import PlanGates
from models.rules.gates.values import GateReport
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
