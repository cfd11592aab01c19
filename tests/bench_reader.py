"""The reader's figures: how well it reads the samples, and how fast; called by `python -m tests.bench`."""

import sys
import time
from pathlib import Path

from models.plan.compile import compile_plan, read_plan
from models.plan.document import Document
from tests.documents import score
from tests.test_plan_corpus import SAMPLES, SHARED, compiled, truth

PLAN = Path(__file__).parent / "documents" / "01-fazhi-shifan-shishi.txt"
PAGE = 1000  # characters of a printed page


def main() -> None:
    """Print the scores and times of reading documents."""
    for line in [*score_lines(), *time_lines()]:
        sys.stdout.write(line + "\n")


def score_lines() -> list[str]:
    """Return F1 by category over all documents with a truth."""
    paths = [*SAMPLES, *(sorted(SHARED.glob("*.txt")) if SHARED.is_dir() else [])]
    results = [score.score(truth(path), compiled(path)) for path in paths]
    categories, micro = score.total(results)
    plans = sum(1 for r in results if r["meta"]["is_plan"])
    lines = [
        f"公文读取 {len(paths)} 份,是否方案判对 {plans} 份,总 F1 {score.prf(micro)[2]:.4f}(要求 0.99)"
    ]
    lines += [
        f"  {name:<18} F1 {score.prf(counts)[2]:.4f}(要求 0.97)"
        for name, counts in categories.items()
    ]
    return lines


def time_lines() -> list[str]:
    """Return the times of 10,000 characters and of 300 pages, and how time grows with length."""
    text = PLAN.read_text(encoding="utf-8")
    head, body = text.split("三、重点任务", 1)
    tasks = body.split("四、实施步骤", 1)[0]
    sized = {size: _grown(head, tasks, size) for size in (10_000, 30_000, 300 * PAGE)}
    compile_plan(Document.from_text(text))  # patterns are compiled on first use
    times = {size: _best(document) for size, document in sized.items()}
    growth = times[300 * PAGE] / times[30_000]
    return [
        f"1 万字 {times[10_000] * 1000:.0f} 毫秒(要求 50 毫秒)",
        f"300 页 {times[300 * PAGE]:.2f} 秒(要求 5 秒)",
        f"篇幅 10 倍,用时 {growth:.1f} 倍(线性为 10 倍)",
    ]


def _grown(head: str, tasks: str, size: int) -> Document:
    times = max(1, (size - len(head)) // len(tasks))
    return Document.from_text(head + "三、重点任务" + tasks * times)


def _best(document: Document) -> float:
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        read_plan(document)
        best = min(best, time.perf_counter() - start)
    return best


if __name__ == "__main__":
    main()
