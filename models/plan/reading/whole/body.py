"""Which part of a file is the plan, and which chapters it has with which role."""

from collections.abc import Iterator, Sequence

from models.plan.reading.outline.outline import Node, build_outline
from models.plan.reading.text.passages import Passage
from models.plan.reading.whole.chapters import Role, own_role_of, role_of
from models.plan.reading.whole.parts import Part


def plan_outline(parts: Sequence[Part]) -> Node:
    """Return the outline of the plan: of the front, or of the attachment of a notice that carries it."""
    front = build_outline(parts[0].passages)
    if any(role_of(node) in {Role.TASKS, Role.STAGES} for node in front.children):
        return front
    for part in parts[1:]:
        if part.kind == "plan" and (root := build_outline(part.passages)).children:
            return root
    return front


def first_line(root: Node, passages: Sequence[Passage]) -> int | None:
    if root.children and root.children[0].passages:
        return root.children[0].passages[0].marks[0][1]
    return None


def chapters_of(root: Node) -> Iterator[tuple[Node, Role]]:
    """Yield the chapters with their roles; a part (第一部分) whose heading says nothing yields its chapters."""
    for node in root.children:
        role = role_of(node)
        inner = any(child.kind == "chapter" for child in node.children)
        if node.kind == "part" and inner and role is Role.OPEN:
            for child in node.children:
                yield child, role_of(child)
            continue
        yield node, role
        for child in node.children:
            own_role = own_role_of(child)
            if own_role in {Role.STAGES, Role.TASKS} and own_role is not role:
                yield child, own_role
