"""The bank of questions: its table, its queries, and what a list of it changes."""

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, select

from models.campaign.campaign import all_of
from models.rules.surveys.bank import LawItem, same_question
from models.rules.surveys.words import Audience, QuestionKind


class LawQuestion(SQLModel, table=True):
    """A question of the bank. One that is no longer asked is ``withdrawn``; papers drawn before keep it whole.

    ``options`` is a JSON list; ``answer`` its letters, or 对 or 错. ``points`` is what it was worth in the
    list it came from; what it is worth in a paper the paper's own rule says.
    """

    __tablename__ = "law_question"
    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    kind: str
    text: str = Field(sa_type=Text)
    options: str = Field(default="[]", sa_type=Text)
    answer: str
    subject: str = ""
    audience: str
    points: float = 0.0
    withdrawn: bool = False

    @property
    def item(self) -> LawItem:
        """Return it as the rules know it."""
        return LawItem(
            self.number,
            QuestionKind(self.kind),
            self.text,
            tuple(json.loads(self.options)),
            self.answer,
            self.subject,
            Audience(self.audience),
            self.points,
        )


def bank_items(session: Session, campaign_id: int) -> list[LawItem]:
    """Return the questions that may be asked, by number."""
    query = select(LawQuestion).where(
        LawQuestion.campaign_id == campaign_id,
        LawQuestion.withdrawn == False,  # noqa: E712
    )
    return sorted((one.item for one in session.exec(query)), key=lambda one: one.number)


def whole_bank(session: Session, campaign_id: int) -> list[tuple[LawItem, bool]]:
    """Return every question with whether it is withdrawn, by number."""
    rows = all_of(session, LawQuestion, campaign_id)
    return [(one.item, one.withdrawn) for one in sorted(rows, key=lambda one: one.number)]


def store_bank(
    session: Session, campaign_id: int, given: Sequence[tuple[LawItem, bool]]
) -> tuple[int, int]:
    """Make the bank say what ``given`` says of its questions; return how many are new, and how many changed.

    A number of 0 is a new question, or the one with the same text; what is not named stays.
    Repeatable.
    """
    rows = all_of(session, LawQuestion, campaign_id)
    by_number = {one.number: one for one in rows}
    by_text = {same_question(one.text): one for one in rows}
    last, fresh, changed = max(by_number, default=0), 0, 0
    for item, withdrawn in given:
        row = by_number.get(item.number) or by_text.get(same_question(item.text))
        values = _values(item) | {"withdrawn": withdrawn}
        if row is None:
            last, fresh = last + 1, fresh + 1
            session.add(LawQuestion(campaign_id=campaign_id, number=last, **values))
        elif any(getattr(row, name) != value for name, value in values.items()):
            changed += 1
            row.sqlmodel_update(values)
            session.add(row)
    session.flush()
    return fresh, changed


def _values(item: LawItem) -> dict[str, Any]:
    return {
        "kind": item.kind.value,
        "text": item.text,
        "options": json.dumps(item.options, ensure_ascii=False),
        "answer": item.answer,
        "subject": item.subject,
        "audience": item.audience.value,
        "points": item.points,
    }
