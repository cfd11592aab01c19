"""What of a file is in no line of a plan, in words: what was left out, and what was lost."""

from collections import Counter
from collections.abc import Sequence

from models.plan.doubt import Doubt
from models.plan.reading.text.marks import (
    EMBEDDED,
    HALVED,
    MISSING,
    PICTURE,
    RULED_OVER,
    TWICE,
    UNCOUNTED,
    UNREADABLE,
    UNSURE,
)
from models.plan.schema import NotRead, Source
from models.rules.bounds import shown

# What a person is asked to do about text that is not read; for any other reason nothing has to be done.
ASKED = {
    MISSING: "这段文字没有读到，请对照原文核对",
    TWICE: "这段文字读了两遍，请对照原文删去多出的一处",
    PICTURE: "这一页是图片，没有读，请对照原文补上",
    UNREADABLE: "这一行有认不出的字，请对照原文改正",
    UNCOUNTED: "文字没有逐字核对，可能有没读到的，请在 Word 或 WPS 里另存为 .docx 再读一遍，或对照原文核对",
    HALVED: "这一行可能属于上一页的合并格，上一页那一格的内容是否也管这一行，请对照原文核对",
    UNSURE: "这里像是没有表格线的表格或分栏，读的先后可能不对，请对照原文核对",
    RULED_OVER: "有一条线从这些字中间穿过，不知是不是划去，先照正文读了，请对照原文核对",
    EMBEDDED: "嵌在里面的文件没有读，请单独打开核对",
}
MOST = 10  # pieces told one by one; the review workbook and the JSON have them all


def place_of(source: Source | NotRead | None) -> str:
    """Return where something stands, as a clerk finds it; empty where nobody knows."""
    if source is None:
        return ""
    if source.page:
        return f"第{source.page}页"
    return f"第{source.line}行" if source.line else ""


def unread_doubts(pieces: Sequence[NotRead]) -> list[Doubt]:
    """Return a doubt about each piece that a person must look at."""
    return [Doubt("text", 0, ASKED[each.why], each.words) for each in pieces if each.why in ASKED]


def by_reason(pieces: Sequence[NotRead]) -> str:
    """Return what was left out for a reason, counted: 页眉 2 处 12 字、批注 1 处 9 字."""
    times, letters = Counter[str](), Counter[str]()
    for piece in pieces:
        times[piece.why] += 1
        letters[piece.why] += piece.letters
    return "、".join(
        f"{why} {times[why]} 处" + (f" {letters[why]} 字" if letters[why] else "") for why in times
    )


def unread_lines(pieces: Sequence[NotRead]) -> list[str]:
    """Return what was left out, counted by reason in one line, then each piece to be looked at."""
    named = by_reason([piece for piece in pieces if piece.why not in ASKED])
    lines = [f"没有收进方案的文字：{named}"] if named else []
    asked = [piece for piece in pieces if piece.why in ASKED]
    lines += [_asked(piece) for piece in asked[:MOST]]
    if more := asked[MOST:]:
        lines.append(f"注意：另有{by_reason(more)}，见审核表“没有读的文字”")
    return lines


def _asked(piece: NotRead) -> str:
    at, words = place_of(piece), ASKED[piece.why]
    count = f"{piece.letters} 字，" if piece.letters else ""
    return f"注意：{at + '：' if at else ''}{words}（{count}“{shown(piece.words)}”）"
