"""The answers in the sheet 请看一眼 of a review: what a person says of a doubt, taken before it is stored."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.evidence.demands.changing import DemandSaid
from models.evidence.demands.reading import read_demand
from models.loading.indicators import IndicatorEntry, Worth
from models.rules.bounds import shown
from models.rules.figures.decimals import exact
from models.rules.figures.points import worth_fault
from tasks.lists.indicator_demands import Asked, demand_as_read
from tasks.lists.indicator_sheets import (
    ABOUT,
    ADOPT,
    ANSWER,
    ANSWERS,
    INSTEAD,
    LOOK_AT,
    NOT_ONE,
    WRITTEN,
)
from tasks.workbook.cells import as_number
from tasks.workbook.reading import Book
from tasks.workbook.rows import Row

SCORE, DEMAND, WHOLE = "score", "demand", "whole"  # what a doubt is about
HERE = "请直接在表“指标”或“要求”里改，这里空着"


@dataclass(frozen=True, slots=True)
class DoubtPlace:
    """What a doubt is about, as the review keeps it: the kind, the indicator, what is proposed, the words."""

    kind: str
    code: str = ""
    proposed: str = ""
    text: str = ""

    def kept(self) -> str:
        """Return it as the workbook keeps it in its last column."""
        return "|".join((self.kind, self.code, self.proposed))

    @classmethod
    def of(cls, row: Row) -> "DoubtPlace":
        """Return what stands in a row; one that another hand added is about nothing."""
        kind, _, rest = row.text(ABOUT).partition("|")
        code, _, proposed = rest.partition("|")
        return cls(kind, code, proposed, row.text("原文"))


@dataclass
class DoubtAnswers:
    """Takes the answers of a book into what its other sheets say; what is wrong is a fault of its row."""

    book: Book
    entries: dict[str, IndicatorEntry]
    asked: Asked
    dropped: set[str]

    def take(self) -> None:
        """Read the sheet, where it is there."""
        if not self.book.has(LOOK_AT):
            return
        for row in self.book.rows(LOOK_AT):
            answer = row.text(ANSWER)
            place = DoubtPlace.of(row)
            if not answer:
                if row.text(WRITTEN):
                    row.fault(ANSWER, f"写了“{WRITTEN}”，却没有选“{INSTEAD}”")
            elif answer not in ANSWERS:
                row.fault(ANSWER, f"写的是“{shown(answer)}”，只能是 {'、'.join(ANSWERS)} 或空着")
            elif place.code and place.code not in self.entries:
                row.fault(ANSWER, f"表“指标”里已经没有“{shown(place.code)}”")
            else:
                self._take(row, answer, place)

    def _take(self, row: Row, answer: str, place: DoubtPlace) -> None:
        if answer == NOT_ONE:
            self._drop(row, place)
        elif answer == ADOPT and not place.proposed:
            row.fault(ANSWER, f"这一处没有可以采纳的建议；{HERE}")
        elif answer == ADOPT:
            self._score(row, place, ANSWER, float(place.proposed))
        elif not row.text(WRITTEN):
            row.fault(WRITTEN, "没有写改成什么")
        elif place.kind == SCORE:
            value = row.read(WRITTEN, as_number, "数字")
            if value is not None:
                self._score(row, place, WRITTEN, value)
        elif place.kind == DEMAND:
            self._reword(row, place)
        else:
            row.fault(ANSWER, HERE)

    def _score(self, row: Row, place: DoubtPlace, column: str, points: float) -> None:
        entry = self.entries[place.code]
        old = entry.worth or Worth(points)
        if fault := worth_fault(exact(points), exact(old.floor)):
            row.fault(column, fault)
            return
        self.entries[place.code] = replace(entry, worth=replace(old, points=points))

    def _drop(self, row: Row, place: DoubtPlace) -> None:
        if place.kind == DEMAND:
            listed = self.asked.get(place.code, [])
            self.asked[place.code] = [one for one in listed if not _same(one, place)]
            if not self.asked[place.code]:
                row.fault(
                    ANSWER, f"{place.code} 只有这一项要求，不能去掉；整项不要的，在表“指标”里删去"
                )
        elif place.kind in (SCORE, WHOLE):
            below = [one.code for one in self.entries.values() if one.parent == place.code]
            if set(below) - self.dropped:
                row.fault(ANSWER, f"{place.code} 下面还有 {'、'.join(below[:5])}，不能去掉")
            else:
                self.dropped.add(place.code)

    def _reword(self, row: Row, place: DoubtPlace) -> None:
        listed = self.asked.get(place.code, [])
        at = next((n for n, one in enumerate(listed) if _same(one, place)), None)
        if at is None:
            row.fault(ANSWER, f"表“要求”里这一项另外改过；{HERE}")
        else:
            listed[at] = demand_as_read(read_demand(row.text(WRITTEN)))


def answered(
    book: Book, entries: Sequence[IndicatorEntry], asked: Asked
) -> Mapping[str, IndicatorEntry]:
    """Return the indicators by code as the answers leave them; ``asked`` is brought in line."""
    answers = DoubtAnswers(book, {entry.code: entry for entry in entries}, asked, set())
    answers.take()
    for code in answers.dropped:
        asked.pop(code, None)
    return {code: one for code, one in answers.entries.items() if code not in answers.dropped}


def _same(one: DemandSaid, place: DoubtPlace) -> bool:
    """Say whether a demand is the one that a doubt shows the beginning of."""
    return bool(place.text) and one.text.startswith(place.text)
