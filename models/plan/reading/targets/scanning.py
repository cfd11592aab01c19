"""Which text is searched for targets and duties, and what it belongs to."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.tables.heads import DOERS, FREQUENCY, NUMBER, TARGET, Table
from models.plan.reading.targets.duties import find_duties
from models.plan.reading.targets.measured_cells import BOUNDED, with_measure
from models.plan.reading.targets.patterns import BOUND
from models.plan.reading.targets.targets import amount_of, at_least, find_targets
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import Role
from models.plan.schema import PlanTask, RecurringDuty, Target
from models.plan.vocabulary import Vocabulary


@dataclass
class Scan:
    """Text to be searched for targets and duties, and what it belongs to."""

    passages: list[Passage]
    where: str
    task: PlanTask | None = None
    targets: bool = True
    bounds: bool = False  # only numbers with 不少于, 至少 and the like
    amounts: bool = False  # cells of aims: a number alone is to be reached
    is_label: bool = False  # says until when a work item is due


@dataclass
class Scanner:
    """Collects the text of a plan in reading order, then searches all of it."""

    words: Vocabulary
    scans: list[Scan] = field(default_factory=list)

    def add_task(self, task: PlanTask, texts: Sequence[Passage], label: Passage) -> None:
        """Add the text of a work item, and what its ``label`` says of when: 6月底前完成，每月25日前报送."""
        where = f"task {task.ordinal}"
        self.scans.append(Scan(list(texts), where, task))
        self.scans.append(Scan([label], where, task, targets=False, is_label=True))

    def searched(self) -> list[Passage]:
        """Return the passages in which targets were looked for."""
        return [p for scan in self.scans if scan.targets for p in scan.passages]

    def add(self, passages: Sequence[Passage], where: str) -> None:
        """Add the text of a stage, or other text, and what ``where`` says it is."""
        self.scans.append(Scan(list(passages), where))

    def add_rest(self, chapters: Sequence[tuple[Node, Role]]) -> None:
        """Search what belongs to no work item and no stage: goals, measures, what introduces tasks."""
        used = {
            (m[1], p.text[:12]) for scan in self.scans for p in scan.passages for m in p.marks[:1]
        }
        lines = {m[1] for scan in self.scans for p in scan.passages for m in p.marks}
        for node, role in chapters:
            for below in node.walk():
                if role is Role.STAGES and below is not node:
                    continue
                passages = [
                    p
                    for p in below.passages
                    if not p.cells
                    and (p.marks[0][1], p.text[:12]) not in used
                    and not (role is Role.TASKS and below is not node and _covered(p, lines, used))
                ]
                where = heading_of(node) or heading_of(below)
                quiet = role is Role.BACKGROUND
                if role is not Role.STAGES and passages:
                    bounds = role is Role.SCOPE
                    self.scans.append(Scan(passages, where, targets=not quiet, bounds=bounds))

    def add_tables(self, tables: Sequence[Table]) -> None:
        """Add the cells of tables of indicators."""
        for table in tables:
            if table.is_task_table or table.is_stage_table or TARGET not in table.columns:
                continue
            cells = [
                Passage(with_measure(row.cells[at], row.cells, self.words.measures), row.marks[:1])
                for row in table.rows
                for at in table.column(TARGET)
                if row.cells[at]
            ]
            self.scans.append(Scan(cells, "指标表", amounts=True))
        for table in tables:
            if FREQUENCY in table.columns and not table.is_task_table:
                rows = [_what_and_how_often(table, row) for row in table.rows]
                self.scans.append(Scan(rows, "频次表", targets=False))

    def add_strays(self, rows: Sequence[Passage]) -> None:
        """Add the bounds that rows without a known head put on what they name: 败诉率 | ≤9% | ≤8%."""
        measures = self.words.measures
        cells = [
            Passage(row.cells[0] + with_measure(cell, row.cells, measures), row.marks[:1])
            for row in rows
            for cell in row.cells[1:]
            if pattern(BOUNDED).fullmatch(cell)
        ]
        self.scans.append(Scan(cells, "指标表"))

    def targets_and_duties(self) -> tuple[list[Target], list[RecurringDuty]]:
        """Return what belongs to no work item, and give the work items their targets."""
        others: list[Target] = []
        duties: list[RecurringDuty] = []
        for scan in self.scans:
            for passage in scan.passages:
                if scan.targets:
                    where = None if scan.task else scan.where
                    found = find_targets(passage, self.words, where)
                    if scan.amounts:
                        found = found or amount_of(passage, self.words, where)
                        found = [at_least(each) for each in found]
                    if scan.bounds:
                        found = [target for target in found if pattern(BOUND).match(target.raw)]
                    if scan.task is not None:
                        scan.task.targets += found
                    else:
                        others += found
                duties += _new_duties(passage, scan, duties)
        return others, duties


def _new_duties(
    passage: Passage, scan: Scan, known: Sequence[RecurringDuty]
) -> list[RecurringDuty]:
    """Return the duties of a passage; of a label those that its work item has not, and what they are for."""
    found = find_duties(passage, scan.where)
    if not found or not scan.is_label or scan.task is None:
        return found
    told = [(duty.where, duty.freq, duty.day, duty.month) for duty in known]
    new = [duty for duty in found if (duty.where, duty.freq, duty.day, duty.month) not in told]
    bare = r"(?:之前|以前|前|完成|开展|推进|落实)*"
    for duty in new:
        if duty.what == duty.raw or pattern(bare).fullmatch(duty.what):
            duty.what = scan.task.title
    return new


def _what_and_how_often(table: Table, row: Passage) -> Passage:
    """Return what a row names and how often it is done, as one text: 宣传栏每季度更新一次."""
    apart = {NUMBER, FREQUENCY, *DOERS}
    named = [c for c, what in zip(row.cells, table.columns, strict=True) if what not in apart and c]
    often = [row.cells[at] for at in table.column(FREQUENCY)]
    return Passage("".join([*named[:1], *often]), row.marks[:1])


def _covered(passage: Passage, lines: set[int], used: set[tuple[int, str]]) -> bool:
    """Say whether a passage below a chapter of tasks was already searched as part of a work item."""
    return all(mark[1] in lines for mark in passage.marks) and len(passage.text) > 0
