"""Visits: which team goes to which unit on which day, what each line came to, which problems were found."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.database import found_as
from models.errors import NotFoundError
from models.inspection.uncovered import IS_THERE, OF_ITS_TEAM
from models.inspection.visit_round import VisitRound
from models.rules.visits.words import (
    CheckKind,
    CheckResult,
    VisitState,
    numbers_of,
    visit_code,
)


class Visit(SQLModel, table=True):
    """A visit of a round. ``settled`` says that its day was agreed on: it moves no more, and why.

    One that was held says on which day, who of the team registered it (a post), and whether nothing was
    found; else its problems say what was.
    """

    __table_args__ = (
        UniqueConstraint("round_id", "unit_id"),
        UniqueConstraint("round_id", "number"),
    )

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id", index=True)
    round_id: int = Field(foreign_key="inspection_round.id")
    number: int
    unit_id: int = Field(foreign_key="unit.id")
    team_id: int = Field(foreign_key="inspection_team.id")
    day: date
    settled: bool = False
    reason: str = ""
    state: str = VisitState.PLANNED
    visited_on: date | None = None
    by_post: str = ""
    nothing_found: bool = False
    note: str = ""


class VisitCheck(SQLModel, table=True):
    """What one line of a visit's checklist came to."""

    __tablename__ = "visit_check"
    __table_args__ = (UniqueConstraint("visit_id", "kind", "text"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    kind: str
    text: str
    result: str
    note: str = ""


class VisitProblem(SQLModel, table=True):
    """A problem that a visit lists: in words, at which item (its code), mended by when as proposed.

    ``finding_id`` is the finding it became.
    """

    __tablename__ = "visit_problem"
    __table_args__ = (UniqueConstraint("visit_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    visit_id: int = Field(foreign_key="visit.id")
    number: int
    text: str
    code: str = ""
    due: date | None = None
    finding_id: int | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit as it is shown."""

    id: int
    round_number: int
    number: int
    unit_id: int
    unit: str
    area: str
    team_id: int
    team: str
    day: date
    settled: bool
    reason: str
    state: str
    visited_on: date | None
    by_post: str
    nothing_found: bool
    problems: int
    gone: bool  # its unit is retired, or another's by now
    barred: bool  # its team makes no visits any more, or has people of the unit

    @property
    def code(self) -> str:
        """Return its code: V1.12."""
        return visit_code(self.round_number, self.number)

    @property
    def is_held(self) -> bool:
        """Say whether its result was registered."""
        return self.state == VisitState.HELD


_LINES = f"""
    SELECT v.id, r.number AS round_number, v.number, v.unit_id, u.name AS unit,
           coalesce(a.area, '') AS area, v.team_id, t.name AS team, v.day, v.settled, v.reason,
           v.state, v.visited_on, v.by_post, v.nothing_found,
           (SELECT count(*) FROM visit_problem p WHERE p.visit_id = v.id)
               AS problems,
           NOT ({IS_THERE}) AS gone, (t.withdrawn OR {OF_ITS_TEAM}) AS barred
    FROM visit v
    JOIN inspection_round r ON r.id = v.round_id
    JOIN unit u ON u.id = v.unit_id
    JOIN inspection_team t ON t.id = v.team_id
    LEFT JOIN unit_area a ON a.unit_id = v.unit_id
    WHERE v.campaign_id = :campaign AND v.state <> 'withdrawn' AND (:round = 0 OR r.number = :round)
    ORDER BY r.number, v.day, v.team_id, v.number"""  # noqa: S608


def visit_lines(session: Session, campaign_id: int, round_number: int = 0) -> list[VisitLine]:
    """Return the visits of a round, or of all, by day and team; one statement."""
    return found_as(session, VisitLine, _LINES, {"campaign": campaign_id, "round": round_number})


def visit_rows(session: Session, round_id: int) -> list[Visit]:
    """Return every visit a round has or had, in the order of their numbers."""
    query = select(Visit).where(Visit.round_id == round_id).order_by(col(Visit.number))
    return list(session.exec(query))


def visit_coded(session: Session, campaign_id: int, code: str) -> Visit:
    """Return the visit of a code like V1.12; raises NotFoundError that says what codes look like."""
    numbers = numbers_of(code)
    found = None
    if numbers:
        query = select(Visit).join(VisitRound).where(Visit.campaign_id == campaign_id)
        query = query.where(VisitRound.number == numbers[0], Visit.number == numbers[1])
        found = session.exec(query.where(Visit.state != VisitState.WITHDRAWN)).first()
    if found is None:
        raise NotFoundError(
            f"没有编号为 {code} 的走访；编号形如 V1.12（第1轮第12次），见 shifan inspection show"
        )
    return found


_PROBLEMS = """
    SELECT p.id, p.visit_id, p.number, p.text, p.code, p.due, coalesce(f.code, '') AS finding
    FROM visit_problem p JOIN visit v ON v.id = p.visit_id
    LEFT JOIN finding f ON f.id = p.finding_id
    WHERE v.campaign_id = :campaign AND (:visit = 0 OR v.id = :visit)
    ORDER BY p.visit_id, p.number"""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem that a visit lists, as it is shown; ``finding`` is the code of what it became."""

    id: int
    visit_id: int
    number: int
    text: str
    code: str
    due: date | None
    finding: str


@dataclass(frozen=True, slots=True)
class CheckLine:
    """What one line of a visit's checklist came to, as it is shown."""

    kind: str
    text: str
    result: str
    note: str

    @property
    def kind_in_words(self) -> str:
        """Return what the line is about."""
        return CheckKind(self.kind).chinese

    @property
    def result_in_words(self) -> str:
        """Return what came of it."""
        return CheckResult(self.result).chinese


def checks_of(session: Session, visit_id: int) -> list[CheckLine]:
    """Return what each line of a visit's checklist came to, in their order; one statement."""
    sql = "SELECT kind, text, result, note FROM visit_check WHERE visit_id = :visit ORDER BY id"
    return found_as(session, CheckLine, sql, {"visit": visit_id})


def problems_of(session: Session, campaign_id: int, visit_id: int = 0) -> list[ProblemLine]:
    """Return the problems that a visit, or every visit, lists in their order."""
    values = {"campaign": campaign_id, "visit": visit_id}
    return found_as(session, ProblemLine, _PROBLEMS, values)
