"""What is late and what is due soon, as one line for each thing: a task with all its parts is one thing."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from models.campaign.about import ASSIGNED_CODE
from models.campaign.lights import LIGHT_CASE
from models.database import found_as
from models.rules.lights import LightDays
from models.rules.words import OFFICE


@dataclass(frozen=True, slots=True)
class DueGroup:
    """A milestone, or a work item or an indicator with those of its parts that are due.

    ``parts`` is how many items with a light it stands for, ``units`` of how many units. ``unit`` is who leads
    it (创建办 where no unit owns it, its ``unit_id`` then None), ``due`` the earliest of its days. ``note`` is
    what was said last when progress was registered, by ``by_post``; ``received_by`` who said last that they
    know of it, ``received_on`` when, after that note where ``received_after`` is true. ``things`` and
    ``items`` count everything of its side, late or not, whatever was left out.
    """

    late: bool
    code: str
    title: str
    unit: str
    unit_id: int | None
    parts: int
    units: int
    due: date
    state: str
    light: str
    by_post: str
    note: str
    received_by: str
    received_on: date | None
    received_after: bool
    things: int
    items: int


# The units whose parts are due on the same side, of the few things that are shown.
_UNITS = """SELECT count(DISTINCT s.unit_id) FROM assignment s
    WHERE s.{subject} = g.subject AND s.state IN ('open', 'started') AND NOT s.withdrawn
      AND s.due <= :until AND (s.due < :today) = g.late"""

# Grouped as numbers first, named after: thousands of parts may be late, and some dozen things are shown.
# The first of a group is the whole, then who leads, then the unit that the plan names first.
_GROUPS = f"""
    WITH due AS (
        SELECT CASE WHEN work_item_id IS NULL THEN 'i' ELSE 'w' END AS kind,
               coalesce(work_item_id, indicator_id) AS subject, due, due < :today AS late,
               CASE role WHEN 'lead' THEN 1 ELSE 2 END AS place, id
        FROM assignment
        WHERE campaign_id = :campaign AND state IN ('open', 'started') AND NOT withdrawn
          AND due <= :until
        UNION ALL
        SELECT CASE WHEN kind = 'work_item' THEN 'w' ELSE 'm' END,
               CASE WHEN kind = 'work_item' THEN work_item_id ELSE id END, due, due < :today,
               0, id
        FROM milestone
        WHERE campaign_id = :campaign AND state IN ('open', 'started') AND NOT withdrawn
          AND due <= :until),
    thing AS (
        SELECT late, kind, subject, count(*) AS parts, min(due) AS due,
               min(CAST(place AS BIGINT) * 1000000000 + id) AS first
        FROM due GROUP BY late, kind, subject),
    counted AS (
        SELECT thing.*, count(*) OVER (PARTITION BY late) AS things,
               CAST(sum(parts) OVER (PARTITION BY late) AS BIGINT) AS items,
               row_number() OVER (PARTITION BY late ORDER BY due, kind DESC, subject) AS position
        FROM thing)
    SELECT g.late, coalesce(m.code, {ASSIGNED_CODE}) AS code,
           coalesce(m.title, w.title, i.title) AS title, coalesce(u.name, '{OFFICE}') AS unit,
           u.id AS unit_id, g.parts, CASE g.kind WHEN 'm' THEN 1
               WHEN 'w' THEN ({_UNITS.format(subject="work_item_id")})
               ELSE ({_UNITS.format(subject="indicator_id")}) END AS units, g.due, coalesce(m.state, a.state) AS state,
           CASE WHEN m.id IS NULL THEN {LIGHT_CASE.format(t="a")}
                ELSE {LIGHT_CASE.format(t="m")} END AS light,
           CASE WHEN coalesce(m.note, a.note) = '' AND p.id IS NOT NULL THEN p.by_post
                ELSE coalesce(m.by_post, a.by_post) END AS by_post,
           CASE WHEN coalesce(m.note, a.note) = '' AND p.id IS NOT NULL THEN p.note
                ELSE coalesce(m.note, a.note) END AS note,
           coalesce(k.by_post, '') AS received_by, k.day AS received_on,
           coalesce(k.stood = coalesce(m.state, a.state) || '|' || coalesce(m.note, a.note), false)
               AS received_after, g.things, g.items
    FROM counted g
    LEFT JOIN milestone m ON g.first < 1000000000 AND m.id = g.first
    LEFT JOIN assignment a ON g.first >= 1000000000 AND a.id = g.first % 1000000000
    LEFT JOIN work_item w ON g.kind = 'w' AND w.id = g.subject
    LEFT JOIN indicator i ON g.kind = 'i' AND i.id = g.subject
    LEFT JOIN unit u ON u.id = coalesce(m.unit_id, a.unit_id)
    LEFT JOIN assignment p ON p.id = (SELECT min(s.id) FROM assignment s
        WHERE g.kind = 'w' AND s.work_item_id = g.subject AND s.note <> '' AND NOT s.withdrawn
          AND s.state IN ('open', 'started'))
    LEFT JOIN acknowledgement k ON k.id = (SELECT max(r.id) FROM acknowledgement r
        WHERE r.campaign_id = :campaign
          AND r.subject_kind = CASE WHEN m.id IS NULL THEN 'assignment' ELSE 'milestone' END
          AND r.subject_id = coalesce(m.id, a.id))
    WHERE g.position > :skip AND g.position <= :skip + CASE WHEN g.late THEN :reds ELSE :soon END
    ORDER BY g.late DESC, g.position"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Cut:
    """How much of what is found is shown: so many late things, so many due ones, from a place on."""

    reds: int
    soon: int
    skip: int = 0


def due_groups(
    session: Session, campaign_id: int, days: LightDays, until: date, cut: Cut
) -> list[DueGroup]:
    """Return what is unfinished and due by ``until``, late things first, the earliest day before others.

    One statement at any size. A thing whose parts are in part late stands on both sides.
    """
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    values |= {"until": until, "reds": cut.reds, "soon": cut.soon, "skip": cut.skip}
    return found_as(session, DueGroup, _GROUPS, values)
