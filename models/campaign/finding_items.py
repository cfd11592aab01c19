"""Find items by what somebody remembers of them: a code, words of a title, or whose they are."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.database import found_as

# Indicators come last: they have no state of their own, but parts of units.
_LIKE = """
    SELECT m.code, m.title, coalesce(u.name, '') AS unit, m.due, m.state, m.position AS place, 0 AS kind
    FROM milestone m LEFT JOIN unit u ON u.id = m.unit_id
    WHERE m.campaign_id = :campaign AND NOT m.withdrawn
      AND (upper(m.code) = upper(:text) OR m.title LIKE :like ESCAPE '!'
           OR u.name LIKE :like ESCAPE '!' OR m.kind = 'work_item' AND EXISTS (
               SELECT 1 FROM assignment a JOIN unit x ON x.id = a.unit_id
               WHERE a.work_item_id = m.work_item_id AND NOT a.withdrawn
                 AND x.name LIKE :like ESCAPE '!'))
    UNION ALL
    SELECT i.code, i.title, '', NULL, '', i.id, 1
    FROM indicator i
    WHERE i.campaign_id = :campaign AND NOT i.withdrawn
      AND (upper(i.code) = upper(:text) OR i.title LIKE :like ESCAPE '!')
      AND EXISTS (SELECT 1 FROM assignment a WHERE a.indicator_id = i.id AND NOT a.withdrawn)
    ORDER BY 7, 6, 1 LIMIT :most"""


@dataclass(frozen=True, slots=True)
class LikeItem:
    """An item whose code or title was meant; ``unit`` is empty for the office's own and for what has parts."""

    code: str
    title: str
    unit: str
    due: date | None
    state: str
    place: int
    kind: int


def items_like(session: Session, campaign_id: int, text: str, most: int) -> list[LikeItem]:
    """Return up to ``most`` items with the code ``text``, or with it in their title or a unit's name.

    In the plan's order; indicators are found by their code and title alone, for every unit has most of them.
    """
    escaped = "".join(f"!{mark}" if mark in "!%_" else mark for mark in text)
    values = {"campaign": campaign_id, "text": text, "like": f"%{escaped}%", "most": most}
    return found_as(session, LikeItem, _LIKE, values)
