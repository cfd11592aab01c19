"""What a self-evaluation report is written from, as values: numbers that know their rows, or what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from models.papers.quoted import Missing, Quoted, Run


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What a unit registered of its part of a point, in its own words."""

    unit: str
    text: Run


@dataclass(frozen=True, slots=True)
class PointFacts:
    """An indicator of the third level, or a work item where no indicators are loaded.

    ``figures`` are sentences of numbers, ``missing`` what nobody has registered yet.
    """

    code: str
    title: str
    target: Run = ""
    leads: Run = ""
    done: Run = ""
    said: Sequence[UnitWords] = ()
    figures: Sequence[Sequence[Run]] = ()
    evidence: Run = ""
    missing: Sequence[Missing] = ()
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class SectionFacts:
    """The points of one indicator of the second level; ``title`` is empty where there is no such level."""

    title: str
    points: Sequence[PointFacts]


@dataclass(frozen=True, slots=True)
class ChapterFacts:
    """The points of one indicator of the first level, and how many of their parts are done."""

    title: str
    sections: Sequence[SectionFacts]
    points: Quoted
    parts: Quoted
    done: Quoted


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """One thing that falls short: what, whose, by when it is due; ``why`` says in a word what is wrong."""

    code: str
    title: str
    units: Run
    why: Run
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """The scores of one indicator as they are printed; "—" where there is none."""

    code: str
    title: str
    points: Run
    own: Run
    office: Run
    mock: Run
    why: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What the campaign comes to: counts, each with its rows."""

    stages: Quoted
    indicators: Quoted
    works: Quoted
    units: Quoted
    parts: Quoted
    done: Quoted
    started: Quoted
    waiting: Quoted
    dropped: Quoted


@dataclass(frozen=True, slots=True)
class StageFacts:
    """A stage with its days as the plan has them."""

    name: str
    days: str
    status: str


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything that a report quotes, on one day."""

    campaign: str
    issuer: str
    document: str  # the plan, with its number and day
    total: Total
    stages: Sequence[StageFacts]
    groups: Sequence[str]
    by_indicator: bool
    chapters: Sequence[ChapterFacts]
    problems: Sequence[ProblemFacts]
    scores: Sequence[ScoreRow]
    score_totals: Sequence[Sequence[Run]] = field(default=())
