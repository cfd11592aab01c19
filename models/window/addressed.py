"""A campaign by what stands in its address, without its plan: that is long, and no page shows it."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as


@dataclass(frozen=True, slots=True)
class AddressedRow:
    """What an address's campaign is called."""

    id: int
    slug: str
    title: str
    is_demo: bool


_ADDRESSED = """
    SELECT id, slug, title, is_demo FROM campaign
    WHERE (slug = :slug OR id = :number) AND state <> 'removed'
    ORDER BY CASE WHEN id = :number THEN 0 ELSE 1 END LIMIT 1"""


def campaign_addressed(session: Session, slug: str, number: int) -> AddressedRow | None:
    """Return the campaign ``number``, or the one called exactly ``slug``; None where none is shown.

    No campaign has the number 0.
    """
    found = found_as(session, AddressedRow, _ADDRESSED, {"slug": slug, "number": number})
    return next(iter(found), None)
