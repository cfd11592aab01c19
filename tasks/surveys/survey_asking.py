"""Make surveys, and say how large their samples are and what they came to."""

from dataclasses import dataclass
from datetime import date

from models.campaign.campaign import looking_at, writing_to
from models.errors import CampaignError, PlanError
from models.keys import key_of
from models.rules.calendar.moment import Moment
from models.rules.surveys.words import SurveyKind
from models.rules.words import post_fault
from models.surveys.survey import RATIO, numbers_row, survey_numbered
from models.surveys.survey_answers import SurveyOutcome, remarks_of, survey_outcome
from models.surveys.survey_calls import CALLERS, SampledStratum, sample_lines
from models.surveys.survey_making import (
    NewSurvey,
    call_off_survey,
    make_survey,
    move_survey,
    survey_name,
)

SURVEY_KINDS = {one.chinese: one for one in SurveyKind}
SAMPLE_HEAD = ("层", "人口", "样本", "清单")
QUESTION_HEAD = ("问题", "有看法的答卷", "满意", "满意率", "可能的范围")
STRATUM_HEAD = ("问题", "层", "有看法的答卷", "满意率和范围")


@dataclass(frozen=True, slots=True)
class SurveyView:
    """What is shown of a survey: its name, its sample, its numbers in words, what it came to."""

    name: str
    lines: tuple[SampledStratum, ...]
    numbers: str
    outcome: SurveyOutcome
    confidence: float
    remarks: tuple[tuple[str, str], ...]


def survey_kind(word: str) -> SurveyKind:
    """Return the kind of that word; raises PlanError with the words there are."""
    if word.strip() not in SURVEY_KINDS:
        raise PlanError("命令", [f"没有“{word.strip()}”这种测评，应为 {'、'.join(SURVEY_KINDS)}"])
    return SURVEY_KINDS[word.strip()]


def start_survey(slug: str | None, new: NewSurvey, moment: Moment) -> str:
    """Make a survey; its seed stands in the chain before any number is known."""
    bounds = (
        ("误差", new.margin, 1, 20),
        ("置信度", new.confidence, 80, 99),
        ("每层至少", new.least, 0, 1_000),
        ("号码保存天数", new.keep_days, 1, 180),
        ("受访年龄", new.adult_age, 14, 25),
        ("话务员人数", new.callers, 1, len(CALLERS)),
        ("电话清单是样本的几倍", new.ratio, RATIO, 10),
    )
    faults = [
        f"{name}写的是 {value:g}，应为 {least} 到 {most}"
        for name, value, least, most in bounds
        if not least <= value <= most
    ]
    if fault := post_fault(new.by, "安排测评"):
        faults.append(fault)
    if new.due is not None and new.due < moment.today:
        faults.append(f"截止日期 {new.due} 已经过去，今天是 {moment.today}")
    if faults:
        raise PlanError("测评", faults)
    with writing_to(slug) as (session, campaign):
        survey = make_survey(session, key_of(campaign), new, moment)
        return (
            f"已安排{survey_name(survey)}：误差 ±{new.margin:g} 个百分点，置信度 {new.confidence:g}%，"
            f"号码保存 {new.keep_days} 天；抽取种子 {new.seed} 已写入记录链"
            + (f"；{new.due} 截止，列为节点 {survey.code}" if new.due else "")
        )


