"""How the campaigns under one stand on a day: one statement for all of them, whatever their number."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from sqlmodel import Session

from models.campaign.lights import LIGHT_CASE, Lights
from models.campaign.rounds import IS_PATROLLED
from models.database import run
from models.rules.campaign_names import label
from models.rules.lights import LightDays
from models.rules.words import CampaignState, RunKind


@dataclass(frozen=True, slots=True)
class ChildStanding:
    """A campaign under another on a day: where it is, its lights, and what became of the items it was handed.

    ``late_stages`` are past their end and not closed; ``handed`` counts the items, of which ``handed_done`` are
    done and ``handed_late`` past their day.
    """

    slug: str
    is_demo: bool
    title: str
    state: CampaignState
    kind: RunKind
    unit: str
    stage: str
    late_stages: int
    lights: Lights
    done: int = 0
    handed: int = 0
    handed_done: int = 0
    handed_late: int = 0

    @property
    def label(self) -> str:
        """Return what it is called."""
        return label(self.slug, self.is_demo)

    @property
    def is_late(self) -> bool:
        """Say whether somebody above should look: overdue items, or a stage past its end."""
        return self.state is CampaignState.OPEN and bool(self.lights.red or self.late_stages)


@dataclass(frozen=True, slots=True)
class Below:
    """What stands below a campaign, and what it is itself: all comes of one statement.

    ``patrolled``: the day has its round already.
    """

    work_items: int
    patrolled: bool = False
    children: tuple[ChildStanding, ...] = ()


def _lit(table: str) -> str:
    case = LIGHT_CASE.format(t="x")
    colours = ", ".join(
        f"count(CASE WHEN {case} = '{one}' THEN 1 END) AS {one}"
        for one in ("blue", "yellow", "red")
    )
    return f"""
        SELECT x.campaign_id, count(*) AS items, {colours},
               count(CASE WHEN x.state = 'done' THEN 1 END) AS done
        FROM {table} x
        WHERE x.campaign_id IN (SELECT id FROM campaign WHERE parent_id IN :these)
          AND NOT x.withdrawn GROUP BY x.campaign_id"""  # noqa: S608


_BELOW = f"""
    SELECT own.id AS above, (SELECT count(*) FROM work_item w
                WHERE w.campaign_id = own.id AND NOT w.withdrawn) AS work_items,
           {IS_PATROLLED.format(id="own.id")} AS patrolled,
           c.slug, c.is_demo, c.title, c.state, c.run_kind, coalesce(u.name, '') AS unit,
           coalesce((SELECT max(s.name) FROM stage s WHERE s.campaign_id = c.id AND s.ordinal = (
               SELECT max(a.ordinal) FROM stage a WHERE a.campaign_id = c.id
                 AND a.status IN ('active', 'deciding'))), '') AS stage,
           (SELECT count(*) FROM stage s WHERE s.campaign_id = c.id AND s.planned_end < :today
              AND s.status NOT IN ('closed', 'withdrawn')) AS late_stages,
           lit.items, lit.blue, lit.yellow, lit.red, lit.done,
           h.handed, h.handed_done, h.handed_late
    FROM campaign own
    LEFT JOIN campaign c ON c.parent_id = own.id AND c.state <> 'removed'
    LEFT JOIN unit u ON u.id = c.parent_unit_id
    LEFT JOIN (SELECT campaign_id, sum(items) AS items, sum(blue) AS blue, sum(yellow) AS yellow,
                      sum(red) AS red, sum(done) AS done
               FROM ({_lit("assignment")} UNION ALL {_lit("milestone")}) AS each
               GROUP BY campaign_id) AS lit ON lit.campaign_id = c.id
    LEFT JOIN (SELECT i.campaign_id, i.child_id, count(*) AS handed,
                      count(CASE WHEN m.state IN ('done', 'dropped') THEN 1 END) AS handed_done,
                      count(CASE WHEN m.state IN ('open', 'started') AND m.due < :today THEN 1 END)
                          AS handed_late
               FROM handed_item i JOIN milestone m ON m.id = i.child_milestone_id
               WHERE i.campaign_id IN :these AND i.taken_back_on IS NULL
               GROUP BY i.campaign_id, i.child_id) AS h ON h.campaign_id = own.id AND h.child_id = c.id
    WHERE own.id IN :these ORDER BY own.id, c.id"""  # noqa: S608


def standing_below(session: Session, campaign_id: int, days: LightDays) -> Below:
    """Return what stands below a campaign on a day, in the order in which it came; one statement."""
    return standings_below(session, [campaign_id], days).get(campaign_id, Below(0))


def standings_below(
    session: Session, campaign_ids: Sequence[int], days: LightDays
) -> dict[int, Below]:
    """Return what stands below each campaign on a day; one statement for all of them."""
    values = {"these": tuple(campaign_ids), "today": days.today, "near_until": days.near_until}
    found = {}
    for above, rows in groupby(run(session, _BELOW, values), key=attrgetter("above")):
        each = list(rows)
        children = tuple(_child(*row[3:]) for row in each if row.slug is not None)
        found[above] = Below(int(each[0].work_items), bool(each[0].patrolled), children)
    return found


def _child(
    slug: str, is_demo: bool, title: str, state: str, kind: str, *counted: str | int | None
) -> ChildStanding:
    unit, stage, late, *numbers = counted
    items, blue, yellow, red, done, handed, handed_done, handed_late = (
        int(one or 0) for one in numbers
    )
    lights = Lights(items - blue - yellow - red, blue, yellow, red)
    return ChildStanding(
        slug,
        bool(is_demo),
        title,
        CampaignState(state),
        RunKind(kind),
        str(unit),
        str(stage),
        int(late or 0),
        lights,
        done,
        handed,
        handed_done,
        handed_late,
    )
