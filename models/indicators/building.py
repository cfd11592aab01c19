"""Nodes into indicators: texts without points and labels, demands with their targets, units by role."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from models.indicators.columns import DEMAND, EVIDENCE, METHOD, NOTE, OVERVIEW, RESULT, RULE, SCORE
from models.indicators.demands import demands_of
from models.indicators.forest import BODY, CODE, Forest, printed_number
from models.indicators.points import (
    cell_points,
    heading_points,
    points_within,
    rule_apart,
    share_within,
    without_points,
)
from models.indicators.system import SystemIndicator
from models.indicators.who import UnitsOf
from models.plan.reading.outline.markers import count_of
from models.plan.reading.outline.outline import TEXT, Node
from models.plan.reading.roles.roles import DEADLINE, LEAD, OTHER, POST, RESPONSIBLE, Grammar, Roles
from models.plan.reading.tables.heads import TARGET
from models.plan.reading.text.patterns import pattern, squeeze
from models.rules.figures.brackets import ends_at_nothing

# Fields of a row that no indicator has a place for, and what a mention of them is.
ASIDE = {each: each for each in (NOTE, RESULT, DEADLINE, OVERVIEW, OTHER)} | {POST: "person"}
LONGEST_HEADING = 40  # letters of a heading with the line below it
NOT_KEPT = "这一项下面还有指标，这里的要求没有收，请核对"
ADDED = "这一项有几个分值，加在一起了，请核对"
NO_NUMBER = "分值一栏里不是数，没有读，请核对"


@dataclass
class Builder:
    """Makes the indicators of a forest, and keeps what fits into none as a mention or a doubt."""

    forest: Forest
    grammar: Grammar
    lead_rule: str | None = None  # how the document says that the lead of a list is found

    def __post_init__(self) -> None:
        """Make the reader of units."""
        self._who = UnitsOf(self.grammar, self.forest)

    def indicators(self) -> list[SystemIndicator]:
        """Return every indicator, each before those below it.

        Its code is as printed, else made of the numbers on the way down (2.1.3); where a number is
        printed twice or not at all, the place among its siblings takes its place.
        """
        self._codes: set[str] = set()
        return list(self._below(self.forest.root, None))

    def _below(self, parent: Node, above: SystemIndicator | None) -> Iterator[SystemIndicator]:
        before = f"{above.code}." if above else ""
        for place, node in enumerate(parent.children, 1):
            number = node.number or place
            code = node.printed if node.kind == CODE else f"{before}{number}"
            while code in self._codes:
                number += 1
                code = f"{before}{number}"
            self._codes.add(code)
            one = self._indicator(node, code, above)
            yield one
            yield from self._below(node, one)

    def _indicator(self, node: Node, code: str, above: SystemIndicator | None) -> SystemIndicator:
        roles = Roles()
        raw, told = rule_apart(self._text(node))
        texts = [raw, *(cell.text for cell in node.said(DEMAND))]
        said = [self._who.within(text, node, roles) for text in texts]
        for role in (LEAD, RESPONSIBLE):
            for cell in node.said(role):
                if cell.text.strip():
                    self._who.cell(cell, role, roles)
        rule = "\n".join(filter(None, (told, *(squeeze(cell.text) for cell in node.said(RULE)))))
        score = self._score(node, said, rule)
        if node.children and score is None:
            said[0], score = heading_points(said[0])
        roles.apply(self.lead_rule)
        demands = [] if node.children else demands_of(node, said, self.grammar.words)
        if node.children:
            for cell in (*node.said(DEMAND), *node.said(TARGET)):
                self.forest.doubt(cell, NOT_KEPT)
        for cell in node.said(*ASIDE):
            self.forest.mention(cell, ASIDE[cell.meaning])
        return SystemIndicator(
            code=code,
            level=min((above.level if above else 0) + 1, 3),
            parent=above.code if above else None,
            number=printed_number(node),
            text=without_points(said[0]),
            score=score,
            scoring=rule,
            floor=0.0 if ends_at_nothing(rule) else None,
            methods=_listed(node, METHOD),
            evidence=_listed(node, EVIDENCE),
            lead_units=roles.lead,
            responsible_units=roles.responsible,
            demands=demands,
            line=node.head.place(0)[0],
        )

    def _text(self, node: Node) -> str:
        """Return what an indicator says; of a heading the paragraph below it is a preamble."""
        text = "".join(squeeze(cell.text) for cell in node.said(TEXT))
        for cell in node.said(BODY):
            more = text + squeeze(cell.text)
            if node.children and (len(more) > LONGEST_HEADING or pattern("[。；]").search(more)):
                self.forest.mention(cell, "overview")
            else:
                text = more
        return text

    def _score(self, node: Node, said: Sequence[str], rule: str) -> float | None:
        """Return what an indicator is worth, from the first place that says it."""
        told = [(cell, cell_points(cell.text)) for cell in node.said(SCORE)]
        worth = [(cell, points) for cell, points in told if points is not None]
        for cell in (cell for cell, points in told if points is None):
            self.forest.doubt(cell, NO_NUMBER)
        rows = {cell.line for cell in node.said(DEMAND)}
        for cell in (cell for cell, _ in worth if len(worth) > 1 and cell.line not in rows):
            self.forest.doubt(cell, ADDED)
        if worth:
            return sum(points for _, points in worth)
        if (share := share_within(said[0])) is not None:
            return share
        own = points_within(said[0])
        if len(own) > 1 and own[0] == sum(own[1:]):
            return own[0]  # the whole, and behind it its parts
        within = own or [points for text in said[1:] for points in points_within(text)]
        within = within or points_within(rule)
        return sum(within) if within else None


def _listed(node: Node, what: str) -> list[str]:
    """Return the items of a field: those with numbers or on lines of their own, else 、 parts them."""
    lines = (squeeze(line) for cell in node.said(what) for line in cell.text.splitlines())
    items = (item for line in lines if line for item in _items(line))
    return list(dict.fromkeys(items))


def _items(line: str) -> list[str]:
    starts = _starts(line)
    if len(starts) > 1:
        cuts = [0, *(at for at in starts if at), len(line)]
        parts = [line[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
    else:
        parts = pattern(r"[；;]|、(?![^（《“]*[）》”])").split(line)
    items = [pattern("^{项号}").sub("", part).strip("。；;，、 ") for part in parts]
    return [item for item in items if item]


def _starts(line: str) -> list[int]:
    """Return where the items of a list begin in a line whose numbers count on: 1.…2.…3.…"""
    numbers = list(pattern(r"(?<![\d.]){项号}").finditer(line))
    found: list[int] = []
    for each in numbers:
        if count_of(each[0]) == len(found) + 1:
            found.append(each.start())
    starts = [each.start() for each in numbers]
    return found if len(found) > 1 else [at for at in starts if not at or line[at - 1] in "。；"]
