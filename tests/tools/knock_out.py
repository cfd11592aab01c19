"""Take each fact out of a reading and see whether a doubt shows it: ``python -m tests.tools.knock_out``.

What the reader will miss in a document that nobody has seen is unknown; that a miss is not silent can be
measured all the same. Of every known document each unit, target, duty, stage and task is taken away in
turn, as if no rule had read it; it counts as shown where a doubt's sentence holds its words. Printed by
kind: how many were tried, how many shown, and with ``--silent`` those that were not.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from models.plan.reading.accounting.account import Marked, settle_with
from models.plan.reading.accounting.facts import Facts, facts_of
from models.plan.reading.accounting.open_marks import open_doubts
from models.plan.reading.compile import Reading, read_plan
from models.plan.schema import Plan
from tasks.documents.reading import read_document
from tests.places import DOCUMENTS, REAL_DOCUMENTS

FORMATS = {".txt", ".md", ".html", ".docx", ".pdf"}


@dataclass(frozen=True, slots=True)
class Missed:
    """A fact as if it had been missed: its kind, its place in the plan, the words a doubt must show."""

    kind: str
    where: str
    words: str


def facts_in(plan: Plan) -> Iterator[Missed]:
    """Yield everything of a plan that is scored, each with the words that stand for it."""
    for at, stage in enumerate(plan.stages):
        if stage.raw:
            yield Missed("stage", f"stages[{at}]", stage.raw)
    for at, task in enumerate(plan.tasks):
        yield Missed("task", f"tasks[{at}]", task.title)
        for name in task.lead_units:
            yield Missed("lead", f"tasks[{at}]|{name}", name)
        for name in task.responsible_units:
            yield Missed("responsible", f"tasks[{at}]|{name}", name)
        for index, target in enumerate(task.targets):
            yield Missed("target", f"tasks[{at}].targets[{index}]", target.raw)
    for at, target in enumerate(plan.other_targets):
        yield Missed("target", f"other_targets[{at}]", target.raw)
    for at, duty in enumerate(plan.recurring):
        yield Missed("duty", f"recurring[{at}]", duty.raw)


def is_shown(read: Reading, missed: Missed) -> bool:
    """Say whether a doubt's sentence holds the words of ``missed`` once it is out of the plan."""
    marked, facts = without(read, missed)
    doubts = open_doubts(settle_with(marked, facts), read.plan)
    words = missed.words
    if missed.kind == "task":
        owned = {line for g in read.marked.grounds if _position(missed) in g.tasks for _, line, _ in g.passage.marks}  # fmt: skip
        return any(doubt.line in owned for doubt in doubts)
    return any(words in doubt.sentence for doubt in doubts)


def without(read: Reading, missed: Missed) -> tuple[Marked, Facts]:
    """Return the marks and facts of a reading that had missed it."""
    facts, marked = facts_of(read.plan), read.marked
    place, _, name = missed.where.partition("|")
    at = _position(missed)
    if missed.kind == "stage":
        facts.of_stages.pop(at)
        marked = replace(marked, grounds=tuple(replace(g, stages=tuple(x for x in g.stages if x != at)) for g in marked.grounds))  # fmt: skip
    elif missed.kind == "task":
        facts.of_tasks.pop(at)
        marked = replace(marked, grounds=tuple(replace(g, tasks=tuple(x for x in g.tasks if x != at)) for g in marked.grounds))  # fmt: skip
        for line in facts.of_lines:
            facts.of_lines[line] = [
                f for f in facts.of_lines[line] if not f.where.startswith(place + ".")
            ]
    elif name:
        facts.of_tasks[at] = [fact for fact in facts.of_tasks[at] if fact.words != name]
    else:
        for kept in facts.of_lines.values():
            kept[:] = [fact for fact in kept if not fact.where.startswith(place)]
    return marked, facts


def _position(missed: Missed) -> int:
    return int(missed.where.split("[")[1].split("]")[0])


def readings(folders: Iterable[Path]) -> Iterator[tuple[str, Reading]]:
    """Yield the reading of each plan in ``folders``."""
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in FORMATS and path.stem[0].isdigit():
                read = read_plan(read_document(path))
                if read.plan.is_plan:
                    yield path.stem, read


def main() -> None:
    """Print what would be silent."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=[DOCUMENTS, REAL_DOCUMENTS])
    parser.add_argument("--silent", action="store_true")
    parser.add_argument("--alarms", action="store_true")
    parser.add_argument("--each", type=int, default=1)
    options = parser.parse_args()
    tried, shown = Counter[str](), Counter[str]()
    letters = asked = 0
    for name, read in readings(options.folders):
        letters += sum(len(ground.passage.text) for ground in read.marked.grounds)
        asked += len(read.doubts)
        if options.alarms:
            for doubt in open_doubts(settle_with(read.marked, facts_of(read.plan)), read.plan):
                sys.stdout.write(
                    f"? {name[:8]} {doubt.line} {doubt.reason} ← {doubt.sentence[:90]}\n"
                )
        for number, missed in enumerate(facts_in(read.plan)):
            if number % options.each:
                continue
            tried[missed.kind] += 1
            if is_shown(read, missed):
                shown[missed.kind] += 1
            elif options.silent:
                sys.stdout.write(f"- {name[:8]} {missed.kind} {missed.where} {missed.words[:40]}\n")
    for kind, count in tried.items():
        sys.stdout.write(f"{kind:12} {count:5} {shown[kind]:5} {shown[kind] / count:.3f}\n")
    total = sum(tried.values())
    sys.stdout.write(f"all {total} {sum(shown.values()) / total:.3f}; {asked} doubts, one for each {letters // asked} characters\n")  # fmt: skip


if __name__ == "__main__":
    main()
