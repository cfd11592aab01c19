"""Surveys by telephone: what is asked of whom, and what came back, counted by strata.

No answer stands for a person here: per stratum, question and answer there is a count, and nothing joins
it to a telephone number. The numbers lie apart, in `models.surveys.numbers`.
"""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import all_of
from models.keys import key_of
from models.rules.surveys.outlines import Asked
from models.rules.surveys.words import SurveyKind
from models.surveys.due_days import SURVEY, called_off, one_numbered

MARGIN, CONFIDENCE, RATIO, KEEP_DAYS, ADULT_AGE = 5.0, 95.0, 2, 30, 18
CALLS = 0  # the number of the “question” whose answers are the results of the calls


class Survey(SQLModel, table=True):
    """One survey. ``seed`` is drawn before any number is known; ``ratio`` numbers are listed per answer.

    ``keep_days`` after the numbers were taken in they are deleted.
    """

    __table_args__ = (UniqueConstraint("campaign_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    kind: str
    seed: str
    margin: float = MARGIN
    confidence: float = CONFIDENCE
    least: int = 0
    ratio: int = RATIO
    keep_days: int = KEEP_DAYS
    adult_age: int = ADULT_AGE
    callers: int = 1
    made_by: str
    made_at: datetime  # UTC
    drawn_at: datetime | None = None

    @property
    def code(self) -> str:
        """Return what its milestone is called: Q1."""
        return f"{SURVEY}{self.number}"

    @property
    def title(self) -> str:
        """Return what its milestone says."""
        return f"{SurveyKind(self.kind).chinese}：第 {self.number} 号"


class SurveyStratum(SQLModel, table=True):
    """A kind of people of an area: how many there are, to be asked, and on the call list."""

    __tablename__ = "survey_stratum"
    __table_args__ = (UniqueConstraint("survey_id", "area", "people"),)

    id: int | None = Field(default=None, primary_key=True)
    survey_id: int = Field(foreign_key="survey.id")
    position: int
    area: str
    people: str = ""
    population: int
    sampled: int = 0
    listed: int = 0
    withdrawn: bool = False

    @property
    def name(self) -> str:
        """Return what it is called."""
        return f"{self.area}·{self.people}" if self.people else self.area


class SurveyQuestion(SQLModel, table=True):
    """A question of a survey; answers, those that count as good and as no opinion are parted by 、."""

    __tablename__ = "survey_question"
    __table_args__ = (UniqueConstraint("survey_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    survey_id: int = Field(foreign_key="survey.id")
    number: int
    text: str
    answers: str
    good: str
    aside: str = ""
    weight: float = 1.0
    withdrawn: bool = False

    @property
    def asked(self) -> Asked:
        """Return it as the rules know it."""
        answers, good, aside = (_parts(one) for one in (self.answers, self.good, self.aside))
        return Asked(self.number, self.text, answers, good, aside, self.weight)


class SurveyCount(SQLModel, table=True):
    """How often a stratum gave an answer to a question, as one caller's list says; question 0 is the call itself."""

    __tablename__ = "survey_count"
    __table_args__ = (UniqueConstraint("survey_id", "stratum_id", "caller", "question", "answer"),)

    id: int | None = Field(default=None, primary_key=True)
    survey_id: int = Field(foreign_key="survey.id")
    stratum_id: int = Field(foreign_key="survey_stratum.id")
    caller: str
    question: int
    answer: str
    count: int


class SurveyRemark(SQLModel, table=True):
    """What somebody of a stratum said besides, with personal numbers masked."""

    __tablename__ = "survey_remark"

    id: int | None = Field(default=None, primary_key=True)
    survey_id: int = Field(foreign_key="survey.id", index=True)
    stratum_id: int = Field(foreign_key="survey_stratum.id")
    caller: str
    position: int
    text: str = Field(sa_type=Text)


class SurveyNumbers(SQLModel, table=True):
    """That telephone numbers were taken in and deleted: how many, the digest of their file, when, by which rule.

    The numbers themselves are never here.
    """

    __tablename__ = "survey_numbers"

    id: int | None = Field(default=None, primary_key=True)
    survey_id: int = Field(foreign_key="survey.id", index=True)
    count: int
    digest: str
    taken_by: str
    taken_at: datetime  # UTC
    keep_until: date
    deleted_at: datetime | None = None
    deleted_by: str = ""
    rule: str = ""


def surveys_of(session: Session, campaign_id: int) -> list[Survey]:
    """Return every survey of a campaign by number."""
    return sorted(all_of(session, Survey, campaign_id), key=lambda one: one.number)


def survey_numbered(session: Session, campaign_id: int, number: int | None) -> Survey:
    """Return the survey of that number, the last one without; NotFoundError where there is none."""
    return one_numbered(
        surveys_of(session, campaign_id),
        number,
        called_off(session, campaign_id, SURVEY),
        "第 {} 号测评".format,
        "还没有安排电话回访或满意度测评，请先运行 shifan survey new 满意度测评",
    )


def strata_of(session: Session, survey: Survey) -> list[SurveyStratum]:
    """Return the strata of a survey in the order of the office's list."""
    query = select(SurveyStratum).where(
        SurveyStratum.survey_id == key_of(survey), col(SurveyStratum.withdrawn).is_(False)
    )
    order = (col(SurveyStratum.position), col(SurveyStratum.id))
    return list(session.exec(query.order_by(*order)))


def questions_of(session: Session, survey: Survey) -> list[SurveyQuestion]:
    """Return the questions of a survey by number."""
    query = select(SurveyQuestion).where(
        SurveyQuestion.survey_id == key_of(survey), col(SurveyQuestion.withdrawn).is_(False)
    )
    return list(session.exec(query.order_by(col(SurveyQuestion.number))))


def numbers_row(session: Session, survey: Survey) -> SurveyNumbers | None:
    """Return the row of the last numbers taken in, deleted or not; None where there were none."""
    query = select(SurveyNumbers).where(SurveyNumbers.survey_id == key_of(survey))
    return session.exec(query.order_by(col(SurveyNumbers.id).desc()).limit(1)).first()


def _parts(text: str) -> tuple[str, ...]:
    return tuple(one for one in text.split("、") if one)
