"""Nodes into indicators: texts without points and labels, demands with their targets, units by role."""

from collections.abc import Sequence
from dataclasses import dataclass, field

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
from models.indicators.nodes import Forest, SystemNode, SystemPiece
from models.indicators.points import (
    cell_points,
    floor_of,
    points_within,
    share_within,
    without_points,
)
from models.indicators.system import SystemDemand, SystemIndicator
from models.indicators.words import SystemWords
from models.plan.annotations import find_annotations, read_annotation
from models.plan.passages import Passage
from models.plan.patterns import pattern, squeeze
from models.plan.roles import Grammar, Roles
from models.plan.schema import Target
from models.plan.targets import find_targets
from models.rules.evidence.demands import split_demands

# Fields of a row that no indicator has a place for, and what a mention of them is.
ASIDE = {
    NOTE: "note",
    RESULT: "result",
    DEADLINE: "deadline",
    PERSON: "person",
    OVERVIEW: "overview",
    "other": "other",
}
LABELS = {LED: "牵头单位：", HELPED: "责任单位："}
LISTED = r"(?:^|(?<=[。；\n]))(?:\d{1,2}[.．、)）](?!\d)|（\d{1,2}）|[①-⑳])"


@dataclass
class Builder:
    """Makes the indicators of a forest, and keeps what fits into none as a mention or a doubt."""

    forest: Forest
    words: SystemWords
    grammar: Grammar
    became: dict[tuple[int, int | None], str] = field(default_factory=dict)

    def indicators(self) -> list[SystemIndicator]:
        """Return every indicator, each before those below it."""
        nodes = list(self.forest.walk())
        codes = codes_of(self.forest)
        parents = {id(child): codes[id(node)] for node in nodes for child in node.children}
        return [self._indicator(node, codes[id(node)], parents.get(id(node))) for node in nodes]

    def _indicator(self, node: SystemNode, code: str, parent: str | None) -> SystemIndicator:
        roles = Roles()
        raw = self._text(node)
        texts = [raw, *(piece.text for piece in self._demand_pieces(node))]
        said = [self._without_units(text, roles) for text in texts]
        for what, label in LABELS.items():
            for piece in node.pieces(what):
                if piece.text.strip():
                    self._units(piece, label, roles)
        rule = "\n".join(filter(None, (squeeze(piece.text) for piece in node.pieces(RULE))))
        score = self._score(node, said, rule)
        demands = self._demands(node, said) if not node.children else []
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

    def _without_units(self, text: str, roles: Roles) -> str:
        """Take what a text says of units in brackets, and return the rest."""
        suppliers = "|".join(self.words.suppliers)
        for found in pattern(rf"[【（](?:{suppliers})：([^】）]{{1,200}})[】）]").finditer(text):
            read_annotation(f"{LABELS[HELPED]}{found[1]}", self.grammar, roles)
        text = pattern(rf"[【（](?:{suppliers})：[^】）]{{1,200}}[】）]").sub("", text)
        rest, at = "", 0
        for start, end in find_annotations(text, self.grammar):
            before = Roles()
            read_annotation(text[start:end], self.grammar, before)
            if not before:
                continue
            read_annotation(text[start:end], self.grammar, roles)
            rest += text[at:start]
            at = end
        return rest + text[at:]

    def _units(self, piece: SystemPiece, label: str, roles: Roles) -> None:
        said = "、".join(part.strip() for part in piece.text.splitlines() if part.strip())
        labelled = pattern(self.grammar.label).match(said)
        before = len(roles.lead) + len(roles.responsible) + len(roles.posts)
        read_annotation(said if labelled else label + said, self.grammar, roles)
        after = len(roles.lead) + len(roles.responsible) + len(roles.posts)
        if after == before and not any(n in said for n in (*roles.lead, *roles.responsible)):
            self.forest.doubt(piece, "单位一栏里的这些字没有读成单位，请核对")

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
        within = [points for text in said for points in points_within(text)]
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
        starts = [found.start() for found in pattern(LISTED).finditer(line)]
        if len(starts) > 1:
            cuts = [0, *(at for at in starts if at), len(line)]
            parts = [line[a:b] for a, b in zip(cuts, cuts[1:], strict=False)]
        else:
            parts = pattern(r"[；;]|、(?![^（《“]*[）》”])").split(line)
        stripped = [pattern(LISTED).sub("", part).strip("。；;，、 ") for part in parts]
        return [part for part in stripped if part]

    def _demands(self, node: SystemNode, said: Sequence[str]) -> list[SystemDemand]:
        """Return the demands of an indicator: those of its own rows, else those in its text."""
        texts = [text for text in said[1:] if text.strip()] or [said[0]]
        goals = [squeeze(piece.text) for piece in node.pieces(TARGET)]
        if goals and len(goals) == len(texts):
            texts = [self._with_goal(text, goal) for text, goal in zip(texts, goals, strict=True)]
        elif goals:
            texts = [self._with_goal(texts[0], "，".join(goals)), *texts[1:]]
        return [demand for text in texts for demand in self._split(squeeze(text))]

    @staticmethod
    def _with_goal(text: str, goal: str) -> str:
        return text if goal in text else f"{text.rstrip('。；')}：{goal}"

    def _split(self, text: str) -> list[SystemDemand]:
        numbers, at = [], 0
        for target in self._targets(text):
            start = text.find(target.raw, at)
            if start >= 0 and not target.implicit:
                at = start + len(target.raw)
                numbers.append((start, at))
        found = []
        for part in split_demands(text, numbers):
            points = points_within(part)
            plain = without_points(part)
            if not plain:
                continue
            score = sum(points) if points else None
            found.append(SystemDemand(text=plain, targets=self._targets(plain), score=score))
        return found

    def _targets(self, text: str) -> list[Target]:
        targets = find_targets(Passage(text, ()), self.grammar.words)
        return [target.model_copy(update={"source": None}) for target in targets]
