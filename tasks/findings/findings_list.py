"""The lists of findings: the office's out with new ones back, a unit's ledger out and back with its evidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlmodel import Session

from models.campaign.campaign import Campaign, looking_at
from models.errors import PlanError
from models.findings.listing import (
    FindingLine,
    dispatches_by_finding,
    finding_lines,
    proofs_by_finding,
)
from models.findings.new import NewFinding
from models.findings.raising import raise_findings
from models.findings.steps import NewStep, take_steps
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.evidence.pieces import number_of
from models.rules.words import OFFICE
from tasks.figures.figures_list import names_and_ids, unit_meant
from tasks.findings.acting import proofs_from_files
from tasks.findings.finding_rows import (
    Beside,
    finding_cells,
    handed_out,
    ledger_cells,
    ledger_steps,
    new_finding,
    rewritten,
    with_codes,
)
from tasks.findings.finding_sheets import FINDINGS, LEDGER
from tasks.lists.belonging import FINDINGS as TITLE
from tasks.lists.belonging import RECTIFICATION, list_title
from tasks.lists.names import with_bodies
from tasks.lists.taking import Loaded, Returned, returned
from tasks.workbook.cells import as_code, as_names
from tasks.workbook.reading import open_book
from tasks.workbook.rows import Row
from tasks.workbook.writing import write_workbook


@dataclass(slots=True)
class _Said:
    """What a returned list says, each with its row."""

    news: list[tuple[Row, NewFinding]]
    steps: list[tuple[Row, NewStep]]
    rows: int = 0


def export_findings(slug: str | None, path: Path, moment: Moment) -> int:
    """Write the office's list of findings as it stands, with empty rows for new ones; return how many."""
    with looking_at(slug) as (session, campaign):
        lines, beside = _standing(session, campaign)
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
        lines, beside = _standing(session, campaign)
        title = list_title(campaign, RECTIFICATION, moment.today, name)
    rows = [ledger_cells(line, beside) for line in lines if line.unit == name]
    write_workbook(path, [LEDGER.filled(rows, title)])
    return len(rows)


def load_findings(slug: str | None, path: Path, by: str, *, moment: Moment) -> Loaded:
    """Take a returned list in: new findings are raised, steps taken, all or nothing. Repeatable.

    Files that a ledger names lie beside it; they are in the vault before a step speaks of them, and stay there
    where a row is at fault. Raises PlanError with every fault, by sheet, row and column; of the rest nothing
    is written then.
    """
    by = by.strip() or OFFICE
    with returned(slug, path, (FINDINGS, LEDGER), moment) as taken:
        _said(taken, by, moment.today)
        taken.book.faults.stop()
    codes = _files_taken(slug, path, by, moment)
    with returned(slug, path, (FINDINGS, LEDGER), moment) as taken:
        said = _said(taken, by, moment.today)
        raised = raise_findings(
            taken.session, taken.campaign_id, [new for _, new in said.news], by, moment
        )
        steps = [with_codes(step, codes.get(step.code, {})) for _, step in said.steps]
        stepped = take_steps(taken.session, taken.campaign_id, steps, moment)
        rows = [row for row, _ in said.news] + [row for row, _ in said.steps]
        faults = [one.faults for one in raised] + [one.faults for one in stepped]
        for row, found in zip(rows, faults, strict=True):
            for fault in found:
                row.fault("问题", fault)
        taken.book.faults.stop()
        count, moved = sum(one.new for one in raised), sum(one.changed for one in stepped)
        again = sum(one.again for one in raised)
        back = f"{again} 个再次发生、重新整改" if again else ""
        read = f"读到 {said.rows} 行，新登记 {count} 个，{moved} 处变更"
        notes = [
            f"{row.sheet}第 {row.number} 行：{one.note}"
            for row, one in zip(rows, raised, strict=False)
            if one.note
        ]
        return taken.loaded(count + moved + again, read, back, notes=notes)


def _standing(session: Session, campaign: Campaign) -> tuple[Sequence[FindingLine], Beside]:
    campaign_id = key_of(campaign)
    beside = Beside(
        proofs_by_finding(session, campaign_id), dispatches_by_finding(session, campaign_id)
    )
    return finding_lines(session, campaign_id), beside


def _said(taken: Returned, by: str, today: date) -> _Said:
    """Return what the sheets say; faults stay in the book."""
    lines, beside = _standing(taken.session, taken.campaign)
    coded = {line.code: line for line in lines}
    names, ids = names_and_ids(taken.session, taken.campaign_id)
    bodies, said = with_bodies(names), _Said([], [])
    for row in taken.book.rows(FINDINGS) if taken.book.has(FINDINGS) else ():
        said.rows += 1
        _of_the_office(row, said, coded, (bodies, ids), (by, today))
    for row in taken.book.rows(LEDGER) if taken.book.has(LEDGER) else ():
        said.rows += 1
        line = _coded(row, coded)
        if line is not None:
            steps = ledger_steps(row, line, beside.proofs.get(line.id, ()), by)
            said.steps += [(row, step) for step in steps]
    return said


def _of_the_office(
    row: Row,
    said: _Said,
    coded: Mapping[str, FindingLine],
    units: tuple[Mapping[str, str], Mapping[str, int]],
    who: tuple[str, date],
) -> None:
    by, today = who
    if not row.text("编号"):
        new = new_finding(row, units, today)
        said.news += [(row, new)] if new else []
    elif (line := _coded(row, coded)) is not None:
        rewritten(row, line)
        said.steps += [(row, step) for step in handed_out(row, line, units[0], by)]


def _coded(row: Row, coded: Mapping[str, FindingLine]) -> FindingLine | None:
    code = as_code(row.cell("编号"))
    if code not in coded:
        row.fault("编号", f"没有编号为“{code[:20]}”的问题；新问题不写编号" if code else "没有填写")
    return coded.get(code)


def _files_taken(
    slug: str | None, path: Path, by: str, moment: Moment
) -> Mapping[str, Mapping[str, str]]:
    """Take in the files that lie beside a ledger and are named in it; return their codes by finding and name."""
    book = open_book(path, (FINDINGS, LEDGER))
    found: dict[str, dict[str, str]] = {}
    faults = []
    for row in book.rows(LEDGER) if book.has(LEDGER) else ():
        code = as_code(row.cell("编号"))
        names = [name for name in as_names(row.cell("证明材料")) if number_of(name) is None]
        missing = [name for name in names if not _lies_beside(path, name)]
        faults += [
            f"{row.sheet}第 {row.number} 行 证明材料：没有编号为“{name[:40]}”的材料，本表旁边也没有叫这个名称的文件"
            for name in missing
        ]
        if names and not missing:
            files = [path.parent / name for name in names]
            codes = proofs_from_files(slug, code, files, by, moment)
            found[code] = dict(zip(names, codes, strict=True))
    if faults:
        raise PlanError(path.name, faults)
    return found


def _lies_beside(path: Path, name: str) -> bool:
    return Path(name).name == name and (path.parent / name).is_file()
