"""What a reading lacks and what its text held instead, so that a clerk sees what to put right."""

from collections.abc import Iterator, Sequence

from models.plan.reading.outline.markers import read_marker
from models.plan.reading.text.document import Document
from models.plan.refusals import gaps
from models.plan.schema import Plan
from models.rules.bounds import shown

MOST = 3  # lines shown as examples


def what_was_seen(document: Document) -> str:
    """Return in one line how much text there was, which lines were numbered, and what to look for."""
    lines = [line.text.strip() for line in document.lines if line.text.strip()]
    letters = sum(len(line) for line in lines)
    numbered = [line for line in lines if read_marker(line)]
    tables = {line.table for line in document.lines if line.cells}
    seen = f"读到 {len(lines)} 行、{letters} 个字" + (f"、{len(tables)} 张表" if tables else "")
    if numbered:
        seen += f"；带编号的 {len(numbered)} 行：{_examples(numbered)}"
    else:
        seen += f"；没有带编号的行，开头是：{_examples(lines)}"
    return seen


def lacking(plan: Plan, document: Document) -> Iterator[str]:
    """Yield why a reading that has no stage, no task or no unit must be looked at."""
    if not plan.tasks:
        also = "" if plan.stages else "、阶段"
        yield (
            f"没有读出工作任务{also}。{what_was_seen(document)}。工作任务一般写作“一、”“（一）”“1.”开头的条目，"
            "或一张分工表；请核对是不是少了正文或附件，或在审核表里补上"
        )
        return
    for gap in gaps(plan):
        yield f"{gap}；请核对是不是少了正文或附件，或在审核表里补上"


def _examples(lines: Sequence[str]) -> str:
    some = "、".join(f"“{shown(line)}”" for line in lines[:MOST])
    return some + ("等" if len(lines) > MOST else "") if some else "（空）"
