"""The outline: which numbered heading stands under which, however a document numbers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from models.plan.numerals import read_integer
from models.plan.passages import Passage
from models.plan.patterns import pattern

_CN = "[一二三四五六七八九十百]{1,4}"
# Kinds of numbers from the outermost to the innermost, as documents usually nest them, with examples.
# A document that nests them otherwise is understood by the order in which its kinds appear.
MARKERS = (
    ("part", rf"第({_CN})(?:部分|编|篇|章)[：、.]?"),  # 第一部分
    ("subpart", rf"第({_CN})节[：、.]?"),  # 第一节
    ("chapter", rf"({_CN})[、.](?![、.])|({_CN})：(?={{H}}{{2}})"),  # 一、
    (
        "stage",
        rf"第({_CN}|\d{{1,2}})(?:阶段|步)(?=[：:、.（(，,—]|{{H}}|$)[：、，—]{{0,2}}",
    ),  # 第一阶段：
    ("stage", rf"(?:阶段|步骤)({_CN}|\d{{1,2}})[：、.]"),  # 阶段一：
    (
        "action",
        rf"(?:专项行动|行动|任务|工程|专项|举措|措施|项目)({_CN}|\d{{1,2}})[：、.]",
    ),  # 行动一：
    ("ordinal", rf"第({_CN})[，、](?=[\u4e00-\u9fff]{{2,12}}[。：])"),  # 第一，总体目标。
    ("section", rf"（({_CN})）[、.：]?"),  # （一）
    ("article", rf"第({_CN})条[：、.]?"),  # 第一条
    (
        "number",
        r"(\d{1,2})(?=[\u4e00-\u9fff]{2,14}$)(?![年月日个家名人次项件条时天周期场处])",
    ),  # 1 总体目标
    ("decimal3", r"\d{1,2}\.\d{1,2}\.(\d{1,2})[.、]?(?=[\u4e00-\u9fff“《])"),  # 1.2.3
    (
        "decimal2",
        r"\d{1,2}\.(\d{1,2})[.、]?(?=[\u4e00-\u9fff“《])(?!万|亿|倍|元|米|个百分点|个|人|家|名|分钟|分之|平方|公里|吨|小时|月)",
    ),  # 1.2
    ("item", r"(\d{1,3})[.、](?!\d)|(\d{1,2})[.、](?=20\d\d年|\d{1,2}月)"),  # 1.  1、  1.2025年3月
    ("sub", r"（(\d{1,2})）[、.]?"),  # (1)
    ("half", r"(\d{1,2})）[、.]?"),  # 1)
    ("circle", r"([①-⑳])[、.]?"),  # ①
    ("letter", r"([A-Za-z])[.、）](?=[\u4e00-\u9fff“《])"),  # A.
)
BULLET = r"[-—●○■□◆◇★☆▲△►※•·*]{1,2}"
KINDS = ("heading", *dict.fromkeys(kind for kind, _ in MARKERS))
RANK = {kind: rank for rank, kind in enumerate(KINDS)}
# Numbers that may follow the end of a sentence within a paragraph.
INLINE = rf"(?<=[。；：！）”])(?=\d{{1,2}}[.、](?!\d)[\u4e00-\u9fff“《]|（{_CN}）|（\d{{1,2}}）|[①-⑳]|第{_CN}阶段[：（]|{_CN}、)"


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the head of a passage: its kind, its value, and how it is printed."""

    kind: str
    number: int
    printed: str
    length: int


@dataclass(eq=False)
class Node:
    """A numbered item with its own passages (the first without its number) and its lower items."""

    kind: str
    number: int = 0
    printed: str = ""
    passages: list[Passage] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None

    @property
    def text(self) -> str:
        """Return the text of the first passage: heading, or heading and what follows on its line."""
        return self.passages[0].text if self.passages else ""

    def walk(self) -> Iterator["Node"]:
        """Yield this node and everything below it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def all_passages(self) -> Iterator[Passage]:
        """Yield the passages of this node and of everything below it, in reading order."""
        for node in self.walk():
            yield from node.passages


def read_marker(text: str) -> Marker | None:
    """Return the number at the head of ``text``, None when there is none."""
    bullet = pattern(rf"{BULLET}(?=\d|（|附)").match(text)
    start = bullet.end() if bullet else 0
    for kind, expression in MARKERS:
        if found := pattern(expression).match(text, start):
            value = next(group for group in found.groups() if group)
            return Marker(kind, _value(value), found[0], found.end())
    return None


def _value(text: str) -> int:
    if "①" <= text <= "⑳":
        return ord(text) - ord("①") + 1
    if text.isascii() and text.isalpha():
        return ord(text.lower()) - ord("a") + 1
    return read_integer(text) or 0


def build_outline(passages: Sequence[Passage]) -> Node:
    """Return the root of the outline; passages before the first number are the root's own."""
    root = Node("root")
    open_nodes: list[Node] = [root]
    pieces = [piece for passage in passages for piece in _split_inline(passage)]
    markers = [None if piece.cells else read_marker(piece.text) for piece, _ in pieces]
    _name_bare_headings(pieces, markers)
    _name_symbols(pieces, markers)
    _name_bare_stages(pieces, markers)
    follows = _continuations(markers)
    nested: set[tuple[str, str]] = set()  # which kind has stood right under which
    for index, ((piece, inline), marker) in enumerate(zip(pieces, markers, strict=True)):
        if marker is None or (inline and not _fits(marker, open_nodes)):
            _append(open_nodes[-1], piece, inline)
            continue
        _close(open_nodes, marker, follows[index], nested)
        node = Node(marker.kind, marker.number, marker.printed, [piece.cut(marker.length)])
        node.parent = open_nodes[-1]
        nested.add((node.parent.kind, node.kind))
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
    return root


