"""A campaign with a few indicators, and lists of it out and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from models.database import open_session
from models.evidence.demands.keeping import ensure_demands
from tests.support.scoring_table import add_demand, add_tree
from tests.support.sheets import edited


@pytest.fixture
def ids(campaign: str, campaign_id: int) -> dict[str, int]:
    """The indicators by code; 1.1.1 has a demand with a target, 1.2.1 one of each year."""
    with open_session() as session:
        made = add_tree(session, campaign_id)
        ensure_demands(session, campaign_id)
        more = {"counted": "网上可办", "out_of": "全部事项", "source": "创建办", "ordinal": 2}
        add_demand(session, campaign_id, made["1.1.1"], (">=", 90.0, "%"), **more)
        text = "每年至少对1件行政规范性文件开展后评估"
        yearly = {"per": "year", "text": text, "source": "创建办", "ordinal": 2}
        add_demand(session, campaign_id, made["1.2.1"], (">=", 1.0, "件"), **yearly)
    return made


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
