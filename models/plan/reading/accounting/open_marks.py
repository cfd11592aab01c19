"""Doubts about marks that no fact holds: one for each sentence, in words, with what would come of a yes."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from models.plan.doubt import Doubt
from models.plan.reading.accounting.account import Settled
from models.plan.reading.accounting.marks import MarkKind
from models.plan.reading.accounting.proposals import proposal_of
from models.plan.reading.accounting.weighing import CLOSE
from models.plan.schema import Plan

NAMES = {
    MarkKind.BODY: "单位",
    MarkKind.DATE: "日期",
    MarkKind.NUMBER: "数字",
    MarkKind.REPEAT: "周期",
    MarkKind.ROLE: "分工用语",
}
MEANT = {
    MarkKind.BODY: "承担这件事的单位",
    MarkKind.DATE: "期限或阶段的时间",
    MarkKind.NUMBER: "要达到的数",
    MarkKind.REPEAT: "定期要做的事",
    MarkKind.ROLE: "分工",
}
MOST = 6  # words of one sentence that are named
LONGEST = 600  # characters of the rows of one doubt


def open_doubts(settled: Iterable[Settled], plan: Plan) -> list[Doubt]:
    """Return one doubt for each sentence with marks that may have been missed, in the order of the text.

    Rows of one table that follow each other are asked about together, as long as they are few.
    """
    asked = [each for each in settled if each.weighed and each.weighed.doubted]
    doubts = []
    for _, group in groupby(asked, key=_together):
        marks: list[Settled] = []
        for each in group:
            if marks and len(_sentences([*marks, each])) > LONGEST:
                doubts.append(_doubt(marks, plan))
                marks = []
            marks.append(each)
        doubts.append(_doubt(marks, plan))
    return doubts


def _together(each: Settled) -> tuple[object, ...]:
    """Return what the marks of one doubt have in common: the sentence, or the table where no item owns the row."""
    passage, owners = each.ground.passage, (each.ground.tasks, each.ground.stages)
    return (passage.table, *owners) if passage.cells else (each.line, each.sentence)


def _sentences(marks: Sequence[Settled]) -> str:
    return "；".join(dict.fromkeys(each.sentence for each in marks))


def _doubt(marks: Sequence[Settled], plan: Plan) -> Doubt:
    kinds = dict.fromkeys(each.mark.kind for each in marks)
    named = list(dict.fromkeys((each.mark.kind, each.mark.text) for each in marks))
    told = "、".join(
        NAMES[kind] + "、".join(f"“{text}”" for of, text in named[:MOST] if of is kind)
        for kind in kinds
        if any(of is kind for of, _ in named[:MOST])
    )
    more = f"等 {len(named)} 处" if len(named) > MOST else ""
    close = all(each.weighed.choice.is_close(CLOSE) for each in marks if each.weighed)
    meant = "、".join(MEANT[kind] for kind in kinds)
    why = f"{'可能' if close else '像'}是{meant}，没有收进方案，请核对"
    field, proposal = proposal_of(marks, plan)
    tasks = marks[0].ground.tasks
    own = tasks and field not in {"recurring", "other_targets"}
    about = ("task", plan.tasks[tasks[0]].ordinal) if own else ("text", 0)
    said, line = _sentences(marks), marks[0].line
    return Doubt(*about, f"{told}{more}{why}", said, line, field, proposal, unread=True)
