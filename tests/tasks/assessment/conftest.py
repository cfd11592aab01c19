"""A drill under way on the campaign of the pack, and lists of it out and back."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.assessment.drills import NewDrill
from models.rules.assessment.words import Method
from models.settings import moment_of
from tasks.assessment.arranging import arrange_drill
from tasks.assessment.population_lists import export_population
from tasks.assessment.records import export_record
from tasks.assessment.seeding import SampleOrder, draw_published, seed_sample
from tests.conftest import NOW, TODAY
from tests.support.sheets import edited

AT = moment_of(NOW, TODAY)
BY, OTHER = "评估测评组", "创建办审核岗"


@pytest.fixture
def drill(campaign: str) -> str:
    """A drill that is arranged; returns its code."""
    new = NewDrill("第一次模拟评估", TODAY, TODAY + timedelta(days=6), BY)
    arrange_drill(campaign, new, BY, AT)
    return "M1"


@pytest.fixture
def cases(drill: str, tmp_path: Path) -> Path:
    """A list of twelve files of three units, filled in."""
    out = tmp_path / "案卷名单.xlsx"
    export_population(None, Method.CASE_FILES, out, AT)

    def fill(book: Any) -> None:
        page = book["案卷名单"]
        for n in range(12):
            unit = ("市司法局", "市公安局", "市市场监管局")[n % 3]
            kind = ("许可", "处罚", "处罚", "强制")[n % 4]
            for column, value in enumerate((f"案{n + 1}", unit, kind, "2025-06-01"), start=1):
                page.cell(4 + n, column).value = value

    return edited(out, fill, "填好的名单.xlsx")


@pytest.fixture
def sampled(cases: Path) -> list[str]:
    """Six files drawn from the list; returns their keys."""
    seed_sample(None, SampleOrder("M1", Method.CASE_FILES, 6, cases), BY, AT)
    return [row[0] for row in draw_published(None, "M1", Method.CASE_FILES, BY, AT).rows]


@pytest.fixture
def record(sampled: list[str], tmp_path: Path) -> Path:
    """The record of the six files, as it goes out."""
    path = tmp_path / "记录.xlsx"
    export_record(None, "M1", Method.CASE_FILES, path, ("", "", AT))
    return path


@pytest.fixture
def filled(record: Path) -> Callable[..., Path]:
    """Return the record with everything met and no faults, after ``change`` of its rows."""

    def fill(change: Callable[[dict[str, Any]], None] | None = None, name: str = "回.xlsx") -> Path:
        def edit(book: Any) -> None:
            page = book["评估记录"]
            at = {cell.value: cell.column for cell in page[3] if cell.value}
            for number in range(4, page.max_row + 1):
                cells = {name: page.cell(number, column) for name, column in at.items()}
                if cells["标准编号"].value is None:
                    continue
                counted = not str(cells["标准编号"].value).startswith("A")
                cells["扣分处数" if counted else "结果"].value = 0 if counted else "符合"
                if change:
                    change(cells)

        return edited(record, edit, name)

    return fill
