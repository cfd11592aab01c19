"""Headings, stages and items without a number, told by their words, their dates and their symbols."""

from collections.abc import Sequence

from models.plan.reading.outline.markers import BULLET, Marker
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern

# Headings without any number, as short plans have them; only several of them make an outline.
BARE_HEADING = r"(?:[\u4e00-\u9fff]{0,6}{标题尾}(?<!阶段))"


def name_bare_headings(
    pieces: Sequence[tuple[Passage, bool]], markers: list[Marker | None]
) -> None:
    """Take 工作目标, 主要任务 on lines of their own for headings above all numbers."""
    bare = [
        at
        for at, (piece, _) in enumerate(pieces)
        if markers[at] is None
        and not piece.cells
        and len(piece.text) <= 12
        and pattern(BARE_HEADING).fullmatch(piece.text)
    ]
    if len(bare) < 3:
        return
    for number, at in enumerate(bare, start=1):
        markers[at] = Marker("heading", number, "", 0)


# 宣传发动阶段（即日起至5月底）。  排查摸底（2025年2月10日至3月20日）。  ——总结阶段：12月。
BARE_STAGE = (
    r"(?:[—{记号}-]{1,2})?(?:"
    r"[^，。；：（）]{2,12}(?:阶段|期)(?:[，：。]{0,1}(?:时间)?[：]?|（)(?:时间：)?(?:\d|[一二]〇|[上下]半年|第?(?:{四}[、至到—]第?)*{四}季度|前[二两三]个?季度|{一}{1,3}月|[今明次当同]年|全年|截至|不晚于|计划|拟|暂定|预计|[“]?(?:元旦|春节|清明|五一|端午|国庆|中秋)|即日|自|从|方案|印发|[^，。；：（）]{2,8}阶段结束|长期|具体时间|[^，。；：（）\d]{2,14}后至)"
    r"|[^，。；：（）\d]{2,12}（(?:时间：)?(?:(?:自|从)?(?:20\d\d年|\d{1,2}月|即日起|(?:方案)?印发)|[^（），。\d]{2,14}后至|具体时间)[^（）]{0,30}）)"
)


def name_bare_stages(pieces: Sequence[tuple[Passage, bool]], markers: list[Marker | None]) -> None:
    """Take paragraphs that begin with the name of a stage and its date for items of their own.

    Only several of them, so that their numbered steps stand below them.
    """
    bare = [
        at
        for at, (piece, inline) in enumerate(pieces)
        if markers[at] is None
        and not piece.cells
        and not inline
        and pattern(BARE_STAGE).match(piece.text[:60])
    ]
    if len(bare) < 2:
        return
    symbol = rf"{BULLET}"
    for number, at in enumerate(bare, start=1):
        lead = pattern(symbol).match(pieces[at][0].text)
        markers[at] = Marker("stage", number, "", lead.end() if lead else 0)


SYMBOL = r"{记号}"


def name_symbols(pieces: Sequence[tuple[Passage, bool]], markers: list[Marker | None]) -> None:
    """Take ■ 工作目标 for headings and ▲… below them for items, where nothing else is numbered."""
    at_head = {
        at: piece.text[0]
        for at, (piece, _) in enumerate(pieces)
        if markers[at] is None and not piece.cells and pattern(SYMBOL).match(piece.text)
    }
    headings = {
        symbol
        for at, symbol in at_head.items()
        if pattern(BARE_HEADING).fullmatch(pieces[at][0].text[1:])
        or pattern(r"时间节点|任务清单").fullmatch(pieces[at][0].text[1:])
    }
    chapters = sum(1 for marker in markers if marker and marker.kind in {"chapter", "part"})
    if len(headings) != 1 or chapters:
        return
    number = 0
    for at, symbol in at_head.items():
        number = 0 if symbol in headings else number + 1
        kind = "heading" if symbol in headings else "section"
        markers[at] = Marker(kind, number, "", 1)
