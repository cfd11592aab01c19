"""Who does it: units in cells of their own and in brackets within a text; what is no unit is never lost."""

from dataclasses import dataclass

from models.indicators.forest import Forest
from models.plan.reading.outline.outline import Field, Node
from models.plan.reading.roles.annotations import find_annotations, read_annotation
from models.plan.reading.roles.roles import LEAD, RESPONSIBLE, Grammar, Roles
from models.plan.reading.text.passages import Passage
from models.plan.reading.text.patterns import pattern, quoted
from models.plan.reading.work.body_cells import left_of, read_bodies
from models.rules.bounds import shown

NO_UNIT = "单位里的这些字没有读成单位，请核对"


@dataclass(frozen=True)
class UnitsOf:
    """Reads the units of indicators into their roles; keeps the rest as doubts and mentions."""

    grammar: Grammar
    forest: Forest

    def cell(self, piece: Field, role: str, roles: Roles) -> None:
        """Read a cell of units: a plain list, or one with roles of its own (A牵头，B配合)."""
        said = "、".join(part.strip() for part in piece.text.splitlines() if part.strip())
        timed = roles.deadline
        left = read_bodies(said, role, self.grammar, roles)
        if roles.deadline and roles.deadline != timed:
            left.append(roles.deadline)  # an indicator has no field for it
        if left:
            self.forest.doubt(piece, f"{NO_UNIT}：{quoted(shown(left[0]))}")

    def within(self, text: str, node: Node, roles: Roles) -> str:
        """Take what a text says of units in brackets or at its end, and return the rest."""
        bracket = pattern(r"[【（]{材料单位}：([^】）]{1,200})[】）]")
        for found in bracket.finditer(text):
            self.cell(self._at(node, RESPONSIBLE, found[1]), RESPONSIBLE, roles)
        text = bracket.sub("", text)
        rest, at = "", 0
        for start, end in sorted(find_annotations(text, self.grammar)):
            own = Roles()
            read_annotation(text[start:end], self.grammar, own)
            if not (own.lead or own.responsible):
                continue
            roles.add(LEAD, own.lead)
            roles.add(RESPONSIBLE, [name for name in own.responsible if name not in roles.lead])
            if own.deadline or left_of(text[start:end], own, self.grammar):
                self.forest.mention(self._at(node, "annotation", text[start:end]), "annotation")
            rest += text[at:start]
            at = end
        return rest + text[at:]

    @staticmethod
    def _at(node: Node, meaning: str, text: str) -> Field:
        return Field(meaning, Passage(text, node.head.marks[:1]))
