"""Lists of the campaign of the pack, out and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from models.audit.chain import GENESIS, AuditEntry, seal
from models.database import open_session
from tests.support.sheets import edited


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Where a list is sent out to."""
    return tmp_path / "发出.xlsx"


@pytest.fixture
def back(sheet: Path) -> Callable[..., Path]:
    """Edit the list that was sent out and return the file that comes back."""

    def change(edit: Callable[[Any], None], name: str = "回收.xlsx") -> Path:
        return edited(sheet, edit, name)

    return change


@pytest.fixture
def audited(campaign: str) -> Callable[[str], list[AuditEntry]]:
    """Return the entries of a kind, after the whole chain was verified."""

    def entries(what: str) -> list[AuditEntry]:
        with open_session(read_only=True) as session:
            chain = _chain(session)
            session.expunge_all()
        previous = GENESIS
        for entry in chain:
            assert (entry.previous, entry.hash) == (previous, seal(entry))
            previous = entry.hash
        return [entry for entry in chain if entry.what == what]

    return entries


def _chain(session: Session) -> list[AuditEntry]:
    return list(session.exec(select(AuditEntry).order_by(AuditEntry.id)))  # type: ignore[arg-type]
