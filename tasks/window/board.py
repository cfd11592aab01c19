"""The board of a campaign: what its first screen and everything below it shows, computed when it is opened."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from models.calendar.calendar import work_calendar
from models.campaign.due_groups import Cut, due_groups
from models.campaign.front import Beside, MarkedCampaign, beside, marked_campaign
from models.campaign.lights import Lights, board
from models.database import open_session
from models.foresight.shown import stages_and_forecast
from models.rules.audit.chain import head_in_words
from models.rules.lights import light_days
from models.rules.window.stage_bar import StageBar, StageSpan, stage_bar
from models.rules.words import CampaignState
from tasks.foresight.lines import ForecastLines, forecast_lines
from tasks.patrol.board import end_of_week
from tasks.patrol.complete import complete_patrol
from tasks.window.lines import (
    BoardHeading,
    BoardStage,
    DueLines,
    NamedLights,
    PatrolLine,
    due_lines,
    found_or_raise,
    heading,
    patrol_line,
    run_page_of,
    stage_line,
)

SHOWN = Cut(reds=12, soon=8)  # on the first page; the page of the week has them all


@dataclass(frozen=True, slots=True)
class BoardPage:
    """Everything the board shows; its numbers are those of every other place on that day."""

    heading: BoardHeading
    stages: Sequence[BoardStage]
    bar: StageBar
    lights: Lights
    reds: DueLines
    week: DueLines
    week_until: date
    beside: Beside
    chain: str
    units: Sequence[NamedLights]
    office: Lights
    whole: Lights
    work_items: Sequence[NamedLights]
    patrol: PatrolLine
    forecast: ForecastLines | None = None  # no fact: what may come, from the pace so far

    @property
    def now(self) -> Sequence[BoardStage]:
        """Return the stages that are under way."""
        return [stage for stage in self.stages if stage.under_way]

    def stage(self, ordinal: int) -> BoardStage:
        """Return the stage of a segment of the bar."""
        return next(stage for stage in self.stages if stage.ordinal == ordinal)


@dataclass(frozen=True, slots=True)
class BoardMark:
    """A campaign, and how everything stands that its board shows.

    Another ``mark`` after every change, on another day, and after each complete patrol; ``run`` is where
    that patrol ran, as a path.
    """

    campaign: MarkedCampaign
    mark: str
    run: str


def board_mark(slug: str, today: date) -> BoardMark:
    """Return how the board of ``slug`` stands; one statement. Raises NotFoundError."""
    with open_session(read_only=True) as session:
        found = found_or_raise(marked_campaign(session, slug, today), slug)
    last, missed = complete_patrol(found.patrols), found.patrols.missed
    return BoardMark(found, f"{found.mark} {today} {last} {missed}", run_page_of(last))


def board_page(
    slug: str, today: date, cut: Cut = SHOWN, campaign: MarkedCampaign | None = None
) -> BoardPage:
    """Return the board of the campaign called exactly ``slug``; eight statements at any size.

    One less where the ``campaign`` of its mark is given. Raises NotFoundError.
    """
    with open_session(read_only=True) as session:
        campaign = campaign or found_or_raise(marked_campaign(session, slug, today), slug)
        calendar = work_calendar(session)
        days, until = light_days(today, calendar), end_of_week(today)
        lit = board(session, campaign.id, days)
        groups = due_groups(session, campaign.id, days, until, cut)
        around = beside(session, campaign.id, days)
        rows, foreseen = stages_and_forecast(session, campaign.id, today)
        stages = [stage_line(stage, lit, today, calendar) for stage in rows]
    return BoardPage(
        heading=heading(campaign, today, calendar),
        stages=stages,
        bar=stage_bar([StageSpan(one.ordinal, one.start, one.end) for one in stages], today),
        lights=lit.all,
        reds=due_lines([one for one in groups if one.late], today, calendar),
        week=due_lines([one for one in groups if not one.late], today, calendar),
        week_until=until,
        beside=around,
        chain=head_in_words(around.entries, around.head),
        units=[NamedLights(str(lit.unit_ids[name]), name, one) for name, one in lit.units.items()],
        office=lit.office,
        whole=lit.whole,
        work_items=_work_items(lit.work_items),
        patrol=patrol_line(campaign.patrols, today, calendar),
        forecast=forecast_lines(foreseen, today) if campaign.state == CampaignState.OPEN else None,
    )


def _work_items(found: Mapping[str, Lights]) -> list[NamedLights]:
    parted = [(*name.partition(" ")[::2], one) for name, one in found.items()]
    return [NamedLights(code, title, one) for code, title, one in parted]
