"""The tree that a browser makes of the tags of a page, however they are closed or not (HTML 13.2.6).

Kept to what decides which text stands where: tags left open, text between the cells of a table, tables
in tables. Nothing is dropped: text whose place is wrong stands before the table, as a browser shows it.
"""

from tasks.documents.web.nodes import Node
from tasks.documents.web.tags import (
    ALLOWED_THERE,
    BLOCKS,
    BOUNDS,
    CELLS,
    CLOSES_P,
    CONTAINERS,
    ENDS_ITEMS,
    FORMATS,
    GROUPS,
    HEADINGS,
    IN_TABLE,
    NO_TEXT,
    NOT_TICKED,
    PARTS,
    ROOT,
    SAME,
    TICKED,
    VOID,
)
from tasks.documents.web.tokens import END, STYLE, TEXT, attributes, tokens

DEEPEST = 250  # tags within tags; no page needs half of it, and a browser ends at 512
MOST_TABLES = 40  # tables within tables
MOST_FRAMES = 3  # pages within pages
_TABLE = frozenset({"table"})
_WITHIN = {"tr": _TABLE | GROUPS, **dict.fromkeys(CELLS, _TABLE | {"tr"})}
_PLACES = {"tr": GROUPS, **dict.fromkeys(CELLS, frozenset({"tr"}))}
_CLOSE = CLOSES_P | SAME.keys()


