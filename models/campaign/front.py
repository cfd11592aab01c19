"""What stands beside the lights of a campaign: how the tables stand, what a week brought, the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from models.campaign.every import LINES_BELOW, CampaignLine, line_of, worst_first
from models.campaign.rounds import PATROL_OF_ONE, Patrols, patrol_of
from models.database import found_as, run
from models.rules.lights import LightDays
from models.rules.words import CampaignState, RunKind


@dataclass(frozen=True, slots=True)
class MarkedCampaign:
    """A campaign by its name, how every table stands that a page of it is made of, and its patrols.

    ``mark`` is another one after each change that a page shows, but for the patrols.
    """

    id: int
    slug: str
    title: str
    is_demo: bool
    state: CampaignState
    run_kind: RunKind
    closed_on: date | None
    parent_id: int | None
    mark: str
    patrolled: int
    patrolled_day: date | None
    patrolled_at: datetime | None
    unpatrolled: int

    @property
    def patrols(self) -> Patrols:
        """Return how far its patrols have come, the last of them due today."""
        return Patrols(self.patrolled, self.patrolled_day, self.patrolled_at, self.unpatrolled)


# What a board shows is a fact, of which the database notes every change, or is named by a list or a plan, a
# calendar or a receipt, and whoever writes these writes an entry; the last entry's hash seals all before it.
# Only the patrol lets a receipt count anew without a word: then more of them stand than before. A forecast is no
# fact and writes no entry: the instant that the last one was made is in the mark.
_MARKED = f"""
    SELECT c.id, c.slug, c.title, c.is_demo, c.state, c.run_kind, c.closed_on, c.parent_id,
           coalesce((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), '') || ' ' ||
           CAST((SELECT count(*) FROM acknowledgement k WHERE k.campaign_id = c.id
                 AND k.runs_out >= :today AND k.ended_at IS NULL) AS VARCHAR(20)) || ' ' ||
           coalesce((SELECT CAST(max(f.made_at) AS VARCHAR(40)) FROM forecast f
                     WHERE f.campaign_id = c.id), '') AS mark,
           p.campaigns AS patrolled, p.day AS patrolled_day, p.at AS patrolled_at, p.missed AS unpatrolled
    FROM campaign c CROSS JOIN ({PATROL_OF_ONE}) AS p WHERE c.slug = :slug AND c.state <> 'removed'"""  # noqa: S608 - texts of ours


def marked_campaign(session: Session, slug: str, today: date) -> MarkedCampaign | None:
    """Return the campaign called exactly ``slug``, and its mark on ``today``; None where there is none.

    One statement.
    """
    values = {"slug": slug, "today": today, **patrol_of(today)}
    return next(iter(found_as(session, MarkedCampaign, _MARKED, values)), None)


@dataclass(frozen=True, slots=True)
class Beside:
    """What a week brought, in items as their days stand now, and how the audit chain ends.

    ``slipped`` came past their day within the week and are not done, ``caught_up`` were past it a week ago and
    are done since, ``done`` are done since, these among them. ``entries`` and ``head`` are the audit chain's.
    ``findings`` are the problems that are not closed, ``findings_late`` those of them past their day and not
    mended, ``complaints`` what the public waits to have answered. ``ends_moved`` says how many decisions of
    the week gave a stage another end: what moved along is counted by its new day. ``below`` are the campaigns
    of which this is the parent, the worst first.
    """

    slipped: int
    caught_up: int
    done: int
    entries: int
    head: str
    findings: int = 0
    findings_late: int = 0
    complaints: int = 0
    ends_moved: int = 0
    below: Sequence[CampaignLine] = ()

    @property
    def change(self) -> int:
        """Return how many more reds there are than a week ago; negative where there are fewer."""
        return self.slipped - self.caught_up


_WEEK = """
    SELECT count(CASE WHEN state IN ('open', 'started') AND due >= :week_ago AND due < :today THEN 1 END)
               AS slipped,
           count(CASE WHEN state = 'done' AND done_on >= :week_ago AND due < :week_ago THEN 1 END) AS caught_up,
           count(CASE WHEN state = 'done' AND done_on >= :week_ago THEN 1 END) AS done
    FROM {table} WHERE campaign_id = :campaign AND NOT withdrawn"""
_OPEN = "campaign_id = :campaign AND state NOT IN ('closed', 'ended')"
# The first row is the week's, and names the columns; behind it stand the campaigns below, in one statement
# with it, whose own columns go by their places.
_BESIDE = f"""
    SELECT 0 AS id, '' AS slug, coalesce((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), '') AS head,
           false AS is_demo, '' AS state, '' AS run_kind, 0 AS parent_id, '' AS stage,
           (SELECT count(*) FROM audit_entry) AS entries, 0 AS items,
           CAST(sum(slipped) AS INTEGER) AS slipped, CAST(sum(caught_up) AS INTEGER) AS caught_up,
           CAST(sum(done) AS INTEGER) AS done,
           (SELECT count(*) FROM finding WHERE {_OPEN} AND kind = 'problem') AS findings,
           (SELECT count(*) FROM finding f JOIN finding_cycle c ON c.finding_id = f.id AND c.number = f.cycle
               WHERE {_OPEN} AND kind = 'problem' AND f.state IN ('raised', 'assigned', 'declined')
                 AND c.due < :today) AS findings_late,
           (SELECT count(*) FROM finding WHERE {_OPEN} AND kind <> 'problem') AS complaints,
           (SELECT count(*) FROM decision WHERE campaign_id = :campaign AND new_end IS NOT NULL
               AND closed_on >= :week_ago) AS ends_moved
    FROM ({_WEEK.format(table="assignment")}
          UNION ALL {_WEEK.format(table="milestone")}) AS both_of
    UNION ALL SELECT below.*, 0, 0, 0, 0 FROM ({LINES_BELOW}) AS below"""  # noqa: S608


def beside(session: Session, campaign_id: int, days: LightDays) -> Beside:
    """Return what stands beside the lights of a campaign on a day; one statement at any size."""
    week_ago = days.today - timedelta(days=7)
    values = {"campaign": campaign_id, "today": days.today, "near_until": days.near_until}
    rows = list(run(session, _BESIDE, values | {"week_ago": week_ago}))
    [week] = [row for row in rows if not row.id]
    below = sorted((line_of(row[:-4]) for row in rows if row.id), key=worst_first)
    found = week.findings, week.findings_late, week.complaints, week.ends_moved
    return Beside(week.slipped, week.caught_up, week.done, week.entries, week.head, *found, below)
