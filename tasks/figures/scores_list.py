"""The list of scores: out with every indicator that is scored, and back with points and deductions."""

from pathlib import Path

from models.campaign.campaign import looking_at
from models.figures.pieces import pieces_by_code
from models.figures.scoring import score_lines, score_totals
from models.figures.setting import set_scores
from models.figures.standing import standing_scores
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.figures.words import ScoreKind
from models.rules.words import OFFICE
from tasks.figures.figures_list import names_and_ids, unit_meant
from tasks.figures.score_rows import DEDUCTIONS, SCORES, ScoreRows, deduction_cells, score_cells
from tasks.figures.self_rows import SELF_SCORES, read_self_scores, self_cells
from tasks.lists.belonging import SCORES as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.taking import Loaded, returned
from tasks.workbook.cells import as_code
from tasks.workbook.writing import write_workbook


def export_scores(slug: str | None, path: Path, moment: Moment) -> tuple[int, int]:
    """Write the scores and deductions as they stand; return how many indicators and deductions."""
    with looking_at(slug) as (session, campaign):
        title = list_title(campaign, TITLE, moment.today)
        lines = [line for line in score_lines(session, key_of(campaign)) if line.counts]
    taken = [deduction_cells(line, off) for line in lines for off in line.deductions]
    scores = SCORES.filled([score_cells(line) for line in lines], title)
    write_workbook(path, [scores, DEDUCTIONS.filled(taken, title)])
    return len(lines), len(taken)


def export_self_scores(slug: str | None, path: Path, unit: str, moment: Moment) -> int:
    """Write the indicators that ``unit`` has a part in, for it to score itself; return how many."""
    with looking_at(slug) as (session, campaign):
        campaign_id = key_of(campaign)
        unit_id = unit_meant(session, campaign_id, unit)
        title = list_title(campaign, TITLE, moment.today, unit)
        standing = standing_scores(session, campaign_id)
        rows = list(self_cells(standing.lines.values(), standing.own.get(unit_id, {})))
    write_workbook(path, [SELF_SCORES.filled(rows, title)])
    return len(rows)


def load_scores(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list of scores in: only cells that say something new are written. Repeatable.

    Any sheet may be missing: the office's two, or that of a unit. ``by`` is the post that scores; the
    office without it. Raises
    PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    by = by.strip() or OFFICE
    with returned(slug, path, (SCORES, DEDUCTIONS, SELF_SCORES), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        lines = score_lines(session, campaign_id)
        reader = ScoreRows(taken.book, lines, pieces_by_code(session, campaign_id))
        scores, deductions = reader.scores(), reader.deductions()
        coded, units = (
            {as_code(one.code): one for one in lines},
            names_and_ids(session, campaign_id),
        )
        own, rows = read_self_scores(taken.book, coded, units, by)
        taken.book.faults.stop()
        count = set_scores(
            session, campaign_id, [*scores, *(new for _, new in own)], by, moment, deductions
        )
        totals = score_totals(score_lines(session, campaign_id))
        said = [
            f"{kind.chinese}：{totals[kind].words}" for kind in ScoreKind if totals[kind].scored
        ]
        return taken.loaded(count, f"读到 {reader.rows + rows} 行，{count} 处变更", *said)
