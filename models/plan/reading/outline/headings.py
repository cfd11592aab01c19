"""Headings, stages and items without a number, told by their words, their dates and their symbols.

Whether such a line is a heading is a choice: its form speaks for it, and so do others like it and what it stands between.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.reading.dates.lexer import VEIL, veiled
from models.plan.reading.outline.markers import BULLET, Marker
from models.plan.reading.text.choice import Near, Row, choose, evidence
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

Pieces = Sequence[tuple[Passage, bool]]  # with whether a piece stands within a paragraph
TEXT, HEADING = "正文", "标题"  # the two readings of a line without a number
CLOSE = 1.0  # a choice whose margin is below it is shown to a person
LONGEST = 12  # letters of a heading without a number

# Headings without any number, as short plans have them; only several of them make an outline.
BARE_HEADING = r"(?:{H}{0,6}{标题尾}(?<!阶段))"
# 宣传发动阶段（即日起至5月底）。  排查摸底（2025年2月10日至3月20日）。  ——总结阶段：12月。
_TIME = rf"(?:{VEIL}|{{N}}[./]{{N}}|具体时间|[^，。；：（）\d]{{2,14}}后至)"
_SOON = r"|即日|自|从|方案|印发|前[二两三]个?季度|全年|截至|不晚于|计划|拟|暂定|预计|长期|[^，。；：（）]{2,8}阶段结束"
BARE_STAGE = (
    r"(?:[—{记号}-]{1,2})?(?:"
    rf"[^，。；：（）]{{2,12}}(?:阶段|期)(?:[，：。]?(?:时间)?：?|（)(?:时间：)?(?:{_TIME}{_SOON})"
    rf"|[^，。；：（）\d]{{2,12}}（(?:时间：)?(?:自|从)?(?:{_TIME}|即日起|(?:方案)?印发)[^（）]{{0,30}}）)"
)
SYMBOL = r"{记号}"


@dataclass(frozen=True, slots=True)
class Bare:
    """A line that looks like a heading of one kind: how many of the document do, and whether it parts paragraphs."""

    kind: str
    alike: int
    parts: bool = False


# What speaks for which reading, how much, and an example.
EVIDENCE: tuple[Row[Bare, str], ...] = (
    Row(TEXT, 2.5, "市司法局", lambda bare: True),
    Row(HEADING, 1, "保障措施", lambda bare: bare.kind == "heading"),
    Row(HEADING, 1, "…全面推进。 / 保障措施 / 各单位要…", lambda bare: bare.parts),
    Row(HEADING, 0.4, "工作目标 … 保障措施", lambda bare: bare.alike > 1),
    Row(HEADING, 2.1, "工作目标 … 工作任务 … 保障措施", lambda bare: bare.alike > 2),
    Row(HEADING, 1, "总结阶段：12月", lambda bare: bare.kind == "stage"),
    # Two stages are as many as some plans have, and each has its date.
    Row(
        HEADING, 2.1, "部署阶段：3月 … 总结阶段：12月", lambda b: b.kind == "stage" and b.alike == 2
    ),
)


def name_headings(pieces: Pieces, markers: list[Marker | None], near: list[Near]) -> None:
    """Give lines without a number that are headings, stages or items by a symbol the markers of such.

    工作目标, 主要任务 on lines of their own stand above all numbers. What was a near thing is added to ``near``.
    """
    _name(pieces, markers, "heading", [*_like_headings(pieces, markers)], near)
    _name_symbols(pieces, markers)
    _name(pieces, markers, "stage", [*_like_stages(pieces, markers)], near)


def _name(
    pieces: Pieces, markers: list[Marker | None], kind: str, like: Sequence[int], near: list[Near]
) -> None:
    number = 0
    for at in like:
        parts = kind == "heading" and _parts_paragraphs(pieces, markers, at)
        choice = choose((HEADING, TEXT), evidence(EVIDENCE, Bare(kind, len(like), parts)))
        piece = pieces[at][0]
        if choice.is_close(CLOSE):
            above = pieces[at - 1][0].text if at else ""
            near.append(Near(piece.place(0)[0], piece.text, above, choice))
        if choice.taken == HEADING:
            number += 1
            lead = pattern(BULLET).match(piece.text) if kind == "stage" else None
            markers[at] = Marker(kind, number, "", lead.end() if lead else 0)


def _like_headings(pieces: Pieces, markers: Sequence[Marker | None]) -> Iterator[int]:
    for at, (piece, _) in enumerate(pieces):
        short = markers[at] is None and not piece.cells and len(piece.text) <= LONGEST
        if short and pattern(BARE_HEADING).fullmatch(piece.text):
            yield at


def _like_stages(pieces: Pieces, markers: Sequence[Marker | None]) -> Iterator[int]:
    """Yield the paragraphs that begin with the name of a stage and its date; their steps stand below them."""
    for at, (piece, inline) in enumerate(pieces):
        alone = markers[at] is None and not piece.cells and not inline
        if alone and pattern(BARE_STAGE).match(veiled(piece.text[:60])):
            yield at


def _parts_paragraphs(pieces: Pieces, markers: Sequence[Marker | None], at: int) -> bool:
    """Say whether a sentence ends above the line, one begins below it, and an item stands before both."""
    if not at or at + 1 == len(pieces) or not any(markers[:at]):
        return False
    above, below = pieces[at - 1][0], pieces[at + 1][0]
    return above.text.endswith("。") and (markers[at + 1] is not None or "。" in below.text)


def _name_symbols(pieces: Pieces, markers: list[Marker | None]) -> None:
    """Take ■ 工作目标 for headings and ▲… below them for items, where nothing else is numbered."""
    at_head = {
        at: piece.text[0]
        for at, (piece, _) in enumerate(pieces)
        if markers[at] is None and not piece.cells and pattern(SYMBOL).match(piece.text)
    }
    headings = {
        symbol
        for at, symbol in at_head.items()
        if pattern(rf"{BARE_HEADING}|时间节点|任务清单").fullmatch(pieces[at][0].text[1:])
    }
    chapters = sum(1 for marker in markers if marker and marker.kind in {"chapter", "part"})
    if len(headings) != 1 or chapters:
        return
    number = 0
    for at, symbol in at_head.items():
        number = 0 if symbol in headings else number + 1
        markers[at] = Marker("heading" if symbol in headings else "section", number, "", 1)
