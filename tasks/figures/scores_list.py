"""The list of scores: out with every indicator that is scored, and back with points and deductions."""

from pathlib import Path

from models.campaign.campaign import looking_at
from models.figures.pieces import pieces_by_code
from models.figures.scoring import score_lines, score_totals
from models.figures.setting import set_scores
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.figures.words import ScoreKind
from models.rules.words import OFFICE
from tasks.figures.score_rows import DEDUCTIONS, SCORES, ScoreRows, deduction_cells, score_cells
from tasks.lists.belonging import SCORES as TITLE
from tasks.lists.belonging import list_title
from tasks.lists.taking import Loaded, returned
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


def load_scores(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list of scores in: only cells that say something new are written. Repeatable.

    Either sheet may be missing. ``by`` is the post that scores; the office without it. Raises
    PlanError with every fault, by sheet, row and column; nothing is written then.
    """
    with returned(slug, path, (SCORES, DEDUCTIONS), moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        lines = score_lines(session, campaign_id)
        reader = ScoreRows(taken.book, lines, pieces_by_code(session, campaign_id))
        scores, deductions = reader.scores(), reader.deductions()
        taken.book.faults.stop()
        count = set_scores(session, campaign_id, scores, by.strip() or OFFICE, moment, deductions)
        totals = score_totals(score_lines(session, campaign_id))
        said = [
            f"{kind.chinese}：{totals[kind].words}" for kind in ScoreKind if totals[kind].scored
        ]
        return taken.loaded(count, f"读到 {reader.rows} 行，{count} 处变更", *said)
