"""The sheet 请看一眼: every doubt in the order of the text, what was made of it, and what is proposed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pydantic import BaseModel, ConfigDict

from models.plan.doubt import Doubt
from models.plan.proposals import RefusedProposal, steps_of, value_at
from models.plan.reading.accounting.ground import Ground
from models.plan.reading.accounting.told import DoubtTold, doubts_told
from models.plan.reading.doubts.unread import place_of
from models.plan.reading.persons.people import cleaned
from models.plan.schema import Plan, Source
from tasks.plans.place_words import (
    ITEMS,
    plan_item_in_words,
    proposal_in_words,
    value_in_words,
    where_in_words,
)
from tasks.plans.review_sheets import ORIGIN
from tasks.workbook.declaring import PASSAGES, Column, Filled, Sheet

ADOPT, INSTEAD, NO_TASK = "采纳", "改为", "不是任务"
ANSWER = "处理"
WRITTEN = "改为（写上改成什么）"  # not called as an answer is: else a row with it looks like a head
REMOVABLE = {"stages", "tasks", "recurring", "other_targets", "targets"}
LONGEST_SHOWN = 2_000  # characters of a passage in a cell
NOT_READ, WHOLE = "没有收", "整份方案"

DOUBTS = Sheet(
    "请看一眼",
    (
        Column("位置", locked=True, shown=True, width=8),
        Column("原文", locked=True, shown=True, width=30),
        Column("读成了什么", locked=True, shown=True, width=26),
        Column("为什么请看", shown=True, warning=True, width=24),
        Column("建议", shown=True, width=20),
        Column(
            ANSWER,
            choices=(ADOPT, INSTEAD, NO_TASK),
            width=10,
            hint="空着：照读出的收。采纳：照“建议”收。改为：照旁边“改为”一列收。"
            "不是任务：读成的那一项不要了；没有收的就不收。",
        ),
        Column(
            WRITTEN,
            width=30,
            longest=0,
            hint="写这一处应有的全部内容，几个单位用“、”隔开。说的是整项的，写明哪一列，如“牵头单位：市司法局”；"
            "没有收的，写明哪一项，如“任务3 完成日期：2026-06-30”。",
        ),
        Column(ORIGIN, locked=True, required=False, quiet=True, width=9, longest=0),
    ),
    look=PASSAGES,
)


class DoubtAsked(BaseModel):
    """A doubt as the workbook keeps it out of sight: what an answer to it is about."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    where: str = ""
    line: int | None = None
    text: str = ""
    unread: bool = False  # about words that no field holds
    proposal: Any = None

    @property
    def item(self) -> str:
        """Return the place of the item that 不是任务 takes out; empty where nothing was read."""
        try:
            steps = steps_of(self.where)
        except RefusedProposal:
            return ""
        whole = len(steps) > 1 and isinstance(steps[-1], int) and steps[-2] in REMOVABLE
        return self.where if whole and not self.unread else ""


@dataclass(frozen=True)
class AskedAbout:
    """The doubts about a plan, each with its place, in the order of the text."""

    plan: Plan
    told: Sequence[tuple[Doubt, DoubtTold]]
    pages: Mapping[int, int | None]  # of lines

    @classmethod
    def of(cls, plan: Plan, doubts: Iterable[Doubt], grounds: Sequence[Ground]) -> "AskedAbout":
        """Put each doubt to its place."""
        told = [(each, doubts_told(plan, [each], grounds)[0]) for each in doubts]
        told.sort(key=lambda each: each[1].line or 0)
        marks = (mark for ground in grounds for mark in ground.passage.marks)
        return cls(plan, told, {line: page for _, line, page in marks})

    def kept(self) -> str:
        """Return the plan and its doubts as they are kept out of sight."""
        doubts = [
            {**asdict(told), "unread": doubt.unread, "reason": None} for doubt, told in self.told
        ]
        whole = self.plan.model_dump_json()
        return f'{whole[:-1]},"doubts":{json.dumps(doubts, ensure_ascii=False, default=str)}}}'

    def filled(self) -> Filled:
        """Return the sheet; every row waits for an answer."""
        rows = [self._row(at, doubt, told) for at, (doubt, told) in enumerate(self.told)]
        return DOUBTS.filled(rows, self.plan.title, frozenset(range(len(rows))))

    def _row(self, at: int, doubt: Doubt, told: DoubtTold) -> list[Any]:
        place = place_of(Source(line=told.line, page=self.pages.get(told.line or 0)))
        return [
            place,
            shown_whole(told.text.replace("|", "｜")),  # as the cells of a row are parted
            self._read_as(doubt, told),
            told.reason,
            shown_whole(proposal_in_words(self.plan, told.where, told.proposal)),
            "",
            "",
            f"d{at}",
        ]

    def _read_as(self, doubt: Doubt, told: DoubtTold) -> str:
        if not told.where:
            return WHOLE if doubt.about == "plan" and not told.text else NOT_READ
        try:
            steps = steps_of(told.where)
            value = value_at(self.plan, told.where)
        except RefusedProposal:
            return NOT_READ
        if doubt.unread:
            item = plan_item_in_words(self.plan, steps)
            return f"{NOT_READ}（在{item}里）" if item else NOT_READ
        place = where_in_words(self.plan, told.where)
        if isinstance(steps[-1], int) and steps[-2] in ITEMS:
            return shown_whole("\n".join([place, *self._of_item(str(steps[-2]), told.where)]))
        if steps[-1] in ITEMS:  # something that the list should have
            return NOT_READ
        return shown_whole(f"{place}：{value_in_words(told.where, value)}")

    def _of_item(self, name: str, where: str) -> Iterable[str]:
        """Yield what a doubt about a whole item may be about."""
        fields = {
            "tasks": ("lead_units", "responsible_units", "deadline"),
            "stages": ("start", "end"),
        }.get(name)
        if fields is None:
            yield value_in_words(where, value_at(self.plan, where))
            return
        for each in fields:
            at = f"{where}.{each}"
            if value := value_at(self.plan, at):
                word = where_in_words(self.plan, at).removeprefix(where_in_words(self.plan, where))
                yield f"{word}：{value_in_words(at, value)}"


def shown_whole(text: str) -> str:
    """Return a passage as a cell shows it: no name of a person, and cut with a word where it is too long."""
    text = cleaned(text, ())
    left = len(text) - LONGEST_SHOWN
    return text if left <= 0 else f"{text[:LONGEST_SHOWN]}……（还有 {left} 个字，见原文）"
