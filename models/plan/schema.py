"""The plan: what an official document says, as values.

The fields are those of the conventions under which documents are read; a document reader fills them,
a plan pack spells them out in YAML, and `models.plan.checks` says what contradicts what.
"""

import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from models.rules.gates.plan import PlanGates
from models.rules.notices.ladder_table import parse_ladder
from models.rules.text import Text, Texts
from models.rules.words import DayOff, DocumentKind, Frequency, StageKind


def _sound_ladder(table: dict[str, Any] | None) -> dict[str, Any] | None:
    _, faults = parse_ladder(table)
    if faults:
        raise PydanticCustomError("ladder", "{faults}", {"faults": ";".join(faults)})
    return table


LadderTable = Annotated[dict[str, Any] | None, AfterValidator(_sound_ladder)]


class _Part(BaseModel):
    """Common to every part of a plan: unknown keys are a fault, so that a typing error is seen."""

    model_config = ConfigDict(extra="forbid", validate_assignment=True)


class Source(_Part):
    """Where an item was read: a line (from 1), a page if the file has pages, and the sentence."""

    line: int | None = Field(default=None, ge=1)
    page: int | None = Field(default=None, ge=1)
    sentence: str = ""


class NotRead(_Part):
    """Text of the file that is in no line: why, its first words, how many letters, and where it stood.

    ``why`` is `models.plan.reading.text.document.MISSING` where nobody can say: it was lost, and a person must look.
    """

    why: str
    words: str
    letters: int = Field(ge=0)
    line: int | None = Field(default=None, ge=1)  # the line that it stands before
    page: int | None = Field(default=None, ge=1)


class DeadlinePart(_Part):
    """One of several deadlines of a work item: the words of its date, the day, and what is due then."""

    raw: Text
    date: datetime.date | None = None
    what: Text = ""


class Deadline(_Part):
    """When a work item is due, in the plan's words and as a day: of several ``parts`` the last."""

    raw: Text | None = None
    date: datetime.date | None = None
    open_ended: bool = False
    parts: list[DeadlinePart] = Field(default_factory=list)


class Target(_Part):
    """A number that the result must reach."""

    raw: Text
    metric_hint: Text = ""
    op: Literal[">=", "<=", ">", "<", "=="]
    value: float
    unit: Text = ""
    implicit: bool = False
    change: Literal["decrease", "increase"] | None = None
    period: str | None = None
    where: str | None = None
    source: Source | None = None


class PlanStage(_Part):
    """One stage as the plan lays it out; ``kind`` is None until a reader or a person names it."""

    ordinal: int = Field(ge=1)
    name: Text
    kind: StageKind | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    open_ended: bool = False
    raw: Text | None = None
    steps: Texts = Field(default_factory=list)
    targets: list[Target] = Field(default_factory=list)
    source: Source | None = None


class Measure(_Part):
    """What one unit does where, told inside a work item (市公安局: 沿街交通安全宣传显示屏).

    Not part of the reading conventions: a unit merely mentioned is not assigned. Packs name measures
    so that each bureau finds its own places on its checklist.
    """

    unit: Text
    venues: Texts = Field(default_factory=list)


class PlanTask(_Part):
    """One numbered work item, with its units by role; ``was``, as a person says, in the plan before (0 new)."""

    ordinal: int = Field(ge=1)
    was: int | None = Field(default=None, ge=0, exclude=True)  # said once, and kept in no plan
    number: str = ""
    section: Text = ""
    title: Text
    lead_units: Texts = Field(default_factory=list)
    lead_groups: Texts = Field(default_factory=list)
    responsible_units: Texts = Field(default_factory=list)
    responsible_groups: Texts = Field(default_factory=list)
    cooperating_units: Texts = Field(default_factory=list)
    lead_posts: Texts = Field(default_factory=list)
    measures: list[Measure] = Field(default_factory=list)
    deadline: Deadline | None = None
    targets: list[Target] = Field(default_factory=list)
    source: Source | None = None


