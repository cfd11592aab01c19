"""The chain as an archive shows it: every link, so that its own entries can be followed to the signed head."""

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import text
from sqlmodel import Session

_LINKS = """SELECT id, CASE WHEN campaign_id = :campaign THEN 1 ELSE 0 END AS own, previous, hash
    FROM audit_entry ORDER BY id"""


class BareLink(NamedTuple):
    """An entry by its hashes alone; ``own`` says whether it is the campaign's."""

    id: int
    own: int
    previous: str
    hash: str


def bare_links(session: Session, campaign_id: int) -> Iterator[BareLink]:
    """Yield every entry of the chain in its order, of whatever campaign, piece by piece."""
    statement = text(_LINKS).execution_options(yield_per=5_000)
    for row in session.connection().execute(statement, {"campaign": campaign_id}):
        yield BareLink(*row)