class Tree:
    """A page as a tree; ``texts`` holds every text of it outside scripts, in order, once."""

    def __init__(self, text: str, depth: int = 0) -> None:
        self.root = Node("body")
        self._depth = depth  # pages within pages
        self.texts: list[str] = []
        self.styles: list[tuple[str, str]] = []  # what <style> says, and for which medium
        self._open = [self.root]
        self._nodes: list[Node] = []
        for kind, name, rest in tokens(text.replace("\0", "")):
            if kind == TEXT:
                self._text(rest)
            elif kind == STYLE:
                self.styles.append((self._open[-1].said.get("media", ""), rest))
            elif kind == END:
                self._end(name)
            else:
                self._start(name, rest)
        for node in reversed(self._nodes):  # children before their parents
            assert node.parent is not None
            above = node.parent
            above.size += node.size
            above.breaks += node.breaks + (node.tag == "br" or node.tag in BLOCKS)
            above.tables += node.tables + (node.tag == "table")
            if node.tag == "a" and node.size and "href" in node.raw.lower():
                above.links += 1
                above.linked += node.size
            elif node.links:
                above.links += node.links
                above.linked += node.linked

    def _text(self, text: str) -> None:
        self.texts.append(text)
        letters = len(text.strip())
        node = self._open[-1]
        if node.tag in IN_TABLE:
            if letters:
                self._before_table(text).size += letters
        else:
            node.children.append(text)
            node.size += letters

    def _start(self, tag: str, raw: str) -> None:
        if tag in ROOT:
            return
        if tag == "image":
            tag = "img"
        if tag in PARTS:
            if not self._make_place(tag):
                self._open[-1].children.append(" ")
                return
        elif tag == "table" and self._find({"table"}, BOUNDS):
            self._end("table")  # it stands in no cell of the one before
        elif tag == "form" and (self._open[-1].tag in IN_TABLE or self._find({"form"}, set())):
            return
        elif tag in _CLOSE:
            self._close_before(tag)
        if tag == "table" and sum(node.tag == "table" for node in self._open) >= MOST_TABLES:
            tag = "div"
        if tag == "iframe" and "srcdoc" in raw.lower() and self._depth < MOST_FRAMES:
            self._add_page(raw)
        self._add(tag, raw)
        if tag == "input":
            self._add_typed(self._nodes[-1])

    def _add_typed(self, field: Node) -> None:
        """Give a field what stands in it, as its text: what is typed, or the sign of a choice."""
        said = field.said
        kind = said.get("type", "").strip().lower()
        if kind in TICKED:
            text = (TICKED if "checked" in said else NOT_TICKED)[kind]
        else:
            text = "" if kind in NO_TEXT else said.get("value", "")
        if text:
            field.children.append(text)
            field.size = len(text.strip())
            self.texts.append(text)

    def _add_page(self, raw: str) -> None:
        """Put a page that is written in an attribute of its frame where that stands."""
        page = Tree(attributes(raw).get("srcdoc", ""), self._depth + 1)
        self._add("div", raw)
        node = self._nodes[-1]
        if self._open[-1] is node:
            self._open.pop()
        node.children = page.root.children
        for child in node.children:
            if isinstance(child, Node):
                child.parent = node
        node.size, node.breaks, node.tables = page.root.size, page.root.breaks, page.root.tables
        node.links, node.linked = page.root.links, page.root.linked
        self.texts += page.texts

    def _close_before(self, tag: str) -> None:
        """Close what a tag ends by beginning: a paragraph, the item before, a heading."""
        if tag in SAME:
            self._close(SAME[tag], ENDS_ITEMS)
        if tag in CLOSES_P:
            self._close({"p"}, BOUNDS)
        if tag in HEADINGS and self._open[-1].tag in HEADINGS:
            self._open.pop()

    def _add(self, tag: str, raw: str) -> None:
        above = self._open[-1]
        fostered = above.tag in IN_TABLE and tag not in PARTS and tag not in ALLOWED_THERE
        node = Node(tag, raw, above)
        if fostered:
            node.parent = self._before_table(node)
        else:
            above.children.append(node)
        self._nodes.append(node)
        if tag not in VOID and len(self._open) < DEEPEST:
            self._open.append(node)

    def _before_table(self, child: Node | str) -> Node:
        """Put ``child`` before the open table; return what it stands in then."""
        table = self._open[self._table()]
        assert table.parent is not None
        beside = table.parent.children
        at = len(beside) - 1
        while beside[at] is not table:  # near the end: it is still open
            at -= 1
        beside.insert(at, child)
        return table.parent

    def _table(self) -> int:
        """Return where the innermost open table is, 0 for none."""
        at = len(self._open) - 1
        while at and self._open[at].tag != "table":
            at -= 1
        return at

    def _make_place(self, tag: str) -> bool:
        """Close and open parts of the table until ``tag`` has its place; False where no table is open."""
        if self._open[-1].tag in _PLACES.get(tag, ()):  # as in a table without a fault
            return True
        table = self._table()
        if not table:
            return False
        within = _WITHIN.get(tag, _TABLE)
        if tag in CELLS and not any(node.tag == "tr" for node in self._open[table:]):
            self._make_place("tr")
            self._add("tr", "")
        while self._open[-1].tag not in within:
            self._open.pop()
        return True

    def _end(self, tag: str) -> None:
        if tag in ROOT or (tag in VOID and tag != "br"):
            return
        if self._open[-1].tag == tag:
            self._open.pop()
        elif tag == "br":
            self._add("br", "")
        elif tag == "table" or tag in PARTS:
            table = self._table()
            at = self._find({tag}, set(), table) if table else 0
            if at:
                del self._open[at:]
            elif table and tag == "tbody" and not self._find(GROUPS, {"table"}):
                del self._open[table + 1 :]  # the group that stands there without a tag
        elif tag in HEADINGS:
            self._close(HEADINGS, BOUNDS)
        elif tag == "li":
            self._close({"li"}, BOUNDS | {"ul", "ol", "menu", "dir"})
        elif not self._close({tag}, BOUNDS) and tag == "p":
            self._add("p", "")  # as browsers do: an empty paragraph, which breaks the line
            if self._open[-1].tag == "p":
                self._open.pop()

    def _find(
        self, tags: "set[str] | frozenset[str]", ends: "set[str] | frozenset[str]", least: int = 1
    ) -> int:
        for at in range(len(self._open) - 1, least - 1, -1):
            if self._open[at].tag in tags:
                return at
            if self._open[at].tag in ends:
                return 0
        return 0

    def _close(self, tags: "set[str] | frozenset[str]", ends: "set[str] | frozenset[str]") -> bool:
        """Close the innermost of ``tags`` and all within it; False where none is open before ``ends``."""
        at = self._find(tags, ends)
        if not at:
            return False
        tag = self._open[at].tag
        if tag in CONTAINERS or not any(node.tag in BLOCKS for node in self._open[at + 1 :]):
            del self._open[at:]
        elif tag in FORMATS:
            del self._open[at]  # <b><p>…</b>…</p>: the paragraph stays open
        return True
