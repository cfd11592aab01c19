"""Which of the files that came together belong to which ledger: those that lie nearest to it."""

from collections.abc import Sequence
from dataclasses import replace

from tasks.intake.arrived import Arrived


def files_near(ledgers: Sequence[Arrived], files: Sequence[Arrived]) -> list[list[Arrived]]:
    """Return for each ledger the ``files`` of its batch that lie nearer to no other, without their folders.

    Units whose folders came in one archive may each have a 通知.pdf: each ledger finds its own. What lies
    above the folders of several ledgers is near to all of them.
    """
    near: list[list[Arrived]] = [[] for _ in ledgers]
    for file in files:
        shared = [
            _shared(one.name, file.name) if one.batch == file.batch else -1 for one in ledgers
        ]
        nearest = max(shared, default=-1)
        for own, depth in zip(near, shared, strict=True):
            if depth == nearest >= 0:
                own.append(replace(file, name=file.name.rpartition("/")[2]))
    return near


def _shared(one: str, other: str) -> int:
    """Return how many folders two paths share from the top."""
    count = 0
    for left, right in zip(one.split("/")[:-1], other.split("/")[:-1], strict=False):
        if left != right:
            break
        count += 1
    return count
