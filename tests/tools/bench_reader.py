"""The reader's figures: how well it reads the samples, and how fast; called by `python -m tests.tools.bench`."""

from collections.abc import Iterator

from models.plan.reading.compile import compile_plan, read_plan
from models.plan.reading.text.document import Document
from tests.models.plan.reading.test_corpus import SAMPLES, compiled, truth
from tests.places import DOCUMENTS, REAL_DOCUMENTS, UNSEEN
from tests.tools import score
from tests.tools.bench_table import Figure, at_least, at_most, floor, say, taken
from tests.tools.silent import documents_in, measure

PLAN = DOCUMENTS / "01-fazhi-shifan-shishi.txt"
PAGE = 1000  # characters of a printed page


def main() -> None:
    """Print the times and scores of reading documents as rows."""
    for figure in (*_times(), *_scores(), *_unseen()):
        say(figure)


def _times() -> Iterator[Figure]:
    """Yield the times of 10,000 characters and of 300 pages, and how time grows with length."""
    text = PLAN.read_text(encoding="utf-8")
    head, body = text.split("三、重点任务", 1)
    tasks = body.split("四、实施步骤", 1)[0]
    sized = {size: _grown(head, tasks, size) for size in (10_000, 30_000, 300 * PAGE)}
    compile_plan(Document.from_text(text))  # patterns are compiled on first use
    times = {size: _best(document) for size, document in sized.items()}
    yield Figure("13", "读 1 万字的方案", times[10_000], at_most(0.03))
    long = times[300 * PAGE]
    yield Figure("13", "读 300 页", long, at_most(1.5))
    # Linear, with a tenth for what a longer text takes of the machine's caches.
    yield Figure("13", "读 300 页", long, floor(11), "十分之一的篇幅", times[30_000])


def _scores() -> Iterator[Figure]:
    """Yield F1 over all documents with a truth, and the category that is read worst."""
    paths = [*SAMPLES, *(sorted(REAL_DOCUMENTS.glob("*.txt")) if REAL_DOCUMENTS.is_dir() else [])]
    results = [score.score(truth(path), compiled(path)) for path in paths]
    categories, micro = score.total(results)
    told = sum(1 for r in results if r["meta"]["is_plan"])
    many = f"{len(paths)} 份公文"
    yield Figure("13", f"{many}，是不是方案判对", told, at_least(len(paths)), unit="份")
    yield Figure("13", f"{many}读出的内容，总 F1", score.prf(micro)[2], at_least(0.99), unit="分")
    worst = min(score.prf(counts)[2] for counts in categories.values())
    yield Figure("13", f"{many}里读得最差的一类，F1", worst, at_least(0.97), unit="分")


def _unseen() -> Iterator[Figure]:
    """Yield the figures of the documents that no rule was written for, as they are read now."""
    measured = measure(documents_in([UNSEEN]))
    _, recall, f1 = score.prf(measured.total)
    many = f"{len(measured.counts)} 份没见过的公文"
    yield Figure("13", f"{many}，总 F1", f1, at_least(0.95), unit="分")
    yield Figure("13", f"{many}，召回", recall, at_least(0.95), unit="分")
    silent = measured.silent / max(1, measured.facts)
    yield Figure("13", f"{many}，漏了又没有疑点的", silent, at_most(0.01), unit="成")
    told = len(measured.counts) - measured.mistaken
    yield Figure("13", f"{many}，是不是方案判对", told, at_least(len(measured.counts)), unit="份")


def _grown(head: str, tasks: str, size: int) -> Document:
    times = max(1, (size - len(head)) // len(tasks))
    return Document.from_text(head + "三、重点任务" + tasks * times)


def _best(document: Document) -> float:
    return min(taken(lambda: read_plan(document)) for _ in range(3))


if __name__ == "__main__":
    main()
