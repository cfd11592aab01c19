"""Law tests: what papers are made of, the tests, their papers and who sits them."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field, Session, SQLModel, col, select

from models.campaign.campaign import all_of
from models.keys import key_of
from models.rules.surveys.composing import USUAL, PaperPart
from models.rules.surveys.words import Audience, QuestionKind
from models.surveys.due_days import TEST, called_off, one_numbered

MINUTES, PASS_MARK, REPEATS, PAPER_VERSIONS = 60, 60.0, 1, 2  # where an office has set nothing


class LawSetting(SQLModel, table=True):
    """How an office holds its tests; one row a campaign. ``partial``: some of several right letters give half."""

    __tablename__ = "law_setting"
    __table_args__ = (UniqueConstraint("campaign_id"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    minutes: int = MINUTES
    pass_mark: float = PASS_MARK
    partial: bool = False
    repeats: int = REPEATS
    versions: int = PAPER_VERSIONS


class LawRule(SQLModel, table=True):
    """So many questions of a kind and subject in the papers of one kind of staff; none of count 0."""

    __tablename__ = "law_rule"
    __table_args__ = (UniqueConstraint("campaign_id", "audience", "kind", "subject"),)

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    audience: str
    kind: str
    subject: str = ""
    count: int
    points: float

    @property
    def part(self) -> PaperPart:
        """Return it as the rules know it."""
        kinds = Audience(self.audience), QuestionKind(self.kind)
        return PaperPart(*kinds, self.subject, self.count, self.points)


class LawTest(SQLModel, table=True):
    """One test: its settings as they were when it was made, and the seed of its papers.

    ``repeat_of`` is the test that it repeats; a test has one repeat at most, whoever asks for it.
    ``rules`` is a JSON list of the parts of its papers.
    """

    __tablename__ = "law_test"
    __table_args__ = (UniqueConstraint("campaign_id", "number"), UniqueConstraint("repeat_of"))

    id: int | None = Field(default=None, primary_key=True)
    campaign_id: int = Field(foreign_key="campaign.id")
    number: int
    held_on: date
    seed: str
    minutes: int
    pass_mark: float
    partial: bool = False
    versions: int
    rules: str = Field(sa_type=Text)
    repeat_of: int | None = Field(default=None, foreign_key="law_test.id")
    made_by: str
    made_at: datetime  # UTC
    drawn_at: datetime | None = None

    @property
    def code(self) -> str:
        """Return what its milestone is called: L1."""
        return f"{TEST}{self.number}"

    @property
    def title(self) -> str:
        """Return what its milestone says."""
        return f"法律知识测试：第 {self.number} 次" + ("（补考）" if self.repeat_of else "")


class LawPaper(SQLModel, table=True):
    """One version of a paper as it was printed; ``items`` is JSON with texts, options and answers.

    Whatever becomes of the bank, what was asked and what was right stays.
    """

    __tablename__ = "law_paper"
    __table_args__ = (UniqueConstraint("test_id", "audience", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    test_id: int = Field(foreign_key="law_test.id")
    audience: str
    version: str
    items: str = Field(sa_type=Text)


class LawCandidate(SQLModel, table=True):
    """Who sits a test: a number of a unit, no name. The unit keeps for itself whose number it is.

    ``mark`` is None for who has not sat. ``answers`` are those of his paper's questions in their order.
    """

    __tablename__ = "law_candidate"
    __table_args__ = (
        UniqueConstraint("test_id", "number"),
        Index("law_candidate_of_unit", "test_id", "unit_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    test_id: int = Field(foreign_key="law_test.id")
    number: str
    unit_id: int = Field(foreign_key="unit.id")
    audience: str
    version: str
    answers: str = Field(default="", sa_type=Text)
    mark: float | None = None
    total: float = 0.0
    entered_by: str = ""
    withdrawn: bool = False


def law_setting_of(session: Session, campaign_id: int) -> LawSetting:
    """Return how the office holds its tests, by default where it has set nothing (not stored then)."""
    query = select(LawSetting).where(LawSetting.campaign_id == campaign_id)
    return session.exec(query).first() or LawSetting(campaign_id=campaign_id)


def parts_of(session: Session, campaign_id: int) -> list[PaperPart]:
    """Return what papers are made of, the usual where the office has set nothing."""
    rows = [one.part for one in all_of(session, LawRule, campaign_id)]
    return rows or list(USUAL)


def law_tests_of(session: Session, campaign_id: int) -> list[LawTest]:
    """Return every test of a campaign by number."""
    return sorted(all_of(session, LawTest, campaign_id), key=lambda one: one.number)


def law_test_numbered(session: Session, campaign_id: int, number: int | None) -> LawTest:
    """Return the test of that number, the last one without; NotFoundError where there is none."""
    return one_numbered(
        law_tests_of(session, campaign_id),
        number,
        called_off(session, campaign_id, TEST),
        "第 {} 次测试".format,
        "还没有安排法律知识测试，请先运行 shifan law-test new",
    )


def papers_of(session: Session, test: LawTest) -> list[LawPaper]:
    """Return the papers that were drawn for a test, by staff and version."""
    query = select(LawPaper).where(LawPaper.test_id == key_of(test))
    return sorted(session.exec(query), key=lambda one: (one.audience, one.version))


def candidates_of(session: Session, test: LawTest) -> list[LawCandidate]:
    """Return who is to sit a test, by unit in the fixed order, then by number."""
    query = select(LawCandidate).where(
        LawCandidate.test_id == key_of(test), col(LawCandidate.withdrawn).is_(False)
    )
    order = (col(LawCandidate.unit_id), col(LawCandidate.number))
    return list(session.exec(query.order_by(*order)))
