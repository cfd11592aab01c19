"""Make surveys: what they are, their strata and questions, the numbers taken in and the call list drawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import Session, select

from models.audit.chain import NewEntry, record
from models.errors import CampaignError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.outlines import QUESTIONS, Asked
from models.rules.surveys.words import SurveyKind
from models.surveys.due_days import call_off, lay_due
from models.surveys.survey import (
    ADULT_AGE,
    RATIO,
    Survey,
    SurveyQuestion,
    SurveyStratum,
    numbers_row,
    questions_of,
    surveys_of,
)


@dataclass(frozen=True, slots=True)
class NewSurvey:
    """A survey to be made: its kind, its seed, who made it, how sure it shall be, how it is called."""

    kind: SurveyKind
    seed: str
    by: str
    margin: float
    confidence: float
    least: int
    keep_days: int
    callers: int
    adult_age: int = ADULT_AGE
    ratio: int = RATIO
    due: date | None = None


@dataclass(frozen=True, slots=True)
class NewStratum:
    """A kind of people of an area, and how many there are."""

    area: str
    people: str
    population: int


def make_survey(session: Session, campaign_id: int, new: NewSurvey, moment: Moment) -> Survey:
    """Make a survey with the usual questions, and write its seed into the chain before any number is known."""
    last = max((one.number for one in surveys_of(session, campaign_id)), default=0)
    survey = Survey(
        campaign_id=campaign_id,
        number=last + 1,
        kind=new.kind.value,
        seed=new.seed,
        margin=new.margin,
        confidence=new.confidence,
        least=new.least,
        keep_days=new.keep_days,
        callers=new.callers,
        adult_age=new.adult_age,
        ratio=new.ratio,
        made_by=new.by,
        made_at=moment.now,
    )
    session.add(survey)
    session.flush()
    session.add_all(_question(survey, one) for one in QUESTIONS[new.kind])
    session.flush()
    facts: dict[str, object] = {"kind": new.kind.chinese, "seed": new.seed}
    if new.due is not None:
        facts["due"] = new.due
        lay_due(session, campaign_id, survey.code, survey.title, new.due, moment.today)
    record(
        session, campaign_id, moment, NewEntry(new.by, "survey-made", survey_name(survey), facts)
    )
    return survey


def move_survey(
    session: Session, survey: Survey, day: date, said: tuple[str, str], moment: Moment
) -> None:
    """Let a survey be due on a day, or on another one; ``said`` is by whom and why. Repeatable."""
    by, reason = said
    lay_due(session, survey.campaign_id, survey.code, survey.title, day)
    facts = {"due": day, "reason": reason}
    entry = NewEntry(by, "survey-moved", survey_name(survey), facts)
    record(session, survey.campaign_id, moment, entry)


def call_off_survey(
    session: Session, survey: Survey, said: tuple[str, str], moment: Moment
) -> None:
    """Call a survey off; ``said`` is by whom and why. What was registered stays.

    Raises CampaignError while its telephone numbers are kept: they go first, with their proof.
    """
    row = numbers_row(session, survey)
    if row is not None and row.deleted_at is None:
        raise CampaignError(
            f"{survey_name(survey)}还存着 {row.count} 个电话号码，请先运行 shifan survey numbers forget"
        )
    by, reason = said
    call_off(session, survey.campaign_id, survey.code, survey.title, moment.today)
    entry = NewEntry(by, "survey-called-off", survey_name(survey), {"reason": reason})
    record(session, survey.campaign_id, moment, entry)


def survey_name(survey: Survey) -> str:
    """Return what a survey is called."""
    return f"第 {survey.number} 号{SurveyKind(survey.kind).chinese}"


def _question(survey: Survey, one: Asked) -> SurveyQuestion:
    return SurveyQuestion(survey_id=key_of(survey), number=one.number, **_said(one))


def _said(one: Asked) -> dict[str, Any]:
    joined = {name: "、".join(getattr(one, name)) for name in ("answers", "good", "aside")}
    return {"text": one.text, "weight": one.weight, **joined}


def store_strata(session: Session, survey: Survey, strata: Sequence[NewStratum]) -> int:
    """Make ``strata`` those of a survey, in their order; return how many rows changed. Repeatable.

    Raises CampaignError once its call list is drawn.
    """
    require_undrawn(survey, "分层")
    rows = {(one.area, one.people): one for one in _every_stratum(session, survey)}
    changed = 0
    for position, one in enumerate(strata, 1):
        row = rows.pop((one.area, one.people), None) or SurveyStratum(
            survey_id=key_of(survey), position=0, area=one.area, people=one.people, population=0
        )
        said = {"position": position, "population": one.population, "withdrawn": False}
        changed += bring_row(session, row, said)
    changed += sum(bring_row(session, row, {"withdrawn": True}) for row in rows.values())
    session.flush()
    return changed


def store_survey_questions(session: Session, survey: Survey, asked: Sequence[Asked]) -> int:
    """Make ``asked`` the questions of a survey; return how many rows changed. Repeatable.

    Raises CampaignError once its call list is drawn.
    """
    require_undrawn(survey, "问题")
    rows = {one.number: one for one in questions_of(session, survey)}
    changed = 0
    for one in asked:
        row = rows.pop(one.number, None)
        if row is None:
            session.add(_question(survey, one))
            changed += 1
        else:
            changed += bring_row(session, row, _said(one))
    for row in rows.values():  # nothing was answered yet
        session.delete(row)
        changed += 1
    session.flush()
    return changed


def _every_stratum(session: Session, survey: Survey) -> list[SurveyStratum]:
    return list(session.exec(select(SurveyStratum).where(SurveyStratum.survey_id == survey.id)))


def bring_row(
    session: Session, row: SurveyStratum | SurveyQuestion, said: Mapping[str, object]
) -> bool:
    """Give ``row`` what is said of it; return whether it is new or anything differed."""
    new = row.id is None
    if not new and all(getattr(row, name) == value for name, value in said.items()):
        return False
    row.sqlmodel_update(dict(said))
    session.add(row)
    return True


def require_undrawn(survey: Survey, what: str) -> None:
    """Raise CampaignError once the call list of ``survey`` is drawn: ``what`` stays as it is then."""
    if survey.drawn_at is not None:
        raise CampaignError(
            f"{survey_name(survey)}的电话清单已经抽取，{what}不能再改；要重来的请另建一次：shifan survey new"
        )
