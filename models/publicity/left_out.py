"""What left a list of the office's is withdrawn, and keeps its row."""

from collections.abc import Iterable
from typing import Protocol

from sqlmodel import Session


class Withdrawable(Protocol):
    """A row that may be withdrawn."""

    withdrawn: bool


def withdraw_left_out(session: Session, rows: Iterable[Withdrawable]) -> int:
    """Withdraw ``rows`` and return how many stood; what was changed before is written too."""
    standing = [row for row in rows if not row.withdrawn]
    for row in standing:
        row.withdrawn = True
    session.add_all(standing)
    session.flush()
    return len(standing)
