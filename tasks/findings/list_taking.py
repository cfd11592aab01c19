"""Take in what a list of findings says, whatever the way it came: the office's list, or the ledger of a unit."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import Session

from models.campaign.campaign import Campaign
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
from models.rules.evidence.words import Via
from tasks.figures.figures_list import names_and_ids
from tasks.findings.finding_rows import (
    Beside,
    handed_out,
    ledger_steps,
    new_finding,
    rewritten,
    with_codes,
)
from tasks.findings.finding_sheets import FINDINGS, LEDGER
from tasks.findings.proofs import ProofFile, hand_in_proofs
from tasks.lists.names import with_bodies
from tasks.lists.taking import Loaded, Returned, returned_book
from tasks.workbook.cells import as_code
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

# Gives by the code of a finding the files of a name: none, or several where nobody knows which is meant.
FindProof = Callable[[str, str], Sequence[ProofFile]]


@dataclass(slots=True)
class _Said:
    """What a returned list says, each with its row, and the files that its ledger names."""

    news: list[tuple[Row, NewFinding]] = field(default_factory=list)
    steps: list[tuple[Row, NewStep]] = field(default_factory=list)
    files: list[tuple[Row, ProofFile]] = field(default_factory=list)
    rows: int = 0


@dataclass(frozen=True, slots=True)
class TakenList:
    """What a list came to; ``pieces`` are the codes of the held files that it handed in, by their SHA-256."""

    campaign_id: int
    loaded: Loaded
    pieces: Mapping[str, str]


def take_list(
    slug: str | None,
    book: Book,
    by: str,
    find: FindProof,
    moment: Moment,
    *,
    via: Via = Via.COMMAND,
) -> TakenList:
    """Take in what ``book`` says: new findings are raised, steps taken, all or nothing. Repeatable.

    The files that ``find`` gives for the names in a ledger are in the vault before a step speaks of them, and
    stay there where a row is at fault. Raises PlanError with every fault, which stand in the book; of the rest
    nothing is written then.
    """
    with returned_book(slug, book, moment) as taken:
        slug, lines = taken.campaign.slug, _coded_lines(taken)
        said = _said(taken, lines, (by, find), moment.today)
        book.faults.stop()
    codes, pieces = _handed_in(slug, lines, said, (by, via), moment)
    book.faults.stop()
    with returned_book(slug, book, moment) as taken:
        session, campaign_id = taken.session, taken.campaign_id
        raised = raise_findings(session, campaign_id, [new for _, new in said.news], by, moment)
        steps = [with_codes(step, codes.get(step.code, {})) for _, step in said.steps]
        stepped = take_steps(session, campaign_id, steps, moment)
        rows = [row for row, _ in said.news] + [row for row, _ in said.steps]
        faults = [one.faults for one in raised] + [one.faults for one in stepped]
        for row, found in zip(rows, faults, strict=True):
            for fault in found:
                row.fault("问题", fault)
        book.faults.stop()
        count, moved = sum(one.new for one in raised), sum(one.changed for one in stepped)
        again = sum(one.again for one in raised)
        back = f"{again} 个再次发生、重新整改" if again else ""
        read = f"读到 {said.rows} 行，新登记 {count} 个，{moved} 处变更"
        notes = [
            f"{row.sheet}第 {row.number} 行：{one.note}"
            for (row, _), one in zip(said.news, raised, strict=True)
            if one.note
        ]
        loaded = taken.loaded(count + moved + again, read, back, notes=notes)
        return TakenList(campaign_id, loaded, pieces)


def findings_standing(session: Session, campaign: Campaign) -> tuple[Sequence[FindingLine], Beside]:
    """Return the findings of a campaign as they stand, with what stands beside each."""
    campaign_id = key_of(campaign)
    beside = Beside(
        proofs_by_finding(session, campaign_id), dispatches_by_finding(session, campaign_id)
    )
    return finding_lines(session, campaign_id), beside


def _coded_lines(taken: Returned) -> dict[str, FindingLine]:
    return {line.code: line for line in finding_lines(taken.session, taken.campaign_id)}


def _said(
    taken: Returned,
    coded: Mapping[str, FindingLine],
    who: tuple[str, FindProof],
    today: date,
) -> _Said:
    """Return what the sheets say; faults stay in the book."""
    by, find = who
    proofs = proofs_by_finding(taken.session, taken.campaign_id)
    names, ids = names_and_ids(taken.session, taken.campaign_id)
    bodies, said = with_bodies(names), _Said()
    for row in taken.book.rows(FINDINGS) if taken.book.has(FINDINGS) else ():
        said.rows += 1
        _of_the_office(row, said, coded, (bodies, ids), (by, today))
    for row in taken.book.rows(LEDGER) if taken.book.has(LEDGER) else ():
        said.rows += 1
        line = _coded(row, coded)
        steps = ledger_steps(row, line, proofs.get(line.id, ()), by) if line else ()
        for step in steps:
            said.steps.append((row, step))
            said.files += [(row, file) for file in _files_of(row, step, find)]
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


def _files_of(row: Row, step: NewStep, find: FindProof) -> list[ProofFile]:
    """Return the files that a step names in place of codes; one that is nowhere is a fault of its row."""
    found: list[ProofFile] = []
    for name in step.pieces:
        if number_of(name) is not None:
            continue
        files = find(step.code, name)
        if len(files) == 1:
            found += files
        elif files:
            row.fault(
                "证明材料", f"有 {len(files)} 个内容不同的文件都叫“{name[:40]}”，不知道是哪一个"
            )
        else:
            why = f"没有编号为“{name[:40]}”的材料，本表旁边也没有叫这个名称的文件"
            row.fault("证明材料", why)
    return found


def _handed_in(
    slug: str,
    lines: Mapping[str, FindingLine],
    said: _Said,
    handed: tuple[str, Via],
    moment: Moment,
) -> tuple[Mapping[str, Mapping[str, str]], Mapping[str, str]]:
    """Hand the files in; return their codes by finding and name, and those of held ones by their SHA-256.

    What is refused is a fault of its row.
    """
    files = [file for _, file in said.files]
    codes: dict[str, dict[str, str]] = {}
    pieces: dict[str, str] = {}
    taken = hand_in_proofs(slug, lines, files, handed, moment)
    for (row, file), one in zip(said.files, taken, strict=True):
        if one.refused:
            row.fault("证明材料", f"{file.name}：{one.refused}")
        codes.setdefault(file.finding, {})[file.name] = one.code
        if file.content is not None:
            pieces[hashlib.sha256(file.content).hexdigest()] = one.code
    return codes, pieces
