"""An item that the office registers progress on in the place of others: found and shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at
from models.campaign.finding_items import LikeItem, items_like
from models.campaign.subjects import item_coded
from models.campaign.work import Assignment
from models.keys import key_of
from models.rules.words import Progress, Role
from models.units.unit import units_of

MOST_FOUND = 30


@dataclass(frozen=True, slots=True)
class ItemPart:
    """One unit's part of an item as it stands; ``state`` in words."""

    unit: str
    role: str
    state: str
    done_on: date | None
    due: date | None
    by_post: str
    note: str


@dataclass(frozen=True, slots=True)
class OfficeItem:
    """An item with its parts, as the office registers it; ``state`` is empty where only parts have one."""

    code: str
    title: str
    due: date | None = None
    state: str = ""
    by_post: str = ""
    note: str = ""
    parts: Sequence[ItemPart] = ()

    def part_of(self, unit: str) -> ItemPart | None:
        """Return the part of ``unit``, None where it has none."""
        return next((part for part in self.parts if part.unit == unit), None)


def items_found(slug: str | None, text: str) -> Sequence[LikeItem]:
    """Return the items that ``text`` may mean, at most `MOST_FOUND` and one more that says there are others."""
    with looking_at(slug) as (session, campaign):
        return items_like(session, key_of(campaign), text.strip(), MOST_FOUND + 1)


def office_item(slug: str | None, code: str) -> OfficeItem:
    """Return the item ``code`` with its parts in the plan's order; raises NotFoundError where there is none."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        coded = item_coded(session, campaign_id, code.strip().upper(), None)
        names = {key_of(unit): unit.name for unit in units_of(session, campaign_id)}
        parts = [_part(names[part.unit_id], part) for part in coded.parts]
        if coded.indicator:
            return OfficeItem(coded.indicator.code, coded.indicator.title, parts=parts)
        whole = coded.milestone
        assert whole is not None  # a code names one of the two
        state = Progress(whole.state).chinese
        told = whole.code, whole.title, whole.due, state, whole.by_post, whole.note
        return OfficeItem(*told, parts)


def _part(unit: str, row: Assignment) -> ItemPart:
    state, role = Progress(row.state).chinese, Role(row.role).chinese
    return ItemPart(unit, role, state, row.done_on, row.due, row.by_post, row.note)
