"""Secret addresses: of a calendar that a telephone fetches by itself, and of a screen on a wall.

Whoever knows one reads what is behind it and nothing else, without logging in, until it is withdrawn:
the next address then differs from it. Nothing of an address is kept, so nobody reads one out of a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from models.window.withdrawn import EVERY_LINK, generation_of, post_scope
from tasks.window.tokens import TokenKind, read_signed, sign


class Behind(StrEnum):
    """What stands behind a secret address."""

    CAMPAIGN = "campaign"
    UNIT = "unit"
    POST = "post"
    WALL = "wall"


@dataclass(frozen=True, slots=True)
class SecretAddress:
    """What an address leads to: the calendar of a campaign, a unit or a post, or the wall of a campaign."""

    behind: Behind
    number: int

    @property
    def scope(self) -> str:
        """Return by which word it is withdrawn."""
        return f"wall:{self.number}" if self._is_wall else f"feed:{self.behind}:{self.number}"

    @property
    def scopes(self) -> Sequence[str]:
        """Return all words by which it is: a post's calendar goes with the post's links."""
        if self.behind is Behind.POST:
            return self.scope, post_scope(self.number), EVERY_LINK
        return (self.scope,)

    @property
    def kind(self) -> TokenKind:
        """Return for what its token is made."""
        return TokenKind.WALL if self._is_wall else TokenKind.FEED

    @property
    def _is_wall(self) -> bool:
        return self.behind is Behind.WALL


def secret_token(session: Session, secret: SecretAddress) -> str:
    """Return the word of the address that works now; the same until it is withdrawn."""
    generation = generation_of(session, *secret.scopes)
    return sign(secret.kind, secret.behind.value, secret.number, generation)


def opened_by(session: Session, kind: TokenKind, token: str) -> SecretAddress | None:
    """Return what ``token`` opens; None where it was not made here for ``kind``, or was withdrawn."""
    said = read_signed(kind, token)
    if said is None or len(said) != 3:
        return None
    behind, number, generation = said
    if behind not in list(Behind) or not isinstance(number, int):
        return None
    found = SecretAddress(Behind(behind), number)
    return found if generation_of(session, *found.scopes) == generation else None
