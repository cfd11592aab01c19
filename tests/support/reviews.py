"""Review workbooks as files: written, and read back as a plan."""

from collections.abc import Sequence
from pathlib import Path

from models.plan.doubt import Doubt
from models.plan.reading.compile import Reading
from models.plan.schema import Plan
from tasks.plans.review_reading import take_review
from tasks.plans.review_writing import review_bytes


def write_review(path: Path, plan: Plan, doubts: Sequence[Doubt]) -> None:
    """Write the review workbook of ``plan`` to ``path``."""
    path.write_bytes(review_bytes(plan, doubts))


def write_read(path: Path, read: Reading) -> None:
    """Write the review workbook of a document, its text too, to ``path``."""
    path.write_bytes(review_bytes(read.plan, read.doubts, read.marked.grounds, read.settled))


def read_review(path: Path) -> Plan:
    """Return the plan of a review workbook."""
    return take_review(path)[0]
