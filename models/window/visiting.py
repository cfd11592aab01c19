"""Who shows a cookie or a link, as the tables say now: one statement each."""

from dataclasses import dataclass

from sqlmodel import Session

from models.database import found_as
from models.window.withdrawn import EVERY_LINK, RESTORED, post_scope


@dataclass(frozen=True, slots=True)
class AccountThere:
    """An account that is not locked; ``spent`` says that the stay was ended."""

    name: str
    role: str
    generation: int
    spent: bool


@dataclass(frozen=True, slots=True)
class PostThere:
    """A filled post of a campaign that is shown, with its unit, empty where it is the campaign's own."""

    title: str
    tag: str
    level: int
    campaign_id: int
    unit: str
    generation: int
    spent: bool
    unit_id: int | None = None


_ACCOUNT = """
    SELECT a.name AS name, a.role AS role,
           a.generation + (SELECT coalesce(sum(g.generation), 0) FROM window_generation g
                           WHERE g.scope = :restored) AS generation,
           EXISTS (SELECT 1 FROM window_spent s WHERE s.word = :word) AS spent
    FROM window_account a WHERE a.id = :number AND a.locked_at IS NULL"""
_POST = """
    SELECT p.title AS title, p.tag AS tag, p.level AS level, p.campaign_id AS campaign_id,
           coalesce(u.name, '') AS unit,
           (SELECT coalesce(sum(g.generation), 0) FROM window_generation g
            WHERE g.scope IN (:all_links, :scope, :restored)) AS generation,
           EXISTS (SELECT 1 FROM window_spent s WHERE s.word = :word) AS spent,
           p.unit_id AS unit_id
    FROM post p JOIN campaign c ON c.id = p.campaign_id LEFT JOIN unit u ON u.id = p.unit_id
    WHERE p.id = :number AND NOT p.vacant AND c.state <> 'removed'
      AND (u.id IS NULL OR NOT u.retired)"""


def account_there(session: Session, number: int, stay: str) -> AccountThere | None:
    """Return account ``number`` unless it is locked, and whether the stay ``stay`` was ended."""
    values = {"number": number, "word": stay, "restored": RESTORED}
    found = found_as(session, AccountThere, _ACCOUNT, values)
    return found[0] if found else None


def post_there(session: Session, number: int, stay: str) -> PostThere | None:
    """Return post ``number`` unless it is vacant or its unit retired, and whether ``stay`` was ended."""
    values = {"number": number, "word": stay, "restored": RESTORED}
    values |= {"all_links": EVERY_LINK, "scope": post_scope(number)}
    found = found_as(session, PostThere, _POST, values)
    return found[0] if found else None
