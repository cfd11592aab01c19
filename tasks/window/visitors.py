"""Who is there: an account of the office, or the holder of a post, with what the tables say of them now."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_urlsafe
from typing import Any

from sqlmodel import Session

from models.database import open_session
from models.rules.window.entry import IDLE, WHOLE, holds
from models.rules.window.sight import RIGHTS, Right, VisitorRole, role_of_post
from models.rules.words import OFFICE
from models.window.posts import called_in_full
from models.window.visiting import account_there, post_there
from tasks.window.tokens import TokenKind, csrf_of, instant_of, minute_of, read_signed, sign

ACCOUNT, POST = "account", "post"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Whoever is there, as pages and acts need them.

    ``by`` is the post that acts are signed with, never a person; ``name`` is what the page shows.
    ``campaign_id`` is the only campaign that a post sees; an account sees all. ``stay`` is this stay.
    """

    kind: str
    number: int  # of the account or post
    name: str
    by: str
    role: VisitorRole
    stay: "Stay" = field(repr=False)
    generation: int = 0
    campaign_id: int | None = None
    unit_id: int | None = None
    unit: str = ""
    level: int = 0
    tag: str = ""

    @property
    def rights(self) -> frozenset[Right]:
        """Return what it may see and do."""
        return RIGHTS[self.role]

    @property
    def only_looks(self) -> bool:
        """Say whether it may read and change nothing, whatever a page forgets to ask."""
        return self.role is VisitorRole.AUDITOR

    @property
    def post_id(self) -> int | None:
        """Return the post it holds, None for an account."""
        return self.number if self.kind == POST else None

    @property
    def csrf(self) -> str:
        """Return what every form of this stay carries."""
        return csrf_of(self.stay.word)

    @property
    def via(self) -> str:
        """Return who it is, as an entry of the audit says it beside the post an act is signed with."""
        return f"账号 {self.name}" if self.kind == ACCOUNT else f"凭本人通道 {self.name}"

    def pass_on(self, now: datetime) -> str:
        """Return the cookie of this stay, as it goes on at ``now``."""
        return begin_stay(self, now)

    def may_see_unit(self, unit_id: int | None) -> bool:
        """Say whether what belongs to a unit (None: to the office or a leader) may be seen."""
        return Right.SEE_ALL in self.rights or (unit_id is not None and unit_id == self.unit_id)

    def may_act_for(self, unit_id: int | None) -> bool:
        """Say whether progress of a unit's items (None: the office's) may be registered."""
        if self.role is VisitorRole.UNIT:
            return unit_id is not None and unit_id == self.unit_id
        if self.role is VisitorRole.OFFICE_POST:
            return unit_id is None
        return Right.ACT in self.rights


def begin_stay(visitor: Visitor, now: datetime) -> str:
    """Return the cookie of a stay that goes on at ``now``."""
    about = (visitor.kind, visitor.number, visitor.generation)
    return sign(
        TokenKind.SESSION, *about, visitor.stay.word, minute_of(visitor.stay.begun), minute_of(now)
    )


def visitor_of(cookie: str, now: datetime) -> Visitor | None:
    """Return who shows ``cookie``; None where it was not made here, ran out, was withdrawn or ended.

    Reads only, in one statement: what the tables say now counts, not what they said when the stay began.
    """
    said = read_signed(TokenKind.SESSION, cookie) if cookie else None
    if said is None:
        return None
    try:
        kind, number, generation, word, begun, seen = said
        stay = Stay(str(word), instant_of(int(begun)), instant_of(int(seen)))
    except (ValueError, TypeError, OverflowError):
        return None
    if not (holds(stay.begun, WHOLE, now) and holds(stay.seen, IDLE, now)):
        return None
    with open_session(read_only=True) as session:
        found = (of_account if kind == ACCOUNT else of_post)(session, number, stay)
    return found if found and found.generation == generation else None


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of somebody in the window: its word, when it began and was seen last (UTC)."""

    word: str
    begun: datetime
    seen: datetime


def new_stay(now: datetime) -> Stay:
    """Return the beginning of a stay at ``now``."""
    return Stay(token_urlsafe(12), now, now)


def of_account(session: Session, number: int, stay: Stay) -> Visitor | None:
    """Return the holder of account ``number``; None where it is locked, not there, or its stay ended."""
    account = account_there(session, number, stay.word)
    if account is None or account.spent:
        return None
    return Visitor(
        kind=ACCOUNT,
        number=number,
        name=account.name,
        by=OFFICE,
        role=VisitorRole(account.role),
        stay=stay,
        generation=account.generation,
    )


def of_post(session: Session, number: int, stay: Stay) -> Visitor | None:
    """Return the holder of post ``number``; None where it is vacant, gone, or its stay ended."""
    post = post_there(session, number, stay.word)
    if post is None or post.spent:
        return None
    name = called_in_full(post.title, post.unit)
    return Visitor(
        kind=POST,
        number=number,
        name=name,
        by=name,
        role=role_of_post(post.level),
        stay=stay,
        generation=post.generation,
        campaign_id=post.campaign_id,
        unit_id=post.unit_id,
        unit=post.unit,
        level=post.level,
        tag=post.tag,
    )


def whole_numbers(said: Sequence[Any], count: int) -> list[int] | None:
    """Return what a token says where that is ``count`` whole numbers; None where it is not."""
    if len(said) != count or not all(isinstance(one, int) for one in said):
        return None
    return [int(one) for one in said]
