"""What units sent for the briefing: kept as it came, printed once, held back or taken back by the office."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, func, select

from models.audit.chain import NewEntry, record
from models.database import found_as
from models.errors import NotFoundError
from models.rules.calendar.moment import Moment

LONGEST_TITLE = 80  # characters
LONGEST_ITEM = 4_000  # of its text; a briefing has 5,000 at most


class BriefingItem(SQLModel, table=True):
    """One piece of news; without ``unit_id`` the office wrote it itself.

    ``digest`` is the hash of unit, title and text, so that the same words come in once. ``file_sha256`` is what
    it was read from, in the vault. ``place`` is where the office wants it, 0 for as it came; one that is ``held``
    waits for a later issue.
    """

    __tablename__ = "briefing_item"
    __table_args__ = (
        UniqueConstraint("campaign_id", "number"),
        UniqueConstraint("campaign_id", "digest"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    unit_id: int | None = Field(default=None, foreign_key="unit.id")
    title: str
    body: str = Field(sa_type=Text)
    came_on: date
    by_post: str = ""
    digest: str
    file_sha256: str = ""
    place: int = 0
    held: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class NewItem:
    """A piece of news before it has a number: of which unit (None: the office), by which post."""

    unit_id: int | None
    title: str
    body: str
    by_post: str
    file_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A piece of news as it is listed; ``issue`` is the number of the issue that holds it, None for none."""

    id: int
    number: int
    unit: str
    title: str
    body: str
    came_on: date
    place: int
    held: bool
    withdrawn: bool
    series: int | None
    issue: int | None

    @property
    def key(self) -> str:
        """Return what an issue that holds it keeps."""
        return f"item:{self.id}"

    @property
    def waits(self) -> bool:
        """Say whether the next issue takes it."""
        return self.issue is None and not (self.held or self.withdrawn)


@dataclass(frozen=True, slots=True)
class ItemChange:
    """What an office says of one item: other words, another place, later, or never."""

    number: int
    title: str
    body: str
    place: int
    held: bool
    withdrawn: bool


_LINES = """
    SELECT n.id, n.number, coalesce(u.name, '') AS unit, n.title, n.body, n.came_on, n.place, n.held,
           n.withdrawn, b.series, b.number AS issue
    FROM briefing_item n
    LEFT JOIN unit u ON u.id = n.unit_id
    LEFT JOIN briefing_piece p
           ON p.campaign_id = n.campaign_id AND NOT p.released AND p.key = 'item:' || n.id
    LEFT JOIN briefing b ON b.id = p.briefing_id
    WHERE n.campaign_id = :campaign
    ORDER BY CASE n.place WHEN 0 THEN 1000000 ELSE n.place END, n.number"""


def item_lines(session: Session, campaign_id: int) -> Sequence[ItemLine]:
    """Return every item: in the places the office gave, then as they came."""
    return found_as(session, ItemLine, _LINES, {"campaign": campaign_id})


def add_items(
    session: Session, campaign_id: int, items: Sequence[NewItem], moment: Moment
) -> Sequence[int]:
    """Keep what is new of ``items`` and return the number of each; the same words again are the same item.

    Repeatable. The caller holds the chain.
    """
    query = select(BriefingItem.digest, BriefingItem.number).where(
        BriefingItem.campaign_id == campaign_id
    )
    known = dict(session.exec(query).all())
    last = select(func.max(col(BriefingItem.number))).where(BriefingItem.campaign_id == campaign_id)
    number = session.exec(last).one() or 0
    found = []
    for item in items:
        digest = _digest(item)
        if digest not in known:
            number += 1
            known[digest] = number
            _add(session, campaign_id, (item, number, digest), moment)
        found.append(known[digest])
    return found


def change_items(
    session: Session, campaign_id: int, changes: Sequence[ItemChange], by_post: str, moment: Moment
) -> int:
    """Bring items in line with what an office says of them; return how many changed. Repeatable.

    Raises NotFoundError for a number that no item has. The caller holds the chain.
    """
    query = select(BriefingItem).where(BriefingItem.campaign_id == campaign_id)
    rows = {one.number: one for one in session.exec(query)}
    count = 0
    for new in changes:
        row = rows.get(new.number)
        if row is None:
            raise NotFoundError(f"没有编号为 {new.number} 的简报投稿")
        names = ("title", "body", "place", "held", "withdrawn")
        told = {
            name: getattr(new, name) for name in names if getattr(new, name) != getattr(row, name)
        }
        if not told:
            continue
        count += 1
        for name, value in told.items():
            setattr(row, name, value)
        facts = {"fields": sorted(told), "withdrawn": row.withdrawn, "held": row.held}
        entry = NewEntry(by_post, "briefing-item-changed", f"简报投稿 {row.number}", facts)
        record(session, campaign_id, moment, entry)
    return count


def known_files(session: Session, campaign_id: int) -> set[str]:
    """Return the hashes of the files that items were read from."""
    query = select(BriefingItem.file_sha256).where(BriefingItem.campaign_id == campaign_id)
    return set(session.exec(query.distinct())) - {""}


def _digest(item: NewItem) -> str:
    """Return by what the same words of the same unit are known again."""
    words = "".join(f"{item.title}\n{item.body}".split())
    return sha256(f"{item.unit_id or 0}\n{words}".encode()).hexdigest()


def _add(session: Session, campaign_id: int, new: tuple[NewItem, int, str], moment: Moment) -> None:
    item, number, digest = new
    session.add(
        BriefingItem(
            campaign_id=campaign_id,
            number=number,
            unit_id=item.unit_id,
            title=item.title,
            body=item.body,
            came_on=moment.today,
            by_post=item.by_post,
            digest=digest,
            file_sha256=item.file_sha256,
        )
    )
    facts = {"unit_id": item.unit_id, "characters": len(item.body)}
    entry = NewEntry(item.by_post, "briefing-item", f"简报投稿 {number}", facts)
    record(session, campaign_id, moment, entry)
