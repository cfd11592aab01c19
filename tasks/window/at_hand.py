"""Items as the pages of whoever acts show them: how late, which light, and how each is answered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.campaign.at_hand import AtHand
from models.campaign.campaign import Campaign
from models.rules.calendar.workdays import WorkCalendar
from models.rules.window.own_pages import own_page
from models.rules.window.sight import VisitorRole
from models.rules.words import Light, Progress
from tasks.window.unit import workdays_late
from tasks.window.visitors import Visitor


class Answering(StrEnum):
    """How somebody may register an item: by one tap, by its form, where it lives, or not at all."""

    TAP = "tap"
    FORM = "form"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class HandItem:
    """One item of a page: what, whose, by when, how late (working days, negative before), and its light."""

    table: str
    id: int
    code: str
    title: str
    owner: str
    unit_id: int | None
    is_part: bool
    due: date | None
    workdays: int | None
    light: Light
    state: Progress
    done_on: date | None
    note: str
    by_post: str
    others: int
    answering: Answering
    campaign: str
    address: str
    kind: str = ""  # of a milestone

    @property
    def path(self) -> str:
        """Return the path of its form, without the base of the window."""
        part = f"?unit={self.unit_id}" if self.is_part else ""
        return f"/c/{self.address}/i/{self.code}/register{part}"

    @property
    def page(self) -> str:
        """Return the path of the page of the item."""
        if own := own_page(self.kind, self.code):
            return f"/c/{self.address}/{own}"
        part = f"?unit={self.unit_id}" if self.is_part else ""
        return f"/c/{self.address}/i/{self.code}{part}"


def as_hand_item(
    one: AtHand, campaign: Campaign, visitor: Visitor, calendar: WorkCalendar, today: date
) -> HandItem:
    """Return ``one`` as ``visitor`` may answer it on ``today``."""
    return HandItem(
        table=one.table,
        id=one.id,
        code=one.code,
        title=one.title,
        owner=one.owner,
        unit_id=one.unit_id,
        is_part=one.is_part,
        due=one.due,
        workdays=workdays_late(one.due, today, calendar),
        light=Light(one.light),
        state=Progress(one.state),
        done_on=one.done_on,
        note=one.note,
        by_post=one.by_post,
        others=one.others,
        answering=answering_of(one, campaign.id, visitor),
        campaign=campaign.label,
        address=campaign.address,
        kind=one.kind,
    )


def answering_of(one: AtHand, campaign_id: int | None, visitor: Visitor) -> Answering:
    """Return how ``visitor`` may register an item.

    One tap is for what is the visitor's own alone: where parts of other units would follow, the form
    says so first. The office registers for units by the form.
    """
    own = visitor.campaign_id in (None, campaign_id) and visitor.may_act_for(one.unit_id)
    if not own:
        return Answering.NONE
    if one.elsewhere:
        return Answering.ELSEWHERE
    mine = visitor.role is VisitorRole.UNIT or one.unit_id is None
    tap = mine and not one.others and not Progress(one.state).is_over
    return Answering.TAP if tap else Answering.FORM
