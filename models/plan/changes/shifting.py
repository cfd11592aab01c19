"""A stage put off by so much, without a day: 顺延一个月, 延长15天, 提前半个月."""

from collections.abc import Callable
from datetime import date, timedelta

from models.plan.changes.amending_words import SHIFTS
from models.plan.reading.dates.points import add_months
from models.plan.reading.text.numerals import read_number
from models.plan.reading.text.patterns import pattern
from models.plan.schema import PlanStage

MOST = 1_000  # of whatever it is counted in
HALF_A_MONTH = 15  # days
DAYS = {"周": 7, "天": 1, "日": 1}
MONTHS = {"个月": 1, "年": 12}


def shifted(stage: PlanStage, clause: str) -> bool:
    """Move ``stage`` as ``clause`` says, its end alone where it is made longer; say whether it says so."""
    found = pattern(SHIFTS).search(clause)
    if found is None:
        return False
    count = read_number(found["count"]) if found["count"] else 1.0
    if count is None or not 0 < count <= MOST or count != int(count):
        return False
    sign = -1 if found["shift"] == "提前" else 1
    move = _mover(int(count) * sign, found["of"] or f"半{found['half']}")
    if stage.start and found["shift"] != "延长":
        stage.start = move(stage.start)
    if stage.end:
        stage.end = move(stage.end)
    return bool(stage.start or stage.end)


def _mover(count: int, unit: str) -> Callable[[date], date]:
    if unit == "半个月":
        return lambda day: day + timedelta(days=HALF_A_MONTH * count)
    if unit == "半年":
        return lambda day: add_months(day, 6 * count)
    if unit in DAYS:
        return lambda day: day + timedelta(days=DAYS[unit] * count)
    return lambda day: add_months(day, MONTHS[unit] * count)
