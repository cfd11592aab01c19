"""Hand what tests, surveys and talks came to in to a drill: each becomes a workpaper, to be reviewed by somebody else."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlmodel import Session

from models.assessment.drill import drill_coded, drills_of
from models.assessment.results import Result, hand_in_result
from models.assessment.workpapers import PaperWords
from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError
from models.keys import key_of
from models.rules.assessment.words import Method
from models.rules.calendar.moment import Moment
from models.rules.surveys.words import SurveyKind
from models.rules.words import post_fault
from models.surveys.due_days import settle_due
from models.surveys.law_results import law_outcome
from models.surveys.law_test import LawTest, law_test_numbered
from models.surveys.survey import survey_numbered
from models.surveys.survey_calls import sample_lines
from models.surveys.talk_writing import role_outcomes
from tasks.surveys.law_testing import outcome_in_words
from tasks.surveys.survey_asking import calls_in_words, require_score, view_survey

METHODS = {
    SurveyKind.CALL_BACK: Method.CALL_BACK,
    SurveyKind.SATISFACTION: Method.SATISFACTION,
}


@dataclass(frozen=True, slots=True)
class HandIn:
    """Into which drill (M1), by which post, and with what conclusion (empty: the one that stands)."""

    drill: str
    by: str
    conclusion: str = ""


@dataclass(frozen=True, slots=True)
class _ToHandIn:
    method: Method
    score: float
    of: int
    basis: str
    population: str
    sample: str
    code: str = ""  # of the milestone that is done by it


def hand_in_law_test(slug: str | None, number: int | None, into: HandIn, moment: Moment) -> str:
    """Hand the pass rate of a test in (those who never sat it have not passed). Repeatable."""

    def made(session: Session, campaign_id: int) -> _ToHandIn:
        test = law_test_numbered(session, campaign_id, number)
        first = session.get(LawTest, test.repeat_of) if test.repeat_of else None
        found = law_outcome(session, first or test)
        if not found.total.sat:
            raise CampaignError(f"第 {found.number} 次测试还没有成绩")
        score = 100 * found.total.passed / found.total.due
        people, basis = f"应考 {found.total.due} 人", outcome_in_words(found)
        return _ToHandIn(
            Method.LAW_TEST, score, found.total.sat, basis, people, f"参考 {found.total.sat} 人"
        )

    return _hand_in(slug, into, moment, made)


def hand_in_survey(slug: str | None, number: int | None, into: HandIn, moment: Moment) -> str:
    """Hand what a survey came to in; raises CampaignError where too few answered. Repeatable."""
    view = view_survey(slug, number)
    score = require_score(view)

    def made(session: Session, campaign_id: int) -> _ToHandIn:
        survey = survey_numbered(session, campaign_id, number)
        lines = sample_lines(session, survey)
        people = f"{len(lines)} 层共 {sum(one.population for one in lines)} 人"
        size = sum(one.sampled for one in lines)
        sample = f"分层抽样 {size} 人（误差 ±{survey.margin:g} 个百分点，置信度 {survey.confidence:g}%，种子 {survey.seed}）"
        method = METHODS[SurveyKind(survey.kind)]
        basis = f"{view.name}，各题按人口加权的满意率平均；{calls_in_words(view.outcome)}"
        answered = view.outcome.answered
        return _ToHandIn(method, score, answered, basis, people, sample, survey.code)

    return _hand_in(slug, into, moment, made)


def hand_in_talks(slug: str | None, into: HandIn, moment: Moment) -> str:
    """Hand the mean of the talks of a drill in, each role with the same weight. Repeatable.

    They are those held from its first day on and before the first day of a later drill. Raises
    CampaignError where none of them has points.
    """

    def made(session: Session, campaign_id: int) -> _ToHandIn:
        drill = drill_coded(session, campaign_id, into.drill)
        later = [one.begin for one in drills_of(session, campaign_id) if one.begin > drill.begin]
        found = role_outcomes(session, campaign_id, drill.begin, min(later, default=None))
        roles = [one for one in found if one.score is not None]
        if not roles:
            raise CampaignError(f"{drill.code} 开始（{drill.begin}）以后还没有评过分的访谈")
        score = sum(one.score or 0 for one in roles) / len(roles)
        count = sum(one.marked for one in roles)
        parts = "、".join(f"{one.role.chinese} {one.marked} 次 {one.score:.1f} 分" for one in roles)
        return _ToHandIn(Method.INTERVIEWS, score, count, parts, "", f"{count} 次访谈")

    return _hand_in(slug, into, moment, made)


def _hand_in(
    slug: str | None,
    into: HandIn,
    moment: Moment,
    made: Callable[[Session, int], _ToHandIn],
) -> str:
    if fault := post_fault(into.by, "编制"):
        raise CampaignError(fault)
    with looking_at(slug) as (session, campaign):
        one = made(session, key_of(campaign))
    result = Result(one.method, round(one.score, 2), one.of, one.basis, moment.now)
    words = PaperWords(
        into.by, population=one.population, sample=one.sample, conclusion=into.conclusion
    )
    with writing_to(slug) as (session, campaign):
        revision = hand_in_result(session, key_of(campaign), into.drill, result, words, moment)
        if one.code:
            settle_due(session, key_of(campaign), one.code, (1, 1), (into.by, moment))
    return (
        f"{one.method.chinese} {result.score:.2f} 分已报进 {into.drill.strip().upper()}，"
        f"工作底稿第 {revision} 版，请由别人复核"
    )
