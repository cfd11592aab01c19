"""A mark as it is weighed: in its clause and its sentence, with what was read of its item."""

from collections.abc import Iterator
from dataclasses import dataclass

from models.plan.reading.accounting.ground import Ground
from models.plan.reading.accounting.marks import Mark

Evidence = Iterator[tuple[float, str]]  # a weight, and the kind of mention that it makes the mark
HISTORY = r"已(?!经?(?:明确|确定)|签|知)|截至|截止目前|目前|现有|去年(?!.{0,4}(?:提高|下降|减少|增加))|近年来|以来|共有|现已|据统计|此前|(?<![较比])上年|累计(?!.{0,12}(?:不少于|不低于))|(?<![为除])了"


@dataclass(frozen=True, slots=True)
class Seen:
    """A mark in its clause and sentence, and what the plan has of the item it stands in."""

    mark: Mark
    ground: Ground
    before: str  # of its clause
    behind: str
    lead_in: str  # what of the sentence stands before the mark
    sentence: str
    has_units: bool = False  # the item it belongs to has units
    has_deadline: bool = False
    known: bool = False  # the same words are a fact of the same item already
    repeats: bool = False  # its clause holds a duty that was read

    @property
    def clause(self) -> str:
        """Return the clause that holds the mark."""
        return self.before + self.mark.text + self.behind