class RecurringDuty(_Part):
    """A duty repeated at a fixed period; ``day`` counts in the month (-1 the last) or week (1 Monday)."""

    raw: Text = ""
    freq: Frequency
    day: int | None = Field(default=None, ge=-1, le=31)
    month: int | list[int] | None = None
    day_off: DayOff = DayOff.KEPT
    what: Text
    where: str = ""
    dropped: bool = False  # by a later plan; it stays in its place, which is its number
    source: Source | None = None

    @property
    def months(self) -> list[int]:
        """Return the months it falls due in; none where its period says all there is to say."""
        return self.month if isinstance(self.month, list) else [self.month] if self.month else []


class PlanGroup(_Part):
    """A leading group, office or working group: posts and units, never personal names."""

    name: Text
    parent: Text | None = None
    located_in: Text | None = None
    count: int | None = None
    aliases: Texts = Field(default_factory=list)
    head_post: Text | None = None  # of all who head it: 县委书记、县长
    executive_deputy_posts: Texts = Field(default_factory=list)
    deputy_posts: Texts = Field(default_factory=list)
    lead_units: Texts = Field(default_factory=list)  # of a working group: 由某局牵头
    member_posts: Texts = Field(default_factory=list)
    member_units: Texts = Field(default_factory=list)
    member_groups: Texts = Field(default_factory=list)
    liaison_post: Text | None = None
    stated_member_count: int | None = None
    duties: Texts = Field(default_factory=list)
    duties_count: int = 0
    note: str | None = None
    source: Source | None = None


class Attachment(_Part):
    """An attachment named by the plan."""

    ordinal: int = Field(ge=1)
    title: Text
    kind: str = ""


class UnitAliases(_Part):
    """One body under several names; ``canonical`` is the full one."""

    canonical: Text
    variants: Texts = Field(default_factory=list)


class IndicatorCounts(_Part):
    """How many indicators of each level the plan speaks of; the indicators are in another paper."""

    level1: int | None = None
    level2: int | None = None
    level3: int | None = None


class Distribution(_Part):
    """To whom a briefing goes (报, 送, 发)."""

    report_to: Texts = Field(default_factory=list)
    send_to: Texts = Field(default_factory=list)
    issue_to: Texts = Field(default_factory=list)
    copies: int | None = None


class Plan(_Part):
    """What one document says; ``is_plan`` is False for news, briefings and reports."""

    schema_version: Literal[1] = 1
    source: str = ""
    kind: DocumentKind
    is_plan: bool = True
    truncated: bool = False
    title: Text
    title_alternatives: Texts = Field(default_factory=list)
    notice_title: Text | None = None
    issuer: Text | None = None
    issuers: Texts = Field(default_factory=list)
    document_number: Text | None = None
    issued_on: datetime.date | None = None
    published_on: datetime.date | None = None
    year_context: int | None = Field(default=None, ge=1949, le=2200)
    addressees: Text | None = None
    stages: list[PlanStage] = Field(default_factory=list)
    tasks: list[PlanTask] = Field(default_factory=list)
    other_targets: list[Target] = Field(default_factory=list)
    recurring: list[RecurringDuty] = Field(default_factory=list)
    groups: list[PlanGroup] = Field(default_factory=list)
    attachments: list[Attachment] = Field(default_factory=list)
    slogans_count: int = Field(default=0, ge=0)
    slogans: Texts = Field(default_factory=list)
    unit_aliases: list[UnitAliases] = Field(default_factory=list)
    distinct_units: Texts = Field(
        default_factory=list
    )  # bodies of their own, whatever they look like
    indicator_counts: IndicatorCounts | None = None
    notes: list[str] = Field(default_factory=list)
    not_read: list[NotRead] = Field(default_factory=list)
    issue_number: int | None = None
    articles: Texts = Field(default_factory=list)
    distribution: Distribution | None = None
    next_steps: Texts = Field(default_factory=list)
    mentioned_posts: Texts = Field(default_factory=list)
    gates: PlanGates | None = None
    ladder: LadderTable = None  # this campaign's own rungs; what it leaves out is the office's
    asks_per_week: int | None = Field(default=None, ge=1, le=100)  # per unit; more waits for a word
