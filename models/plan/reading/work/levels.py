"""Which nodes of the outline are work items: those at the level that says who does them."""

from collections.abc import Iterator, Sequence

from models.plan.reading.outline.markers import BULLET
from models.plan.reading.outline.outline import Node
from models.plan.reading.roles.annotations import find_annotations
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import Role, own_role_of

ITEM_KINDS = ("item", "decimal2", "decimal3", "action")


def items_of_chapter(chapter: Node, grammar: Grammar) -> list[Node]:
    """Return the nodes of a chapter of tasks that are work items, in reading order."""
    return _item_nodes(chapter, grammar) or _unnumbered(chapter, grammar)


def items_of_open(chapter: Node, grammar: Grammar) -> list[Node]:
    """Return those of a chapter whose heading says nothing; it may be an item itself."""
    below = (node for child in chapter.children for node in child.walk())
    if not any(is_annotated(node, grammar) for node in below) and (
        is_annotated(chapter, grammar) or not chapter.children
    ):
        return [chapter]
    return items_of_chapter(chapter, grammar)


def is_annotated(node: Node, grammar: Grammar) -> bool:
    """Say whether an item itself says who does it (its lower items not asked)."""
    return any(
        find_annotations(passage.text, grammar) for passage in node.passages if not passage.cells
    )


def _unnumbered(chapter: Node, grammar: Grammar) -> list[Node]:
    """Return the paragraphs without number that say who does them, each as an item of its own."""
    nodes: list[Node] = []
    for passage in chapter.passages[1:]:
        spans = [] if passage.cells else find_annotations(passage.text, grammar)
        if spans and spans[0][0] == 0 and nodes:
            nodes[-1].passages.append(passage)
        elif not passage.cells:
            lead = pattern(rf"^{BULLET}").match(passage.text)
            piece = passage.cut(lead.end()) if lead else passage
            nodes.append(Node("section", passages=[piece], parent=chapter))
    named = [node for node in nodes if is_annotated(node, grammar)]
    return named if len(named) > 1 else []


def _item_nodes(chapter: Node, grammar: Grammar) -> list[Node]:
    below = list(_descendants(chapter))
    annotated = {id(node) for node in below if is_annotated(node, grammar)}
    _give_to_parents(below, annotated, grammar)
    _hoist(chapter, annotated)
    return _annotated_level(chapter, annotated) if annotated else _plain_level(chapter)


def _descendants(chapter: Node) -> Iterator[Node]:
    """Yield the items below a chapter, but not those of chapters within it that are none of tasks."""
    for child in chapter.children:
        if own_role_of(child) not in {None, Role.TASKS}:
            continue
        yield child
        yield from _descendants(child)


def _give_to_parents(nodes: Sequence[Node], annotated: set[int], grammar: Grammar) -> None:
    """Give ①牵头单位：… to the item above: an item that is nothing but an annotation is none."""
    for node in nodes:
        if id(node) not in annotated or node.parent is None or node.parent.kind == "root":
            continue
        spans = find_annotations(node.text, grammar)
        if spans and spans[0][0] == 0 and spans[-1][1] >= len(node.text) - 1:
            annotated.discard(id(node))
            annotated.add(id(node.parent))


def _hoist(chapter: Node, annotated: set[int]) -> None:
    """Give an annotation that stands behind the last of several lower items to the item above.

    A kind of item is a level of work items when some item of it that is not the last carries one.
    """
    changed = True
    while changed:
        changed = False
        own: dict[str, int] = {}
        last: dict[str, list[Node]] = {}
        only: dict[str, list[Node]] = {}  # items alone in their section say nothing about the level
        for node in _descendants(chapter):
            if id(node) not in annotated or node.parent is None:
                continue
            siblings = node.parent.children
            alone_last = (
                len(siblings) > 1
                and siblings[-1] is node
                and not any(id(other) in annotated for other in siblings[:-1])
            )
            if node.parent is chapter:
                own[node.kind] = own.get(node.kind, 0) + 1
            elif alone_last:
                last.setdefault(node.kind, []).append(node)
            elif len(siblings) == 1:
                only.setdefault(node.kind, []).append(node)
            else:
                own[node.kind] = own.get(node.kind, 0) + 1
        for kind, nodes in last.items():
            if own.get(kind):
                continue
            for node in [*nodes, *only.get(kind, [])]:
                annotated.discard(id(node))
                annotated.add(id(node.parent))
                changed = True


def _annotated_level(chapter: Node, annotated: set[int]) -> list[Node]:
    """Choose the annotated items, and their like without annotation (cut off, forgotten)."""
    kinds = {
        node.kind
        for node in _descendants(chapter)
        if id(node) in annotated and not _has(node, annotated)
    }

    def choose(node: Node) -> Iterator[Node]:
        for child in node.children:
            if own_role_of(child) not in {None, Role.TASKS}:
                continue
            if _has(child, annotated):
                yield from choose(child)
            elif id(child) in annotated or child.kind in kinds:
                yield child
            elif any(
                grandchild.kind in kinds for grandchild in child.walk() if grandchild is not child
            ):
                yield from choose(child)
            elif child.parent is chapter or child.kind in ("section", "action"):
                yield child

    return list(choose(chapter))


def _has(node: Node, annotated: set[int]) -> bool:
    return any(id(below) in annotated for child in node.children for below in child.walk())


def _plain_level(chapter: Node) -> list[Node]:
    """Without any annotation: the Arabic-numbered items, else the items right below the chapter."""
    nodes = list(_descendants(chapter))
    items = [node for node in nodes if node.kind in ITEM_KINDS]
    if items:
        inner = [node for node in items if not any(c.kind in ITEM_KINDS for c in node.children)]
        leaves = [
            node
            for node in chapter.children
            if node.kind == "section"
            and not node.children
            and own_role_of(node) in {None, Role.TASKS}
        ]
        chosen = {id(node) for node in [*(inner if inner else items), *leaves]}
        return [node for node in nodes if id(node) in chosen]
    return [node for node in chapter.children if own_role_of(node) in {None, Role.TASKS}]
