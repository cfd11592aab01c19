"""The office's lists of wordings, and the texts that were looked at by them before publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, UniqueConstraint, func
from sqlmodel import Field, Session, SQLModel, col, select

from models.errors import NotFoundError
from models.publicity.left_out import withdraw_left_out
from models.rules.publicity.wording import ListedWording, WordingLists
from models.rules.publicity.words import TextVerdict, WordingKind
from models.units.succession import units_gone
from models.units.unit import Unit, UnitAlias


class OfficeWording(SQLModel, table=True):
    """A wording that is forbidden, outdated or required; what to write instead, and whose rule it is."""

    __tablename__ = "wording"
    __table_args__ = (UniqueConstraint("campaign_id", "kind", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    kind: str
    text: str
    proposal: str = ""
    why: str = ""
    withdrawn: bool = False


class TextCheck(SQLModel, table=True):
    """A text that was looked at: its fingerprint, what was found, and what a person said of it.

    The text itself is not kept; ``found`` is JSON with personal numbers masked.
    """

    __tablename__ = "text_check"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    title: str
    sha256: str
    found: str = Field(default="[]", sa_type=Text)
    checked_at: datetime  # UTC
    checked_by: str
    verdict: str = TextVerdict.OPEN
    decided_by: str = ""
    decided_at: datetime | None = None
    reason: str = ""


def wordings_kept(session: Session, campaign_id: int) -> list[OfficeWording]:
    """Return every wording, withdrawn ones too, by kind and as they came."""
    query = select(OfficeWording).where(OfficeWording.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(OfficeWording.kind), col(OfficeWording.id))))


def store_wordings(session: Session, campaign_id: int, said: Sequence[ListedWording]) -> int:
    """Make ``said`` the office's wordings; return how many changed. Repeatable.

    One that is not among them any more is withdrawn, and keeps its row.
    """
    known = {(one.kind, one.text): one for one in wordings_kept(session, campaign_id)}
    changes = 0
    for new in said:
        row = known.pop((new.kind.value, new.text), None)
        if row is None:
            row = OfficeWording(campaign_id=campaign_id, kind=new.kind.value, text=new.text)
        elif (row.proposal, row.why, row.withdrawn) == (new.proposal, new.why, False):
            continue
        row.proposal, row.why, row.withdrawn = new.proposal, new.why, False
        session.add(row)
        changes += 1
    return changes + withdraw_left_out(session, known.values())


def lists_to_check_by(session: Session, campaign_id: int) -> WordingLists:
    """Return what a text is looked at by: the office's wordings, and the names of the units; five statements."""
    wordings = [
        ListedWording(WordingKind(one.kind), one.text, one.proposal, one.why)
        for one in wordings_kept(session, campaign_id)
        if not one.withdrawn
    ]
    gone_ids = units_gone(session, campaign_id)
    names = {
        id_ or 0: name
        for id_, name in session.exec(
            select(Unit.id, Unit.name).where(Unit.campaign_id == campaign_id)
        )
    }
    others = select(UnitAlias.name, UnitAlias.unit_id).where(UnitAlias.campaign_id == campaign_id)
    every = [(name, id_) for id_, name in names.items()] + list(session.exec(others))
    gone = {name: names.get(gone_ids[id_] or 0, "") for name, id_ in every if id_ in gone_ids}
    short = {name: names[id_] for name, id_ in every if id_ not in gone_ids and name != names[id_]}
    full = [name for id_, name in names.items() if id_ not in gone_ids]
    return WordingLists(wordings, gone, short, full)


@dataclass(frozen=True, slots=True)
class NewCheck:
    """A text that was looked at, to be kept."""

    title: str
    sha256: str
    found: str  # JSON
    by_post: str
    at: datetime


def add_check(session: Session, campaign_id: int, new: NewCheck) -> tuple[int, bool]:
    """Keep what was found in a text; return its number, and whether it is new.

    The same text with the same findings, on which nobody decided yet, is kept once.
    """
    same = select(TextCheck).where(
        TextCheck.campaign_id == campaign_id,
        TextCheck.sha256 == new.sha256,
        TextCheck.found == new.found,
        TextCheck.verdict == TextVerdict.OPEN,
    )
    if there := session.exec(same).first():
        return there.number, False
    last = select(func.max(TextCheck.number)).where(TextCheck.campaign_id == campaign_id)
    number = (session.exec(last).one() or 0) + 1
    session.add(
        TextCheck(
            campaign_id=campaign_id,
            number=number,
            title=new.title,
            sha256=new.sha256,
            found=new.found,
            checked_at=new.at,
            checked_by=new.by_post,
        )
    )
    session.flush()
    return number, True


def checks_kept(session: Session, campaign_id: int) -> list[TextCheck]:
    """Return the texts that were looked at, the oldest first."""
    query = select(TextCheck).where(TextCheck.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(TextCheck.number))))


def check_numbered(session: Session, campaign_id: int, number: int) -> TextCheck:
    """Return the text that was looked at under ``number``; raises NotFoundError where there is none."""
    query = select(TextCheck).where(
        TextCheck.campaign_id == campaign_id, TextCheck.number == number
    )
    found = session.exec(query).first()
    if found is None:
        raise NotFoundError(f"没有第 {number} 号核稿，编号见 shifan publicity checks")
    return found


def decide_check(
    check: TextCheck, verdict: TextVerdict, by: str, reason: str, at: datetime
) -> bool:
    """Write down what a person said of a text; return whether that is news. What was said last stands."""
    if (check.verdict, check.reason) == (verdict.value, reason):
        return False
    check.verdict, check.decided_by, check.decided_at = verdict.value, by, at
    check.reason = reason
    return True
