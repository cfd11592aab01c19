"""The codes of indicators: as printed, else made from the numbers on the way down."""

from models.indicators.nodes import Forest, SystemNode
from models.indicators.numbers import count_of


def codes_of(forest: Forest) -> dict[int, str]:
    """Return a code of its own for each node, by its identity: 2.1.3, with the numbers as printed.

    Where a number is printed twice or not at all, the place among its siblings takes its place.
    """
    found: dict[int, str] = {}
    taken: set[str] = set()
    _add(forest.tops, "", found, taken)
    return found


def _add(nodes: list[SystemNode], above: str, found: dict[int, str], taken: set[str]) -> None:
    for place, node in enumerate(nodes, 1):
        number = count_of(node.number) or place
        code = node.code or f"{above}{number}"
        while code in taken:
            number += 1
            code = f"{above}{number}"
        taken.add(code)
        found[id(node)] = code
        _add(node.children, f"{code}.", found, taken)
