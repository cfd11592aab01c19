"""Every campaign in one line each: where it is and how its lights stand, in one statement for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from models.campaign.lights import LIGHT_CASE, Lights
from models.database import run
from models.rules.campaign_names import address_of, label
from models.rules.lights import LightDays
from models.rules.words import CampaignState, RunKind


@dataclass(frozen=True, slots=True)
class CampaignLine:
    """A campaign that is under way, or has ended and is still shown.

    ``stage`` is what it is in, the last of several; ``late_stages`` are past their end and not closed.
    """

    id: int
    slug: str
    title: str
    is_demo: bool
    state: CampaignState
    run_kind: RunKind
    parent_id: int | None
    stage: str
    late_stages: int
    lights: Lights

    @property
    def label(self) -> str:
        """Return what it is called."""
        return label(self.slug, self.is_demo)

    @property
    def address(self) -> str:
        """Return its part of an address."""
        return address_of(self.slug, self.id)

    @property
    def is_open(self) -> bool:
        """Say whether it is under way."""
        return self.state is CampaignState.OPEN


def _lit(table: str, which: str) -> str:
    case = LIGHT_CASE.format(t="x")
    colours = ", ".join(
        f"count(CASE WHEN {case} = '{one}' THEN 1 END) AS {one}"
        for one in ("blue", "yellow", "red")
    )
    return f"""SELECT x.campaign_id, count(*) AS items, {colours}
        FROM {table} x WHERE NOT x.withdrawn {which} GROUP BY x.campaign_id"""  # noqa: S608


_LINES = """
    SELECT c.id, c.slug, c.title, c.is_demo, c.state, c.run_kind, c.parent_id,
           coalesce((SELECT s.name FROM stage s WHERE s.campaign_id = c.id
               AND s.status IN ('active', 'deciding') ORDER BY s.ordinal DESC LIMIT 1), '') AS stage,
           (SELECT count(*) FROM stage s WHERE s.campaign_id = c.id AND s.planned_end < :today
               AND s.status NOT IN ('closed', 'withdrawn')) AS late_stages,
           CAST(coalesce(sum(lit.items), 0) AS INTEGER), CAST(coalesce(sum(lit.blue), 0) AS INTEGER),
           CAST(coalesce(sum(lit.yellow), 0) AS INTEGER), CAST(coalesce(sum(lit.red), 0) AS INTEGER)
    FROM campaign c LEFT JOIN ({assignments} UNION ALL {milestones}) AS lit ON lit.campaign_id = c.id
    WHERE c.state IN ('open', 'closed') {below}
    GROUP BY c.id, c.slug, c.title, c.is_demo, c.state, c.run_kind, c.parent_id{last}"""


def _lines(which: str, below: str, last: str = "") -> str:
    lit = {f"{table}s": _lit(table, which) for table in ("assignment", "milestone")}
    return _LINES.format(**lit, below=below, last=last)


_EVERY = f"{_lines('', '', ', c.loaded_at')} ORDER BY c.loaded_at DESC, c.id DESC"
# The campaigns below one, to stand behind another statement whose columns are as many.
LINES_BELOW = _lines(
    "AND x.campaign_id IN (SELECT id FROM campaign WHERE parent_id = :campaign)",
    "AND c.parent_id = :campaign",
)


def every_campaign(session: Session, days: LightDays) -> list[CampaignLine]:
    """Return every campaign that is shown unasked on ``days.today``, the last loaded first."""
    values = {"today": days.today, "near_until": days.near_until}
    return [line_of(row) for row in run(session, _EVERY, values)]


def line_of(row: Sequence[Any]) -> CampaignLine:
    """Return a line as a row of such a statement says it."""
    id, slug, title, is_demo, state, kind, parent, stage, late, items, blue, yellow, red = row
    lights = Lights(items - blue - yellow - red, blue, yellow, red)
    known = CampaignState(state), RunKind(kind), parent, stage, late, lights
    return CampaignLine(id, slug, title, bool(is_demo), *known)


def worst_first(one: CampaignLine) -> tuple[bool, int, int, int, int]:
    """Return by what campaigns of one office are ordered: who has most to do stands first."""
    lights = one.lights
    return one.is_demo, -one.late_stages, -lights.red, -lights.yellow, -lights.blue
