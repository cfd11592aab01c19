"""The list of figures: out with every demand that has a target, and back with what was counted."""

from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import looking_at
from models.errors import NotFoundError
from models.figures.goals import counted_demands
from models.figures.measuring import measure, measured
from models.figures.pieces import pieces_by_code
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from models.units.unit import unit_names, units_of
from tasks.figures.demands_ready import have_demands, read_demands_first
from tasks.figures.figure_rows import FIGURES, FigureRows, figure_cells
from tasks.lists.belonging import FIGURES as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.names import meant, perhaps, with_bodies
from tasks.lists.taking import Loaded, returned
from tasks.workbook.writing import write_workbook


def export_figures(
    slug: str | None, path: Path, unit: str | None, moment: Moment
) -> tuple[int, int]:
    """Write the figures of a campaign, or of one unit, as they stand; return how many rows and how many empty.

    The demands are read first where that was not done yet.
    """
    read_demands_first(slug, moment)
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_meant(session, campaign_id, unit) if unit else None
        title = list_title(campaign, TITLE, moment.today, unit or "")
        lines = measured(session, campaign_id, today=moment.today, unit_id=unit_id)
    own = [line for line in lines if line.unit_id is not None]
    write_workbook(path, [FIGURES.filled([figure_cells(line) for line in own], title)])
    return len(own), sum(line.numerator is None for line in own)


def load_figures(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list of figures in: only rows that say something new are written. Repeatable.

    ``by`` is the post that registers; the office without it. Raises PlanError with every fault, by
    sheet, row and column; nothing is written then.
    """
    by = by.strip() or OFFICE
    with returned(slug, path, (FIGURES,), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        have_demands(session, taken.campaign, moment)
        demands = {one.name: one for one in counted_demands(session, campaign_id)}
        units = names_and_ids(session, campaign_id)
        pieces = pieces_by_code(session, campaign_id)
        reader = FigureRows(taken.book, demands, units, pieces, (by, moment.today))
        figures = [new for _, new in reader.figures()]
        taken.book.faults.stop()
        count = measure(session, campaign_id, figures, by, moment)
        return taken.loaded(count, f"读到 {reader.rows} 行，{count} 处变更")


def unit_meant(session: Session, campaign_id: int, name: str) -> int:
    """Return the unit that ``name`` means. Raises NotFoundError with what is like it."""
    names = unit_names(session, campaign_id)
    found = meant(name, with_bodies(names))
    if found is None:
        raise NotFoundError(
            f"没有名为 {name} 的单位{perhaps(name, names)}；单位名称见 shifan units export"
        )
    return found


def names_and_ids(session: Session, campaign_id: int) -> tuple[dict[str, str], dict[str, int]]:
    """Return the full name of a unit by each of its names, and its id by the full name."""
    full = {key_of(unit): unit.name for unit in units_of(session, campaign_id)}
    every = {name: full[unit_id] for name, unit_id in unit_names(session, campaign_id).items()}
    return every, {name: unit_id for unit_id, name in full.items()}
