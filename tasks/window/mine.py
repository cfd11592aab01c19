"""What waits for whoever is there: decisions, acknowledgements and items, a campaign each."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.at_hand import count_open, pressing_items
from models.campaign.campaign import Campaign, campaigns
from models.database import open_session
from models.decisions.waiting_for import questions_for
from models.keys import key_of
from models.notices.unanswered import UnansweredMessage, office_posts, unread_messages
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.decisions.decisions import Why
from models.rules.lights import light_days
from models.rules.window.sight import Right, VisitorRole
from models.rules.words import CampaignState
from tasks.window.at_hand import HandItem, as_hand_item
from tasks.window.unit import workdays_late
from tasks.window.visitors import Visitor


@dataclass(frozen=True, slots=True)
class MyQuestion:
    """A decision that waits; ``post`` is whose word it waits for, and ``decides`` says that it is the visitor's to give."""

    number: int
    ordinal: int
    stage: str
    why: str
    post: str
    asked_on: date
    due: date
    workdays: int | None
    decides: bool


@dataclass(frozen=True, slots=True)
class MyCampaign:
    """What waits in one campaign, its items the earliest due first; ``later`` counts what is open and does not press yet."""

    name: str
    address: str
    is_demo: bool
    questions: tuple[MyQuestion, ...]
    messages: tuple[UnansweredMessage, ...]
    items: tuple[HandItem, ...]
    later: int
    unit_id: int | None

    @property
    def count(self) -> int:
        """Return how many things wait."""
        return len(self.questions) + len(self.messages) + len(self.items)


@dataclass(frozen=True, slots=True)
class MyPage:
    """Everything that waits, the campaign with the most pressing first; ``acts`` is False for an auditor."""

    campaigns: tuple[MyCampaign, ...]
    acts: bool

    @property
    def count(self) -> int:
        """Return how many things wait in all campaigns."""
        return sum(one.count for one in self.campaigns)


def my_page(visitor: Visitor, moment: Moment) -> MyPage:
    """Return what waits for ``visitor`` on the moment's day; reads only.

    A post has its own campaign, an account every one under way. A leader has no items: what is late is
    the units' and the office's to register.
    """
    with open_session(read_only=True) as session:
        calendar = work_calendar(session)
        mine = _Mine(session, visitor, calendar, moment.today)
        found = [mine.of(one) for one in _campaigns(session, visitor)]
    return MyPage(tuple(found), Right.ACKNOWLEDGE in visitor.rights)


def _campaigns(session: Session, visitor: Visitor) -> list[Campaign]:
    if visitor.campaign_id is None:
        return campaigns(session)
    one = session.get_one(Campaign, visitor.campaign_id)
    return [one] if one.state == CampaignState.OPEN else []


@dataclass(frozen=True, slots=True)
class _Mine:
    session: Session
    visitor: Visitor
    calendar: WorkCalendar
    today: date

    def of(self, campaign: Campaign) -> MyCampaign:
        items = self._items(campaign)
        return MyCampaign(
            name=campaign.label,
            address=campaign.address,
            is_demo=campaign.is_demo,
            questions=self._questions(key_of(campaign)),
            messages=self._messages(key_of(campaign)),
            items=items,
            later=self._open(key_of(campaign)) - len(items),
            unit_id=self.visitor.unit_id,
        )

    def _questions(self, campaign_id: int) -> tuple[MyQuestion, ...]:
        """Return what waits for the visitor's own word; the office sees whose word is waited for."""
        rights, role = self.visitor.rights, self.visitor.role
        if Right.DECIDE not in rights:
            return ()
        mine = self.visitor.post_id
        own = questions_for(self.session, campaign_id, mine, self.today)
        post = mine if role is VisitorRole.LEADER else None
        return tuple(
            MyQuestion(
                number=one.id,
                ordinal=one.ordinal,
                stage=one.stage,
                why=Why(one.why).chinese,
                post=one.post,
                asked_on=one.asked_on,
                due=one.due,
                workdays=workdays_late(one.due, self.today, self.calendar),
                decides=mine is None or one in own,
            )
            for one in (
                own if post == mine else questions_for(self.session, campaign_id, post, self.today)
            )
        )

    def _messages(self, campaign_id: int) -> tuple[UnansweredMessage, ...]:
        if Right.ACKNOWLEDGE not in self.visitor.rights:
            return ()
        mine = self.visitor.post_id
        posts = [mine] if mine else office_posts(self.session, campaign_id)
        return tuple(unread_messages(self.session, campaign_id, posts, self.today))

    def _items(self, campaign: Campaign) -> tuple[HandItem, ...]:
        if Right.ACT not in self.visitor.rights:
            return ()
        days = light_days(self.today, self.calendar)
        found = pressing_items(self.session, key_of(campaign), self.visitor.unit_id, days)
        return tuple(
            as_hand_item(one, campaign, self.visitor, self.calendar, self.today) for one in found
        )

    def _open(self, campaign_id: int) -> int:
        if Right.ACT not in self.visitor.rights:
            return 0
        return count_open(self.session, campaign_id, self.visitor.unit_id)
