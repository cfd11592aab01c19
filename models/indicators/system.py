"""An indicator system as values: the tree, what is in doubt, and what was only mentioned."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from models.plan.reading.accounting.told import DoubtTold, Mention
from models.plan.schema import Target


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SystemDemand(_Part):
    """One testable demand of an indicator; ``score`` where the document gives it points of its own."""

    text: str
    targets: list[Target] = Field(default_factory=list)
    score: float | None = None


class SystemIndicator(_Part):
    """One indicator; ``number`` is as printed, ``code`` unique in the system and made where none is printed.

    ``score`` is None where the document gives it none. ``scoring`` is how points are given or taken off,
    ``floor`` the least that is left where the document says so (扣完为止: 0).
    """

    code: str
    level: int = Field(ge=1, le=3)
    parent: str | None = None
    number: str = ""
    text: str
    score: float | None = None
    scoring: str = ""
    floor: float | None = None
    methods: list[str] = Field(default_factory=list)
    evidence: list[str] = Field(default_factory=list)
    lead_units: list[str] = Field(default_factory=list)
    responsible_units: list[str] = Field(default_factory=list)
    demands: list[SystemDemand] = Field(default_factory=list)
    line: int | None = None
    page: int | None = None


class LineRead(_Part):
    """One line or cell of the document beside what became of it, for a person to see the empty ones."""

    line: int
    page: int | None = None
    text: str
    became: str


class IndicatorSystem(_Part):
    """What one document says; ``counts`` are those it states of each level, ``total`` the points it states."""

    title: str = ""
    source: str = ""
    counts: dict[Literal["1", "2", "3"], int] = Field(default_factory=dict)
    total: float | None = None
    indicators: list[SystemIndicator] = Field(default_factory=list)
    doubts: list[DoubtTold] = Field(default_factory=list)
    mentions: list[Mention] = Field(default_factory=list)
    lines: list[LineRead] = Field(default_factory=list)

    def printed(self) -> str:
        """Return as JSON what is printed for programs: everything but the lines that a person looks at."""
        return self.model_dump_json(indent=1, exclude={"lines"})
