"""What was handed down as both sides see it: how far it is below, and whether the city's day is another by now."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.cascade.subjects import INDICATOR_DUE
from models.database import found_as
from models.rules.words import Progress

_CITY_SIDE = """
    FROM handed_item h
    LEFT JOIN milestone m ON m.id = h.milestone_id
    LEFT JOIN indicator i ON i.id = h.indicator_id
    JOIN milestone o ON o.id = h.child_milestone_id"""
_DUE = f"CASE WHEN i.id IS NULL THEN m.due ELSE {INDICATOR_DUE} END"
_GONE = "coalesce(m.withdrawn, i.withdrawn)"

_HANDED = f"""
    SELECT coalesce(m.code, i.code) AS code, coalesce(m.title, i.title) AS title, {_DUE} AS due,
           {_GONE} AS gone, c.slug AS child, o.code AS child_code, o.due AS child_due,
           coalesce(u.name, '') AS child_unit, o.state, o.done_on, h.handed_on, h.taken_back_on
    {_CITY_SIDE}
    JOIN campaign c ON c.id = h.child_id
    LEFT JOIN unit u ON u.id = o.unit_id
    WHERE h.campaign_id = :campaign ORDER BY coalesce(m.position, -1), coalesce(m.code, i.code), c.id"""  # noqa: S608

# What the city moved or dropped since it handed it down, to be told to both offices until it is put right. The
# county is shown its own code, the city's name and day; the city its own code, the county's name.
MOVED = f"""
    SELECT '{{rule}}', h.id, p.id, CASE WHEN h.campaign_id = own.id THEN coalesce(m.code, i.code) ELSE o.code END,
           CASE WHEN h.campaign_id = own.id THEN c.slug ELSE a.slug END, '', {_DUE}, {_GONE},
           CASE WHEN h.campaign_id = own.id THEN 0 ELSE 1 END, own.id
    {_CITY_SIDE}
    JOIN campaign a ON a.id = h.campaign_id AND a.state = 'open'
    JOIN campaign c ON c.id = h.child_id AND c.state = 'open'
    JOIN campaign own ON own.id IN :these AND own.id IN (h.campaign_id, h.child_id)
    JOIN {{office}}
    WHERE h.taken_back_on IS NULL
      AND o.state IN ('open', 'started') AND ({_GONE} OR {_DUE} IS DISTINCT FROM o.due)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class HandedLine:
    """An item that was handed down: whose, under which code there, of which unit there, and how far it is.

    ``gone`` says that the city's own is no longer in its plan.
    """

    code: str
    title: str
    due: date | None
    gone: bool
    child: str
    child_code: str
    child_due: date | None
    child_unit: str
    state: str
    done_on: date | None
    handed_on: date
    taken_back_on: date | None

    @property
    def in_words(self) -> str:
        """Return how far it is, or that it was taken back."""
        if self.taken_back_on:
            return f"已收回（{self.taken_back_on}）"
        done = f"（{self.done_on}）" if self.done_on else ""
        moved = "；本级的时限已变，请再交办一次" if self.due != self.child_due else ""
        gone = "；本级已经撤销这一项，请收回" if self.gone else moved
        return Progress(self.state).chinese + done + gone


def handed_lines(session: Session, campaign_id: int) -> list[HandedLine]:
    """Return every item that was handed down, in the plan's order, indicators behind; one statement."""
    return found_as(session, HandedLine, _HANDED, {"campaign": campaign_id})
