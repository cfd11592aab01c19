"""A question as its page shows it, as values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.decisions.since import RegisteredSince
from models.rules.bounds import shown
from models.rules.decisions.offered import Offered
from models.rules.gates.values import Obstacle
from models.rules.words import Worded
from tasks.window.naming import Addressed


class VisitorPart(Worded):
    """What somebody is to a question."""

    ASKED = "asked", "请您决定"
    DEPUTY = "deputy", "您受委托代为决定"
    SPOKEN = "spoken", "您已经表态"
    LOOKING = "looking", "没有请您决定，您可以看"

    def in_words(self, speaker: str) -> str:
        """Return what it is to the visitor, who would speak for ``speaker``."""
        if self is VisitorPart.DEPUTY:
            return f"您受{speaker}委托，代为决定"
        return self.chinese

    @property
    def may_speak(self) -> bool:
        """Say whether the question waits for this visitor's own word."""
        return self in (VisitorPart.ASKED, VisitorPart.DEPUTY)


@dataclass(frozen=True, slots=True)
class CodeSent:
    """Where a post's code went: ``way`` as codes keep it, ``at`` None while it waits to be sent."""

    way: str
    at: datetime | None
    until: datetime
    handed_by: str = ""


@dataclass(frozen=True, slots=True)
class DeciderSeat:
    """One asked post: who decides for it, and what was said or where its code is."""

    post: str
    who: str
    said: str = ""
    said_by: str = ""
    reason: str = ""
    at: datetime | None = None
    code: CodeSent | None = None


@dataclass(frozen=True, slots=True)
class AskedStage:
    """The stage that is asked about, with its days."""

    ordinal: int
    name: str
    status: str
    start: date | None
    end: date | None
    original_end: date | None
    end_late: int | None = None  # working days past its end; negative while there are some left

    @property
    def moved(self) -> bool:
        """Say whether its end is another than the plan's own."""
        return bool(self.original_end and self.end and self.original_end != self.end)


@dataclass(frozen=True, slots=True)
class EndedQuestion:
    """How a question ended: an ``answer`` with who gave it, or ``words`` why it stands no more.

    ``entry`` and ``fingerprint`` are its entry of the audit.
    """

    words: str
    at: datetime
    answer: str = ""
    who: str = ""
    reason: str = ""
    entry: int | None = None
    fingerprint: str = ""
    objected: bool = False


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """A question as it stands at a moment, for one visitor."""

    number: int
    campaign: Addressed
    stage: AskedStage
    opening: bool
    why: str
    asked_by: str
    asked_on: date
    due: date
    due_late: int  # working days past it; negative while there are some left
    together: bool
    seats: Sequence[DeciderSeat]
    obstacles: Sequence[Obstacle]
    unmeasured: Sequence[Obstacle]
    confirmed: Sequence[str]
    since: RegisteredSince
    deeds: Mapping[str, str]  # the office's word for each deed that ``since`` counts
    offered: Sequence[Offered]
    others: Sequence[str]
    under_way: Sequence[str]
    noted: Sequence[str]
    part: VisitorPart
    speaker: str  # the asked post in whose name the visitor would speak
    run: str  # the address of the run whose form asks the same, for operators
    spoken_for: Sequence[str]  # the posts in whose name something was said, which may object to it
    ended: EndedQuestion | None = None

    @property
    def title(self) -> str:
        """Return what is asked."""
        what = "是否提前启动" if self.opening else "是否结束并推进"
        return f"第{self.stage.ordinal}阶段“{shown(self.stage.name)}”{what}？"

    @property
    def silent(self) -> Sequence[DeciderSeat]:
        """Return who has said nothing yet."""
        return [seat for seat in self.seats if not seat.said]
