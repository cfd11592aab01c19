"""What one body after the other has to do: 县公安局：负责…; 县财政局负责…, each a work item of its own."""

from collections.abc import Iterator, Sequence

from models.plan.reading.outline.outline import Node, heading_of
from models.plan.reading.roles.roles import RESPONSIBLE, Grammar
from models.plan.reading.roles.units import is_group, whole_names
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import Role
from models.plan.reading.work.items import WorkItem, read_item

FEW = 2  # bodies side by side, so that a list of them is one
_BY_BODY = r"^(?P<names>[^，。；：\d]{2,40}?)(?:(?P<mark>[：。])(?:要|主要|具体)?|(?:要|主要|具体)?(?=负责|{牵头}|[要应](?!急)))"
_DUTIES = r"{分工标}|(?:部门|单位|成员单位|工作|主要)?职责"


def items_by_body(
    chapters: Sequence[tuple[Node, Role]], front: Sequence[Passage], grammar: Grammar
) -> list[WorkItem]:
    """Return the items of the chapters of duties, else those of the paragraphs in ``front`` of all chapters.

    A list of fewer than two bodies is none.
    """
    duties = [chapter for chapter, _ in chapters if pattern(_DUTIES).search(heading_of(chapter))]
    for nodes in (
        [node for chapter in duties for node in _of_chapter(chapter)],
        [Node("section", passages=[each]) for each in front if not each.cells],
    ):
        items = list(_items(nodes, grammar))
        if len(items) >= FEW:
            return items
    return []


def _of_chapter(chapter: Node) -> Iterator[Node]:
    if chapter.children:
        yield from chapter.children
        return
    for passage in chapter.passages[1:]:
        if not passage.cells:
            yield Node("section", passages=[passage], parent=chapter)


def _items(nodes: Sequence[Node], grammar: Grammar) -> Iterator[WorkItem]:
    for node in nodes:
        found = pattern(_BY_BODY).match(node.text)
        names = whole_names(found["names"], grammar.words) if found else []
        asked_of_all = found and not found["mark"] and any(map(is_group, names))
        if found is None or not names or asked_of_all:
            continue  # 各单位要加强领导
        item = read_item(node, grammar)
        if not item.roles:
            item.roles.add(RESPONSIBLE, names)
        yield item
