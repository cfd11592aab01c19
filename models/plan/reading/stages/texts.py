"""Which passages are a stage: items of a chapter of stages, or its paragraphs that begin with a date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.stages.running_stages import stages_told
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern


@dataclass
class StageText:
    """An item that is a stage: its passages, and the titles of its steps."""

    head: Passage
    passages: list[Passage]
    printed: str
    steps: list[str]


def stages_of_chapter(chapter: Node) -> list[StageText]:
    """Return the items of a chapter of stages, whatever its numbering, or its paragraphs named 阶段."""
    nodes = chapter.children
    if len(nodes) == 1 and nodes[0].children and all(c.kind == "stage" for c in nodes[0].children):
        nodes = nodes[0].children
    if nodes:
        return [text for node in nodes if node.passages for text in _stages_of_node(node)]
    return list(_plain_stages(chapter))


def in_front_of(items: Sequence[StageText], chapter: Node) -> Iterator[Passage]:
    """Yield the passages of a chapter up to that in which its first stage begins: they may name the year."""
    begun = [mark[1] for passage in items[0].passages for mark in passage.marks][:1]
    yield from (each for each in chapter.passages if begun and each.marks[0][1] <= begun[0])


def _stages_of_node(node: Node) -> list[StageText]:
    """Return the stage that a node is, or those that its text tells one behind the other."""
    told = [] if node.children else stages_told(node.passages[0], is_first=node.kind == "stage")
    if len(told) > 1:
        last = [told[-1], *node.passages[1:]]
        return [*(_of_text([piece]) for piece in told[:-1]), _of_text(last)]
    return [_stage_of_node(node)]


def _of_text(passages: list[Passage]) -> StageText:
    return StageText(passages[0], passages, "", _sentences(passages))


def _stage_of_node(node: Node) -> StageText:
    steps = [heading_of(child) for child in node.children if heading_of(child)]
    passages = list(node.all_passages())
    return StageText(node.passages[0], passages, node.printed, steps or _sentences(passages))


# A paragraph without number that begins a stage: 动员部署阶段（3月）。  2024年3月至5月：…
PLAIN = r"^[—{记号}*-]{0,2}(?:[^，。；：（）]{2,14}阶段(?:[（：。，]|$)|[^，。；：（）]{2,12}（[^（）]{0,4}(?:\d{4}年|\d{1,2}月)|[^，。；：（）\d]{2,12}[，。：](?:\d{4}年)?\d{1,2}月[^，。；]{0,16}[，：。]|即日起[^，。；]{0,24}(?:[：，]|为)|(?:自|从)?(?:\d{4}年)?(?:\d{1,2}[—至到])?\d{1,2}月[^，。；]{0,24}(?:[：，]|为)|\d{4}年(?:[上下]半年|第?{四}季度|底|全年)?[：，]|一是[^，。；：（）]{2,14}阶段)"


def _plain_stages(chapter: Node) -> Iterator[StageText]:
    current: list[Passage] = []
    for whole in chapter.passages[1:] or chapter.passages:
        told = stages_told(whole)
        for passage in told or _split_plain([whole]):
            if told or pattern(PLAIN).match(passage.text):
                if current:
                    yield _of_text(current)
                current = [passage]
            elif current:
                current.append(passage)
    if current:
        yield _of_text(current)


def _split_plain(passages: Sequence[Passage]) -> Iterator[Passage]:
    """Cut 一是…阶段；二是…阶段 and several stages in one paragraph apart."""
    for passage in passages:
        if passage.cells:
            continue
        cuts = [0]
        for found in pattern(
            r"(?<=[。；])(?=(?:{一}是)?[^，。；：（）]{2,14}(?:阶段)?（[^（）]{0,4}(?:\d{4}年|\d{1,2}月|[上下]半年))"
        ).finditer(passage.text):
            cuts.append(found.start())
        cuts.append(len(passage.text))
        for start, end in zip(cuts, cuts[1:], strict=False):
            if end > start:
                piece = passage.cut(start, end)
                lead = pattern(r"^(?:{一}是|[—{记号}*-]{1,2})").match(piece.text)
                yield piece.cut(lead.end()) if lead else piece


def _sentences(passages: Sequence[Passage]) -> list[str]:
    """Return the sentences of a stage without numbered steps, its heading left out."""
    text = "".join(_with_stop(passage.text) for passage in passages if not passage.cells)
    text = pattern(r"^第[{一}\d]{1,3}(?:阶段|步)[：、，](?=[^。：（]{1,30}（)").sub("", text)
    text = pattern(r"^[^。：（]{0,30}(?:（[^（）]*）)?[。：]?").sub("", text, count=1)
    return [sentence for sentence in text.split("。") if len(sentence) > 1]


def _with_stop(text: str) -> str:
    return text if text.endswith(("。", "；", "：")) else text + "。"
