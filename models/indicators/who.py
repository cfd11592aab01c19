"""Who does it: units in cells of their own and in brackets within a text; what is no unit is never lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from models.indicators.nodes import Forest, SystemPiece
from models.indicators.words import SystemWords
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.roles import LEAD, RESPONSIBLE, Grammar, Roles
from models.plan.reading.roles.units import is_group, split_units
from models.plan.reading.text.patterns import pattern, quoted
from models.rules.bounds import shown

LABELS = {LEAD: "牵头单位：", RESPONSIBLE: "责任单位："}
NO_UNIT = "单位里的这些字没有读成单位，请核对"
FEWEST = 2  # characters that may be a name


@dataclass(frozen=True)
class UnitsOf:
    """Reads the units of indicators into their roles; keeps the rest as doubts and mentions."""

    grammar: Grammar
    words: SystemWords
    forest: Forest

    def cell(self, piece: SystemPiece, role: str, roles: Roles) -> None:
        """Read a cell of units: a plain list, or one with roles of its own (A牵头，B配合)."""
        said = "、".join(part.strip() for part in piece.text.splitlines() if part.strip())
        names = split_units(said, self.grammar.words)
        labelled = self.grammar.label_of(said)
        own = pattern(rf"（(?:{self.grammar.words.role_pattern})").search(said)
        if not labelled and not own and names and all(map(self._is_whole, names)):
            roles.add(role, [name for name in names if name not in roles.lead])
        else:
            read_annotation(said if labelled else LABELS[role] + said, self.grammar, roles)
        if left := self._left(said, roles):
            self.forest.doubt(piece, f"{NO_UNIT}：{quoted(shown(left))}")

    def _is_whole(self, name: str) -> bool:
        """Say whether a name of a list is one without a role of its own behind it."""
        ends = (*self.grammar.words.unit_endings, *self.words.of("单位列"))
        return is_group(name) or name.endswith(ends)

    def _left(self, said: str, roles: Roles) -> str:
        """Return the first words of a list of units that are neither a name nor a role."""
        names = sorted((*roles.lead, *roles.responsible), key=len, reverse=True)
        rest = said
        for name in names:
            rest = rest.replace(name, " ")
        kinds = "|".join((*self.words.of("单位列"), "等", "由", "和", "及", "与", "无"))
        rest = pattern(rf"(?:{self.grammar.words.role_pattern})|{kinds}").sub(" ", rest)
        found = pattern(rf"[\u4e00-\u9fffA-Za-z]{{{FEWEST},}}|\d+").search(rest)
        return found[0] if found else ""

    def within(self, text: str, line: int, roles: Roles) -> str:
        """Take what a text says of units in brackets or at its end, and return the rest."""
        suppliers = self.words.either("材料单位")
        bracket = pattern(rf"[【（]{suppliers}：([^】）]{{1,200}})[】）]")
        for found in bracket.finditer(text):
            self.cell(SystemPiece(line, found[1]), RESPONSIBLE, roles)
        text = bracket.sub("", text)
        rest, at = "", 0
        for start, end in self._annotations(text):
            own = Roles()
            read_annotation(text[start:end], self.grammar, own)
            if not (own.lead or own.responsible):
                continue
            roles.add(LEAD, own.lead)
            roles.add(RESPONSIBLE, [name for name in own.responsible if name not in roles.lead])
            if self._left(text[start:end], own):
                self.forest.mention(SystemPiece(line, text[start:end]), "annotation")
            rest += text[at:start]
            at = end
        return rest + text[at:]

    def _annotations(self, text: str) -> Sequence[tuple[int, int]]:
        return sorted(find_annotations(text, self.grammar))
