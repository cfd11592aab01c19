"""What of a file is in no line of a plan, in words: what was left out, and what was lost."""

from collections import Counter
from collections.abc import Sequence

from models.plan.document import MISSING
from models.plan.doubts import Doubt
from models.plan.schema import NotRead, Source
from models.rules.bounds import shown

LOST = "这段文字没有读到，请对照原文核对"
MOST = 10  # lost pieces told one by one; the review workbook and the JSON have them all


def place_of(source: Source | NotRead | None) -> str:
    """Return where something stands, as a clerk finds it; empty where nobody knows."""
    if source is None:
        return ""
    if source.page:
        return f"第{source.page}页"
    return f"第{source.line}行" if source.line else ""


def is_lost(piece: NotRead) -> bool:
    """Say whether nobody can say why ``piece`` was not read."""
    return piece.why == MISSING


def unread_doubts(pieces: Sequence[NotRead]) -> list[Doubt]:
    """Return a doubt about each piece that was lost; what was left out for a reason is none."""
    return [Doubt("text", 0, LOST, piece.words) for piece in pieces if is_lost(piece)]


def by_reason(pieces: Sequence[NotRead]) -> str:
    """Return what was left out for a reason, counted: 页眉 2 处 12 字、批注 1 处 9 字."""
    times, letters = Counter[str](), Counter[str]()
    for piece in pieces:
        times[piece.why] += 1
        letters[piece.why] += piece.letters
    return "、".join(f"{why} {times[why]} 处 {letters[why]} 字" for why in times if why != MISSING)


def unread_lines(pieces: Sequence[NotRead]) -> list[str]:
    """Return what was left out, counted by reason in one line, then each piece that was lost."""
    named = by_reason(pieces)
    lines = [f"没有收进方案的文字：{named}"] if named else []
    lost = [piece for piece in pieces if is_lost(piece)]
    for piece in lost[:MOST]:
        at = place_of(piece)
        lines.append(
            f"注意：{at + '附近' if at else ''}有 {piece.letters} 字没有读到，开头是“{shown(piece.words)}”，请对照原文核对"
        )
    if more := lost[MOST:]:
        count = sum(piece.letters for piece in more)
        lines.append(f"注意：另有 {len(more)} 处 {count} 字没有读到，见审核表“没有读的文字”")
    return lines
