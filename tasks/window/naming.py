"""Which campaign an address speaks of."""

from dataclasses import dataclass

from models.campaign.campaign import Campaign, campaign_named
from models.database import open_session
from models.errors import NotFoundError
from models.rules.bounds import LARGEST_NUMBER
from models.rules.campaign_names import NUMBERED, address_of, label
from models.window.addressed import AddressedRow, campaign_addressed

NONE_SUCH = "没有这个创建活动或工作计划；请从总览或收到的消息里打开"


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

    A number wins: no page leads to a name that looks like one, and links of before to such a name stay true
    where no campaign has the number.

    Raises NotFoundError for one that is none; which others there are is not said.
    """
    if not address:
        raise NotFoundError(NONE_SUCH)
    numbered = NUMBERED.fullmatch(address)
    number = int(numbered[1]) if numbered else 0
    with open_session(read_only=True) as session:
        found = campaign_addressed(session, address, number if number <= LARGEST_NUMBER else 0)
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
