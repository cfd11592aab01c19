"""The pages of a PDF in order, however odd the tree is that they hang on."""

from itertools import islice
from typing import Any

from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1

_NODES = 20_000  # of the tree, looked at
_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")  # ISO 32000-1, 7.7.3.4


def pages_in(document: Any, most: int) -> list[PDFPage]:
    """Return ``most`` pages at most. A page that does not say so is one: what hangs there without kids.

    Where nothing hangs on the tree, every page that the file holds is returned, in the file's order.
    """
    found: list[PDFPage] = []
    seen: set[int] = set()
    stack: list[tuple[Any, dict[str, Any]]] = [(document.catalog.get("Pages"), {})]
    while stack and len(found) < most and len(seen) < _NODES:
        reference, above = stack.pop()
        number = getattr(reference, "objid", None)
        node = resolve1(reference)
        if not isinstance(node, dict) or number in seen:
            continue
        seen.add(number if number is not None else -len(seen) - 1)
        node = {**above, **node}
        kids = resolve1(node.get("Kids"))
        if isinstance(kids, list):
            own = {name: node[name] for name in _INHERITED if name in node}
            stack.extend((kid, own) for kid in reversed(kids[: most + _NODES]))
        elif "Contents" in node or "MediaBox" in node or "Resources" in node:
            found.append(PDFPage(document, number, node, None))
    return found or list(islice(PDFPage.create_pages(document), most))
