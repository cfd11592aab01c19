"""What a text held where no work could be read from it, so that a clerk sees what to put right."""

from collections.abc import Sequence

from models.plan.document import Document
from models.plan.markers import read_marker
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


def nothing_read(document: Document, *, stages: bool) -> str:
    """Return the line said where a plan yields no tasks."""
    also = "" if stages else "、阶段"
    return (
        f"注意：没有读出工作任务{also}。{what_was_seen(document)}。工作任务一般写作“一、”“（一）”“1.”开头的条目，"
        "或一张分工表；请核对是不是少了正文或附件，或在审核表里补上"
    )


def _examples(lines: Sequence[str]) -> str:
    some = "、".join(f"“{shown(line)}”" for line in lines[:MOST])
    return some + ("等" if len(lines) > MOST else "") if some else "（空）"
