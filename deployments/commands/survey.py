"""`shifan survey`: surveys by telephone from the sample to what they come to, and talks."""

import secrets

from cyclopts import App

from deployments.commands.survey_lists import answers, questions, strata
from deployments.commands.survey_phones import calls_, numbers
from deployments.commands.survey_talks import talks
from deployments.say import say_folded, say_of, say_table
from deployments.typed.options import (
    Conclusion,
    DrillCode,
    Now,
    OfCampaign,
    Reason,
    Registrar,
    WhichSurvey,
)
from deployments.typed.values import Day, Name, Number, Post

survey = App(
    name="survey", help="电话回访、满意度测评、综合访谈：分层、样本、电话清单、答案、结果。"
)
for _app in (strata, questions, numbers, answers, talks):
    survey.command(_app)
survey.command(calls_, name="calls")


@survey.command
def new(
    kind: Name,
    *,
    by: Post,
    margin: Number = 5,
    confidence: Number = 95,
    least: Number | None = None,
    keep_days: Number = 30,
    callers: Number = 1,
    age: Number = 18,
    ratio: Number = 2,
    until: Day | None = None,
    seed: Name | None = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """安排一次电话回访或满意度测评：抽取种子先写入记录链，电话清单由它抽出；带有常用的问题，可以改。

    示例：

        shifan survey new 满意度测评 --by 评估测评组 --margin 5 --callers 2

    Parameters
    ----------
    kind
        电话回访 或 满意度测评。
    by
        由谁（职务）安排。
    margin
        误差，正负几个百分点；默认 5。
    confidence
        置信度（%）；默认 95。
    least
        每层至少几份；不写就只按人口分配。
    keep_days
        电话号码保存几天，期满自动删除；默认 30。
    callers
        几名话务员分着打；默认 1。
    age
        满几周岁才问；默认 18。只是话务员的第一句问话，不登记。
    until
        哪一天截止，列为节点，照样亮灯和提醒；不写的以后用 shifan survey until 定。
    ratio
        电话清单是样本的几倍，至少两倍；默认 2。
    seed
        抽取种子，如现场摇号的号码；不写就随机产生。
    """
    from models.surveys.survey_making import NewSurvey
    from tasks.surveys.survey_asking import start_survey, survey_kind

    drawn = seed or secrets.token_hex(8)
    kept = (keep_days, callers, age, ratio, until)
    wanted = NewSurvey(survey_kind(kind), drawn, by.strip(), margin, confidence, least or 0, *kept)
    say_of(campaign, start_survey(campaign, wanted, moment))


@survey.command(name="until")
def until_(
    day: Day,
    *,
    by: Registrar,
    reason: Reason = "",
    number: WhichSurvey = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """定或者改截止日期，列为节点；答卷够样本数或者报进模拟评估，就是完成。

    示例：

        shifan survey until 2026-06-20 --by 评估测评组

    Parameters
    ----------
    day
        哪一天截止。
    """
    from tasks.surveys.survey_asking import move_survey_day

    say_of(campaign, move_survey_day(campaign, number, day, (by, reason), moment))


@survey.command
def drop(
    *,
    by: Registrar,
    reason: Reason,
    number: WhichSurvey = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """取消一次不做了的测评，节点一并撤销；还存着电话号码的，先删除号码。

    示例：

        shifan survey drop --number 2 --by 评估测评组 --reason 安排重了
    """
    from tasks.surveys.survey_asking import cancel_survey

    say_of(campaign, cancel_survey(campaign, number, (by, reason), moment))


@survey.command
def sample(*, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now) -> None:
    """看样本：每层多少人、要几份答卷、电话清单要几个号码（至少是样本的两倍）。

    示例：

        shifan survey sample
    """
    from tasks.surveys.survey_asking import SAMPLE_HEAD, sample_rows, view_survey

    view = view_survey(campaign, number)
    say_table("", SAMPLE_HEAD, sample_rows(view))
    say_of(campaign, f"{view.name}；{view.numbers}")


@survey.command
def show(*, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now) -> None:
    """看结果：通话情况，每题按人口加权的满意率和可能的范围，各层的；样本不足的写明不足，不排名。

    示例：

        shifan survey show
    """
    from tasks.surveys.survey_asking import (
        QUESTION_HEAD,
        STRATUM_HEAD,
        calls_in_words,
        question_rows,
        score_in_words,
        stratum_rows,
        view_survey,
    )

    view = view_survey(campaign, number)
    say_table("各题", QUESTION_HEAD, question_rows(view))
    if view.outcome.made:
        say_table("各层（固定次序，不排名）", STRATUM_HEAD, stratum_rows(view))
    if view.remarks:
        say_table("意见（号码已遮盖）", ("层", "意见"), view.remarks)
    say_folded(calls_in_words(view.outcome), f"{view.numbers}。")
    say_of(campaign, score_in_words(view))


@survey.command
def hand_in(
    drill: DrillCode,
    *,
    by: Post,
    number: WhichSurvey = None,
    conclusion: Conclusion = "",
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """把测评结果报进一次模拟评估，成为它的工作底稿；由别人复核后才计分。

    示例：

        shifan survey hand-in M1 --by 评估测评组

    Parameters
    ----------
    by
        由谁（职务）编制。
    """
    from tasks.surveys.handing_in import HandIn, hand_in_survey

    into = HandIn(drill, by.strip(), conclusion)
    say_of(campaign, hand_in_survey(campaign, number, into, moment))
