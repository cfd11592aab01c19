"""Which nodes say who does them, and which are work items: those at the level that does."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from models.plan.reading.outline.markers import BULLET
from models.plan.reading.outline.outline import Node
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.patterns import pattern
from models.plan.reading.whole.chapters import Role, own_role_of

ITEM_KINDS = ("item", "decimal2", "decimal3", "action")


def items_of_chapter(chapter: Node, grammar: Grammar) -> list[Node]:
    """Return the nodes of a chapter of tasks that are work items, in reading order."""
    if not chapter.children and says_itself(chapter, grammar):
        return items_of_open(chapter, grammar)
    return _item_nodes(chapter, grammar) or _unnumbered(chapter, grammar, 1)


def items_of_open(chapter: Node, grammar: Grammar) -> list[Node]:
    """Return those of a chapter whose heading says nothing; it may be an item itself."""
    below = (node for child in chapter.children for node in child.walk())
    if not any(is_annotated(node, grammar) for node in below) and (
        is_annotated(chapter, grammar) or not chapter.children
    ):
        return _unnumbered(chapter, grammar, 0) or [chapter]
    return items_of_chapter(chapter, grammar)


def says_itself(chapter: Node, grammar: Grammar) -> bool:
    """Say whether a chapter is an item itself: 一、新增公交车600辆。 and below it 责任单位：市交通局."""
    return not chapter.children and any(
        (spans := find_annotations(passage.text, grammar)) and spans[0][0] == 0
        for passage in chapter.passages[1:2] + chapter.passages[2:3]
        if not passage.cells
    )


def is_annotated(node: Node, grammar: Grammar) -> bool:
    """Say whether an item itself says who does it (its lower items not asked)."""
    return any(
        find_annotations(passage.text, grammar) for passage in node.passages if not passage.cells
    )


def items_that_say_who(root: Node, grammar: Grammar) -> int:
    """Return how many items of a document give bodies a role in an annotation of their own."""
    return sum(
        any(_gives_roles(passage.text, grammar) for passage in node.passages if not passage.cells)
        for node in root.walk()
    )


def _gives_roles(text: str, grammar: Grammar) -> bool:
    if not pattern("{角色}").search(text):
        return False
    return any(
        pattern("{角色}").search(text, start, end) and read_annotation(text[start:end], grammar)
        for start, end in find_annotations(text, grammar)
    )


def _unnumbered(chapter: Node, grammar: Grammar, first: int) -> list[Node]:
    """Return the paragraphs from the ``first`` on that say who does them, each as an item of its own."""
    nodes: list[Node] = []
    for passage in chapter.passages[first:]:
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


def _below(node: Node) -> list[Node]:
    """Return the items right below a node, but those that are chapters of their own and none of tasks."""
    return [child for child in node.children if own_role_of(child) in {None, Role.TASKS}]


def _descendants(chapter: Node) -> Iterator[Node]:
    """Yield the items below a chapter, in reading order."""
    for child in _below(chapter):
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
        own: set[str] = set()
        last: dict[str, list[Node]] = defaultdict(list)
        only: dict[str, list[Node]] = defaultdict(list)  # alone in their section: of no level
        for node in _descendants(chapter):
            if id(node) not in annotated or node.parent is None:
                continue
            siblings = node.parent.children
            alone_last = (
                len(siblings) > 1
                and siblings[-1] is node
                and not any(id(other) in annotated for other in siblings[:-1])
            )
            if node.parent is not chapter and alone_last:
                last[node.kind].append(node)
            elif node.parent is not chapter and len(siblings) == 1:
                only[node.kind].append(node)
            else:
                own.add(node.kind)
        for kind in (kind for kind in last if kind not in own):
            for node in [*last[kind], *only[kind]]:
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
        for child in _below(node):
            if _has(child, annotated):
                yield from choose(child)
            elif id(child) in annotated or child.kind in kinds:
                yield child
            elif any(each.kind in kinds for each in child.walk()):
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
    if not items:
        return _below(chapter)
    inner = [node for node in items if not any(c.kind in ITEM_KINDS for c in node.children)]
    leaves = [node for node in _below(chapter) if node.kind == "section" and not node.children]
    chosen = {id(node) for node in [*(inner or items), *leaves]}
    return [node for node in nodes if id(node) in chosen]
