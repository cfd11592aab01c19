"""Ledgers of the campaign of the pack, out and back."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from models.database import open_session
from models.evidence.demands.keeping import ensure_demands
from models.rules.evidence.words import Via
from models.settings import moment_of
from tasks.intake.arrived import Arrived, TakenIn
from tasks.ledgers.exporting import export_ledgers
from tasks.ledgers.taking import LedgerBack, take_ledgers
from tests.conftest import NOW, TODAY
from tests.support.scoring_table import add_demand, add_tree
from tests.support.sheets import edited

UNIT = "市司法局"
Edit = Callable[[Any], None]


def arrived(path: Path, at: datetime = NOW) -> Arrived:
    """Return a file as it comes in."""
    content = path.read_bytes()
    return Arrived(path.name, content, "", Via.COMMAND, at, hashlib.sha256(content).hexdigest())


class Desk:
    """A clerk's desk: ledgers that were sent out are filled in and handed in again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, day: int = 0, unit: str = UNIT) -> Path:
        """Send the ledger of a unit out, so many days later; return the newest file of it."""
        out = self.folder / f"发出{day}"
        export_ledgers(None, out, self.moment(day), unit=unit)
        return max(out.glob(f"{unit}*.xlsx"))

    def moment(self, day: int = 0) -> Any:
        """Return the moment so many days later."""
        return moment_of(NOW + timedelta(days=day), TODAY + timedelta(days=day))

    def filled(self, path: Path, edit: Edit, name: str = "回收.xlsx") -> Path:
        """Return a copy of a ledger that somebody filled in."""
        copy = edited(path, edit, name)
        return copy.rename(self.folder / name)

    def take(self, path: Path, *beside: Path, day: int = 0) -> TakenIn:
        """Hand a ledger in, with files beside it."""
        [taken] = self.take_all([path], *beside, day=day)
        return taken

    def take_all(self, paths: list[Path], *beside: Path, day: int = 0) -> list[TakenIn]:
        """Hand several in by one call."""
        files = [arrived(each) for each in beside]
        return take_ledgers(
            None, [LedgerBack(arrived(path), files) for path in paths], self.moment(day)
        )


@pytest.fixture
def desk(campaign: str, tmp_path: Path) -> Desk:
    """The desk of a clerk of the campaign."""
    return Desk(tmp_path)


@pytest.fixture
def ids(campaign: str, campaign_id: int) -> dict[str, int]:
    """A small tree of indicators with a target; its ids by code."""
    with open_session() as session:
        made = add_tree(session, campaign_id)
        ensure_demands(session, campaign_id)
        more = {"counted": "网上可办", "out_of": "全部事项", "source": "创建办", "ordinal": 2}
        add_demand(session, campaign_id, made["1.1.1"], (">=", 90.0, "%"), **more)
    return made
