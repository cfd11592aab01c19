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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.plan.accounting.told import DoubtTold, doubts_told
from models.plan.compile import read_plan
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


def main() -> None:
    """Print the figures of one or more folders of documents with their truths."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    results, lost, silent, letters, asked, wrong = [], 0, 0, 0, 0, 0
    for path in sorted(p for f in options.folders for p in f.iterdir() if p.suffix in FORMATS):
        truth = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        read = read_plan(read_document(path))
        answer = json.loads(read.plan.model_dump_json())
        result = score.score(truth, answer)
        results.append(result)
        told = doubts_told(read.plan, read.doubts, read.marked.grounds)
        gone = list(missing(truth, answer))
        untold = [each for each in gone if not each.is_touched(told)]
        size = sum(len(ground.passage.text) for ground in read.marked.grounds)
        _, counts = score.total([result])
        precision, recall, f1 = score.prf(counts)
        say(
            f"{path.stem:36} 事实 {sum(counts) - counts[1]:4} F1 {f1:.3f} 召回 {recall:.3f} 漏 {len(gone):3} 悄悄漏 {len(untold):3} 疑点 {len(told):3} 字 {size}"
        )
        if truth["is_plan"]:
            lost, silent = lost + len(gone), silent + len(untold)
            letters, asked = letters + size, asked + len(told)
        wrong += truth["is_plan"] != answer["is_plan"]
        if options.show:
            for each in gone:
                say(
                    f"    {'悄悄' if each in untold else '有疑点'} {each.kind} {'/'.join(each.words)[:70]}"
                )
            for line in result["diff"]:
                say(f"      {line[:150]}")
    categories, counts = score.total(results)
    precision, recall, f1 = score.prf(counts)
    facts = counts[0] + counts[2]
    for name, each in categories.items():
        say(
            f"  {name:18} {each} P {score.prf(each)[0]:.3f} R {score.prf(each)[1]:.3f} F1 {score.prf(each)[2]:.3f}"
        )
    say(
        f"合计：{len(results)} 份，事实 {facts}，F1 {f1:.4f}，准确 {precision:.4f}，召回 {recall:.4f}，漏 {lost}，悄悄漏 {silent}（{silent / max(1, facts):.2%}），每 {letters // max(1, asked)} 字一个疑点，判错文种 {wrong}"
    )


def say(text: str) -> None:
    """Print one line."""
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
