"""The rows of findings: of the office's list, in which new ones are entered and handed out, and of a unit's ledger."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from models.findings.listing import FindingLine
from models.findings.new import NewFinding
from models.findings.steps import NewStep
from models.rules.findings.words import (
    FROM_THE_PUBLIC,
    FindingKind,
    FindingSource,
    FindingState,
    FindingStep,
    read_source,
)
from tasks.lists.names import unit_in
from tasks.workbook.cells import as_day, as_name, as_names, as_text
from tasks.workbook.rows import Row

Cells = tuple[str | date | None, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a finding in a list: its proofs and its dispatches."""

    proofs: Mapping[int, Sequence[str]]
    dispatches: Mapping[str, Sequence[str]]


def finding_cells(line: FindingLine, beside: Beside, today: date) -> Cells:
    """Return the cells of a finding in the office's list."""
    return (
        line.code,
        line.kind_in_words,
        line.problem,
        line.advice,
        line.source_in_words,
        line.item,
        line.found_on,
        line.unit,
        line.due,
        line.state_in_words,
        line.remarks(today),
        line.measure,
        "、".join(beside.proofs.get(line.id, ())),
        "、".join(beside.dispatches.get(line.code, ())),
    )


def ledger_cells(line: FindingLine, beside: Beside) -> Cells:
    """Return the cells of a finding in its unit's ledger."""
    proofs = "、".join(beside.proofs.get(line.id, ()))
    said = (line.promised_on, line.measure, proofs, "")
    return (
        line.code,
        line.problem,
        line.advice,
        line.source_in_words,
        line.due.isoformat() if line.due else "",
        line.state_in_words,
        *said,
        ledger_mark(said),
    )


def ledger_mark(said: Sequence[object]) -> str:
    """Return by what a row of a ledger is seen to be as it went out."""
    return f"{zlib.crc32('|'.join(map(as_text, said)).encode()):08x}"


def new_finding(
    row: Row, units: tuple[Mapping[str, str], Mapping[str, int]], today: date
) -> NewFinding | None:
    """Return what a row of the office's list says; None where it has faults, which stay in the book.

    ``units`` gives the full name by what a clerk may write, and the id by the full name.
    """
    bodies, ids = units
    kinds = {kind.chinese: kind for kind in FindingKind}
    word = row.text("类别") or FindingKind.PROBLEM.chinese
    if word not in kinds:
        row.fault("类别", f"写的是“{word[:20]}”，应为{'、'.join(kinds)}")
        return None
    source = read_source(row.text("来源"))
    if not source:
        words = "、".join(one.chinese for one in FindingSource)
        row.fault("来源", f"写的是“{row.text('来源')[:20]}”，应为{words}，后面可写明哪一次")
    found_on = row.read("发现日期", as_day, "2025-07-21 这样的日期")
    due = row.read("整改时限", as_day, "2025-07-21 这样的日期")
    written = as_name(row.cell("责任单位"))
    unit = unit_in(row, "责任单位", written, bodies) if written else ""
    if not source or unit is None:
        return None
    return NewFinding(
        row.text("问题"),
        source,
        found_on or today,
        ids.get(unit),
        due,
        row.text("建议"),
        row.text("对应事项"),
        kinds[word],
        dated=found_on is not None,
    )


def handed_out(row: Row, line: FindingLine, bodies: Mapping[str, str], by: str) -> list[NewStep]:
    """Return the step that the row of a finding there is means: to hand it to a unit, or none.

    What else was written over is a fault: each of these has a step of its own, with who and why.
    """
    written = as_name(row.cell("责任单位"))
    unit = unit_in(row, "责任单位", written, bodies) if written else ""
    if unit is None:
        return []
    due = row.read("整改时限", as_day, "2025-07-21 这样的日期")
    if line.state == FindingState.RAISED:
        return [NewStep(line.code, FindingStep.ASSIGN, by, unit=unit, day=due)] if unit else []
    if unit != line.unit:
        row.fault("责任单位", f"{line.code} 已交{line.unit}，改交请用 shifan findings assign")
    if due != line.due:
        row.fault(
            "整改时限", f"{line.code} 的时限是 {line.due}，调整请用 shifan findings move，写明理由"
        )
    return []


def rewritten(row: Row, line: FindingLine) -> None:
    """Say of each cell of a finding there is that was written over that a list does not change it."""
    kept = {
        "问题": line.problem,
        "建议": line.advice,
        "来源": line.source_in_words,
        "对应事项": line.item,
    }
    for name, text in kept.items():
        if " ".join(row.text(name).split()) != " ".join(text.split()):
            row.fault(name, f"{line.code} 登记的是“{text[:30]}”，登记后不改；另有问题请另起一行")


def ledger_steps(row: Row, line: FindingLine, proofs: Sequence[str], by: str) -> list[NewStep]:
    """Return the steps that a row of a unit's ledger means; an untouched one means none.

    A piece of evidence that is no code is the name of a file, and stays as it is written.
    """
    promised = row.read("承诺日期", as_day, "2025-07-21 这样的日期")
    measure, why = row.text("整改措施和结果"), row.text("不认领的理由")
    pieces = as_names(row.cell("证明材料"))
    if row.text("核对码") == ledger_mark((promised, measure, "、".join(pieces), why)):
        return []
    mended = measure and (measure != as_text(line.measure) or pieces != list(proofs))
    if why and mended:
        row.fault("不认领的理由", "同时填了整改措施和不认领的理由，只能填一样")
        return []
    if pieces and not measure:
        row.fault("整改措施和结果", "写了证明材料，没有写整改措施和结果")
    steps = []
    if promised and promised != line.promised_on and not why:
        steps.append(NewStep(line.code, FindingStep.PROMISE, by, day=promised, listed=True))
    if why:
        steps.append(NewStep(line.code, FindingStep.DECLINE, by, why, listed=True))
    elif mended:
        public = line.kind in FROM_THE_PUBLIC
        kind = FindingStep.ANSWER if public else FindingStep.RECTIFY
        steps.append(NewStep(line.code, kind, by, measure, pieces=tuple(pieces), listed=True))
    return steps


def with_codes(step: NewStep, codes: Mapping[str, str]) -> NewStep:
    """Return a step whose files are the codes that they were taken in under."""
    return replace(step, pieces=tuple(codes.get(one, one) for one in step.pieces))
