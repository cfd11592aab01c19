"""Doubts about marks that no fact holds: one for each sentence, in words, with what would come of a yes."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from models.plan.accounting.account import Settled
from models.plan.accounting.marks import MarkKind
from models.plan.doubts import Doubt
from models.plan.schema import Plan

NAMES = {
    MarkKind.BODY: "单位",
    MarkKind.DATE: "日期",
    MarkKind.NUMBER: "数字",
    MarkKind.REPEAT: "周期",
    MarkKind.ROLE: "分工",
}
MOST = 6  # words of one sentence that are named


def open_doubts(settled: Iterable[Settled], plan: Plan) -> list[Doubt]:
    """Return one doubt for each sentence with marks that may have been missed."""
    asked = [each for each in settled if each.weighed and each.weighed.doubted]
    doubts = []
    for (line, sentence), group in groupby(asked, key=lambda each: (each.line, each.sentence)):
        marks = list(group)
        doubts.append(_doubt(line, sentence, marks, plan))
    return doubts


def _doubt(line: int | None, sentence: str, marks: Sequence[Settled], plan: Plan) -> Doubt:
    kinds = dict.fromkeys(each.mark.kind for each in marks)
    told = "、".join(
        NAMES[kind] + "、".join(f"“{each.mark.text}”" for each in marks if each.mark.kind is kind)
        for kind in kinds
    )
    task = marks[0].ground.tasks[0] if marks[0].ground.tasks else None
    about = ("task", plan.tasks[task].ordinal) if task is not None else ("text", 0)
    return Doubt(*about, f"{told}没有收进方案，请核对", sentence, line)
