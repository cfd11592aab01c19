"""Lines of the window's pages about a campaign: its heading, stages, what is late or due, the last patrol."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.campaign.campaign import Stage
from models.campaign.due_groups import DueGroup
from models.campaign.front import MarkedCampaign
from models.campaign.lights import Board, Lights
from models.campaign.rounds import Patrols, patrols_until
from models.database import open_session
from models.errors import NotFoundError
from models.rules.calendar.workdays import WorkCalendar
from models.rules.campaign_names import address_of, label
from models.rules.window.last_word import LastWord, last_word
from models.rules.words import UNDER_WAY, CampaignState, Light, Progress, RunKind, StageStatus
from models.settings import office_time
from notifications import links
from tasks.patrol.complete import CompletePatrol, complete_patrol

NONE = Lights()


@dataclass(frozen=True, slots=True)
class DueLine:
    """One thing that is late or due; ``workdays`` until its day, negative where that is past.

    ``unit`` leads it, one of ``units``; ``parts`` is how many items with a light it stands for.
    """

    code: str
    title: str
    unit: str
    unit_id: int | None
    units: int
    parts: int
    due: date
    workdays: int
    state: Progress
    light: Light
    said: LastWord

    @property
    def whose(self) -> str:
        """Return whose it is: 市司法局, or 市司法局等 5 个单位."""
        return f"{self.unit}等 {self.units} 个单位" if self.units > 1 else self.unit


@dataclass(frozen=True, slots=True)
class BoardStage:
    """A stage with its lights; ``workdays`` until its end, negative where that is past, None without one."""

    ordinal: int
    name: str
    status: StageStatus
    start: date | None
    end: date | None
    open_ended: bool
    workdays: int | None
    lights: Lights

    @property
    def under_way(self) -> bool:
        """Say whether it is being worked on or decided about."""
        return self.status in UNDER_WAY


@dataclass(frozen=True, slots=True)
class NamedLights:
    """The lights of a unit or a work item, and what its page is found by."""

    key: str
    name: str
    lights: Lights


@dataclass(frozen=True, slots=True)
class PatrolLine:
    """The last complete patrol on the office's clock, None before the first; ``late`` if today's is not there.

    ``run`` is where in Prefect's UI it ran, as a path; empty where that is not known.
    """

    at: datetime | None = None
    campaigns: int = 0
    late: bool = False
    run: str = ""


@dataclass(frozen=True, slots=True)
class BoardHeading:
    """Which campaign a page is of, and of which day: what stands at the head of every page about it."""

    slug: str
    address: str
    label: str
    title: str
    is_demo: bool
    run_kind: RunKind
    closed_on: date | None
    today: date
    working_day: bool


@dataclass(frozen=True, slots=True)
class DueLines:
    """What is late, or due; ``things`` and ``items`` count all of it, shown or not."""

    lines: Sequence[DueLine] = ()
    things: int = 0
    items: int = 0

    @property
    def more(self) -> int:
        """Return how many things are not shown."""
        return self.things - len(self.lines)


def found_or_raise(found: MarkedCampaign | None, slug: str) -> MarkedCampaign:
    """Return the campaign that was found; raises NotFoundError where none was."""
    if found is None:
        raise NotFoundError(f"没有简称为“{slug}”的创建活动或工作计划，请从首页重新进入")
    return found


def heading(campaign: MarkedCampaign, today: date, calendar: WorkCalendar) -> BoardHeading:
    """Return what stands at the head of a page about ``campaign``."""
    return BoardHeading(
        slug=campaign.slug,
        address=address_of(campaign.slug, campaign.id),
        label=label(campaign.slug, campaign.is_demo),
        title=campaign.title,
        is_demo=campaign.is_demo,
        run_kind=campaign.run_kind,
        closed_on=campaign.closed_on if campaign.state is not CampaignState.OPEN else None,
        today=today,
        working_day=calendar.is_workday(today),
    )


def stage_line(stage: Stage, lit: Board, today: date, calendar: WorkCalendar) -> BoardStage:
    """Return what is shown of a stage, with the lights of what the units and the office have in it."""
    theirs, ours = lit.stages.get(stage.ordinal, (NONE, NONE))
    return BoardStage(
        stage.ordinal,
        stage.name,
        StageStatus(stage.status),
        stage.planned_start,
        stage.planned_end,
        stage.open_ended,
        workdays_to(stage.planned_end, today, calendar) if stage.planned_end else None,
        theirs + ours,
    )


def workdays_to(day: date, today: date, calendar: WorkCalendar) -> int:
    """Return the working days from ``today`` until ``day``, negative where it is past."""
    return calendar.count(today, day) if day >= today else -calendar.count(day, today)


def due_lines(groups: Sequence[DueGroup], today: date, calendar: WorkCalendar) -> DueLines:
    """Return ``groups``, all of one side, as lines of a page."""
    left = {
        day: workdays_to(day, today, calendar) for day in {one.due for one in groups}
    }  # many share a day, and each count goes day by day
    lines = [
        DueLine(
            group.code,
            group.title,
            group.unit,
            group.unit_id,
            group.units,
            group.parts,
            group.due,
            left[group.due],
            Progress(group.state),
            Light(group.light),
            last_word(
                Progress(group.state),
                LastWord(group.by_post, group.note),
                LastWord(group.received_by, on=group.received_on),
                received_after=group.received_after,
            ),
        )
        for group in groups
    ]
    return DueLines(lines, groups[0].things, groups[0].items) if groups else DueLines()


def patrol_line(found: Patrols, today: date, calendar: WorkCalendar) -> PatrolLine:
    """Return the last complete patrol, and whether a working day has none yet.

    ``found`` is how far the patrols have come, the last of them due ``today``.
    """
    last = complete_patrol(found)
    missing = last is None or (last.day < today if last.by_beat else found.missed > 0)
    late = missing and calendar.is_workday(today)
    if last is None:
        return PatrolLine(late=late)
    return PatrolLine(office_time(last.at), last.campaigns, late, run_page_of(last))


def patrol_run(slug: str, today: date) -> str:
    """Return where in Prefect's UI the last patrol of ``slug`` ran, as a path; empty where that is not known."""
    with open_session(read_only=True) as session:
        return run_page_of(complete_patrol(patrols_until(session, today, slug)))


def run_page_of(last: CompletePatrol | None) -> str:
    """Return where in Prefect's UI a patrol ran, as a path; empty where that is not known here."""
    return links.path_of(links.run_page(last.run)) if last and last.run else ""
