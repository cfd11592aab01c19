"""What a gate is judged by and what it says: steps, figures, confirmations, obstacles, the report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.rules.words import WordedNumber


class Effort(WordedNumber):
    """How much it takes to clear an obstacle; the cheapest are listed first."""

    MINUTES = 1, "当天可办"
    DAYS = 2, "几天可办"
    WEEKS = 3, "需要几周"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the stage, done or not; a ``dropped`` one (不适用) is done and counts for nothing."""

    code: str
    title: str
    owner: str
    due: date | None
    done: bool = False
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What the office vouches for: that a rule is met, since when, and how many where that counts.

    ``demand`` and ``stands`` are filled in by the judge: what the tables say goes before.
    """

    rule: str
    by: str
    day: date
    note: str = ""
    amount: int | None = None
    demand: str = ""
    stands: bool = True

    @property
    def text(self) -> str:
        """Return it in words."""
        amount = f"，{self.amount} 个" if self.amount else ""
        note = f"（{self.note}）" if self.note else ""
        still = "" if self.stands else "；但登记的进展里还有没办完的，不作数"
        return f"{self.demand}：{self.by} {self.day} 确认{amount}{note}{still}"


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """The problems of a unit: late, not closed, of these in others' hands (being verified or watched), not looked back at."""

    late: int = 0
    unclosed: int = 0
    elsewhere: int = 0
    unlooked: int = 0


@dataclass(frozen=True, slots=True)
class BelowReady:
    """What stands below a campaign at its launch, by name, in the order in which it came.

    ``unplaced`` are counties' campaigns of which nobody said which unit's they are. Who lacks a plan is asked
    only where the plan demands one of each.
    """

    children: int = 0
    not_ready: Sequence[str] = ()
    unplaced: Sequence[str] = ()
    counties_without: Sequence[str] = ()
    departments_without: Sequence[str] = ()

    @property
    def lacking(self) -> list[tuple[str, Sequence[str]]]:
        """Return what an office may vouch for: in words, and who it is."""
        return [
            ("还没有自己方案的县区", self.counties_without),
            ("还没有自己方案的部门和单位", self.departments_without),
            ("没有写明是哪个单位的下级（shifan campaign parent 加 --of）", self.unplaced),
        ]


@dataclass(frozen=True, slots=True)
class GateFacts:
    """What SQL delivers of a stage and its campaign, for the rules to judge."""

    ordinal: int = 0
    end: date | None = None
    issued: bool = True  # the plan has its day or number
    steps: Sequence[Step] = ()
    open_groups: Sequence[str] = ()
    units_without_liaison: Sequence[str] = ()
    without_ledger: Sequence[str] = ()  # units with parts to which no ledger went out
    unreachable: Sequence[str] = ()  # lead units whose liaison has no working channel
    below: BelowReady = field(default_factory=BelowReady)
    unchecked: Mapping[str, int] = field(default_factory=dict)  # assignments nobody reported on
    unfinished: Mapping[str, int] = field(default_factory=dict)  # begun and not done, by unit
    overdue: int = 0
    unscored: int = 0  # indicators without a self-score
    unreviewed: int = 0  # the same without the office's score
    unreached: int = 0  # the same not done
    unscored_parts: int = 0  # units' parts in indicators of which the same is true
    unreviewed_parts: int = 0
    unreached_parts: int = 0
    indicators: int = 0
    report_blanks: int | None = 0  # in the newest self-evaluation report; None: none is written
    unproved: Mapping[str, int] | None = None  # parts without evidence; None: none came in yet
    unreviewed_demands: Sequence[str] | None = None  # without accepted evidence; None: as above
    rehearsed: Mapping[str, int] = field(default_factory=dict)  # by rule: finished mock assessments
    earlier_open: Sequence[str] = ()  # stages before this one that are not closed
    findings: Mapping[str, FindingCounts] | None = None  # by unit; None: none was ever raised
    confirmed: Mapping[str, Confirmed] = field(default_factory=dict)  # by rule


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way: what, whose, by when; ``effort`` orders a list, the cheapest first."""

    rule: str
    text: str
    owner: str = ""
    due: date | None = None
    effort: Effort = Effort.DAYS


@dataclass(frozen=True, slots=True)
class GateReport:
    """What a gate says on a day: obstacles, rules that nothing can measure yet, and what was vouched for."""

    obstacles: Sequence[Obstacle] = ()
    unmeasured: Sequence[Obstacle] = ()
    confirmed: Sequence[Confirmed] = ()
    skipped: Sequence[str] = ()  # rules that the plan does not count at this stage

    @property
    def open(self) -> bool:
        """Say whether nothing is in the way."""
        return not self.obstacles
