"""The pages of a campaign as a whole: its board, its week, its chart, its way to acceptance, its A3 sheet."""

from markupsafe import Markup

from deployments.window.asking import Asked, Page, Way
from deployments.window.kept import Kept
from deployments.window.office.answers import is_offices_own, path_of
from deployments.window.paging import leaf_asked
from deployments.window.rendering import address_in, part
from models.errors import NotFoundError
from models.rules.window.errands import Errand
from models.rules.window.sight import Right
from tasks.gates.outlook import outlook
from tasks.window.board import board_mark, board_page
from tasks.window.chart import chart_page
from tasks.window.office_health import health_line
from tasks.window.sheet import sheet_page
from tasks.window.week import week_page

MOST_SKIPPED = 1_000_000
GATE_LISTS = ("obstacles", "unmeasured", "confirmed")
ROWS_SHOWN = 100  # units, and work items, on the board; a city has sixty, and all stand on pages of their own
_KEPT = Kept()


def board(asked: Asked) -> Page:
    """Show the board: the first screen of a phone answers what is red, whose it is, and since when."""
    slug, today, sees = asked.slug, asked.moment.today, sees_of(asked)
    mark, below = board_mark(slug, today), asked.visitor.campaign_id is None

    def make() -> Markup:
        page = board_page(slug, today, campaign=mark.campaign)
        return part(
            "_board.html", {"page": page, "sees": sees, "below": below, "rows_shown": ROWS_SHOWN}
        )

    def whole() -> Markup:
        return _KEPT.block((slug, sees, below, address_in("")), mark.mark, make)

    facts = {"campaign": asked.of, "whole": whole, "run": mark.run, "health": ""}
    if is_offices_own(asked):
        facts["health"] = health_line(asked.moment.now)
        facts["doctor"] = path_of(asked, Errand.DOCTOR)
    return Page("board.html", facts)


def sees_of(asked: Asked) -> str | int | None:
    """Return whose pages whoever is there may open: "all", or those of one unit by its id, or None."""
    return "all" if asked.may(Right.SEE_ALL) else asked.visitor.unit_id


def week_ahead(asked: Asked) -> Page:
    """Show everything that is late, and what is due this week."""
    page = week_page(asked.slug, asked.moment.today, skipped(asked))
    return Page("week.html", {"page": page, "sees": sees_of(asked)})


def skipped(asked: Asked) -> int:
    """Return how many lines of a long list come before the page that is asked for."""
    typed = asked.query.get("from", "0")
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= MOST_SKIPPED):
        raise NotFoundError("没有这一页；请从总览重新打开")
    return int(typed[:9])


def chart(asked: Asked) -> Page:
    """Show the Gantt chart at a size that can be read."""
    page = chart_page(asked.slug, asked.moment.today)
    return Page("chart.html", {"page": page, "sees": sees_of(asked)})


def gate_today(asked: Asked) -> Page:
    """Show every obstacle between today's figures and acceptance, the cheapest first."""
    found = outlook(asked.slug, asked.moment.today)
    facts = {"outlook": found, "label": asked.of.label, "address": asked.of.address}
    return Page("gate.html", facts | leaf_asked(asked, GATE_LISTS))


def sheet(asked: Asked) -> Page:
    """Show the board as it is printed on one sheet of A3."""
    found = sheet_page(asked.slug, asked.moment.today)
    return Page("sheet.html", {"page": found.page, "columns": found.columns})


WAYS = (
    Way("GET", "/c/{slug}", board, Right.SEE_BOARD),
    Way("GET", "/c/{slug}/week", week_ahead, Right.SEE_BOARD),
    Way("GET", "/c/{slug}/chart", chart, Right.SEE_BOARD),
    Way("GET", "/c/{slug}/gate", gate_today, Right.SEE_BOARD),
    Way("GET", "/c/{slug}/sheet", sheet, Right.SEE_BOARD),
)
