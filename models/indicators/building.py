"""Nodes into indicators: texts without points and labels, demands with their targets, units by role."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.indicators.coding import codes_of
from models.indicators.columns import (
    DEADLINE,
    DEMAND,
    EVIDENCE,
    HELPED,
    LED,
    METHOD,
    NOTE,
    OVERVIEW,
    PERSON,
    RESULT,
    RULE,
    SCORE,
    TARGET,
)
from models.indicators.demands import demands_of
from models.indicators.nodes import Forest, SystemNode, SystemPiece
from models.indicators.points import (
    cell_points,
    floor_of,
    heading_points,
    points_within,
    rule_apart,
    share_within,
    without_points,
)
from models.indicators.system import SystemIndicator
from models.indicators.who import UnitsOf
from models.indicators.words import SystemWords
from models.plan.reading.roles.roles import LEAD, RESPONSIBLE, Grammar, Roles
from models.plan.reading.text.patterns import pattern, squeeze

# Fields of a row that no indicator has a place for, and what a mention of them is.
ASIDE = {
    NOTE: "note",
    RESULT: "result",
    DEADLINE: "deadline",
    PERSON: "person",
    OVERVIEW: "overview",
    "other": "other",
}
LISTED = r"(?:^|(?<=[。；\n]))(?:\d{1,2}[.．、)）](?!\d)|（\d{1,2}）|{①})"

ITEM = r"(?<![\d.])(\d{1,2})[.．、)）](?!\d)|（(\d{1,2})）|({①})"


@dataclass
class Builder:
    """Makes the indicators of a forest, and keeps what fits into none as a mention or a doubt."""

    forest: Forest
    words: SystemWords
    grammar: Grammar
    lead_rule: str | None = None  # how the document says that the lead of a list is found

    def __post_init__(self) -> None:
        """Make the reader of units."""
        self._who = UnitsOf(self.grammar, self.words, self.forest)

    def indicators(self) -> list[SystemIndicator]:
        """Return every indicator, each before those below it."""
        nodes = list(self.forest.walk())
        codes = codes_of(self.forest)
        parents = {id(child): codes[id(node)] for node in nodes for child in node.children}
        return [self._indicator(node, codes[id(node)], parents.get(id(node))) for node in nodes]

    def _indicator(self, node: SystemNode, code: str, parent: str | None) -> SystemIndicator:
        roles = Roles()
        raw, told = rule_apart(self._text(node))
        texts = [raw, *(piece.text for piece in self._demand_pieces(node))]
        said = [self._who.within(text, node.line, roles) for text in texts]
        for what, role in ((LED, LEAD), (HELPED, RESPONSIBLE)):
            for piece in node.pieces(what):
                if piece.text.strip():
                    self._who.cell(piece, role, roles)
        rule = "\n".join(
            filter(None, (told, *(squeeze(piece.text) for piece in node.pieces(RULE))))
        )
        score = self._score(node, said, rule)
        if node.children and score is None:
            said[0], score = heading_points(said[0])
        roles.apply(self.lead_rule)
        demands = [] if node.children else demands_of(node, said, self.grammar.words)
        if node.children:
            for piece in (*node.pieces(DEMAND), *node.pieces(TARGET)):
                self.forest.doubt(piece, "这一项下面还有指标，这里的要求没有收，请核对")
        for what, kind in ASIDE.items():
            for piece in node.pieces(what):
                self.forest.mention(piece, kind)
        return SystemIndicator(
            code=code,
            level=min(node.level, 3),
            parent=parent,
            number=node.number,
            text=without_points(said[0]),
            score=score,
            scoring=rule,
            floor=floor_of(rule),
            methods=self._listed(node, METHOD),
            evidence=self._listed(node, EVIDENCE),
            lead_units=roles.lead,
            responsible_units=roles.responsible,
            demands=demands,
            line=node.line or None,
        )

    def _text(self, node: SystemNode) -> str:
        """Return what an indicator says; of a heading the paragraph below it is a preamble."""
        text = "".join(squeeze(piece.text) for piece in node.pieces("text"))
        for piece in node.pieces("body"):
            more = squeeze(piece.text)
            if node.children and (
                len(text) + len(more) > 40 or pattern("[。；]").search(text + more)
            ):
                self.forest.mention(piece, "overview")
            else:
                text += more
        return text

    @staticmethod
    def _demand_pieces(node: SystemNode) -> list[SystemPiece]:
        return node.pieces(DEMAND)

    def _score(self, node: SystemNode, said: Sequence[str], rule: str) -> float | None:
        """Return what an indicator is worth, from the first place that says it."""
        cells = node.pieces(SCORE)
        worth = [points for piece in cells if (points := cell_points(piece.text)) is not None]
        for piece in cells:
            if cell_points(piece.text) is None:
                self.forest.doubt(piece, "分值一栏里不是数，没有读，请核对")
        if worth:
            return sum(worth)
        if (share := share_within(said[0])) is not None:
            return share
        own = points_within(said[0])
        if len(own) > 1 and own[0] == sum(own[1:]):
            return own[0]  # the whole, and behind it its parts
        within = own or [points for text in said[1:] for points in points_within(text)]
        within = within or points_within(rule)
        return sum(within) if within else None

    def _listed(self, node: SystemNode, what: str) -> list[str]:
        """Return the items of a field: those with numbers or on lines of their own, else 、 parts them."""
        found: list[str] = []
        for piece in node.pieces(what):
            text = piece.text.strip()
            lines = [squeeze(line) for line in text.splitlines() if line.strip()]
            items = [part for line in lines for part in self._items(line)]
            found += [item for item in items if item not in found]
        return found

    @staticmethod
    def _items(line: str) -> list[str]:
        starts = _starts(line)
        if len(starts) > 1:
            cuts = [0, *(at for at in starts if at), len(line)]
            parts = [line[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
        else:
            parts = pattern(r"[；;]|、(?![^（《“]*[）》”])").split(line)
        stripped = [pattern(LISTED).sub("", part, count=1).strip("。；;，、 ") for part in parts]
        return [part for part in stripped if part]


def _starts(line: str) -> list[int]:
    """Return where the items of a list begin in a line whose numbers count on: 1.…2.…3.…"""
    found, wanted = [], 1
    for each in pattern(ITEM).finditer(line):
        number = ord(each[3]) - ord("①") + 1 if each[3] else int(each[1] or each[2])
        if number == wanted:
            found.append(each.start())
            wanted += 1
    return found if len(found) > 1 else [f.start() for f in pattern(LISTED).finditer(line)]
