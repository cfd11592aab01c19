"""Confirmations: conditions of a gate that the office vouches for, until somebody takes that back."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field, Session, SQLModel, col, select

from models.audit.chain import AuditEntry
from models.campaign.campaign import Stage
from models.campaign.moves import Occasion
from models.keys import key_of
from models.rules.gates.values import Confirmed

STANDS = text("withdrawn_on IS NULL")


class Confirmation(SQLModel, table=True):
    """One condition of one stage, vouched for by a post; at most one stands per stage and rule.

    ``amount`` says how many, where the condition counts. Nothing is overwritten: a correction is a
    withdrawal and a new row, and ``audit_id`` is the entry of the audit that made it.
    """

    __table_args__ = (
        Index(
            "confirmation_standing",
            "stage_id",
            "rule",
            unique=True,
            sqlite_where=STANDS,
            postgresql_where=STANDS,
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    stage_id: int = Field(foreign_key="stage.id")
    rule: str
    by_post: str
    day: date  # since when it is met, as the post says
    amount: int | None = None
    note: str = Field(default="", sa_type=Text)
    at: datetime
    audit_id: int = Field(foreign_key="audit_entry.id")
    withdrawn_on: date | None = None
    withdrawn_by: str = ""
    withdrawn_why: str = Field(default="", sa_type=Text)

    @property
    def said(self) -> Confirmed:
        """Return what was vouched for."""
        return Confirmed(self.rule, self.by_post, self.day, self.note, self.amount)


def keep_confirmation(session: Session, stage: Stage, said: Confirmed, entry: AuditEntry) -> None:
    """Let what a post vouches for stand, under its entry of the audit."""
    session.add(
        Confirmation(
            campaign_id=stage.campaign_id,
            stage_id=key_of(stage),
            rule=said.rule,
            by_post=said.by,
            day=said.day,
            amount=said.amount,
            note=said.note,
            at=entry.at,
            audit_id=key_of(entry),
        )
    )


def withdraw_confirmation(one: Confirmation, said: Occasion) -> None:
    """Let a confirmation stand no more from the day of ``said``, by whom and why."""
    one.withdrawn_on, one.withdrawn_by = said.moment.today, said.who
    one.withdrawn_why = said.reason


def standing_of(session: Session, stage_id: int) -> list[Confirmation]:
    """Return what stands of a stage, in the order it was confirmed."""
    return all_standing(session, [stage_id])[stage_id]


def all_standing(session: Session, stage_ids: Sequence[int]) -> dict[int, list[Confirmation]]:
    """Return what `standing_of` does of each stage; one statement for all of them."""
    found: dict[int, list[Confirmation]] = {one: [] for one in stage_ids}
    stands = (col(Confirmation.stage_id).in_(stage_ids), col(Confirmation.withdrawn_on).is_(None))
    for one in session.exec(select(Confirmation).where(*stands).order_by(col(Confirmation.id))):
        found[one.stage_id].append(one)
    return found


def standing_entries(session: Session, campaign_id: int) -> list[int]:
    """Return the entries of the audit that made what stands in a campaign."""
    query = select(Confirmation.audit_id).where(
        Confirmation.campaign_id == campaign_id, col(Confirmation.withdrawn_on).is_(None)
    )
    return list(session.exec(query))
