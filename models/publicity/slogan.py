"""The slogans of a campaign: the plan's, until the office keeps a list of its own."""

from collections.abc import Sequence

from sqlmodel import Field, Session, SQLModel, col, select

from models.plan.schema import Plan
from models.publicity.left_out import withdraw_left_out


class Slogan(SQLModel, table=True):
    """One slogan; ``number`` is its place in the list, from 1."""

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    number: int
    text: str
    withdrawn: bool = False


def slogans_kept(session: Session, campaign_id: int) -> list[Slogan]:
    """Return every slogan, withdrawn ones too, in the order of their numbers."""
    query = select(Slogan).where(Slogan.campaign_id == campaign_id)
    return list(session.exec(query.order_by(col(Slogan.number), col(Slogan.id))))


def slogans_shown(session: Session, campaign_id: int) -> list[str]:
    """Return the texts of the slogans that may be shown, in the order of their numbers."""
    return [one.text for one in slogans_kept(session, campaign_id) if not one.withdrawn]


def follow_slogans(session: Session, campaign_id: int, plan: Plan) -> int:
    """Take over the slogans of ``plan`` where the campaign has none yet, each once; return how many. Repeatable."""
    if not plan.slogans or slogans_kept(session, campaign_id):
        return 0
    texts = dict.fromkeys(plan.slogans)
    session.add_all(
        Slogan(campaign_id=campaign_id, number=n, text=text) for n, text in enumerate(texts, 1)
    )
    session.flush()
    return len(texts)


def store_slogans(session: Session, campaign_id: int, texts: Sequence[str]) -> int:
    """Make ``texts`` the slogans, numbered in their order; return how many changed. Repeatable.

    One that is not among them any more is withdrawn, and keeps its row.
    """
    known: dict[str, Slogan] = {}
    for one in slogans_kept(session, campaign_id):
        known.setdefault(one.text, one)
    changes = 0
    for number, text in enumerate(texts, 1):
        row = known.pop(text, None) or Slogan(campaign_id=campaign_id, number=0, text=text)
        if (row.number, row.withdrawn) != (number, False) or row.id is None:
            row.number, row.withdrawn = number, False
            session.add(row)
            changes += 1
    return changes + withdraw_left_out(session, known.values())
