"""The answers in the sheet 请看一眼, taken into the plan before the other sheets are read."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from models.plan.proposals import RefusedProposal, put, value_at
from models.plan.schema import Plan
from tasks.plans.doubt_sheet import ADOPT, ANSWER, DOUBTS, INSTEAD, NO_TASK, WRITTEN, DoubtAsked
from tasks.plans.place_words import where_in_words
from tasks.plans.review_sheets import ORIGIN
from tasks.plans.typed_answers import Written, written_answer
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

CHOICES = (ADOPT, INSTEAD, NO_TASK)


@dataclass
class Answered:
    """What the answers make of a plan: it stands in ``plan`` with what they add and change.

    Items stay where they were, and new ones stand behind them; those that are no task after all are in
    ``removed``. Both name the row that says so.
    """

    plan: Plan
    removed: dict[str, Row] = field(default_factory=dict)
    changed: dict[str, Row] = field(default_factory=dict)

    def row_of(self, where: str) -> str:
        """Return which row changed a place, for a line to a clerk; empty where none did."""
        row = self.changed.get(where)
        return f"表“{row.sheet}”第 {row.number} 行" if row else ""


def take_answers(plan: Plan, asked: list[DoubtAsked], book: Book) -> Answered:
    """Return what the answers make of ``plan``; what cannot be taken is a fault of its row."""
    answered = Answered(plan.model_copy(deep=True))
    if not book.has(DOUBTS):
        return answered
    written: list[tuple[Row, Written]] = []
    adopted: list[tuple[Row, Written]] = []
    for row, doubt in _rows(asked, book):
        match row.text(ANSWER):
            case "采纳":
                adopted += ((row, each) for each in _adopted(row, doubt))
            case "不是任务":
                if not _says_both(row) and doubt.item:
                    answered.removed.setdefault(doubt.item, row)
            case _:
                written += ((row, each) for each in _instead(row, doubt, plan))
    for row, each in [*written, *adopted]:
        _put(answered, row, each)
    _check_removed(answered, plan)
    return answered


def _rows(asked: list[DoubtAsked], book: Book) -> Iterator[tuple[Row, DoubtAsked]]:
    first: dict[str, int] = {}
    for row in book.rows(DOUBTS):
        origin = row.text(ORIGIN).removesuffix(".0")
        number = origin.removeprefix("d")
        if not origin.startswith("d") or not number.isdecimal() or not int(number[:9]) < len(asked):
            book.note(
                f"表“{row.sheet}”第 {row.number} 行没有收，是新加的；要加内容请加在相应的表里"
            )
        elif row.text(ANSWER) not in {"", *CHOICES}:
            row.fault(ANSWER, f"写的是“{row.text(ANSWER)[:40]}”，应为“{'、'.join(CHOICES)}”之一")
        elif row.once(ANSWER, origin, first, "这一处的处理"):
            yield row, asked[int(number[:9])]


def _adopted(row: Row, doubt: DoubtAsked) -> list[Written]:
    if _says_both(row):
        return []
    if doubt.proposal is not None and doubt.where:
        return [Written(doubt.where, doubt.proposal, False)]
    if doubt.text and (doubt.unread or not doubt.where):
        told = f"这一处没有建议可以采纳，请选“{INSTEAD}”写上要收的，或在相应的表里补上"
        row.fault(ANSWER, told)
    return []  # it is right as it was read


def _instead(row: Row, doubt: DoubtAsked, plan: Plan) -> list[Written]:
    if not row.text(WRITTEN):
        row.fault(WRITTEN, f"选了“{INSTEAD}”，这里要写上改成什么")
        return []
    return written_answer(row, doubt, plan)


def _says_both(row: Row) -> bool:
    """Keep a fault of a row that chooses one thing and writes another; say whether it does."""
    if not row.text(WRITTEN):
        return False
    row.fault(WRITTEN, f"“{ANSWER}”选的是“{row.text(ANSWER)}”，这里又写了字，请只留一样")
    return True


def _put(answered: Answered, row: Row, one: Written) -> None:
    """Put a value into the plan; a fault where another row has put something else in its place."""
    plan, earlier = answered.plan, answered.changed.get(one.where)
    before: Any = None
    try:
        before = value_at(plan, one.where)
        put(plan, one.where, one.value, instead=one.instead)
        after = value_at(plan, one.where)
    except RefusedProposal as why:
        row.fault(ANSWER, f"放不进方案：{why}")
        return
    if earlier is not None and before != after and (one.instead or not isinstance(after, list)):
        row.fault(ANSWER, f"与第 {earlier.number} 行对同一处的处理不一样，请只留一处")
    answered.changed.setdefault(one.where, row)


def _check_removed(answered: Answered, plan: Plan) -> None:
    for item, row in answered.removed.items():
        for where, other in answered.changed.items():
            if where == item or where.startswith((f"{item}.", f"{item}[")):
                said = where_in_words(plan, item)
                row.fault(ANSWER, f"{said}选了“{NO_TASK}”，第 {other.number} 行又改它，请只留一处")
                break
