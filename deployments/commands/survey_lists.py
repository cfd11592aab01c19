"""`shifan survey strata`, `questions`, `answers`: lists of a survey, out and back."""

from cyclopts import App

from deployments.say import say_loaded, say_of
from deployments.typed.options import (
    Enterer,
    FilledWorkbook,
    NewWorkbook,
    Now,
    OfCampaign,
    WhichSurvey,
)

strata = App(name="strata", help="分层：地区、人群和各有多少人；样本按人口分配。")
questions = App(name="questions", help="问题：问什么，哪些答案算满意，哪些不计入。")
answers = App(
    name="answers", help="答案：登记表发给话务员，填好后装回；只记各层各题的数，不记谁答的。"
)


@strata.command(name="export")
def export_strata_(
    file: NewWorkbook, *, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出分层表，一行一层，装过的带着样本和清单要几个号码。

    示例：

        shifan survey strata export 分层.xlsx
    """
    from tasks.surveys.survey_lists import export_strata

    say_of(campaign, f"已导出 {export_strata(campaign, number, file, moment)} 层到 {file}")


@strata.command(name="load")
def load_strata_(
    file: FilledWorkbook, *, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """装回分层表，以表里的为准，可反复执行；抽取电话清单以后不能再改。

    示例：

        shifan survey strata load 分层.xlsx
    """
    from tasks.surveys.survey_lists import load_strata

    say_loaded(load_strata(campaign, number, file, moment))


@questions.command(name="export")
def export_asked_(
    file: NewWorkbook, *, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出问题表。

    示例：

        shifan survey questions export 问题.xlsx
    """
    from tasks.surveys.survey_lists import export_asked

    say_of(campaign, f"已导出 {export_asked(campaign, number, file, moment)} 个问题到 {file}")


@questions.command(name="load")
def load_asked_(
    file: FilledWorkbook, *, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """装回问题表，以表里的为准，可反复执行；抽取电话清单以后不能再改。

    示例：

        shifan survey questions load 问题.xlsx
    """
    from tasks.surveys.survey_lists import load_asked

    say_loaded(load_asked(campaign, number, file, moment))


@answers.command(name="export")
def export_survey_answers_(
    file: NewWorkbook, *, number: WhichSurvey = None, campaign: OfCampaign = None, moment: Now
) -> None:
    """导出答案登记表：按电话清单的编号一行一通，没有号码。

    示例：

        shifan survey answers export 答案.xlsx
    """
    from tasks.surveys.survey_answers_list import export_survey_answers

    rows = export_survey_answers(campaign, number, file, moment)
    say_of(campaign, f"已导出 {rows} 行到 {file}，里面没有号码")


@answers.command(name="load")
def load_survey_answers_(
    file: FilledWorkbook,
    *,
    by: Enterer = "",
    number: WhichSurvey = None,
    campaign: OfCampaign = None,
    moment: Now,
) -> None:
    """装回答案登记表，可反复执行：同一名话务员的以后装的为准；意见里的号码先遮盖再留存。

    示例：

        shifan survey answers load 答案.xlsx --by 评估测评组
    """
    from tasks.surveys.survey_answers_list import load_survey_answers

    say_loaded(load_survey_answers(campaign, number, file, by, moment))
