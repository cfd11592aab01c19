"""Which campaign an address speaks of."""

import re
from dataclasses import dataclass

from models.campaign.campaign import Campaign, campaign_named
from models.database import open_session
from models.errors import NotFoundError
from models.rules.campaign_names import address_of, label
from models.window.addressed import AddressedRow, campaign_addressed

NONE_SUCH = "没有这个创建活动或工作计划；请从总览或收到的消息里打开"
_NUMBERED = re.compile(r"c([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Addressed:
    """The campaign that an address speaks of, as every page of it names it."""

    id: int
    slug: str
    address: str
    label: str
    title: str
    is_demo: bool


def campaign_at(address: str) -> Addressed:
    """Return the campaign whose part of an address, or whose name, ``address`` is; one statement.

    Raises NotFoundError for one that is none; which others there are is not said.
    """
    if not address:
        raise NotFoundError(NONE_SUCH)
    numbered = _NUMBERED.fullmatch(address)
    with open_session(read_only=True) as session:
        found = campaign_addressed(session, address, int(numbered[1]) if numbered else 0)
        try:
            return _addressed(found or campaign_named(session, address))
        except NotFoundError:
            raise NotFoundError(NONE_SUCH) from None


def _addressed(found: Campaign | AddressedRow) -> Addressed:
    number = found.id or 0
    return Addressed(
        number,
        found.slug,
        address_of(found.slug, number),
        label(found.slug, found.is_demo),
        found.title,
        found.is_demo,
    )
