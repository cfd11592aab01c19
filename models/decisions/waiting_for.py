"""Questions that wait for somebody's own word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as

_WAITING = """
    SELECT d.id, s.ordinal, s.name AS stage, d.why, d.asked_on, d.due, p.title AS post
    FROM decision d
    JOIN asked_post a ON a.decision_id = d.id
    JOIN post p ON p.id = a.post_id
    JOIN stage s ON s.id = d.stage_id
    WHERE d.campaign_id = :campaign AND d.status = 'asked' AND NOT a.gone AND a.answer = ''
      AND (:everybody = 1 OR a.post_id = :post OR EXISTS (
          SELECT 1 FROM delegation g WHERE g.post_id = a.post_id AND g.deputy_id = :post
            AND g.first <= :today AND g.last >= :today AND NOT g.revoked AND g.agreed))
    ORDER BY d.due, d.id, a.id"""


@dataclass(frozen=True, slots=True)
class WaitingQuestion:
    """A question about a stage; ``post`` is whom it was put to, who may be another than the deputy that reads."""

    id: int
    ordinal: int
    stage: str
    why: str
    asked_on: date
    due: date
    post: str


def questions_for(
    session: Session, campaign_id: int, post_id: int | None, today: date
) -> Sequence[WaitingQuestion]:
    """Return the questions that wait for a post or whoever it stands in for; None: for anybody.

    The earliest due first.
    """
    values = {"campaign": campaign_id, "post": post_id or 0, "today": today}
    return found_as(
        session, WaitingQuestion, _WAITING, values | {"everybody": int(post_id is None)}
    )