# Headings without any number, as short plans have them; only several of them make an outline.
BARE_HEADING = r"(?:[\u4e00-\u9fff]{0,6}(?:指导思想|总体要求|总体思路|目标|任务|原则|步骤|时间安排|进度安排|工作安排|措施|举措|内容|保障|组织领导|组织机构|工作要求|有关要求|范围|职责|要求|安排))"


def _name_bare_headings(
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
    r"(?:[—●○■□◆◇★☆▲△►※•·-]{1,2})?(?:"
    r"[^，。；：（）]{2,12}(?:阶段|期)(?:[，：。]{0,1}(?:时间)?[：]?|（)(?:时间：)?(?:\d|[一二]〇|[上下]半年|第?[一二三四]季度|即日|自|从|方案|印发|[^，。；：（）]{2,8}阶段结束|长期|具体时间|[^，。；：（）\d]{2,14}后至)"
    r"|[^，。；：（）\d]{2,12}（(?:时间：)?(?:(?:自|从)?(?:20\d\d年|\d{1,2}月|即日起|(?:方案)?印发)|[^（），。\d]{2,14}后至|具体时间)[^（）]{0,30}）)"
)


def _name_bare_stages(
    pieces: Sequence[tuple[Passage, bool]], markers: list[Marker | None]
) -> None:
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


SYMBOL = r"[■◆●▲★□○◇△☆▶►❖✦]"


def _name_symbols(pieces: Sequence[tuple[Passage, bool]], markers: list[Marker | None]) -> None:
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


def _append(node: Node, piece: Passage, inline: bool) -> None:
    """Add a passage; a piece split off by mistake goes back to the text it was taken from."""
    if inline and node.passages and not node.passages[-1].cells:
        last = node.passages[-1]
        marks = tuple((at + len(last.text), line, page) for at, line, page in piece.marks)
        node.passages[-1] = Passage(last.text + piece.text, last.marks + marks)
    else:
        node.passages.append(piece)


def _split_inline(passage: Passage) -> list[tuple[Passage, bool]]:
    """Split a passage before the numbers that stand within it; the flag marks the later pieces."""
    if passage.cells:
        return [(passage, False)]
    cuts = [
        0,
        *(found.start() for found in pattern(INLINE).finditer(passage.text)),
        len(passage.text),
    ]
    spans = zip(cuts, cuts[1:], strict=False)
    return [(passage.cut(start, end), start > 0) for start, end in spans if end > start]


def _fits(marker: Marker, open_nodes: Sequence[Node]) -> bool:
    """Say whether a number within a paragraph continues a list or begins one."""
    for node in reversed(open_nodes):
        if node.kind == marker.kind:
            return marker.number == node.number + 1
    return marker.number == 1


def _close(
    open_nodes: list[Node],
    marker: Marker,
    next_numbers: dict[str, int],
    nested: set[tuple[str, str]],
) -> None:
    """Close the nodes that end where ``marker`` begins.

    A kind that is open is continued. A new kind goes under what is open, unless what is open
    usually stands lower and does not go on behind it (a list in the preface before 一、) and has
    never held such an item in this document.
    """
    kinds = [node.kind for node in open_nodes]
    if marker.kind in kinds:
        del open_nodes[kinds.index(marker.kind) :]
        return
    while len(open_nodes) > 1:
        top = open_nodes[-1]
        if RANK[top.kind] < RANK[marker.kind] or _is_decimal_of(marker, top):
            return
        if (top.kind, marker.kind) in nested:
            return
        if marker.number == 1 and next_numbers.get(top.kind) == top.number + 1:
            return
        open_nodes.pop()


def _is_decimal_of(marker: Marker, node: Node) -> bool:
    """Say whether a number is a decimal of an open one: 3.1 below 3."""
    return marker.kind.startswith("decimal") and marker.printed.startswith(f"{node.number}.")


def _continuations(markers: Iterable[Marker | None]) -> list[dict[str, int]]:
    """Return for every place the next number of each kind behind it."""
    result: list[dict[str, int]] = []
    upcoming: dict[str, int] = {}
    for marker in reversed(list(markers)):
        result.append(upcoming)
        if marker:
            upcoming = {**upcoming, marker.kind: marker.number}
    return result[::-1]
