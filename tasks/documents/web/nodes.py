"""An element of a web page with what is in it."""

from tasks.documents.web.tokens import attributes


class Node:
    """An element with its children, elements and texts.

    ``size``: letters in it, ``breaks``: lines that begin in it, ``tables``: tables in it, ``links``:
    links in it, ``linked``: letters in these.
    """

    __slots__ = (
        "_said", "breaks", "children", "linked", "links", "parent", "raw", "size", "tables", "tag",
    )  # fmt: skip

    def __init__(self, tag: str, raw: str = "", parent: "Node | None" = None) -> None:
        self.tag, self.raw, self.parent = tag, raw, parent
        self.children: list[Node | str] = []
        self.size = self.breaks = self.tables = self.links = self.linked = 0
        self._said: dict[str, str] | None = None

    @property
    def said(self) -> dict[str, str]:
        """The attributes, their names in small letters."""
        if self._said is None:
            self._said = attributes(self.raw) if self.raw else {}
        return self._said


def words_in(element: Node) -> str:
    """Return all text within ``element``."""
    words: list[str] = []
    walk = [iter(element.children)]
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
        elif isinstance(child, str):
            words.append(child)
        else:
            words.append(" ")
            walk.append(iter(child.children))
    return "".join(words)
