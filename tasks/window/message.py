"""The page of a message: everything it says, as it is now, to acknowledge and to register."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.calendar.calendar import work_calendar
from models.campaign.at_hand import AtHand, items_said
from models.campaign.campaign import Campaign
from models.database import open_session
from models.notices.outbox import campaigns_said, message_numbered
from models.notices.unanswered import StandingReceipt, standing_in
from models.notices.waiting import WaitingNotice, notices_said
from models.rules.bounds import LARGEST_NUMBER
from models.rules.calendar.moment import Moment
from models.rules.calendar.workdays import WorkCalendar
from models.rules.lights import light_days
from models.rules.notices.rule_words import AT_ONCE_RULES, RIDING_RULES
from models.rules.window.entry import LINK_LASTS, holds
from models.rules.window.sight import Right
from models.rules.words import CampaignState
from notifications import links
from notifications.letter import once_each
from notifications.letter_lines import DECISION_RULES, OUTCOME, deed_of, line_of, office_page
from tasks.notices.acknowledging import acknowledge_message
from tasks.window.at_hand import HandItem, as_hand_item
from tasks.window.foreign import ForeignError
from tasks.window.told import TheirPart, told_to
from tasks.window.visitors import Visitor

NOT_YOURS = "这条消息不是发给您的；您的消息请从收到的链接打开"
_MARK = re.compile(r"【[^】]*】")
_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]*)\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])|<!-- -->|\*\*")


@dataclass(frozen=True, slots=True)
class SaidItem:
    """One thing a message says: why it says it, and the item as it is now.

    ``item`` is None for what is said of a stage; ``decision`` is the open question about that,
    ``outcome`` the one that has ended.
    ``by`` whom and ``at`` when it was acknowledged; ``entry`` is the audit's number of that, where
    whoever looks may see it. ``waits`` for the visitor's word; ``opens`` where its pages are the visitor's.
    """

    when: str
    code: str
    title: str
    owner: str
    detail: str
    campaign: str
    item: HandItem | None
    decision: int | None
    outcome: int | None
    by: str
    at: datetime | None
    entry: int | None
    waits: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class SaidWords:
    """Something that a message says in words, and the ``page`` that answers it, named by its ``deed``."""

    text: str
    page: str = ""
    deed: str = ""


@dataclass(frozen=True, slots=True)
class MessagePage:
    """A message: ``waiting`` of its items can still be acknowledged by whoever looks.

    ``is_old`` where its links have run out. ``elsewhere`` are the campaigns whose pages are not the
    visitor's, though their part of the message is; ``others`` things that it says are another post's by now,
    and are not shown.
    """

    number: int
    to: str
    made_at: datetime
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    is_demo: bool
    words: tuple[SaidWords, ...]
    items: tuple[SaidItem, ...]
    riding: tuple[str, ...]
    waiting: int
    may_acknowledge: bool
    ended: bool
    is_old: bool
    elsewhere: tuple[str, ...]
    others: int


def page_of_message(number: int, visitor: Visitor, moment: Moment) -> MessagePage:
    """Return what message ``number`` says, as it is now; reads only.

    Raises NotFoundError where there is none, ForeignError for one that is another's.
    """
    with open_session(read_only=True) as session:
        message = message_numbered(session, min(number, LARGEST_NUMBER))
        told = told_to(session, number, visitor)
        if not told.read and visitor.campaign_id is not None:
            raise ForeignError(NOT_YOURS)
        about = [one for one in campaigns_said(session, number) if one.id in told.read]
        every = notices_said(session, number)
        notices = [one for one in every if one.campaign_id in told.read]
        said = _Said.of(session, number, about, visitor, moment)
        items = tuple(said.item(one, told) for one in once_each(notices))
        still = {one.id for one in about if one.state == CampaignState.OPEN}
        return MessagePage(
            number=number,
            to=message.tag,
            made_at=message.made_at,
            names=tuple(one.label for one in about),
            addresses=tuple(one.address for one in about if _opens(one, visitor)),
            is_demo=any(one.is_demo for one in about),
            words=tuple(
                _with_page(n, visitor) for n in notices if n.words and n.rule not in RIDING_RULES
            ),
            items=items,
            riding=tuple(_in_words(n) for n in notices if n.rule in RIDING_RULES),
            waiting=sum(one.waits for one in items),
            may_acknowledge=bool(told.answer & still) and Right.ACKNOWLEDGE in visitor.rights,
            ended=bool(about) and not still,
            is_old=not holds(message.made_at, LINK_LASTS, moment.now),
            elsewhere=tuple(one.label for one in about if not _opens(one, visitor)),
            others=len(every) - len(notices),
        )


def acknowledge_as(
    number: int, only: tuple[str, int] | None, visitor: Visitor, moment: Moment
) -> int:
    """Acknowledge what message ``number`` says, or ``only`` one item, as ``visitor``; return how many newly are.

    That is all of it that is the visitor's, in whatever campaign (`tasks.window.told`), an entry of the
    audit for each. Raises ForeignError for a message to somebody else. Repeatable: what stands
    acknowledged stays so.
    """
    with open_session(read_only=True) as session:
        message_numbered(session, min(number, LARGEST_NUMBER))
        told = told_to(session, number, visitor)
        if not told.answer:
            raise ForeignError(NOT_YOURS)
    return acknowledge_message(number, visitor.by, "", moment=moment, only=only, within=told.answer)


@dataclass(frozen=True, slots=True)
class _Said:
    """What is known of the items of one message, read once."""

    items: Mapping[tuple[str, int], AtHand]
    standing: Mapping[tuple[str, int], StandingReceipt]
    campaigns: Mapping[int, Campaign]
    visitor: Visitor
    calendar: WorkCalendar
    today: date

    @classmethod
    def of(
        cls,
        session: Session,
        number: int,
        about: Sequence[Campaign],
        visitor: Visitor,
        moment: Moment,
    ) -> "_Said":
        calendar = work_calendar(session)
        days = light_days(moment.today, calendar)
        return cls(
            {(one.table, one.id): one for one in items_said(session, number, days)},
            {(one.table, one.id): one for one in standing_in(session, number, moment.today)},
            {one.id or 0: one for one in about},
            visitor,
            calendar,
            moment.today,
        )

    def item(self, notice: WaitingNotice, told: TheirPart) -> SaidItem:
        key = notice.subject_kind, notice.subject_id
        campaign, now = self.campaigns[notice.campaign_id], self.items.get(key)
        known = campaign, self.visitor, self.calendar, self.today
        hand = as_hand_item(now, *known) if now else None
        line, stands = line_of(notice, None, several=True), self.standing.get(key)
        asks = notice.rule in DECISION_RULES and notice.decision_id
        ended = notice.last_decision_id if deed_of(notice) == OUTCOME else None
        opens = _opens(campaign, self.visitor)
        theirs = notice.campaign_id in told.answer and campaign.state == CampaignState.OPEN
        return SaidItem(
            when=_mark(line["when"]) if hand else line["when"],
            code=notice.code,
            title=notice.title,
            owner=notice.owner,
            detail=line["detail"],
            campaign=line["campaign"] if len(self.campaigns) > 1 else "",
            item=hand,
            decision=notice.decision_id if asks and opens else None,
            outcome=ended if opens and Right.SEE_ALL in self.visitor.rights else None,
            by=stands.by_post if stands else "",
            at=stands.at if stands else None,
            entry=stands.entry if stands and self._sees(stands) else None,
            waits=theirs and hand is not None and not hand.state.is_over and not stands,
            opens=opens,
        )

    def _sees(self, stands: StandingReceipt) -> bool:
        """Say whether the receipt of an acknowledgement is for the visitor: its own, or any for an account."""
        return self.visitor.campaign_id is None or stands.by_post == self.visitor.by


def _mark(when: str) -> str:
    """Return what became of a notice before; how near the day is, the item says itself, as it is now."""
    found = _MARK.match(when)
    return found[0] if found else ""


def _opens(campaign: Campaign, visitor: Visitor) -> bool:
    return visitor.campaign_id in (None, campaign.id)


def _with_page(notice: WaitingNotice, visitor: Visitor) -> SaidWords:
    """Return what was said in words with the page that answers it, where that is the visitor's to open."""
    if notice.rule not in AT_ONCE_RULES:
        page = office_page(notice) if Right.OFFICE in visitor.rights else ""
        return SaidWords(notice.words, links.path_of(page), "办理" if page else "")
    found = _LINK.search(notice.words) if Right.DECIDE in visitor.rights else None
    page = links.path_of(found[2]) if found else ""
    return SaidWords(_in_words(notice), page, found[1] if found and page else "")


def _in_words(notice: WaitingNotice) -> str:
    """Return free words as plain text: of what is Markdown the words of its links stay."""
    if notice.rule not in AT_ONCE_RULES:
        return notice.words
    return _ESCAPE.sub(lambda found: found[1] or "", _LINK.sub(r"\1", notice.words))
