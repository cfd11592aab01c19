"""The lists of findings: the office's out with new ones back, a unit's ledger out and back with its evidence."""

from collections.abc import Sequence
from pathlib import Path

from models.campaign.campaign import looking_at
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.words import OFFICE
from tasks.figures.figures_list import names_and_ids, unit_meant
from tasks.findings.finding_rows import finding_cells, ledger_cells
from tasks.findings.finding_sheets import FINDINGS, LEDGER
from tasks.findings.list_taking import findings_standing, take_list
from tasks.findings.proofs import ProofFile
from tasks.lists.belonging import FINDINGS as TITLE
from tasks.lists.belonging import RECTIFICATION, list_title
from tasks.lists.taking import Loaded, without_pauses
from tasks.workbook.reading import open_book
from tasks.workbook.writing import write_workbook


def export_findings(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the office's list of findings as it stands, with empty rows for new ones; return how many."""
    with looking_at(slug) as (session, campaign):
        lines, beside = findings_standing(session, campaign)
        title = list_title(campaign, TITLE, moment.today)
    rows = [finding_cells(line, beside, moment.today) for line in lines]
    write_workbook(path, [FINDINGS.filled(rows, title)])
    return len(rows)


def export_rectification(slug: str | None, path: Path, unit: str, moment: Moment) -> int:
    """Write the ledger of what a unit has to mend or to answer; return how many rows."""
    with looking_at(slug) as (session, campaign):
        unit_id = unit_meant(session, key_of(campaign), unit)
        _, ids = names_and_ids(session, key_of(campaign))
        name = next(name for name, one in ids.items() if one == unit_id)
        lines, beside = findings_standing(session, campaign)
        title = list_title(campaign, RECTIFICATION, moment.today, name)
    rows = [ledger_cells(line, beside) for line in lines if line.unit == name]
    write_workbook(path, [LEDGER.filled(rows, title)])
    return len(rows)


def load_findings(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list in: new findings are raised, steps taken, all or nothing. Repeatable.

    Files that a ledger names lie beside it. Raises PlanError with every fault, by sheet, row and column; of what
    the list says nothing is written then (see `take_list`).
    """

    def beside(code: str, name: str) -> Sequence[ProofFile]:
        lies_there = Path(name).name == name and (path.parent / name).is_file()
        return [ProofFile(code, name, path=path.parent / name)] if lies_there else []

    with without_pauses():
        book = open_book(path, (FINDINGS, LEDGER))
        return take_list(slug, book, by.strip() or OFFICE, beside, moment).loaded
