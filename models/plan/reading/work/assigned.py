"""How many items of a document say who does them, before anything says what the document is."""

from models.plan.reading.outline.outline import Node
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.roles import Grammar
from models.plan.reading.text.patterns import pattern


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