def move_survey_day(
    slug: str | None, number: int | None, day: date, said: tuple[str, str], moment: Moment
) -> str:
    """Let a survey be due on a day, or on another one; ``said`` is by whom and why. Repeatable."""
    if fault := post_fault(said[0], "定截止日期"):
        raise CampaignError(fault)
    if day < moment.today:
        raise CampaignError(f"截止日期 {day} 已经过去，今天是 {moment.today}")
    with writing_to(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        move_survey(session, survey, day, (said[0].strip(), said[1].strip()), moment)
        return f"{survey_name(survey)}：{day} 截止，列为节点 {survey.code}"


def cancel_survey(
    slug: str | None, number: int | None, said: tuple[str, str], moment: Moment
) -> str:
    """Call a survey off; ``said`` is by whom and why. Raises CampaignError while its numbers are kept."""
    fault = post_fault(said[0], "取消") or ("" if said[1].strip() else "没有写明为什么取消")
    if fault:
        raise CampaignError(fault)
    with writing_to(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        call_off_survey(session, survey, (said[0].strip(), said[1].strip()), moment)
        return f"{survey_name(survey)}已取消"


def view_survey(slug: str | None, number: int | None) -> SurveyView:
    """Return what is shown of a survey; never a telephone number."""
    with looking_at(slug) as (session, campaign):
        survey = survey_numbered(session, key_of(campaign), number)
        row = numbers_row(session, survey)
        if row is None:
            said = "还没有装入电话号码"
        elif row.deleted_at is None:
            said = f"{row.count} 个电话号码，保存到 {row.keep_until}"
        else:
            said = f"{row.count} 个电话号码已删除（{row.rule}）"
        return SurveyView(
            survey_name(survey),
            tuple(sample_lines(session, survey)),
            said,
            survey_outcome(session, survey),
            survey.confidence,
            tuple(remarks_of(session, survey)),
        )


def sample_rows(view: SurveyView) -> list[tuple[str | int, ...]]:
    """Return the sample by strata, all of them together last."""
    rows: list[tuple[str | int, ...]] = [
        (one.name, one.population, one.sampled, one.listed) for one in view.lines
    ]
    sums = [sum(row[n] for row in rows if isinstance(row[n], int)) for n in (1, 2, 3)]  # type: ignore[misc]
    return [*rows, ("合计", *sums)]


def question_rows(view: SurveyView) -> list[tuple[str, ...]]:
    """Return each question with its weighted share and interval, or why there is none."""
    rows: list[tuple[str, ...]] = []
    for one in view.outcome.questions:
        found = one.weighted.interval
        good = sum(one.counts[said] for said in one.asked.good)
        share = f"{found.share:.1%}" if found else "样本不足"
        span = f"{found.low:.1%} 至 {found.high:.1%}" if found else one.weighted.why
        rows.append((one.asked.text, str(one.weighted.answers), str(good), share, span))
    return rows


def stratum_rows(view: SurveyView) -> list[tuple[str, ...]]:
    """Return each question's strata in the office's order, never a ranking; too few answers say so."""
    return [
        (
            f"第 {one.asked.number} 题",
            stratum,
            str(share.answers),
            f"{found.share:.1%}（{found.low:.1%} 至 {found.high:.1%}）" if found else "样本不足",
        )
        for one in view.outcome.questions
        for stratum, share, found in one.strata
    ]


def calls_in_words(found: SurveyOutcome) -> str:
    """Return how the calls went, in one line."""
    if not found.made:
        return "还没有登记通话结果"
    parts = "、".join(f"{one.chinese} {n} 通" for one, n in found.calls.items() if n)
    lacking = max(0, found.sampled - found.answered)
    still = f"，还差 {lacking} 份" if lacking else ""
    return (
        f"拨打 {found.made} 通（{parts}），完成 {found.answered} 份，占 {found.answered / found.made:.1%}；"
        f"样本要 {found.sampled} 份{still}"
    )


def score_in_words(view: SurveyView) -> str:
    """Return what the survey comes to of a hundred, or that too few answered."""
    score = view.outcome.score
    if score is None:
        return f"{view.name}：样本不足，不计分"
    return f"{view.name}：{score:.2f} 分（各题按人口加权的满意率，按权重平均）"


def require_score(view: SurveyView) -> float:
    """Return the score; raises CampaignError where too few answered."""
    if view.outcome.score is None:
        raise CampaignError(f"{view.name}样本不足，没有可以报的分数")
    return view.outcome.score
