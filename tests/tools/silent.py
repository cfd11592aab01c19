"""What a reading misses of a truth, and which of it no doubt touches: ``python -m tests.tools.silent FOLDER``.

A fact of the truth that is not in the answer is *silent* where the words that stand for it (a stage's
name or dates, a task's title, a unit's name, a target's or duty's words) are in the sentence of no doubt,
and no doubt stands on its item. Printed for each document and for all: facts, F1, recall, missed, silent,
doubts, characters. ``--show`` prints what was missed, which only those who write no rules may look at.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.plan.reading.accounting.told import DoubtTold, doubts_told
from models.plan.reading.compile import read_plan
from tasks.documents.reading import read_document
from tests.tools import score

FORMATS = (".txt", ".md", ".html", ".docx", ".pdf")


@dataclass(frozen=True, slots=True)
class Missing:
    """A fact of the truth that the answer has not: its kind, and words any of which a doubt may show."""

    kind: str
    words: tuple[str, ...]
    task: int | None = None  # position in the answer's tasks

    def is_touched(self, doubts: Sequence[DoubtTold]) -> bool:
        """Say whether a doubt shows it, or stands on the very field of its item."""
        for doubt in doubts:
            text = score.squash(doubt.text + doubt.reason)
            if any(words and words in text for words in self.words):
                return True
            if (
                self.task is not None
                and doubt.where.startswith(f"tasks[{self.task}]")
                and "单位" in doubt.reason
            ):
                return True
        return False


def missing(truth: dict[str, Any], answer: dict[str, Any]) -> Iterator[Missing]:
    """Yield what of the truth is not in the answer, by the rules of the scorer."""
    stages, answered = truth["stages"], answer["stages"]
    names = Counter(score.norm_stage(stage["name"]) for stage in answered)
    pairs, _ = score.align(
        stages,
        answered,
        [lambda s: score.norm_stage(s.get("name")), lambda s: str(s.get("ordinal"))],
    )
    for expected, actual in pairs:
        words = tuple(
            filter(None, (score.squash(expected.get("raw")), score.squash(expected["name"])))
        )
        if not names[score.norm_stage(expected["name"])]:
            yield Missing("stages", words)
        if actual is None or any(actual.get(k) != expected.get(k) for k in ("start", "end")):
            yield Missing("stage_dates", words)
    yield from _of_tasks(truth, answer)
    left = score.all_targets(answer)
    for target in _targets(truth):
        key = score.target_key(target)
        if left[key]:
            left[key] -= 1
        else:
            yield Missing("targets", (score.squash(target["raw"]),))
    duties = Counter(score.rec_key(duty) for duty in answer["recurring"])
    for duty in truth["recurring"]:
        key = score.rec_key(duty)
        if duties[key]:
            duties[key] -= 1
        else:
            yield Missing("recurring", (score.squash(duty["raw"]),))


def _of_tasks(truth: dict[str, Any], answer: dict[str, Any]) -> Iterator[Missing]:
    def full(task: dict[str, Any]) -> tuple[str, str]:
        return str(task.get("ordinal")), score.norm_title(task.get("title"))

    alias = {
        score.squash(v): score.squash(a["canonical"])
        for a in truth["unit_aliases"]
        for v in a["variants"]
    }
    pairs, _ = score.align(
        truth["tasks"],
        answer["tasks"],
        [full, lambda t: score.norm_title(t.get("title")), lambda t: str(t.get("ordinal"))],
    )
    for expected, actual in pairs:
        at = answer["tasks"].index(actual) if actual is not None else None
        if actual is None or full(actual) != full(expected):
            yield Missing("tasks", (score.squash(expected["title"])[:10],), at)
        for role in ("lead_units", "responsible_units"):
            held = {
                alias.get(score.unit_name(u), score.unit_name(u))
                for u in (actual or {}).get(role, [])
            }
            for unit in expected[role]:
                name = score.unit_name(unit)
                if alias.get(name, name) not in held:
                    yield Missing(role, (name,), at)


def _targets(truth: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for item in [*truth["tasks"], *truth["stages"]]:
        yield from item.get("targets") or ()
    yield from truth["other_targets"]


@dataclass
class Measured:
    """How well a number of documents was read: counts of the scorer, and what of the truth is silent."""

    counts: list[dict[str, list[int]]] = field(default_factory=list)
    lost: int = 0
    silent: int = 0
    letters: int = 0  # of plans
    asked: int = 0  # doubts about plans
    mistaken: int = 0  # plans taken for none, and the other way round

    def add(self, other: "Measured") -> None:
        """Count the documents of ``other`` in as well."""
        self.counts += other.counts
        self.lost += other.lost
        self.silent += other.silent
        self.letters += other.letters
        self.asked += other.asked
        self.mistaken += other.mistaken

    @property
    def total(self) -> list[int]:
        """Return true positives, false positives and false negatives of all categories."""
        return [
            sum(each[name][at] for each in self.counts for name in score.CATS) for at in range(3)
        ]

    @property
    def facts(self) -> int:
        """Return how many facts the truths hold."""
        return self.total[0] + self.total[2]

    def said(self) -> str:
        """Return the figures in one line."""
        precision, recall, f1 = score.prf(self.total)
        share = self.silent / max(1, self.facts)
        return (
            f"合计：{len(self.counts)} 份，事实 {self.facts}，F1 {f1:.4f}，准确 {precision:.4f}，召回 {recall:.4f}，"
            f"漏 {self.lost}，悄悄漏 {self.silent}（{share:.2%}），每 {self.letters // max(1, self.asked)} 字一个疑点，"
            f"判错文种 {self.mistaken}"
        )


def documents_in(folders: Iterable[Path]) -> list[Path]:
    """Return the documents below ``folders`` that have a truth beside them."""
    found = (path for folder in folders for path in folder.rglob("*") if path.suffix in FORMATS)
    return sorted(path for path in found if path.with_suffix(".json").is_file())


def measure(paths: Iterable[Path], *, show: bool = False, each_one: bool = False) -> Measured:
    """Read every document and compare it with its truth; with ``show`` print what was missed."""
    measured = Measured()
    for path in paths:
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        read = read_plan(read_document(path))
        answer = json.loads(read.plan.model_dump_json())
        result = score.score(truth, answer)
        told = doubts_told(read.plan, read.doubts, read.marked.grounds)
        gone = list(missing(truth, answer))
        untold = [each for each in gone if not each.is_touched(told)]
        one = Measured([result["counts"]], mistaken=int(truth["is_plan"] != answer["is_plan"]))
        if truth["is_plan"]:
            one.lost, one.silent, one.asked = len(gone), len(untold), len(told)
            one.letters = sum(len(each.passage.text) for each in read.marked.grounds)
        measured.add(one)
        if each_one or show:
            say(f"{path.stem:36}{one.said()[3:]}")
        if show:
            for each in gone:
                say(
                    f"    {'悄悄' if each in untold else '有疑点'} {each.kind} {'/'.join(each.words)[:70]}"
                )
            for line in result["diff"]:
                say(f"      {line[:150]}")
    return measured


def main() -> None:
    """Print the figures of one or more folders of documents with their truths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    measured = measure(documents_in(options.folders), show=options.show, each_one=True)
    for name in score.CATS:
        counts = [sum(each[name][at] for each in measured.counts) for at in range(3)]
        precision, recall, f1 = score.prf(counts)
        say(f"  {name:18} {counts} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")
    say(measured.said())


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
